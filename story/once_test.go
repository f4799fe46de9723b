package story_test

import (
	"testing"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

func TestAskedForTwiceAStoryBeginsOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		reporter, id := n.people[staff.Reporter], story.ID(db.NewID())
		first, again, err := n.stories.CreateOnce(n.ctx, reporter, id, "en", text("First"))
		n.ok(err)
		second, known, err := n.stories.CreateOnce(n.ctx, reporter, id, "en", text("First, and more"))
		n.ok(err)
		if first.ID != id || again || second.ID != id || !known || second.Revision != 1 || second.Content.Headline != "First" {
			n.Errorf("first %v %v, then %+v %v", first.ID, again, second, known)
		}
		other, known, err := n.stories.CreateOnce(n.ctx, n.chief(), id, "en", text("Another's"))
		n.ok(err)
		if other.ID == id || known {
			n.Errorf("somebody else is given the story: %+v", other)
		}
		unnamed, known, err := n.stories.CreateOnce(n.ctx, reporter, "no id", "en", text("Unnamed"))
		n.ok(err)
		if !db.IsID(string(unnamed.ID)) || known {
			n.Errorf("without an id begins %+v", unnamed)
		}
		if _, _, err := n.stories.CreateOnce(n.ctx, n.people[staff.Translator], story.ID(db.NewID()), "en", text("Not theirs")); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("a translator begins a story: %v", err)
		}
	})
}

func TestAskedForTwiceARevisionIsKeptOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.chief())
		kept, err := n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text("Mine"))
		n.ok(err)
		if _, err := n.types(n.chief(), st, "tab", "Mine"); err != nil {
			n.Fatal(err)
		}
		n.later()
		again, err := n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text("Mine"))
		n.ok(err)
		if again.Revision != kept.Revision || !again.Changed.Equal(kept.Changed) {
			n.Errorf("asked again, it is revision %d of %v", again.Revision, again.Changed)
		}
		if left := n.working(st, n.chief()); !left.None() {
			n.Errorf("a working copy of it is left: %+v", left)
		}
		if _, err := n.stories.Revise(n.ctx, n.people[staff.Editor], st.ID, st.Revision, text("Mine")); !fault.Is(err, fault.KindConflict) {
			n.Errorf("another's save over an older revision: %v", err)
		}
	})
}
