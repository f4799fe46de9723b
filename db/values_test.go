package db_test

import (
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestTimesAreMillisecondsAndZeroIsNone(t *testing.T) {
	if db.Millis(time.Time{}) != 0 || !db.Time(0).IsZero() {
		t.Error("the zero time is not 0")
	}
	at := time.Date(2025, 10, 25, 14, 3, 9, 7_000_000, time.FixedZone("Minsk", 3*3600))
	if got := db.Time(db.Millis(at)); !got.Equal(at) || got.Location() != time.UTC {
		t.Errorf("%v came back as %v", at, got)
	}
}

func TestIDsSortByTheirMaking(t *testing.T) {
	last := ""
	for range 1000 {
		id := db.NewID()
		if id <= last || len(id) != 36 {
			t.Fatalf("%s after %s", id, last)
		}
		last = id
	}
}

func TestBothEnginesBindAlike(t *testing.T) {
	type name string
	type number int
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	text, none := "тэкст", (*string)(nil)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var a, b string
		err := d.QueryRow(t.Context(), "SELECT CAST(?2 AS TEXT), CAST(?1 AS TEXT) WHERE '?3' <> ''", "first", "second").Scan(&a, &b)
		if err != nil || a != "second" || b != "first" {
			t.Errorf("?2 before ?1 gave %q, %q, %v", a, b, err)
		}
		for _, arg := range []any{name("тэкст"), []byte("тэкст"), &text} {
			if err := d.QueryRow(t.Context(), "SELECT CAST(?1 AS TEXT)", arg).Scan(&a); err != nil || a != text {
				t.Errorf("%T came back as %q, %v", arg, a, err)
			}
		}
		for _, c := range []struct {
			arg  any
			want int64
		}{{true, 1}, {false, 0}, {number(-7), -7}, {uint32(9), 9}, {at, at.UnixMilli()}, {time.Time{}, 0}} {
			var n int64
			if err := d.QueryRow(t.Context(), "SELECT CAST(?1 AS BIGINT)", c.arg).Scan(&n); err != nil || n != c.want {
				t.Errorf("%T %v came back as %d, %v", c.arg, c.arg, n, err)
			}
		}
		for _, arg := range []any{nil, none, []byte(nil)} {
			var null bool
			if err := d.QueryRow(t.Context(), "SELECT CASE WHEN CAST(?1 AS TEXT) IS NULL THEN 1 ELSE 0 END", arg).Scan(&null); err != nil || !null {
				t.Errorf("%T is not NULL, %v", arg, err)
			}
		}
	})
}
