package audience_test

import (
	"errors"
	"net/netip"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// daily is a newspaper with two seats.
func daily(t *testing.T, c *audience.Clerk) audience.Company {
	t.Helper()
	nets, err := audience.ReadNetworks("192.0.2.0/24, 2001:db8::/32")
	if err != nil {
		t.Fatal(err)
	}
	co, err := c.SaveCompany(t.Context(), audience.Company{Name: "Brunsted Daily", Plan: "plus", Seats: 2,
		Until: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Domain: "Daily.example", Networks: nets}, "boss@elsewhere.example")
	if err != nil {
		t.Fatal(err)
	}
	return co
}

// proves signs somebody in by a letter.
func proves(t *testing.T, s *audience.Store, address string) (audience.Reader, []audience.Pass) {
	t.Helper()
	asked, err := s.Ask(t.Context(), address, "en")
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.AnswerLink(t.Context(), asked.Token, asked.Browser)
	if err != nil && !errors.Is(err, audience.ErrNoSeat) {
		t.Fatal(err)
	}
	full := err != nil
	r, held, err := s.BySession(t.Context(), session)
	if err != nil {
		t.Fatal(err)
	}
	if full && len(held) > 0 {
		t.Errorf("%s holds %v without a seat", address, held)
	}
	return r, held
}

func TestWhoProvesAnAddressOfACompanyTakesASeatUntilTheyAreAllTaken(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		s, now := room(t, d)
		c := clerk(t, d, s)
		co := daily(t, c)
		for _, address := range []string{"a@daily.example", "b@daily.example", "a@daily.example"} {
			if _, held := proves(t, s, address); len(held) != 1 || !held[0].Until.Equal(time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)) {
				t.Errorf("%s holds %v", address, held)
			}
		}
		for _, address := range []string{"c@daily.example", "x@other.example", "x@sub.daily.example"} {
			if _, held := proves(t, s, address); len(held) != 0 {
				t.Errorf("%s holds %v", address, held)
			}
		}
		boss, err := s.ByEmail(ctx, "boss@elsewhere.example")
		if err != nil {
			t.Fatal(err)
		}
		k, err := s.Keeper(ctx, boss.ID)
		if err != nil || k.Taken != 2 {
			t.Fatalf("the boss keeps %+v: %v", k, err)
		}
		a, err := s.ByEmail(ctx, "a@daily.example")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Keeper(ctx, a.ID); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("whoever has a seat keeps them: %v", err)
		}
		if err := k.Invite(ctx, "new@elsewhere.example"); !errors.Is(err, audience.ErrNoSeat) {
			t.Errorf("a third seat: %v", err)
		}
		if err := k.Remove(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		if err := k.Invite(ctx, "new@elsewhere.example"); err != nil {
			t.Errorf("a seat that is free again: %v", err)
		}
		if err := k.AskFor(ctx, 5); err != nil {
			t.Fatal(err)
		}
		if co, err = s.Company(ctx, co.ID); err != nil || co.Wanted != 5 || co.Taken != 2 {
			t.Errorf("the company is %+v: %v", co, err)
		}
		*now = now.AddDate(0, 2, 0)
		if _, held := proves(t, s, "late@daily.example"); len(held) != 0 {
			t.Errorf("after its end somebody is seated: %v", held)
		}
	})
}

func TestALongerOrShorterTermReachesEverySeat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, _ := room(t, d)
		c := clerk(t, d, s)
		co := daily(t, c)
		r, _ := proves(t, s, "a@daily.example")
		co.Until = time.Date(2027, 12, 31, 0, 0, 0, 0, time.UTC)
		if _, err := c.SaveCompany(t.Context(), co, ""); err != nil {
			t.Fatal(err)
		}
		if held, err := s.Passes(t.Context(), r.ID); err != nil || !held[0].Until.Equal(time.Date(2028, 1, 1, 0, 0, 0, 0, time.UTC)) {
			t.Errorf("they hold %v: %v", held, err)
		}
		if now, err := s.Company(t.Context(), co.ID); err != nil || now.Admin == "" {
			t.Errorf("its administrator is forgotten: %v", err)
		}
	})
}

func TestACompanysNetworkOpensItsPlanAndNothingOfItIsKept(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, now := room(t, d)
		daily(t, clerk(t, d, s))
		held := func(from string) int {
			passes, err := s.ByNetwork(t.Context(), netip.MustParseAddr(from))
			if err != nil {
				t.Fatal(err)
			}
			return len(passes)
		}
		for from, want := range map[string]int{"192.0.2.77": 1, "::ffff:192.0.2.1": 1, "2001:db8:1::1": 1, "192.0.3.1": 0, "2001:db9::1": 0} {
			if got := held(from); got != want {
				t.Errorf("from %s %d passes count", from, got)
			}
		}
		*now = now.AddDate(1, 0, 0)
		if held("192.0.2.77") != 0 {
			t.Error("after its end the network opens the plan")
		}
	})
}

func TestAWrongCompanyIsRefusedWithItsField(t *testing.T) {
	d := dbtest.SQLite(t)
	s, now := room(t, d)
	c := clerk(t, d, s)
	daily(t, c)
	good := audience.Company{Name: "N", Plan: "plus", Seats: 1, Until: *now}
	for field, spoil := range map[string]func(*audience.Company){
		"name": func(c *audience.Company) { c.Name = " " }, "plan": func(c *audience.Company) { c.Plan = "" },
		"seats": func(c *audience.Company) { c.Seats = -1 }, "until": func(c *audience.Company) { c.Until = time.Time{} },
		"domain": func(c *audience.Company) { c.Domain = "daily.example" },
	} {
		bad := good
		spoil(&bad)
		var f *fault.Error
		if _, err := c.SaveCompany(t.Context(), bad, ""); !errors.As(err, &f) || f.Subject != field {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
	for _, text := range []string{"10.0.0.0/33", "everything", "0.0.0.0/0", "::/0"} {
		if _, err := audience.ReadNetworks(text); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%q is taken: %v", text, err)
		}
	}
}
