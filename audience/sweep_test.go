package audience_test

import (
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestWhatIsOverIsSweptOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, now := room(t, d)
		rows := func() (n int) {
			t.Helper()
			err := d.QueryRow(t.Context(), `SELECT (SELECT COUNT(*) FROM reader_ask) + (SELECT COUNT(*) FROM reader_session) + (SELECT COUNT(*) FROM gift_used)`).Scan(&n)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		ok := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		r, keys, err := s.OpenByNumber(t.Context(), "en")
		ok(err)
		_, err = s.SignInByNumber(t.Context(), keys.Number)
		ok(err)
		_, err = s.Ask(t.Context(), "reader@example.org", "en")
		ok(err)
		ticket, err := s.Give(t.Context(), r.ID, "story", 1)
		ok(err)
		if good, err := s.TakeGift(t.Context(), "story", ticket); !good || err != nil {
			t.Fatalf("the gift opens nothing: %v", err)
		}
		for _, step := range []struct {
			after time.Duration
			left  int
		}{{0, 3}, {16 * time.Minute, 2}, {9 * 24 * time.Hour, 1}, {70 * 24 * time.Hour, 0}} {
			*now = now.Add(step.after)
			ok(s.Sweep(t.Context()))
			if got := rows(); got != step.left {
				t.Errorf("after %v more %d rows are left, not %d", step.after, got, step.left)
			}
		}
	})
}
