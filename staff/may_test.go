package staff_test

import (
	"errors"
	"testing"

	"wireroom/fault"
	"wireroom/staff"
)

// rights is the table of staff once more, written by hand: for each act and
// role the letters of whom it may be done to. t r e c a are others of each
// role, "." is oneself.
var rights = map[staff.Act]map[staff.Role]string{
	staff.ActSee:     {"translator": "", "reporter": "", "editor": "treca.", "chief": "treca.", "administrator": "treca."},
	staff.ActAudit:   {"translator": "", "reporter": "", "editor": "", "chief": "treca.", "administrator": "treca."},
	staff.ActInvite:  {"translator": "", "reporter": "", "editor": "", "chief": "treca", "administrator": "trea"},
	staff.ActChange:  {"translator": "", "reporter": "", "editor": "", "chief": "treca", "administrator": "trea"},
	staff.ActLink:    {"translator": "", "reporter": "", "editor": "", "chief": "treca", "administrator": "trea"},
	staff.ActFreeze:  {"translator": ".", "reporter": ".", "editor": "treca.", "chief": "treca.", "administrator": "treca."},
	staff.ActThaw:    {"translator": "", "reporter": "", "editor": "treca", "chief": "treca", "administrator": "treca"},
	staff.ActLeave:   {"translator": "", "reporter": "", "editor": "", "chief": "treca", "administrator": "trea"},
	staff.ActClients: {"translator": "", "reporter": "", "editor": "", "chief": "treca.", "administrator": "treca."},
	staff.ActReaders: {"translator": "", "reporter": "", "editor": "", "chief": "treca.", "administrator": "treca."},
}

func (n *newsroom) mayBeDone(act staff.Act, by, whom staff.Person) bool {
	letter := string(whom.Role[0])
	if by.ID == whom.ID {
		letter = "."
	}
	for _, l := range rights[act][by.Role] {
		if string(l) == letter {
			return true
		}
	}
	return false
}

func TestWhoMayDoWhatToWhom(t *testing.T) {
	each(t, func(n *newsroom) {
		for act := range rights {
			for _, by := range staff.Roles() {
				for _, of := range staff.Roles() {
					for _, whom := range n.people[of] {
						actor := n.one(by)
						err := staff.May(actor, act, whom)
						if want := n.mayBeDone(act, actor, whom); (err == nil) != want {
							t.Errorf("%s to %s by %s: %v", act, whom.Name, actor.Name, err)
						}
						if err != nil {
							n.is(err, fault.KindForbidden)
						}
					}
				}
			}
		}
	})
}

// What the table refuses the store refuses, and changes nothing.
func TestTheStoreHoldsItselfToTheTable(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx := n.ctx()
		for _, by := range staff.Roles() {
			for _, of := range staff.Roles() {
				actor, whom := n.one(by), n.two(of)
				before, err := n.ByID(ctx, whom.ID)
				n.ok(err)
				tries := map[staff.Act]func() error{
					staff.ActChange: func() error { next := before; next.Name = "Other"; return n.Change(ctx, actor, next) },
					staff.ActLink:   func() error { _, _, err := n.LinkFor(ctx, actor, whom.ID); return err },
					staff.ActFreeze: func() error { return n.Freeze(ctx, actor, whom.ID) },
					staff.ActThaw:   func() error { _, err := n.Thaw(ctx, actor, whom.ID); return err },
					staff.ActLeave:  func() error { return n.Leave(ctx, actor, whom.ID) },
					staff.ActInvite: func() error {
						_, _, err := n.Invite(ctx, actor, staff.Person{Name: "New", Email: "new@pozirk.example", Role: of})
						return err
					},
				}
				for act, try := range tries {
					if n.mayBeDone(act, actor, whom) {
						continue
					}
					var refused *staff.Refused
					if err := try(); !errors.As(err, &refused) {
						t.Errorf("%s to %s by %s: %v", act, whom.Name, actor.Name, err)
					}
					if after, err := n.ByID(ctx, whom.ID); err != nil || after.Name != before.Name || !after.Here() {
						t.Errorf("%s to %s by %s leaves %v: %v", act, whom.Name, actor.Name, after, err)
					}
				}
			}
		}
		if _, err := n.ByEmail(ctx, "new@pozirk.example"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("somebody was invited all the same: %v", err)
		}
	})
}

func TestAnAdministratorMakesNoChiefs(t *testing.T) {
	each(t, func(n *newsroom) {
		next := n.one(staff.Reporter)
		next.Role = staff.Chief
		n.is(n.Change(n.ctx(), n.one(staff.Administrator), next), fault.KindForbidden)
		n.ok(n.Change(n.ctx(), n.one(staff.Chief), next))
		next.Role = staff.Reporter
		n.is(n.Change(n.ctx(), n.one(staff.Administrator), next), fault.KindForbidden)
	})
}

func TestWhoIsFrozenMayDoNothingEvenWithARequestUnderWay(t *testing.T) {
	each(t, func(n *newsroom) {
		rogue, ctx := n.one(staff.Chief), n.ctx() // as their request knew them
		n.ok(n.Freeze(ctx, n.one(staff.Editor), rogue.ID))
		n.is(n.Freeze(ctx, rogue, n.one(staff.Reporter).ID), fault.KindForbidden)
		n.is(n.Leave(ctx, rogue, n.one(staff.Reporter).ID), fault.KindForbidden)
		_, _, err := n.Invite(ctx, rogue, staff.Person{Name: "New", Email: "new@pozirk.example", Role: staff.Chief})
		n.is(err, fault.KindForbidden)
		_, _, err = n.LinkFor(ctx, rogue, n.one(staff.Editor).ID)
		n.is(err, fault.KindForbidden)
	})
}
