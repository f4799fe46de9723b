package audience_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/audience/roll"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/staff"
)

// clerk is a chief among the readers.
func clerk(t *testing.T, d *db.DB, s *audience.Store) *audience.Clerk {
	t.Helper()
	c, err := s.Clerk(staff.New(d, time.Now), staff.Person{ID: "1", Name: "Chaya", Role: staff.Chief})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAListOfSubscribersComesInOnceAndGoesOutWithTheKeyAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := t.Context()
		key := filepath.Join(t.TempDir(), "readers.key")
		now := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
		s := audience.New(d, func() time.Time { return now }, key)
		c := clerk(t, d, s)
		list, err := roll.Read(strings.NewReader("email,plan,until,language\na@example.org,plus,2027-01-31,be\nb@example.org,,,ru\nc@example.org,gold,2027-02-28,\nd@example.org,plus,,\n"))
		if err != nil {
			t.Fatal(err)
		}
		how := audience.Bringing{Plans: []string{"plus"}, Plan: "plus", Try: true}
		if b, err := c.BringIn(ctx, list, how); err != nil || b.New != 4 || b.Given != 2 || len(b.Lacks) != 1 || b.Lacks[0] != 5 {
			t.Errorf("a try says %+v: %v", b, err)
		}
		if _, err := s.ByEmail(ctx, "a@example.org"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a try brings somebody in: %v", err)
		}
		how.Try = false
		for i, want := range []audience.Brought{{New: 4, Given: 2}, {Known: 4, Given: 2}} {
			b, err := c.BringIn(ctx, list, how)
			if err != nil || b.New != want.New || b.Known != want.Known || b.Given != want.Given {
				t.Errorf("time %d brings %+v: %v", i, b, err)
			}
		}
		r, err := s.ByEmail(ctx, "c@example.org")
		if err != nil {
			t.Fatal(err)
		}
		if held, err := s.Passes(ctx, r.ID); err != nil || len(held) != 1 || held[0].Plan != "plus" || held[0].Until != time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC) {
			t.Errorf("they hold %v: %v", held, err)
		}
		var out bytes.Buffer
		if err := c.TakeOut(ctx, &out); err != nil || !strings.Contains(out.String(), "a@example.org,plus,2027-01-31,be,") {
			t.Errorf("it goes out as %s: %v", out.String(), err)
		}
		out.Reset()
		blind := clerk(t, d, audience.New(d, func() time.Time { return now }, ""))
		if err := blind.TakeOut(ctx, &out); err != nil || strings.Contains(out.String(), "@") || strings.Count(out.String(), "\n") != 5 {
			t.Errorf("without the key it goes out as %s: %v", out.String(), err)
		}
	})
}

func TestNobodyElseIsAClerk(t *testing.T) {
	s := audience.New(nil, time.Now, "")
	for _, role := range []staff.Role{staff.Reporter, staff.Translator, staff.Editor} {
		if _, err := s.Clerk(nil, staff.Person{ID: "1", Role: role}); !fault.Is(err, fault.KindForbidden) {
			t.Errorf("a %s is: %v", role, err)
		}
	}
}
