package staff_test

import (
	"slices"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

func TestWhoIsFrozenIsOutInTheSameInstant(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, whom := n.ctx(), n.one(staff.Reporter)
		session, other := n.comesIn(whom), n.comesIn(n.two(staff.Reporter))
		link, err := n.Link(ctx, whom.ID)
		n.ok(err)
		n.ok(n.Freeze(ctx, n.one(staff.Editor), whom.ID))
		n.inside(session, false)
		n.inside(other, true)
		if _, err := n.SignIn(ctx, link); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a link of theirs: %v", err)
		}
		_, err = n.Link(ctx, whom.ID)
		n.is(err, fault.KindForbidden)
		_, _, err = n.LinkFor(ctx, n.one(staff.Chief), whom.ID)
		n.is(err, fault.KindForbidden)
		if p, token, err := n.AskForLink(ctx, whom.Email); err != nil || p.ID != "" || token != "" {
			t.Errorf("asking for a letter gives %v %q: %v", p, token, err)
		}
		n.ok(n.Freeze(ctx, n.two(staff.Editor), whom.ID)) // again: no matter
	})
}

func TestAFrozenAccountIsOpenedByTwo(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, whom, ada, bob := n.ctx(), n.one(staff.Reporter), n.one(staff.Editor), n.two(staff.Editor)
		n.ok(n.Freeze(ctx, ada, whom.ID))
		for range 2 { // one person has one voice
			if thawed, err := n.Thaw(ctx, ada, whom.ID); err != nil || thawed {
				t.Fatalf("one alone: %v %v", thawed, err)
			}
		}
		if thawed, err := n.Thaw(ctx, bob, whom.ID); err != nil || !thawed {
			t.Fatalf("the second: %v %v", thawed, err)
		}
		n.inside(n.comesIn(whom), true)
		_, err := n.Thaw(ctx, bob, whom.ID)
		n.is(err, fault.KindConflict)

		// The next time the old voices count for nothing.
		n.ok(n.Freeze(ctx, ada, whom.ID))
		if thawed, err := n.Thaw(ctx, bob, whom.ID); err != nil || thawed {
			t.Errorf("one voice and an old one: %v %v", thawed, err)
		}
	})
}

func TestWhatAChiefFrozeIsNotOpenedWithoutOneWhoKeepsTheHouse(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, whom := n.ctx(), n.one(staff.Reporter)
		n.ok(n.Freeze(ctx, n.one(staff.Chief), whom.ID))
		for _, editor := range n.people[staff.Editor] {
			if thawed, err := n.Thaw(ctx, editor, whom.ID); err != nil || thawed {
				t.Fatalf("editors outvote the chief: %v %v", thawed, err)
			}
		}
		how, err := n.Thawing(ctx, whom)
		if err != nil || !how.House || how.By != n.one(staff.Chief).Name || len(how.Voices) != 2 {
			t.Errorf("it is told as %+v: %v", how, err)
		}
		if thawed, err := n.Thaw(ctx, n.one(staff.Administrator), whom.ID); err != nil || !thawed {
			t.Errorf("with an administrator: %v %v", thawed, err)
		}
	})
}

func TestAVoiceIsGoodForADayAndOnlyWhileItsOwnerIsHere(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, whom, ada, bob := n.ctx(), n.one(staff.Reporter), n.one(staff.Editor), n.two(staff.Editor)
		n.ok(n.Freeze(ctx, ada, whom.ID))
		_, err := n.Thaw(ctx, ada, whom.ID)
		n.ok(err)
		n.now = n.now.Add(24 * time.Hour)
		if thawed, err := n.Thaw(ctx, bob, whom.ID); err != nil || thawed {
			t.Errorf("with a voice of yesterday: %v %v", thawed, err)
		}
		n.ok(n.Freeze(ctx, n.one(staff.Chief), bob.ID))
		if thawed, err := n.Thaw(ctx, ada, whom.ID); err != nil || thawed {
			t.Errorf("with the voice of one who is frozen: %v %v", thawed, err)
		}
		n.is(func() error { _, err := n.Thaw(ctx, bob, whom.ID); return err }(), fault.KindForbidden)
	})
}

func TestTheTerminalHelpsWhenNobodyElseCan(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, whom := n.ctx(), n.one(staff.Chief)
		n.ok(n.Freeze(ctx, staff.Terminal(), whom.ID))
		if thawed, err := n.Thaw(ctx, staff.Terminal(), whom.ID); err != nil || !thawed {
			t.Errorf("it thaws: %v %v", thawed, err)
		}
		n.ok(n.Leave(ctx, staff.Terminal(), whom.ID))
	})
}

func TestALeaverLosesTheWayInAndNothingElse(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, whom, chief := n.ctx(), n.one(staff.Reporter), n.one(staff.Chief)
		session := n.comesIn(whom)
		n.ok(n.AddPen(ctx, whom.ID, "A. Nonymous"))
		key := n.registers(whom)
		n.ok(n.Leave(ctx, chief, whom.ID))
		n.inside(session, false)
		n.is(key.comesIn(n), fault.KindForbidden)
		left, err := n.ByID(ctx, whom.ID)
		if err != nil || left.Name != whom.Name || left.Email != "" || left.Here() {
			t.Errorf("what stays of them is %+v: %v", left, err)
		}
		if pens, err := n.Pens(ctx, whom.ID); err != nil || len(pens) > 0 {
			t.Errorf("their pen names lead to them still: %v %v", pens, err)
		}
		n.is(n.Freeze(ctx, chief, whom.ID), fault.KindConflict)
		n.is(n.Leave(ctx, chief, whom.ID), fault.KindConflict)
		_, err = n.Link(ctx, whom.ID)
		n.is(err, fault.KindForbidden)

		again, token, err := n.Invite(ctx, chief, staff.Person{Name: whom.Name, Email: whom.Email, Role: staff.Editor})
		n.ok(err)
		session, err = n.SignIn(ctx, token)
		n.ok(err)
		if p, err := n.BySession(ctx, session); err != nil || p.ID != again.ID || p.ID == whom.ID {
			t.Errorf("who comes back is %v: %v", p, err)
		}
	})
}

func TestAnInvitationIsALinkThatSignsInOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, chief := n.ctx(), n.one(staff.Chief)
		p, token, err := n.Invite(ctx, chief, staff.Person{Name: " Nina  Novak ", Email: "Nina@Pozirk.example", Role: staff.Editor, Sections: []string{"politics"}, Lang: "be"})
		n.ok(err)
		session, err := n.SignInFrom(ctx, token, staff.Entry{Browser: "Firefox", System: "Linux"})
		n.ok(err)
		got, err := n.BySession(ctx, session)
		n.ok(err)
		if got.ID != p.ID || got.Name != "Nina Novak" || got.Email != "nina@pozirk.example" || got.Lang != "be" || !slices.Equal(got.Sections, []string{"politics"}) {
			t.Errorf("she is %+v", got)
		}
		_, err = n.SignIn(ctx, token)
		n.is(err, fault.KindNotFound)
		_, _, err = n.Invite(ctx, chief, staff.Person{Name: "Other", Email: "nina@pozirk.example", Role: staff.Editor})
		n.is(err, fault.KindConflict)
		for _, email := range []string{"", "nina", "@pozirk.example", "a b@pozirk.example", "nina@", "<nina@pozirk.example>", "n\x00@pozirk.example"} {
			_, _, err = n.Invite(ctx, chief, staff.Person{Name: "Other", Email: email, Role: staff.Editor})
			n.is(err, fault.KindInvalid)
		}
	})
}

func TestANewAddressIsNoOtherPersons(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, chief, whom := n.ctx(), n.one(staff.Chief), n.one(staff.Reporter)
		link, err := n.Link(ctx, whom.ID)
		n.ok(err)
		whom.Email = n.two(staff.Reporter).Email
		n.is(n.Change(ctx, chief, whom), fault.KindConflict)
		whom.Email, whom.Role, whom.Sections = "new@pozirk.example", staff.Editor, []string{"economy"}
		n.ok(n.Change(ctx, chief, whom))
		if got, err := n.ByEmail(ctx, "new@pozirk.example"); err != nil || got.Role != staff.Editor || !slices.Equal(got.Sections, whom.Sections) {
			t.Errorf("they are %+v: %v", got, err)
		}
		_, err = n.SignIn(ctx, link) // it went to the old address
		n.is(err, fault.KindNotFound)
	})
}

func TestActsAreListedWithNames(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, chief, whom := n.ctx(), n.one(staff.Chief), n.one(staff.Reporter)
		n.comesIn(whom)
		next := whom
		next.Role = staff.Editor
		n.ok(n.Change(ctx, chief, next))
		n.ok(n.Freeze(ctx, staff.Terminal(), whom.ID))
		n.ok(n.db.Do(ctx, func(tx *db.Tx) error { return n.Note(ctx, tx, chief, staff.DidSaveMasthead) }))
		want := []string{"One chief masthead", " freeze One reporter", "One chief change One reporter reporter → editor", "One reporter sign-in link"}
		if got := n.did(4); !slices.Equal(got, want) {
			t.Errorf("the list says %q", got)
		}
		for _, role := range []staff.Role{staff.Translator, staff.Reporter, staff.Editor} {
			_, err := n.Acts(ctx, n.two(role), "", 9)
			n.is(err, fault.KindForbidden)
		}
		first, err := n.Acts(ctx, chief, "", 2)
		n.ok(err)
		then, err := n.Acts(ctx, chief, first[1].ID, 2)
		if err != nil || len(then) != 2 || then[0].Act != staff.ActChange {
			t.Errorf("it goes on with %v: %v", then, err)
		}
	})
}
