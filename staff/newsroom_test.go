package staff_test

import (
	"context"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/staff"
)

// newsroom is a staff with two of each role and a clock of the test's own.
type newsroom struct {
	*testing.T
	*staff.Store
	db     *db.DB
	now    time.Time
	people map[staff.Role][2]staff.Person
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

func open(t *testing.T, d *db.DB) *newsroom {
	t.Helper()
	n := &newsroom{T: t, db: d, now: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), people: map[staff.Role][2]staff.Person{}}
	n.Store = staff.New(d, func() time.Time { return n.now })
	for _, role := range staff.Roles() {
		n.people[role] = [2]staff.Person{n.joins("One "+string(role), role), n.joins("Two "+string(role), role)}
	}
	return n
}

func (n *newsroom) ctx() context.Context { return n.Context() }

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

func (n *newsroom) is(err error, kind fault.Kind) {
	n.Helper()
	if !fault.Is(err, kind) {
		n.Errorf("%v, want %v", err, kind)
	}
}

func (n *newsroom) one(role staff.Role) staff.Person { return n.people[role][0] }
func (n *newsroom) two(role staff.Role) staff.Person { return n.people[role][1] }

func (n *newsroom) joins(name string, role staff.Role) staff.Person {
	n.Helper()
	n.now = n.now.Add(time.Second)
	p, err := n.Add(n.ctx(), staff.Person{Name: name, Email: db.NewID() + "@pozirk.example", Role: role})
	n.ok(err)
	return p
}

// comesIn signs somebody in by a link.
func (n *newsroom) comesIn(p staff.Person) string {
	n.Helper()
	token, err := n.Link(n.ctx(), p.ID)
	n.ok(err)
	session, err := n.SignIn(n.ctx(), token)
	n.ok(err)
	return session
}

// inside fails unless the session is good, or is none.
func (n *newsroom) inside(session string, want bool) {
	n.Helper()
	switch _, err := n.BySession(n.ctx(), session); {
	case want && err != nil:
		n.Errorf("the session is over: %v", err)
	case !want && !fault.Is(err, fault.KindNotFound):
		n.Errorf("the session is open: %v", err)
	}
}

// did gives the newest acts as words, the newest first.
func (n *newsroom) did(most int) (lines []string) {
	n.Helper()
	acts, err := n.Acts(n.ctx(), n.one(staff.Chief), "", most)
	n.ok(err)
	for _, a := range acts {
		line := a.By + " " + string(a.Act)
		for _, more := range []string{a.Subject, a.Note} {
			if more != "" {
				line += " " + more
			}
		}
		lines = append(lines, line)
	}
	return lines
}
