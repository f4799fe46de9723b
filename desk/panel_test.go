package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/staff"
	"wireroom/story"
)

// answers are a panel's sentences by their questions.
func (p page) answers() map[string]string {
	said := map[string]string{}
	for _, list := range p.all("dl", "says") {
		for i, question := range all(list, "dt") {
			said[words(question)] = words(all(list, "dd")[i])
		}
	}
	return said
}

const notice = "“The material is available only to POZIRK+”"

func TestThePanelSaysWhoGetsWhatAndWhen(t *testing.T) {
	one(t, func(n *newsroom) {
		for _, c := range []struct {
			what   string
			change func(c *story.Content)
			want   map[string]string
		}{
			{"open to all", func(*story.Content) {}, map[string]string{
				"What": "The story goes out for the first time, in the English edition.", "When": "At once, on every page, list and feed.",
				"Who reads it": "Everybody, in full.", "The others": "", "Later": "",
				"Where":    "Under Politics and at the top of the latest in English, for ever as number 1.",
				"The wire": "It takes the next number of the wire with urgency 5.",
			}},
			{"urgent, in two sections", func(c *story.Content) { c.Urgency, c.Sections = 1, []string{"economy", "politics"} }, map[string]string{
				"Where": "Under Economy, Politics and at the top of the latest in English, for ever as number 2.", "The wire": "It takes the next number of the wire with urgency 1.",
			}},
			{"locked", func(c *story.Content) { c.Plan = "plus" }, map[string]string{
				"Who reads it": "Those who hold POZIRK+, in full.",
				"The others":   "They see the headline, the sections and the first paragraph of 3, then the notice: " + notice,
			}},
			{"cut after the second", func(c *story.Content) { c.Plan, c.Cut = "plus", 2 }, map[string]string{
				"The others": "They see the headline, the sections and the first 2 paragraphs of 3, then the notice: " + notice,
			}},
			{"cut before the first", func(c *story.Content) { c.Plan, c.Cut = "plus", -1 }, map[string]string{
				"The others": "They see the headline, the sections and the notice: " + notice,
			}},
			{"cut behind the end", func(c *story.Content) { c.Plan, c.Cut = "plus", 9 }, map[string]string{
				"The others": "They see the whole text, for the cut stands behind its end. POZIRK+ locks nothing here.",
			}},
			{"locked and empty", func(c *story.Content) { c.Plan, c.Body = "plus", story.Body{} }, map[string]string{"The others": "There is no text yet."}},
			{"locked until a time", func(c *story.Content) { c.Plan, c.OpensAt = "plus", time.Date(2024, 10, 30, 8, 0, 0, 0, zone) }, map[string]string{
				"Who reads it": "Those who hold POZIRK+, in full.", "Later": "It opens to everybody at October 30, 2024, 08:00 (UTC+3).",
			}},
			{"free by now", func(c *story.Content) { c.Plan, c.OpensAt = "plus", time.Date(2024, 10, 25, 8, 0, 0, 0, zone) }, map[string]string{
				"Who reads it": "Everybody, in full.", "Later": "",
			}},
			{"embargoed", func(c *story.Content) { c.Embargo = time.Date(2024, 10, 26, 9, 0, 0, 0, zone) }, map[string]string{
				"When": "Nobody sees anything of it before October 26, 2024, 09:00 (UTC+3). Then it appears by itself.",
			}},
			{"an embargo that is over", func(c *story.Content) { c.Embargo = time.Date(2024, 10, 25, 9, 0, 0, 0, zone) }, map[string]string{"When": "At once, on every page, list and feed."}},
		} {
			content := text("Council meets")
			c.change(&content)
			st := n.in(story.Ready, content)
			p := n.as(staff.Editor).opens(at(st.ID, "/release")).says(200, "Council meets", "Send now")
			got := p.answers()
			for question, want := range c.want {
				if got[question] != want {
					n.Errorf("%s: %s %q, not %q", c.what, question, got[question], want)
				}
			}
			cuts := p.texts("p", "cut")
			if locked := got["Who reads it"] != "Everybody, in full."; locked != (len(cuts) == 1) {
				n.Errorf("%s: beside it the text is cut by %q", c.what, cuts)
			}
			if n.story(st.ID).State != story.Ready {
				n.Errorf("%s: looking sends it", c.what)
			}
		}
	})
}

func TestThePanelOfWhatIsOutSaysWhatReadersLose(t *testing.T) {
	one(t, func(n *newsroom) {
		for _, c := range []struct {
			state  story.State
			noun   string
			revise bool
			want   map[string]string
		}{
			{story.Sent, "update", true, map[string]string{
				"What": "Revision 2 takes the place of revision 1 in the English edition. The story keeps its address and its place in the lists.",
				"When": "At once, on every page, list and feed.", "Who reads it": "Those who hold POZIRK+, in full.", "The hold": "",
				"The note": "Those who hold POZIRK+ find it in the history of the story. The others learn only that there was an update, and when.", "The wire": "The update takes the next number of the wire with urgency 5; the advisory goes with it.",
				"Other languages": "Not touched: Belarusian. Do the same there if it is needed.",
			}},
			{story.Sent, "correction", true, map[string]string{
				"The note": "Those who hold POZIRK+ find it at the story and on the page of corrections. The others learn only that there was a correction, and when.", "The wire": "The correction takes the next number of the wire with urgency 5.",
			}},
			{story.Held, "update", true, map[string]string{"The hold": "The story is held now. Sending ends the hold."}},
			{story.Sent, "hold", false, map[string]string{
				"What": "The story is withheld in the English edition while the desk checks it. Readers find nothing at its address.",
				"When": "At once: from pages, lists and feeds.", "The way back": "It can be released from hold, updated, corrected or killed.",
				"The wire": "Those who follow the wire are told to withhold it.", "Other languages": "Not touched: Belarusian. Do the same there if it is needed.",
			}},
			{story.Held, "release-from-hold", false, map[string]string{"What": "Revision 1 stands again in the English edition, at its old place.", "The text": ""}},
			{story.Held, "release-from-hold", true, map[string]string{
				"The text": "Revision 2 was saved meanwhile and stays at the desk. To send it, choose Update or Correct instead.",
			}},
			{story.Updated, "kill", false, map[string]string{
				"What":     "The story is withdrawn for ever from the English edition: text, pictures, lists and feeds.",
				"Readers":  "Whoever could have read it finds your notice at its address, with the answer “gone”. If it was never public, they find nothing.",
				"The wire": "Those who follow the wire are told to withdraw it for ever.", "The way back": "There is none. To withhold it for a while, choose Hold.",
			}},
			{story.InEdit, "return", false, map[string]string{"What": "The story goes back to its writer as a draft."}},
			{story.Draft, "spike", false, map[string]string{"What": "The story is laid aside. It was never sent, so no reader is concerned.", "The way back": "A chief can take it up again."}},
		} {
			content := text("Council meets")
			content.Plan = "plus"
			st := n.in(c.state, content)
			other, err := n.stories.Translate(n.ctx(), n.people[staff.Editor], st.ID, "be")
			n.ok(err)
			_, err = n.stories.Release(n.ctx(), n.people[staff.Editor], other.ID, 1)
			n.ok(err)
			_, err = n.stories.Translate(n.ctx(), n.people[staff.Editor], st.ID, "ru") // a draft: no reader is concerned
			n.ok(err)
			if c.revise {
				content.Headline = "Council met"
				_, err = n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, st.Revision, content)
				n.ok(err)
			}
			got := n.as(staff.Editor).opens(at(st.ID, "/"+c.noun)).says(200).answers()
			for question, want := range c.want {
				if got[question] != want {
					n.Errorf("%s of what is %s: %s %q, not %q", c.noun, c.state, question, got[question], want)
				}
			}
		}
	})
}

func TestAnUpdateUnderEmbargoSaysThatReadersLoseTheStory(t *testing.T) {
	one(t, func(n *newsroom) {
		st, c := n.in(story.Sent, text("Council meets")), text("Council met")
		c.Embargo = time.Date(2024, 10, 26, 9, 0, 0, 0, zone)
		_, err := n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, 1, c)
		n.ok(err)
		got := n.as(staff.Editor).opens(at(st.ID, "/update")).says(200).answers()["When"]
		if want := "Its embargo runs until October 26, 2024, 09:00 (UTC+3): until then nobody finds the story, not even whoever has read it."; got != want {
			n.Errorf("it says %q", got)
		}
	})
}

func TestWhatCannotGoOutSaysWhyAndHasNoButton(t *testing.T) {
	one(t, func(n *newsroom) {
		bare := n.in(story.Ready, story.Content{})
		out := n.in(story.Sent, text("Council meets"))
		editor := n.as(staff.Editor)
		if offered := editor.opens(at(out.ID, "")).leads(at(out.ID, "/")); slices.Contains(offered, "update") || slices.Contains(offered, "correction") {
			n.Errorf("a text that readers have may be sent again: %q", offered)
		}
		for _, c := range []struct {
			path string
			why  []string
		}{
			{at(bare.ID, "/release"), []string{"It can't be sent yet: it has no headline.", "It can't be sent yet: it stands in no section."}},
			{at(out.ID, "/update"), []string{"Readers have this text already. Change it and save it first."}},
			{at(out.ID, "/correction"), []string{"Readers have this text already. Change it and save it first."}},
		} {
			p := editor.opens(c.path).says(200, c.why...)
			f := p.form(c.path)
			if len(f.buttons) > 0 {
				n.Errorf("%s has the buttons %q", c.path, f.buttons)
			}
			if strings.HasSuffix(c.path, "/release") {
				editor.sends(f).says(422, c.why...)
				continue
			}
			p = editor.sends(f.fills("note", "Typed in vain?")).says(409, "readers have this text already; change and save it first")
			if got := p.form(c.path).Get("note"); got != "Typed in vain?" {
				n.Errorf("the note comes back as %q", got)
			}
		}
		if a, b := n.story(bare.ID).State, n.story(out.ID).Releases; a != story.Ready || b != 1 {
			n.Errorf("one is %s, the other went out %d times", a, b)
		}
	})
}

func TestANewerTextIsShownBeforeItIsSent(t *testing.T) {
	each(t, func(n *newsroom) {
		for state, noun := range map[story.State]string{story.Ready: "release", story.Held: "correction"} {
			st := n.in(state, text("Council meets"))
			editor, revise := n.as(staff.Editor), func(headline string) {
				_, err := n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, n.story(st.ID).Revision, text(headline))
				n.ok(err)
			}
			revise("Council met")
			f := editor.opens(at(st.ID, "/"+noun)).form(at(st.ID, "/"+noun)).fills("note", "It was – “so”.")
			revise("Council eats")
			before := n.story(st.ID)
			p := editor.sends(f).says(409, "Somebody saved revision 3 while you were here", "Council eats").lacks("Council met")
			if got := n.story(st.ID); got.State != before.State || got.Releases != before.Releases {
				n.Errorf("it is %s after %d releases", got.State, got.Releases)
			}
			if got := p.texts("span", "state"); !slices.Equal(got, []string{string(state)}) {
				n.Errorf("it is said to be %q", got)
			}
			f = p.form(at(st.ID, "/"+noun))
			if noun == "correction" && f.Get("note") != "It was – “so”." {
				n.Errorf("the note comes back as %q", f.Get("note"))
			}
			if editor.sends(f).says(200); n.story(st.ID).SentRevision != 3 {
				n.Errorf("revision %d is sent", n.story(st.ID).SentRevision)
			}
		}
	})
}

func TestANoteIsNotLostWhenTheStoryMovedOutOfReach(t *testing.T) {
	one(t, func(n *newsroom) {
		for _, c := range []struct {
			state story.State
			noun  string
			moves func(st story.Story) (story.Story, error)
		}{
			{story.Updated, "kill", func(st story.Story) (story.Story, error) {
				return n.stories.Kill(n.ctx(), n.people[staff.Chief], st.ID, story.Say("Not so."))
			}},
			{story.Corrected, "hold", func(st story.Story) (story.Story, error) {
				return n.stories.Hold(n.ctx(), n.people[staff.Chief], st.ID, "")
			}},
			{story.InEdit, "return", func(st story.Story) (story.Story, error) {
				return n.stories.SendBack(n.ctx(), n.people[staff.Chief], st.ID, "")
			}},
		} {
			st, editor := n.in(c.state, text("Council meets")), n.as(staff.Editor)
			f := editor.opens(at(st.ID, "/"+c.noun)).form(at(st.ID, "/"+c.noun)).fills("note", "Two lines\nof – “reasons”")
			st, err := c.moves(st)
			n.ok(err)
			for _, sure := range []string{"", "yes"} {
				p := editor.sends(f.fills("sure", sure)).says(409, "this can’t be done to it now")
				again := p.form(at(st.ID, "/"+c.noun))
				if again.Get("note") != "Two lines\nof – “reasons”" || len(again.buttons) > 0 {
					n.Errorf("%s: %q comes back with the buttons %q", c.noun, again.Get("note"), again.buttons)
				}
				if said := p.answers(); len(said) > 0 {
					n.Errorf("%s: it foretells what will not happen: %q", c.noun, said)
				}
			}
			if got := n.story(st.ID); got.State != st.State || got.Releases != st.Releases {
				n.Errorf("%s: it is %s", c.noun, got.State)
			}
			// Who typed nothing loses nothing, and gets the plain page.
			editor.posts(at(st.ID, "/"+c.noun), url.Values{"sure": {"yes"}}).says(409, "This is not possible now", "Back to the story")
		}
	})
}

func TestClientsAreSentAnActBeforeThePersonSeesItDone(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Ready, text("Council meets"))
		editor := n.as(staff.Editor)
		form := editor.opens(at(st.ID, "/release")).form(at(st.ID, "/release"))
		if len(n.passed) > 0 {
			n.Errorf("to look at a panel waits for %v", n.passed)
		}
		editor.sends(form).says(200, "Council meets")
		if len(n.passed) != 1 || n.passed[0] != 1 {
			n.Errorf("the release waits for %v", n.passed)
		}
	})
}
