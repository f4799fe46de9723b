package reveal_test

import (
	"testing"
	"time"

	"wireroom/db"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

const hour, day = time.Hour, 24 * time.Hour

func TestAPlanOpensItsSectionsAndItsPartOfTheArchive(t *testing.T) {
	each(t, func(n *newsroom) {
		n.house.Plans = []masthead.Plan{
			{ID: "plus"}, {ID: "all", All: true}, {ID: "money", All: true, Sections: []string{"economy"}}, {ID: "week", All: true, Depth: 7},
		}
		began := n.now
		politics := n.sends("Politics", paid)
		economy := n.sends("Economy", func(c *story.Content) { paid(c); c.Sections = []string{"politics", "economy"} })
		unknown := n.sends("Of a plan that is no more", paid)
		n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(n.ctx, `UPDATE published SET plan = 'old' WHERE story = ?1`, string(unknown.ID))
			return err
		}))
		holds := func(plans ...string) reveal.Viewer {
			held := map[string]time.Time{}
			for _, p := range plans {
				held[p] = n.now.Add(365 * day)
			}
			return reveal.Holder(held, n.now)
		}
		for _, c := range []struct {
			after   time.Duration
			plans   []string
			opens   [3]bool // politics, economy, unknown
			changes time.Duration
		}{
			{0, nil, [3]bool{}, 0},
			{0, []string{"plus"}, [3]bool{true, true, false}, 0},
			{400 * day, []string{"plus"}, [3]bool{true, true, false}, 0},
			{0, []string{"all"}, [3]bool{true, true, false}, 0},
			{0, []string{"money"}, [3]bool{false, true, false}, 0},
			{7*day - 1, []string{"week"}, [3]bool{true, true, false}, 7 * day},
			{7 * day, []string{"week"}, [3]bool{}, 0},
			{8 * day, []string{"week", "money"}, [3]bool{false, true, false}, 0},
			{0, []string{"week", "money"}, [3]bool{true, true, false}, 7 * day},
			{0, []string{"gone"}, [3]bool{}, 0},
		} {
			n.now = began.Add(c.after)
			for i, st := range []story.Story{politics, economy, unknown} {
				if r := n.story(st, holds(c.plans...)); r.Full() != c.opens[i] {
					n.Errorf("after %v %v opens %q: %v", c.after, c.plans, r.Headline(), r.Full())
				}
			}
			r := n.story(politics, holds(c.plans...))
			if want := began.Add(c.changes); c.changes == 0 && !r.Until().IsZero() || c.changes > 0 && !r.Until().Equal(want) {
				n.Errorf("after %v for %v it changes at %v", c.after, c.plans, r.Until())
			}
		}
		n.now = began.Add(hour)
		if next, err := n.door.NextChange(n.ctx); err != nil || !next.Equal(began.Add(7*day)) {
			n.Errorf("the door changes next at %v, %v", next, err)
		}
	})
}

func TestASectionsStoriesAreFreeAfterItsHours(t *testing.T) {
	each(t, func(n *newsroom) {
		n.house.Readers.Freer = map[string]int{"politics": 48, "economy": 24}
		began := n.now
		politics := n.sends("Politics", paid)
		both := n.sends("Both", func(c *story.Content) { paid(c); c.Sections = []string{"politics", "economy"} })
		sooner := n.sends("Sooner", func(c *story.Content) { paid(c); c.OpensAt = began.Add(hour) })
		for _, c := range []struct {
			after time.Duration
			free  [3]bool
			next  time.Duration
		}{
			{0, [3]bool{}, hour},
			{hour, [3]bool{false, false, true}, 24 * hour},
			{24*hour - 1, [3]bool{false, false, true}, 24 * hour},
			{24 * hour, [3]bool{false, true, true}, 48 * hour},
			{48 * hour, [3]bool{true, true, true}, 0},
		} {
			n.now = began.Add(c.after)
			for i, st := range []story.Story{politics, both, sooner} {
				if r := n.story(st, reveal.Viewer{}); r.Free() != c.free[i] || r.Full() != c.free[i] {
					n.Errorf("after %v %q is free: %v, full: %v", c.after, r.Headline(), r.Free(), r.Full())
				}
			}
			next, err := n.door.NextChange(n.ctx)
			if want := began.Add(c.next); err != nil || c.next == 0 && !next.IsZero() || c.next > 0 && !next.Equal(want) {
				n.Errorf("after %v the door changes next at %v, %v", c.after, next, err)
			}
		}
	})
}

func TestWhatIsGivenOpensOneStoryAndNothingThatIsHidden(t *testing.T) {
	each(t, func(n *newsroom) {
		given, other := n.sends("Given", paid), n.sends("Other", paid)
		friend := reveal.Viewer{}.Given(given.ID)
		if r := n.story(given, friend); !r.Full() || r.Free() {
			n.Errorf("the gift opens: %v", r.Full())
		}
		if r := n.story(other, friend); r.Full() {
			n.Error("the gift opens another story")
		}
		if friend.Class() == (reveal.Viewer{}).Class() || friend.Class() == (reveal.Viewer{}).Given(other.ID).Class() {
			n.Error("a friend is of the class of others")
		}
		_, err := n.stories.Hold(n.ctx, editor, given.ID, "")
		n.ok(err)
		if _, err := n.door.Story(n.ctx, "en", given.Number, friend); err == nil {
			n.Error("the gift opens a story that is held")
		}
	})
}
