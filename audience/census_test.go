package audience_test

import (
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestTheCensusCountsWhoHoldsAndWhoLeftAndHidesTheFew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, now := room(t, d)
		today := time.Date(2026, 11, 25, 0, 0, 0, 0, time.UTC)
		holds := func(count int, plan string, until time.Time) {
			for range count {
				if err := s.Grant(ctx, joins(t, s).ID, audience.Pass{Plan: plan, Until: until}); err != nil {
					t.Fatal(err)
				}
			}
		}
		holds(12, "plus", today.AddDate(0, 0, 5))
		holds(11, "plus", today)
		holds(9, "gold", today.AddDate(0, 0, 5))
		for range 2 {
			if err := s.Count(ctx); err != nil {
				t.Fatal(err)
			}
		}
		*now = now.AddDate(0, 0, 1)
		if err := s.Count(ctx); err != nil {
			t.Fatal(err)
		}
		all, err := s.Censuses(ctx, today)
		if err != nil {
			t.Fatal(err)
		}
		want := []audience.Census{{"2026-11-25", "gold", 0, 0}, {"2026-11-25", "plus", 12, 11}, {"2026-11-26", "gold", 0, 0}, {"2026-11-26", "plus", 12, 0}}
		for i, c := range want {
			if i >= len(all) || all[i] != c {
				t.Fatalf("the census is %+v", all)
			}
		}
	})
}
