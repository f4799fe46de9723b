package story_test

import (
	"errors"
	"slices"
	"testing"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// asks changes what the agency asks before sending.
func (n *newsroom) asks(rules masthead.Rules) {
	n.Helper()
	n.ok(n.mastheads.Change(n.ctx, func(m masthead.Masthead) (masthead.Masthead, error) {
		m.Rules = rules
		return m, nil
	}))
}

// lacks are the needs that the story does not meet, on the list and on trying.
func (n *newsroom) lacks(by staff.Person, st story.Story) []story.Need {
	n.Helper()
	st, err := n.stories.Get(n.ctx, st.ID)
	n.ok(err)
	act := story.ActRelease
	if st.SentRevision > 0 {
		act = story.ActUpdate
	}
	list, err := n.stories.Checklist(n.ctx, by, act, st)
	n.ok(err)
	var lacking *story.Lacking
	if _, err := n.does(act, by, st); !errors.As(err, &lacking) {
		if len(list) > 0 {
			n.Fatalf("the list has %v, and yet: %v", list, err)
		}
		n.ok(err)
		return nil
	} else if !slices.Equal(lacking.Lacks, list) || !fault.Is(err, fault.KindInvalid) {
		n.Errorf("the list has %v; trying is stopped by %v", list, err)
	}
	var needs []story.Need
	for _, l := range list {
		needs = append(needs, l.Need)
	}
	return needs
}

func TestAStoryThatLacksWhatTheAgencyAsksIsNotSent(t *testing.T) {
	each(t, func(n *newsroom) {
		shot := func(credit, alt string) story.Node {
			return story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: "p", Credit: credit, Alt: alt}}
		}
		for what, c := range map[string]struct {
			rules  masthead.Rules
			change func(c *story.Content)
			want   []story.Need
		}{
			"nothing asked":     {change: func(c *story.Content) { c.Slug = "" }},
			"bare":              {change: func(c *story.Content) { c.Headline, c.Sections = " ", nil }, want: []story.Need{story.NeedHeadline, story.NeedSection}},
			"no plan chosen":    {rules: masthead.Rules{NeedPlan: true}, change: func(*story.Content) {}, want: []story.Need{story.NeedPlan}},
			"open on purpose":   {rules: masthead.Rules{NeedPlan: true}, change: func(c *story.Content) { c.Open = true }},
			"a plan":            {rules: masthead.Rules{NeedPlan: true}, change: func(c *story.Content) { c.Plan = "plus" }},
			"no slug":           {rules: masthead.Rules{NeedSlug: true}, change: func(*story.Content) {}, want: []story.Need{story.NeedSlug}},
			"a slug":            {rules: masthead.Rules{NeedSlug: true}, change: func(c *story.Content) { c.Slug = "council" }},
			"a bare picture":    {change: func(c *story.Content) { c.Body.Blocks = append(c.Body.Blocks, shot("a", "b"), shot(" ", "")) }, want: []story.Need{story.NeedCredit, story.NeedAlt}},
			"one pair of eyes":  {rules: masthead.Rules{SecondEyes: true}, change: func(*story.Content) {}, want: []story.Need{story.NeedEyes}},
			"no translation is": {rules: masthead.Rules{ForbidStale: true}, change: func(*story.Content) {}},
		} {
			n.asks(c.rules)
			content := text("First")
			c.change(&content)
			st, err := n.stories.Create(n.ctx, n.chief(), "en", "", content)
			n.ok(err)
			if got := n.lacks(n.chief(), st); !slices.Equal(got, c.want) {
				n.Errorf("%s: it lacks %v, not %v", what, got, c.want)
			}
		}
	})
}

func TestTheChecklistNamesThePictureAndItsField(t *testing.T) {
	each(t, func(n *newsroom) {
		c := text("First")
		c.Body.Blocks = append(c.Body.Blocks, story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: "p", Credit: "c", Alt: "a"}},
			story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: "q", Credit: "c"}})
		st, err := n.stories.Create(n.ctx, n.chief(), "en", "", c)
		n.ok(err)
		got, err := n.stories.Checklist(n.ctx, n.chief(), story.ActRelease, st)
		n.ok(err)
		if !slices.Equal(got, []story.Lack{{Need: story.NeedAlt, Number: 2}}) || got[0].Field() != "body" {
			n.Errorf("it lacks %+v", got)
		}
	})
}

// Anna and Boris may both send; the agency wants two pairs of eyes.
func TestNobodySendsWhatTheyAloneHaveSeen(t *testing.T) {
	each(t, func(n *newsroom) {
		n.asks(masthead.Rules{SecondEyes: true})
		anna, boris := n.people[staff.Editor], n.chief()
		alone := []story.Need{story.NeedEyes}
		holds := func(what string, by staff.Person, st story.Story, want []story.Need) {
			n.Helper()
			if got := n.lacks(by, st); !slices.Equal(got, want) {
				n.Errorf("%s: it lacks %v, not %v", what, got, want)
			}
		}
		begun := func() story.Story {
			st, err := n.stories.Create(n.ctx, anna, "en", "", text("First"))
			n.ok(err)
			return st
		}
		then := func(act story.Act, by staff.Person, st story.Story) story.Story {
			n.Helper()
			n.later()
			st, err := n.does(act, by, st)
			n.ok(err)
			return st
		}
		holds("her own", anna, begun(), alone)
		holds("another's", boris, begun(), nil)
		holds("made ready by herself", anna, then(story.ActReady, anna, begun()), alone)
		holds("made ready by another", anna, then(story.ActReady, boris, begun()), nil)
		holds("changed after another made it ready", anna, then(story.ActRevise, anna, then(story.ActReady, boris, begun())), alone)
		holds("edited by another", anna, then(story.ActRevise, boris, begun()), nil)
		sent := then(story.ActRelease, boris, begun())
		holds("an update of her own", anna, then(story.ActRevise, anna, sent), alone)
		sent = then(story.ActRelease, boris, begun())
		holds("an update by another", anna, then(story.ActRevise, boris, sent), nil)
	})
}

func TestATranslationWhoseOriginalMovedOnStaysIfTheAgencySaysSo(t *testing.T) {
	each(t, func(n *newsroom) {
		n.asks(masthead.Rules{ForbidStale: true})
		original := n.in(story.Sent, n.chief())
		fresh, err := n.stories.Translate(n.ctx, n.chief(), original.ID, "be")
		n.ok(err)
		original, err = n.stories.Revise(n.ctx, n.chief(), original.ID, original.Revision, text("Anew"))
		n.ok(err)
		if got, err := n.stories.Checklist(n.ctx, n.chief(), story.ActRelease, fresh); err != nil || len(got) > 0 {
			n.Errorf("an original that was only edited stops it: %v %v", got, err)
		}
		_, err = n.stories.Update(n.ctx, n.chief(), original.ID, original.Revision, "")
		n.ok(err)
		if got := n.lacks(n.chief(), fresh); !slices.Equal(got, []story.Need{story.NeedFresh}) {
			n.Errorf("it lacks %v", got)
		}
		n.asks(masthead.Rules{})
		if got := n.lacks(n.chief(), fresh); got != nil {
			n.Errorf("it lacks %v though the agency lets it go", got)
		}
	})
}

func TestTheClockOfAnEmbargoIsKeptAsItWasChosen(t *testing.T) {
	each(t, func(n *newsroom) {
		c := text("First")
		c.Embargo, c.EmbargoZone = n.now.AddDate(0, 0, 1), "Europe/London"
		st, err := n.stories.Create(n.ctx, n.chief(), "en", "", c)
		n.ok(err)
		if st.Content.EmbargoZone != "Europe/London" {
			n.Errorf("it is kept as %q", st.Content.EmbargoZone)
		}
		for _, wrong := range []string{"Mars/Base", "Local", "../../etc/passwd"} {
			c.EmbargoZone = wrong
			if _, err := n.stories.Create(n.ctx, n.chief(), "en", "", c); !fault.Is(err, fault.KindInvalid) {
				n.Errorf("%q is taken: %v", wrong, err)
			}
		}
	})
}
