package story_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wireroom/fault"
	"wireroom/story"
)

func TestATranslationIsBehindWhenReadersOfTheOriginalKnowOtherwise(t *testing.T) {
	each(t, func(n *newsroom) {
		behind := func(id story.ID, want bool, when string) {
			n.Helper()
			st, err := n.stories.Get(n.ctx, id)
			n.ok(err)
			if st.Behind() != want {
				n.Errorf("after %s it is behind: %v", when, st.Behind())
			}
			all, err := n.stories.List(n.ctx, story.Filter{})
			n.ok(err)
			for _, listed := range all {
				if listed.ID == id && listed.Behind() != want {
					n.Errorf("after %s the list says otherwise", when)
				}
			}
		}
		original := n.in(story.Sent, n.chief())
		st, err := n.stories.Translate(n.ctx, n.chief(), original.ID, "be")
		n.ok(err)
		behind(st.ID, false, "the start")
		original, err = n.does(story.ActRevise, n.chief(), original)
		n.ok(err)
		behind(st.ID, false, "a draft of the original")
		original, err = n.does(story.ActUpdate, n.chief(), original)
		n.ok(err)
		behind(st.ID, true, "an update of the original")
		st, err = n.stories.Get(n.ctx, st.ID)
		n.ok(err)
		if st.OriginTarget() != 2 || st.OriginRevision != 1 {
			n.Errorf("it should agree with revision %d and agrees with %d", st.OriginTarget(), st.OriginRevision)
		}
		_, err = n.stories.Agree(n.ctx, n.chief(), st.ID, 2)
		n.ok(err)
		behind(st.ID, false, "comparing")
		original, err = n.does(story.ActHold, n.chief(), original)
		n.ok(err)
		behind(st.ID, true, "a hold of the original")
		original, err = n.does(story.ActReleaseHold, n.chief(), original)
		n.ok(err)
		behind(st.ID, false, "its release from hold")
		_, err = n.does(story.ActKill, n.chief(), original)
		n.ok(err)
		behind(st.ID, true, "a kill of the original")
		for _, revision := range []int64{0, -1, 3} {
			if _, err := n.stories.Agree(n.ctx, n.chief(), st.ID, revision); !fault.Is(err, fault.KindInvalid) {
				n.Errorf("it agrees with revision %d: %v", revision, err)
			}
		}
	})
}

func TestGoingBackMakesANewRevisionAndLosesNone(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.chief())
		st, err := n.does(story.ActRevise, n.chief(), st)
		n.ok(err)
		st, err = n.stories.Restore(n.ctx, n.chief(), st.ID, 2, 1)
		n.ok(err)
		if st.Revision != 3 || st.Content.Headline != "First" {
			n.Errorf("revision %d says %q", st.Revision, st.Content.Headline)
		}
		all, err := n.stories.Revisions(n.ctx, st.ID)
		n.ok(err)
		if len(all) != 3 || all[1].Content.Headline != "Changed" {
			n.Errorf("there are %d revisions", len(all))
		}
		for _, c := range []struct {
			base, number int64
			kind         fault.Kind
		}{{2, 1, fault.KindConflict}, {3, 1, fault.KindConflict}, {3, 3, fault.KindConflict}, {3, 9, fault.KindNotFound}} {
			if _, err := n.stories.Restore(n.ctx, n.chief(), st.ID, c.base, c.number); !fault.Is(err, c.kind) {
				n.Errorf("going back to %d over %d: %v", c.number, c.base, err)
			}
		}
	})
}

func TestAnAlertNeedsAShortUrgentHeadline(t *testing.T) {
	each(t, func(n *newsroom) {
		for field, c := range map[string]story.Content{
			"headline": {Headline: strings.Repeat("ж", story.MaxAlert+1), Urgency: 1, Sections: []string{"politics"}},
			"urgency":  {Headline: "President resigns", Urgency: 3, Sections: []string{"politics"}},
			"sections": {Headline: "President resigns", Urgency: 1},
		} {
			st, err := n.stories.Create(n.ctx, n.chief(), "en", "", c)
			n.ok(err)
			if _, err := n.stories.Alert(n.ctx, n.chief(), st.ID, 1); !fault.Is(err, fault.KindInvalid) || !strings.Contains(err.Error(), field) {
				n.Errorf("an alert without a fit %s: %v", field, err)
			}
		}
		c := text(strings.Repeat("ж", story.MaxAlert))
		st, err := n.stories.Create(n.ctx, n.chief(), "en", "", c)
		n.ok(err)
		st, err = n.stories.Alert(n.ctx, n.chief(), st.ID, 1)
		n.ok(err)
		if texts, err := n.stories.Verify(n.ctx); err != nil || texts != 1 || !st.Alert {
			n.Errorf("of %d texts: %v", texts, err)
		}
		c.Headline = "Corrected"
		st, err = n.stories.Revise(n.ctx, n.chief(), st.ID, 1, c)
		n.ok(err)
		st, err = n.stories.Correct(n.ctx, n.chief(), st.ID, 2, story.Say("It was so."))
		n.ok(err)
		if !st.Alert {
			n.Error("a corrected alert sends the story")
		}
		if st, err = n.stories.Update(n.ctx, n.chief(), st.ID, 2, ""); err != nil || st.Alert {
			n.Errorf("the story does not follow: %v", err)
		}
		if _, err = n.stories.Update(n.ctx, n.chief(), st.ID, 2, ""); !fault.Is(err, fault.KindConflict) {
			n.Errorf("the same text goes out again: %v", err)
		}
	})
}

func TestACorrectionsShortTextIsItsBeginningUnlessItIsWritten(t *testing.T) {
	each(t, func(n *newsroom) {
		long := strings.TrimSpace(strings.Repeat("A sentence without an end, ", 20))
		for _, c := range []struct{ readers, short, want string }{
			{"There are 13 buses. We said 30.", "", "There are 13 buses."},
			{"There are 13 buses, not 30.", "", "There are 13 buses, not 30."},
			{"There are 13 buses. We said 30.", " 13 buses ", "13 buses"},
			{long, "", "…"},
		} {
			st := n.in(story.Sent, n.chief())
			st, err := n.does(story.ActRevise, n.chief(), st)
			n.ok(err)
			_, err = n.stories.Correct(n.ctx, n.chief(), st.ID, st.Revision, story.Texts{Readers: c.readers, Short: c.short, Desk: "Call them"})
			n.ok(err)
			sent, err := n.stories.Releases(n.ctx, st.ID)
			n.ok(err)
			got := sent[0]
			if !strings.HasSuffix(got.Short, c.want) || utf8.RuneCountInString(got.Short) > story.MaxShort || got.Note != c.readers || got.Desk != "Call them" {
				n.Errorf("of %q: %+v", c.readers, got)
			}
		}
	})
}
