package bulletin_test

import (
	"slices"
	"testing"
	"time"

	"wireroom/bulletin"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

func (n *newsroom) want(b bulletin.Bulletin, want ...string) {
	n.Helper()
	if got := n.issues(b.ID); !slices.Equal(got, want) {
		n.Errorf("the issues are %q, not %q", got, want)
	}
}

func TestEachStoryStandsInOneIssue(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("Before the bulletin", nil)
		b := n.bulletin("morning-en", nil)
		n.want(b)
		n.morning()
		n.want(b, "story Before the bulletin")
		n.sends("First", nil)
		n.sends("Second", nil)
		n.want(b, "story Before the bulletin")
		n.morning()
		n.want(b, "story Before the bulletin", "story Second, story First")
		n.morning() // nothing was sent: no issue
		n.want(b, "story Before the bulletin", "story Second, story First")
		n.sends("Third", nil)
		n.now = n.now.AddDate(0, 0, 3) // the program was off
		n.want(b, "story Before the bulletin", "story Second, story First", "story Third")
	})
}

func TestARuleChoosesWhatGoesIn(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.bulletin("economy-en", func(b *bulletin.Bulletin) {
		b.Rules.Sections, b.Rules.Urgency, b.Rules.Most = []string{"economy"}, 6, 2
	})
	economy := func(urgency int) func(*story.Content) {
		return func(c *story.Content) { c.Sections, c.Urgency = []string{"economy"}, urgency }
	}
	n.sends("Politics", nil)
	n.sends("Slow", economy(7))
	n.sends("Five", economy(5))
	n.sends("Six", economy(6))
	n.sends("Flash", economy(1))
	n.morning()
	n.want(b, "story Flash, story Five, 1 more")
	n.morning()
	n.want(b, "story Flash, story Five, 1 more")
}

func TestACorrectionOfWhatWasToldGoesIntoTheNextIssue(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		first, second := n.sends("First", nil), n.sends("Second", nil)
		n.corrects(second, "Before anybody read it.")
		n.morning()
		n.want(b, "story Second!, story First")
		n.corrects(first, "It was another.")
		n.sends("Third", nil)
		n.morning()
		n.want(b, "story Second!, story First!", "story Third, correction First!")
		_, err := n.stories.Kill(n.ctx, editor, first.ID, story.Say("It never happened."))
		n.ok(err)
		n.morning()
		n.want(b, "story Second!, story First!", "story Third, correction First!", "kill First!")
	})
}

func TestACorrectionOfWhatIsHeldWaitsUntilItIsReleased(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		first := n.sends("First", nil)
		n.morning()
		n.want(b, "story First")
		n.corrects(first, "It was another.")
		_, err := n.stories.Hold(n.ctx, editor, first.ID, "Wait.")
		n.ok(err)
		n.sends("Second", nil)
		n.morning()
		n.want(b, "story First!", "story Second")
		n.morning()
		n.want(b, "story First!", "story Second")
		_, err = n.stories.ReleaseHold(n.ctx, editor, first.ID)
		n.ok(err)
		n.morning()
		n.want(b, "story First!", "story Second", "correction First!")
		n.morning()
		n.want(b, "story First!", "story Second", "correction First!")
	})
}

func TestAnEmbargoedStoryWaitsForItsHour(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		end := n.now.AddDate(0, 0, 2)
		n.sends("Embargoed", func(c *story.Content) { c.Embargo = end })
		held := n.sends("Held", nil)
		_, err := n.stories.Hold(n.ctx, editor, held.ID, "")
		n.ok(err)
		killed := n.sends("Killed", func(c *story.Content) { c.Embargo = end })
		n.sends("Open", nil)
		n.morning()
		n.want(b, "story Open")
		_, err = n.stories.Kill(n.ctx, editor, killed.ID, story.Say("No."))
		n.ok(err)
		_, err = n.stories.ReleaseHold(n.ctx, editor, held.ID)
		n.ok(err)
		n.morning()
		n.want(b, "story Open", "story Held")
		n.morning()
		n.want(b, "story Open", "story Held", "story Embargoed")
	})
}

func TestAnAlertIsAnIssueAtOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("alerts-en", func(b *bulletin.Bulletin) { b.Rules = bulletin.Rules{AtOnce: true, Urgency: 2, Most: 1} })
		w := wire.By(n.db, func() time.Time { return n.now })
		heard := func() (made bool) {
			n.Helper()
			head, err := w.Head(n.ctx)
			n.ok(err)
			made, err = n.letters.AtOnce(n.ctx, head)
			n.ok(err)
			return made
		}
		n.sends("Slow", nil)
		if heard() {
			n.Error("a story that is not urgent makes an issue")
		}
		st := n.sends("Flash", func(c *story.Content) { c.Urgency = 1 })
		if !heard() || heard() {
			n.Error("a flash makes no issue, or two")
		}
		end := n.now.Add(time.Hour)
		n.sends("Flash later", func(c *story.Content) { c.Urgency, c.Embargo = 1, end })
		if heard() {
			n.Error("an embargo does not hold")
		}
		n.want(b, "story Flash")
		n.now = end
		n.want(b, "story Flash", "story Flash later")
		n.corrects(st, "It was slower.")
		if !heard() {
			n.Error("a correction makes no issue")
		}
		n.want(b, "story Flash!", "story Flash later", "correction Flash!")
	})
}

func TestWhoMayMakeBulletins(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.bulletin("morning-en", nil)
	for _, role := range staff.Roles() {
		p := staff.Person{ID: "p", Role: role}
		may := role == staff.Editor || role == staff.Chief
		fresh := b
		fresh.ID = bulletin.ID("of-" + string(role))
		_, add := n.letters.Add(n.ctx, p, fresh)
		_, save := n.letters.Save(n.ctx, p, b)
		if (add == nil) != may || (save == nil) != may || !may && (!fault.Is(add, fault.KindForbidden) || !fault.Is(save, fault.KindForbidden)) {
			n.Errorf("a %s: %v, %v", role, add, save)
		}
	}
	if _, err := n.letters.Add(n.ctx, editor, b); !fault.Is(err, fault.KindConflict) {
		n.Errorf("a second of the same address: %v", err)
	}
}

func TestABulletinThatRestedTellsNoOldNews(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.bulletin("morning-en", func(b *bulletin.Bulletin) { b.Live = false })
	n.sends("Old", nil)
	n.now = n.now.AddDate(0, 0, 5)
	n.want(b)
	n.sends("Of today", nil)
	b.Live = true
	b, err := n.letters.Save(n.ctx, editor, b)
	n.ok(err)
	n.morning()
	n.want(b, "story Of today")
}
