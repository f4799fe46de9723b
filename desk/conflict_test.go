package desk_test

import (
	"slices"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
	"wireroom/story/markup"
)

// crossed is a story that Rita and Edvard have open at once; Edvard saves
// first.
func (n *newsroom) crossed() (st story.Story, rita *clerk, mine form) {
	n.Helper()
	c := text("Council meets")
	c.Note, c.Place = "Same for both", "Vilnius"
	st, rita = n.files(staff.Reporter, c), n.as(staff.Reporter)
	mine = rita.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
	edvard := n.as(staff.Editor)
	theirs := edvard.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
	theirs.fills("headline", "Council met", "body", "The first paragraph.\n\nEdvard's paragraph.\n\nThe third paragraph.")
	n.later()
	edvard.sends(theirs, "do", "save").says(200, "Saved as revision 2.")
	n.later()
	mine.fills("headline", "Council “meets”", "body", "The first paragraph.\n\nRita's [own] paragraph.\n\nAnd one more.\n\nThe third paragraph.", "urgency", "2")
	return st, rita, mine
}

func TestWhoSavesSecondSeesBothTextsAndLosesNeither(t *testing.T) {
	each(t, func(n *newsroom) {
		st, rita, mine := n.crossed()
		p := rita.sends(mine, "do", "save").says(409, "Edvard saved revision 2 while you were writing", "Saved 1 minute ago", "both texts stand side by side")
		rows := strings.Join(p.texts("tr"), "\n")
		for _, want := range []string{"Headline Council met Council “meets”", "Urgency 2", "Edvard's paragraph. Rita's [own] paragraph.", "And one more.", "The first paragraph. The first paragraph."} {
			if !strings.Contains(rows, want) {
				n.Errorf("the two texts beside each other are without %q:\n%s", want, rows)
			}
		}
		if got := strings.Join(p.texts("tr", "same"), "|"); got != "The first paragraph. The first paragraph.|The third paragraph. The third paragraph." {
			n.Errorf("what both have stands as %q", got)
		}
		// Only the words that the other has not are marked.
		if got := strings.Join(p.texts("mark"), "|"); got != "met|“meets”|2|Edvard's|Rita's [own]|And one more." {
			n.Errorf("marked are %q", got)
		}
		for _, same := range []string{"Same for both", "Vilnius"} {
			if strings.Contains(rows, same) {
				n.Errorf("%q is the same in both and stands among what differs", same)
			}
		}
		if got := p.form(at(st.ID, "/revisions")); got.Get("body") != mine.Get("body") || got.Get("headline") != mine.Get("headline") || got.Get("urgency") != "2" {
			n.Errorf("the form has %q", got.Values)
		}
		if n.story(st.ID).Content.Headline != "Council met" {
			n.Error("what was saved first is gone")
		}
		rita.opens(p.link("Look at revision 2 alone")).says(200, "Council met", "Edvard's paragraph.")
	})
}

func TestAConflictIsSettledByThePersonAlone(t *testing.T) {
	each(t, func(n *newsroom) {
		st, rita, mine := n.crossed()
		form := rita.sends(mine, "do", "save").form(at(st.ID, "/revisions"))
		// Whoever presses Save without a choice is asked again.
		p := rita.sends(form, "do", "save").says(409, "Edvard saved revision 2")
		form = p.form(at(st.ID, "/revisions"))
		if choices := radios(p); !slices.Equal(choices, []string{"1", "2"}) || form.Get("base") != "1" {
			n.Errorf("one chooses among %q, at first %q", choices, form.Get("base"))
		}
		form.fills("base", "2", "headline", "Council met “at last”")
		rita.sends(form, "do", "save").says(200, "Saved as revision 3.", "Council met “at last”", "Rita's [own] paragraph.")
		if got := n.story(st.ID); markup.Print(got.Content.Body) != mine.Get("body") || got.Content.Urgency != 2 || got.Content.Place != "Vilnius" {
			n.Errorf("it is kept as %+v", got.Content)
		}
		rita.opens(at(st.ID, "/revisions/2")).says(200, "Council met", "Edvard's paragraph.")
	})
}

// radios are the values to choose a base from.
func radios(p page) (values []string) {
	for _, in := range p.all("input") {
		if attr(in, "type") == "radio" {
			values = append(values, attr(in, "value"))
		}
	}
	return values
}

func TestAThirdTextMeanwhileIsAConflictAgain(t *testing.T) {
	one(t, func(n *newsroom) {
		st, rita, mine := n.crossed()
		form := rita.sends(mine, "do", "save").form(at(st.ID, "/revisions"))
		_, err := n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, 2, text("Chaya's headline"))
		n.ok(err)
		p := rita.sends(form.fills("base", "2"), "do", "save").says(409, "Chaya saved revision 3", "Chaya's headline")
		if choices := radios(p); !slices.Equal(choices, []string{"2", "3"}) {
			n.Errorf("one chooses among %q", choices)
		}
	})
}

func TestATextIsNotLostWhenTheStoryMovedOutOfReach(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, c := range []struct {
			from   story.State
			status int
			says   string
			moves  func(st story.Story) (story.Story, error)
		}{
			{story.Draft, 403, "This is for an editor or a chief.", func(st story.Story) (story.Story, error) {
				return n.stories.Ready(n.ctx(), n.people[staff.Editor], st.ID)
			}},
			{story.Draft, 409, "The story is spiked: this can’t be done to it now.", func(st story.Story) (story.Story, error) {
				return n.stories.Spike(n.ctx(), n.people[staff.Editor], st.ID)
			}},
			{story.InEdit, 403, "This is for an editor or a chief.", func(st story.Story) (story.Story, error) {
				return n.stories.Release(n.ctx(), n.people[staff.Editor], st.ID, st.Revision)
			}},
		} {
			st, rita := n.in(c.from, text("Council meets")), n.as(staff.Reporter)
			f := rita.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions")).fills("body", rough, "headline", "Typed in vain?")
			_, err := c.moves(st)
			n.ok(err)
			p := rita.sends(f, "do", "save").says(c.status, "Not saved: ", c.says, "What you typed stands below.")
			if got := p.form(at(st.ID, "/revisions")); got.Get("body") != rough || got.Get("headline") != "Typed in vain?" {
				n.Errorf("what comes back is %q", got.Values)
			}
		}
	})
}
