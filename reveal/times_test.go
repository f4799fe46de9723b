package reveal_test

import (
	"testing"
	"time"

	"wireroom/reveal"
	"wireroom/story"
)

func TestAHoldAndItsEndLeaveNoTraceInTheTimes(t *testing.T) {
	each(t, func(n *newsroom) {
		at := n.now
		st := n.sends("Held for an hour", nil)
		n.now = n.now.Add(time.Hour)
		_, err := n.stories.Hold(n.ctx, editor, st.ID, "")
		n.ok(err)
		n.now = n.now.Add(time.Hour)
		_, err = n.stories.ReleaseHold(n.ctx, editor, st.ID)
		n.ok(err)
		if r := n.story(st, reveal.Viewer{}); !r.Sent().Equal(at) || !r.Changed().Equal(at) {
			n.Errorf("sent %v, changed %v, not %v", r.Sent(), r.Changed(), at)
		}
	})
}

func TestAStoryStandsWhereReadersCouldFirstSeeIt(t *testing.T) {
	each(t, func(n *newsroom) {
		began := n.now
		later := func(c *story.Content) { c.Embargo = began.Add(8 * time.Hour) }
		lifted, held := n.sends("Lifted", later), n.sends("Held under embargo", later)
		n.now = began.Add(2 * time.Hour)
		c := lifted.Content
		c.Embargo = time.Time{}
		st, err := n.stories.Revise(n.ctx, editor, lifted.ID, lifted.Revision, c)
		n.ok(err)
		_, err = n.stories.Update(n.ctx, editor, st.ID, st.Revision, "")
		n.ok(err)
		_, err = n.stories.Hold(n.ctx, editor, held.ID, "")
		n.ok(err)
		n.now = began.Add(10 * time.Hour)
		_, err = n.stories.ReleaseHold(n.ctx, editor, held.ID)
		n.ok(err)
		for st, want := range map[story.Number]time.Duration{lifted.Number: 2 * time.Hour, held.Number: 10 * time.Hour} {
			r, err := n.door.Story(n.ctx, "en", st, reveal.Viewer{})
			n.ok(err)
			if !r.Sent().Equal(began.Add(want)) {
				n.Errorf("%s stands at %v, not %v after the beginning", r.Headline(), r.Sent(), want)
			}
			for _, section := range []string{"", "politics"} {
				found, err := n.door.List(n.ctx, reveal.Query{Lang: "en", Section: section}, reveal.Viewer{})
				n.ok(err)
				if len(found) != 2 || found[0].Number() != held.Number {
					n.Errorf("the list %q has %d stories, the first %s", section, len(found), found[0].Headline())
				}
			}
		}
	})
}

func TestABriefListTellsOfAccessAndHoldsNoText(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("Paid", paid)
		n.sends("Open", nil)
		found, err := n.door.List(n.ctx, reveal.Query{Lang: "en", Brief: true}, reveal.Viewer{})
		n.ok(err)
		for i, locked := range []bool{false, true} {
			r := found[i]
			says := map[bool]string{true: "One.", false: "The desk's teaser."}[locked]
			if r.Locked() != locked || len(r.Blocks()) != 1 || r.Byline() != "" || r.Teaser() != says {
				n.Errorf("%s: locked %v, %d blocks, by %q", r.Headline(), r.Locked(), len(r.Blocks()), r.Byline())
			}
		}
	})
}

func TestCorrectionsStandByTheirOwnTime(t *testing.T) {
	each(t, func(n *newsroom) {
		first, second := n.sends("First", nil), n.sends("Second", nil)
		correct := func(st story.Story, words string) story.Story {
			n.now = n.now.Add(time.Minute)
			c := st.Content
			c.Headline += "!"
			st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
			n.ok(err)
			st, err = n.stories.Correct(n.ctx, editor, st.ID, st.Revision, story.Say(words))
			n.ok(err)
			return st
		}
		first = correct(first, "one")
		correct(second, "two")
		correct(first, "three")
		found, err := n.door.Corrections(n.ctx, "en", 10, reveal.Viewer{})
		n.ok(err)
		said := ""
		for _, c := range found {
			said += c.Note + " "
		}
		if said != "three two one " {
			n.Errorf("the corrections are %s", said)
		}
	})
}
