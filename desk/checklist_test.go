package desk_test

import (
	"testing"
	"time"

	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// asks changes what the agency asks before sending.
func (n *newsroom) asks(rules masthead.Rules) {
	n.Helper()
	n.ok(n.mastheads.Change(n.ctx(), func(m masthead.Masthead) (masthead.Masthead, error) {
		m.Rules = rules
		return m, nil
	}))
}

func TestWhatStopsASendingLeadsToItsField(t *testing.T) {
	each(t, func(n *newsroom) {
		n.asks(masthead.Rules{NeedPlan: true, NeedSlug: true, SecondEyes: true})
		c := text("Council meets")
		c.Slug = ""
		c.Body.Blocks = append(c.Body.Blocks, story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: "p"}})
		st := n.files(staff.Editor, c)
		editor := n.as(staff.Editor)
		want := []string{"nobody has chosen who may read it", "it has no slug", "picture 1 has no credit", "picture 1 is not described", "nobody but you has seen this text"}
		for _, path := range []string{"", "/release"} {
			p := editor.opens(at(st.ID, path)).says(200, want...)
			if got := p.link("Mend it"); got != at(st.ID, "/edit#f-plan") {
				n.Errorf("the first leads to %s", got)
			}
		}
		n.as(staff.Administrator).opens(at(st.ID, "")).says(200, "it has no slug").lacks("Mend it", "nobody but you")
		p := editor.opens(at(st.ID, "/release"))
		if f := p.form(at(st.ID, "/release")); len(f.buttons) > 0 {
			n.Errorf("it has the buttons %q", f.buttons)
		}
		editor.sends(p.form(at(st.ID, "/release"))).says(422, want...)
		if got := n.story(st.ID); got.State != story.Draft {
			n.Errorf("it is %s", got.State)
		}
	})
}

func TestOpenToAllIsChosenWhereTheAgencyWantsAChoice(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		rita := n.as(staff.Reporter)
		saves := func(plan ...string) story.Content {
			n.Helper()
			f := rita.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
			for _, p := range plan {
				f.Set("plan", p)
			}
			rita.sends(f, "do", "save").says(200)
			return n.story(st.ID).Content
		}
		if got := saves(); got.Open {
			n.Error("nobody chose, and it is open on purpose")
		}
		n.asks(masthead.Rules{NeedPlan: true})
		rita.opens(at(st.ID, "/edit")).says(200, "— choose —")
		if got := saves(); got.Open || got.Plan != "" {
			n.Errorf("untouched it is kept as %v %q", got.Open, got.Plan)
		}
		if got := saves("*"); !got.Open || got.Plan != "" {
			n.Errorf("open to all is kept as %v %q", got.Open, got.Plan)
		}
		n.asks(masthead.Rules{})
		rita.opens(at(st.ID, "/edit")).lacks("— choose —")
		if got := saves(); !got.Open {
			n.Error("the choice is forgotten")
		}
		if got := saves("plus"); got.Open || got.Plan != "plus" {
			n.Errorf("a plan is kept as %v %q", got.Open, got.Plan)
		}
	})
}

func TestAnEmbargoIsTypedAndShownByTheClockThatWasChosen(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Editor, text("Council meets"))
		editor := n.as(staff.Editor)
		f := editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
		both := "October 26, 2024, 09:00 (UTC+3); by the clock of London October 26, 2024, 07:00 (UTC+1)"
		editor.sends(f.fills("embargo", "2024-10-26T07:00", "embargo_zone", "Europe/London"), "do", "save").says(200, both)
		c := n.story(st.ID).Content
		if want := time.Date(2024, 10, 26, 6, 0, 0, 0, time.UTC); !c.Embargo.Equal(want) || c.EmbargoZone != "Europe/London" {
			n.Fatalf("it is kept as %s %q", c.Embargo, c.EmbargoZone)
		}
		f = editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
		if f.Get("embargo") != "2024-10-26T07:00" || f.Get("embargo_zone") != "Europe/London" {
			n.Errorf("it comes back as %q %q", f.Get("embargo"), f.Get("embargo_zone"))
		}
		editor.opens(at(st.ID, "/release")).says(200, both)
		// Another clock for the same digits is another instant.
		editor.sends(f.fills("embargo_zone", ""), "do", "save").says(200, "Under embargo until October 26, 2024, 07:00 (UTC+3).").lacks("London")
		editor.sends(editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions")).fills("embargo_zone", "Mars/Base"), "do", "save").says(422, "Clock of the embargo")
	})
}
