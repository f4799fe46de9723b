package audience_test

import (
	"testing"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
)

func TestWhatIsKeptOfAReaderIsToldWholeAndGoesWithThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := room(t, d)
		co := daily(t, clerk(t, d, s))
		boss, _ := proves(t, s, "boss@elsewhere.example")
		price := masthead.Price{Currency: "EUR", Amount: 600, Days: 30}
		if _, _, err := s.Begin(t.Context(), audience.NewOrder{Reader: boss.ID, Plan: "plus", Price: price, Till: "test"}); err != nil {
			t.Fatal(err)
		}
		kept, err := s.Kept(t.Context(), boss.ID)
		if err != nil {
			t.Fatal(err)
		}
		want := audience.KeptOrder{Plan: "plus", Begun: "2026-11-25", Currency: "EUR", Price: 600, Days: 30, Till: "test"}
		if kept.Email != "boss@elsewhere.example" || kept.Company != co.Name || len(kept.Orders) != 1 || kept.Orders[0] != want {
			t.Errorf("kept is %+v", kept)
		}
		if err := s.Delete(t.Context(), boss.ID); err != nil {
			t.Fatal(err)
		}
		if left, err := s.Company(t.Context(), co.ID); err != nil || left.Admin != "" {
			t.Errorf("the company still names who is gone: %q, %v", left.Admin, err)
		}
		var orders int
		if err := d.QueryRow(t.Context(), `SELECT COUNT(*) FROM till_order WHERE reader = ?1`, boss.ID).Scan(&orders); err != nil || orders != 0 {
			t.Errorf("%d orders still name who is gone: %v", orders, err)
		}
	})
}
