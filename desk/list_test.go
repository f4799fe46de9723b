package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wireroom/db/dbtest"
	"wireroom/staff"
	"wireroom/story"
)

// rows are the headlines of a list, from the top.
func (p page) rows() (rows []string) {
	for _, cell := range p.all("td", "head") {
		rows = append(rows, words(all(cell, "a")[0]))
	}
	return rows
}

// link finds the address of the link with the words.
func (p page) link(text string) string {
	p.n.Helper()
	for _, a := range p.all("a") {
		if words(a) == text {
			return attr(a, "href")
		}
	}
	p.n.Fatalf("%s has no link %q", p.at, text)
	return ""
}

func TestEachStageListsItsStoriesAndCountsThem(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, state := range story.States() {
			n.in(state, text("A story "+string(state)))
		}
		c := n.as(staff.Reporter)
		home := c.opens("/desk/")
		for name, want := range map[string][]string{
			"On the desk": {"A story ready", "A story in_edit", "A story draft"},
			"Drafts":      {"A story draft"}, "In edit": {"A story in_edit"}, "Ready": {"A story ready"},
			"Sent": {"A story corrected, anew", "A story updated, anew", "A story sent"},
			"Held": {"A story held"}, "Killed": {"A story killed"}, "Spiked": {"A story spiked"},
		} {
			at := ""
			for _, item := range all(home.all("nav", "stages")[0], "a") {
				if label := words(item); label == fmt.Sprint(name, " ", len(want)) {
					at = attr(item, "href")
				}
			}
			if at == "" {
				n.Fatalf("%q with %d stories is not among %q", name, len(want), home.texts("nav", "stages"))
			}
			p := c.opens(at)
			if got := p.rows(); !slices.Equal(got, want) {
				n.Errorf("%s lists %q", name, got)
			}
			for i, a := range all(p.all("nav", "stages")[0], "a") {
				if current := attr(a, "aria-current") != ""; current != strings.HasPrefix(words(a), name+" ") {
					n.Errorf("at %s stage %d is said to be current: %v", name, i, current)
				}
			}
		}
		if got := c.opens("/desk/?stage=nonsense&lang=xx&from=-5"); len(got.rows()) != 3 || got.status != 200 {
			n.Errorf("an unknown stage lists %q", got.rows())
		}
	})
}

func TestAListShowsOneEditionIfAsked(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Sent, text("Council meets"))
		n.later()
		_, err := n.stories.Translate(n.ctx(), n.people[staff.Editor], st.ID, "be")
		n.ok(err)
		n.files(staff.Editor, text("A draft in English"))
		c := n.as(staff.Editor)
		for edition, want := range map[string][]string{
			"All": {"A draft in English", "Council meets"}, "English": {"A draft in English"}, "Belarusian": {"Council meets"}, "Russian": nil,
		} {
			p := c.opens(c.opens("/desk/?stage=draft").link(edition))
			for _, a := range p.all("ul", "tabs") {
				if chosen := currents(a); !slices.Equal(chosen, []string{edition}) {
					n.Errorf("of the editions %q are shown as chosen, not %s", chosen, edition)
				}
			}
			if got := p.rows(); !slices.Equal(got, want) {
				n.Errorf("the edition %s lists %q", edition, got)
			}
			if want == nil {
				p.says(200, "No story stands here.")
			}
		}
	})
}

func TestALongListIsTurnedOver(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	for i := range 201 {
		n.files(staff.Reporter, text(fmt.Sprint("Story ", i)))
	}
	c := n.as(staff.Editor)
	p := c.opens("/desk/?stage=draft&lang=en")
	for turn, want := range []struct {
		first, last string
		n           int
	}{{"Story 200", "Story 101", 100}, {"Story 100", "Story 1", 100}, {"Story 0", "Story 0", 1}} {
		rows := p.rows()
		if len(rows) != want.n || rows[0] != want.first || rows[len(rows)-1] != want.last {
			t.Fatalf("turn %d lists %d from %q", turn, len(rows), rows[0])
		}
		if turn < 2 {
			p = c.opens(p.link("Older →"))
		}
	}
	p.lacks("Older →")
	if p = c.opens(c.opens(p.link("← Newer")).link("← Newer")); p.rows()[0] != "Story 200" {
		t.Errorf("back at the start stands %q", p.rows()[0])
	}
	p.lacks("← Newer")
}

func TestARowShowsWhatAnEditorMustSeeAtAGlance(t *testing.T) {
	one(t, func(n *newsroom) {
		row := func(stage string) string {
			n.Helper()
			rows := n.as(staff.Editor).opens("/desk/?stage=" + stage).all("tbody")
			if len(rows) != 1 {
				n.Fatalf("%s has %d lists", stage, len(rows))
			}
			return words(rows[0])
		}
		c := text("Council – “at last” – meets")
		c.Urgency, c.Plan, c.Embargo = 2, "plus", n.now.Add(5*time.Hour)
		st := n.in(story.Ready, c)
		n.now = n.now.Add(10 * time.Minute)
		for _, want := range []string{"2 council Council – “at last” – meets", "POZIRK+", "Embargo until 19:20", "10 minutes ago en … English: ready ru – Russian: there is none be – Belarusian: there is none Rita"} {
			if got := row("ready"); !strings.Contains(got, want) {
				n.Errorf("the row does not say %q but %q", want, got)
			}
		}
		n.now = n.now.Add(24 * time.Hour)
		if got := row("ready"); strings.Contains(got, "Embargo") || !strings.Contains(got, "yesterday") {
			n.Errorf("a day later it says %q", got)
		}
		st, err := n.stories.Release(n.ctx(), n.people[staff.Editor], st.ID, st.Revision)
		n.ok(err)
		if got := row("out"); strings.Contains(got, "newer text") {
			n.Errorf("as it was sent it says %q", got)
		}
		_, err = n.stories.Pin(n.ctx(), n.people[staff.Editor], st.ID, 3)
		n.ok(err)
		_, err = n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, st.Revision, text(""))
		n.ok(err)
		for _, want := range []string{"5 council no headline yet", "pin 3", "newer text not sent", "just now en ✓ English: sent"} {
			if got := row("out"); !strings.Contains(got, want) {
				n.Errorf("saved anew it does not say %q but %q", want, got)
			}
		}
	})
}

func TestAStoryFreeByNowHasNoLock(t *testing.T) {
	one(t, func(n *newsroom) {
		c := text("Council meets")
		c.Plan, c.OpensAt = "plus", n.now.Add(time.Hour)
		st := n.in(story.Sent, c)
		desk := n.as(staff.Editor)
		locks := func() int { return len(desk.opens(at(st.ID, "")).all("p", "cut")) }
		if desk.opens("/desk/?stage=out").says(200, "POZIRK+"); locks() != 1 {
			n.Error("while it is locked the text shows no cut")
		}
		n.now = n.now.Add(2 * time.Hour)
		if desk.opens("/desk/?stage=out").lacks("POZIRK+"); locks() != 0 {
			n.Error("when it is free the text shows a cut")
		}
	})
}

// currents are the words of what is marked as chosen.
func currents(under *html.Node) (chosen []string) {
	for _, a := range all(under, "a") {
		if attr(a, "aria-current") != "" {
			chosen = append(chosen, words(a))
		}
	}
	return chosen
}
