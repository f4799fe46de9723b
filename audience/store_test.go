package audience_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

func TestALinkSignsInOnceAndASessionTellsWhatIsHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, now := context.Background(), time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC)
		s := audience.New(d, func() time.Time { return now }, "")
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		r, err := s.Add(ctx, " Brunsted Daily ")
		must(err)
		if _, err := s.Add(ctx, "Brunsted Daily"); !fault.Is(err, fault.KindConflict) {
			t.Errorf("the same name again: %v", err)
		}
		until := now.Add(24 * time.Hour)
		must(s.Grant(ctx, r.ID, audience.Pass{Plan: "plus", Until: now}))
		must(s.Grant(ctx, r.ID, audience.Pass{Plan: "plus", Until: until}))
		token, err := s.Link(ctx, r.ID)
		must(err)
		for range 5 { // a scanner of mails
			if who, err := s.ByLink(ctx, token); err != nil || who.Name != "Brunsted Daily" {
				t.Fatalf("looking at the link: %v, %v", who, err)
			}
		}
		session, err := s.SignIn(ctx, token)
		must(err)
		if _, err := s.SignIn(ctx, token); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("the link again: %v", err)
		}
		who, held, err := s.BySession(ctx, session)
		must(err)
		if who != r || len(held) != 1 || !held[0].Until.Equal(until) {
			t.Errorf("the session is %v with %v", who, held)
		}
		must(s.SignOut(ctx, session))
		if _, _, err := s.BySession(ctx, session); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("after signing out: %v", err)
		}
	})
}

func TestLinksAndSessionsEndByThemselvesAndAreKeptAsHashes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, now := context.Background(), time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC)
		s := audience.New(d, func() time.Time { return now }, "")
		r, err := s.Add(ctx, "Reader")
		if err != nil {
			t.Fatal(err)
		}
		old, err1 := s.Link(ctx, r.ID)
		fresh, err2 := s.Link(ctx, r.ID)
		session, err3 := s.SignIn(ctx, fresh)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		for table, token := range map[string]string{"reader_link": old, "reader_session": session} {
			var kept string
			if err := d.QueryRow(ctx, "SELECT token FROM "+table).Scan(&kept); err != nil || strings.Contains(kept, token) {
				t.Errorf("%s keeps %q for %q: %v", table, kept, token, err)
			}
		}
		now = now.Add(25 * time.Hour)
		if _, err := s.SignIn(ctx, old); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a link of yesterday: %v", err)
		}
		now = now.Add(40 * 24 * time.Hour)
		if _, _, err := s.BySession(ctx, session); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a session of last month: %v", err)
		}
	})
}
