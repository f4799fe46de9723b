package audience_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"wireroom/audience"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

func TestATicketTellsWhoseLetterItIsAndNobodyElseMakesOne(t *testing.T) {
	tickets, err := audience.New(dbtest.SQLite(t), time.Now, "").Tickets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	others, err := audience.New(dbtest.SQLite(t), time.Now, "").Tickets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	id := uuid.NewString()
	for _, issue := range []int64{1, 300, 1 << 40} {
		ticket, err := tickets.For(id, issue)
		if err != nil || ticket != strings.ToLower(ticket) || len(ticket) > 50 {
			t.Errorf("the ticket is %q: %v", ticket, err)
		}
		if who, n, err := tickets.Read(ticket); err != nil || who != id || n != issue {
			t.Errorf("%q is read as %s, %d: %v", ticket, who, n, err)
		}
		if _, _, err := others.Read(ticket); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("another agency reads it: %v", err)
		}
		for i := range ticket {
			bad := ticket[:i] + string("ab"[b2i(ticket[i] == 'a')]) + ticket[i+1:]
			if who, n, err := tickets.Read(bad); err == nil {
				t.Errorf("%q is read as %s, %d", bad, who, n)
			}
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func FuzzTicket(f *testing.F) {
	tickets, err := audience.New(dbtest.SQLite(f), time.Now, "").Tickets(f.Context())
	if err != nil {
		f.Fatal(err)
	}
	good, err := tickets.For(uuid.NewString(), 7)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add("")
	f.Add("aaaa")
	f.Fuzz(func(t *testing.T, ticket string) {
		reader, issue, err := tickets.Read(ticket)
		if err != nil {
			return
		}
		if again, err := tickets.For(reader, issue); err != nil || again != ticket {
			t.Errorf("%q is read, but its letter's is %q: %v", ticket, again, err)
		}
	})
}
