package db_test

import (
	"errors"
	"slices"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestCollectedRowsComeInOrderOrNotAtAll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		broken := errors.New("broken")
		for _, breaksAt := range []int{0, 2} {
			rows, err := d.Query(t.Context(), `SELECT 2 AS n UNION SELECT 1 UNION SELECT 3 ORDER BY n`)
			if err != nil {
				t.Fatal(err)
			}
			got, err := db.Collect(rows, "count", func(r db.Scanner) (int, error) {
				var n int
				if err := r.Scan(&n); err != nil || n != breaksAt {
					return n, err
				}
				return n, broken
			})
			if breaksAt == 0 && (err != nil || !slices.Equal(got, []int{1, 2, 3})) {
				t.Errorf("three rows come as %v: %v", got, err)
			}
			if breaksAt != 0 && (!errors.Is(err, broken) || got != nil) {
				t.Errorf("after an error come %v: %v", got, err)
			}
		}
	})
}
