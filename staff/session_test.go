package staff_test

import (
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
)

func TestSigningInEndsTheSessionThatTheBrowserHad(t *testing.T) {
	each(t, func(n *newsroom) {
		ada, bob := n.one(staff.Editor), n.two(staff.Editor)
		old, elsewhere := n.comesIn(ada), n.comesIn(ada)
		link, err := n.Link(n.ctx(), bob.ID)
		n.ok(err)
		fresh, err := n.SignInFrom(n.ctx(), link, staff.Entry{Old: old})
		n.ok(err)
		n.inside(fresh, true)
		n.inside(old, false)
		n.inside(elsewhere, true)
	})
}

func TestASessionSaysWhereAndHowAndWhen(t *testing.T) {
	each(t, func(n *newsroom) {
		ada := n.one(staff.Editor)
		link, err := n.Link(n.ctx(), ada.ID)
		n.ok(err)
		made := n.now
		session, err := n.SignInFrom(n.ctx(), link, staff.Entry{Browser: "Firefox", System: "Linux"})
		n.ok(err)
		n.now = n.now.Add(time.Hour)
		n.inside(session, true)
		all, err := n.Sessions(n.ctx(), ada.ID)
		n.ok(err)
		if len(all) != 1 || all[0].Browser != "Firefox" || all[0].System != "Linux" || all[0].Way != staff.ByLink || !all[0].Made.Equal(made) || !all[0].Seen.Equal(n.now) {
			t.Errorf("it says %+v at %v", all, n.now)
		}
	})
}

func TestOneSessionOrAllAreEnded(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		first, second, bobs := n.comesIn(ada), n.comesIn(ada), n.comesIn(n.two(staff.Editor))
		sitting, err := n.Sitting(ctx, first)
		n.ok(err)
		n.is(n.EndSession(ctx, n.two(staff.Editor).ID, sitting.Session), fault.KindNotFound) // another's
		n.ok(n.EndSession(ctx, ada.ID, sitting.Session))
		n.inside(first, false)
		n.inside(second, true)
		link, err := n.Link(ctx, ada.ID)
		n.ok(err)
		n.ok(n.SignOutEverywhere(ctx, ada.ID))
		n.inside(second, false)
		n.inside(bobs, true)
		_, err = n.SignIn(ctx, link)
		n.is(err, fault.KindNotFound)
	})
}

func TestWhoHoldsALineOpenHearsThatASessionEnded(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		for _, act := range []func() error{
			func() error { return n.SignOutEverywhere(ctx, ada.ID) },
			func() error { return n.Freeze(ctx, n.one(staff.Chief), ada.ID) },
			func() error { return n.Leave(ctx, n.one(staff.Chief), ada.ID) },
		} {
			bell, stop := n.Bell()
			n.ok(act())
			<-bell
			stop()
		}
	})
}

func TestALetterComesOnlyToWhoHasNoOtherWayIn(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx, ada := n.ctx(), n.one(staff.Editor)
		p, token, err := n.AskForLink(ctx, " "+ada.Email+" ")
		n.ok(err)
		if p.ID != ada.ID || token == "" {
			t.Fatalf("asking gives %v %q", p, token)
		}
		session, err := n.SignIn(ctx, token)
		n.ok(err)
		n.inside(session, true)
		n.registers(ada)
		if p, token, err := n.AskForLink(ctx, ada.Email); err != nil || p.ID != ada.ID || token != "" {
			t.Errorf("with a passkey it gives %v %q: %v", p, token, err)
		}
		if p, token, err := n.AskForLink(ctx, "nobody@pozirk.example"); err != nil || p.ID != "" || token != "" {
			t.Errorf("a stranger gets %v %q: %v", p, token, err)
		}
	})
}

func TestLettersAreAskedForThreeTimesAnHour(t *testing.T) {
	each(t, func(n *newsroom) {
		ada, links := n.one(staff.Editor), 0
		for range 5 {
			_, token, err := n.AskForLink(n.ctx(), ada.Email)
			n.ok(err)
			if token != "" {
				links++
			}
		}
		if links != 3 {
			t.Errorf("%d links within the hour", links)
		}
		n.now = n.now.Add(time.Hour)
		if _, token, err := n.AskForLink(n.ctx(), ada.Email); err != nil || token == "" {
			t.Errorf("an hour later: %q %v", token, err)
		}
	})
}
