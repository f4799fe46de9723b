package tally_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"wireroom/audience/tally"
	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestOnlyTheSumsOfADayAreWrittenAndNoneBelowTen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, now := t.Context(), time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
		s := tally.New(d, func() time.Time { return now })
		for i := range 9 {
			s.Read("/en/news/1", fmt.Sprint(i))
		}
		var all sync.WaitGroup
		for i := range 500 {
			all.Go(func() {
				s.Read("/en/news/2", fmt.Sprint(i))
				s.Read("/en/news/2", fmt.Sprint(i))
				s.Read("/ru/news/2", "the same reader")
			})
		}
		all.Wait()
		for _, other := range []string{"", "/", "/en/", "/en/news/", "/en/news/2x", "/en/news/2/pictures/1/2", "/desk/stories/1", "/en/newsx2"} {
			for range 20 {
				s.Read(other, "x")
			}
		}
		if err := s.Turn(ctx, false); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Editions(ctx, now); err != nil || len(got) != 0 {
			t.Fatalf("before the day is over %v is written: %v", got, err)
		}
		now = now.AddDate(0, 0, 1)
		if err := s.Turn(ctx, false); err != nil {
			t.Fatal(err)
		}
		since := now.AddDate(0, 0, -1)
		most, err := s.Most(ctx, since, 10)
		if err != nil || len(most) != 2 || most[0].Number != 2 || most[0].Lang != "en" || most[0].Reads != 1000 || most[1].Reads != 500 || most[1].Readers != 0 {
			t.Fatalf("most read are %+v: %v", most, err)
		}
		if n := most[0].Readers; n < 450 || n > 550 {
			t.Errorf("500 readers are taken for %d", n)
		}
		editions, err := s.Editions(ctx, since)
		if err != nil || len(editions) != 2 || editions[0].Reads != 1009 || editions[0].Day != "2026-11-25" {
			t.Errorf("the editions are %+v: %v", editions, err)
		}
	})
}

func TestAStopWithinTheDayLosesNoReads(t *testing.T) {
	d := dbtest.SQLite(t)
	now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	s := tally.New(d, func() time.Time { return now })
	for part := range 2 {
		for i := range 100 * (part + 1) {
			s.Read("/be/news/7", fmt.Sprint(i))
		}
		if err := s.Turn(t.Context(), true); err != nil {
			t.Fatal(err)
		}
	}
	got, err := s.Most(t.Context(), now, 1)
	if err != nil || len(got) != 1 || got[0].Reads != 300 || got[0].Readers < 180 || got[0].Readers > 220 {
		t.Errorf("two parts of a day make %+v: %v", got, err)
	}
}

// Many readers are estimated within a tenth, from few to many.
func TestTheEstimateIsNear(t *testing.T) {
	for _, readers := range []int{50, 2000, 6000, 100_000} {
		d := dbtest.SQLite(t)
		now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
		s := tally.New(d, func() time.Time { return now })
		for i := range readers {
			s.Read("/be/news/7", "192.0.2.1", fmt.Sprint(i))
		}
		if err := s.Turn(t.Context(), true); err != nil {
			t.Fatal(err)
		}
		got, err := s.Most(t.Context(), now, 1)
		if err != nil || len(got) != 1 || got[0].Readers < int64(readers)*88/100 || got[0].Readers > int64(readers)*112/100 {
			t.Errorf("%d readers are taken for %+v: %v", readers, got, err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	s := tally.New(nil, time.Now)
	b.ReportAllocs()
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			s.Read("/en/news/7", "192.0.2.1:40000", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0)")
		}
	})
}
