package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"wireroom/db/dbtest"
	"wireroom/staff"
	"wireroom/story"
)

// panel opens the panel of an act from the story's page, as an editor does.
func (c *clerk) panel(st story.Story, act, noun string) form {
	c.n.Helper()
	path := c.opens(at(st.ID, "")).link(act + "…")
	if path != at(st.ID, "/"+noun) {
		c.n.Errorf("%s leads to %s", act, path)
	}
	return c.opens(path).form(path)
}

// past are the lines of the releases, the latest first.
func (p page) past() string { return strings.Join(p.texts("ol", "past"), "\n") }

func TestAStoryGoesTheWholeWayFromDraftToKill(t *testing.T) {
	each(t, func(n *newsroom) {
		st, rita, edvard := n.files(staff.Reporter, text("Council meets")), n.as(staff.Reporter), n.as(staff.Editor)
		stands := func(p page, state story.State, says ...string) {
			n.Helper()
			p.says(200, says...)
			if got := n.story(st.ID); got.State != state {
				n.Fatalf("it is %s, not %s", got.State, state)
			}
			n.later()
		}
		save := func(headline string) {
			n.Helper()
			f := edvard.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
			edvard.sends(f.fills("headline", headline), "do", "save").says(200, "Saved as revision")
			n.later()
		}
		p := rita.opens(at(st.ID, ""))
		stands(rita.sends(p.form(at(st.ID, "/submission"))), story.InEdit, "Submitted to the editors.")

		p = edvard.sends(edvard.panel(st, "Send back", "return").fills("note", "Who says so?"))
		stands(p, story.Draft, "Sent back to the writer.", "sent back just now Edvard", "Who says so?")
		stands(rita.sends(rita.opens(at(st.ID, "")).form(at(st.ID, "/submission"))), story.InEdit)
		stands(edvard.sends(edvard.opens(at(st.ID, "")).form(at(st.ID, "/ready"))), story.Ready, "Ready to be sent.")

		p = edvard.sends(edvard.panel(st, "Send", "release"))
		stands(p, story.Sent, "Sent.", "release 1 · revision 1 · wire 1", "On the site")
		if p.link("On the site") != "/en/news/1" {
			n.Errorf("readers find it at %s", p.link("On the site"))
		}
		save("Council met")
		p = edvard.sends(edvard.panel(st, "Update", "update").fills("note", "Adds the minister's reaction in paragraph 3"))
		stands(p, story.Updated, "The update is out.", "update just now", "release 2 · revision 2 · wire 2", "Adds the minister's reaction in paragraph 3")

		save("Council met on Tuesday")
		correction := edvard.panel(st, "Correct", "correction")
		p = edvard.sends(correction.fills("note", " \n")).says(422, "Say in a sentence what readers should know.")
		if words(p.called("note-wrong")) == "" || n.story(st.ID).State != story.Updated {
			n.Error("a correction needs no words")
		}
		p = edvard.sends(p.form(at(st.ID, "/correction")).fills("note", "It was a Tuesday."))
		stands(p, story.Corrected, "The correction is out.", "release 3 · revision 3 · wire 3", "It was a Tuesday.")

		p = edvard.sends(edvard.panel(st, "Hold", "hold").fills("note", "Checking the day"))
		stands(p, story.Held, "Held. Readers find nothing now.", "hold just now", "wire 4", "Checking the day")
		p = edvard.sends(edvard.panel(st, "Release from hold", "release-from-hold"))
		stands(p, story.Corrected, "Released from hold.", "release from hold just now", "wire 5")

		kill := edvard.panel(st, "Kill", "kill")
		p = edvard.sends(kill.fills("note", "It never – “happened”.")).says(200, "Once more: story № 1 is withdrawn for ever.")
		if n.story(st.ID).State != story.Corrected {
			n.Fatal("a kill asks only once")
		}
		sure := p.form(at(st.ID, "/kill"))
		if sure.Get("note") != "It never – “happened”." || !slices.Equal(sure.buttons, []string{"Yes, kill it for ever"}) {
			n.Errorf("asked twice, the notice is %q, the button %q", sure.Get("note"), sure.buttons)
		}
		p = edvard.sends(sure)
		stands(p, story.Killed, "Killed. Readers find the notice.", "kill just now", "wire 6", "It never – “happened”.")
		if acts := all(p.all("div", "acts")[0], "a"); len(acts) > 0 {
			n.Errorf("of a killed story one may still %q", p.texts("div", "acts"))
		}
	})
}

func TestAKillNeedsANotice(t *testing.T) {
	one(t, func(n *newsroom) {
		st, editor := n.in(story.Sent, text("Council meets")), n.as(staff.Editor)
		editor.posts(at(st.ID, "/kill"), url.Values{"sure": {"yes"}, "note": {" "}}).says(422, "Say in a sentence what readers should know.")
		editor.posts(at(st.ID, "/kill"), url.Values{"sure": {"yes"}, "note": {"a\x01"}}).says(422, "U+0001")
		if got := n.story(st.ID).State; got != story.Sent {
			n.Errorf("it is %s", got)
		}
	})
}

func TestASpikedStoryIsTakenUpByAChief(t *testing.T) {
	one(t, func(n *newsroom) {
		st, edvard, chaya := n.in(story.InEdit, text("Council meets")), n.as(staff.Editor), n.as(staff.Chief)
		edvard.sends(edvard.panel(st, "Spike", "spike")).says(200, "Spiked.")
		if n.story(st.ID).State != story.Spiked {
			n.Fatal("it is not spiked")
		}
		chaya.sends(chaya.opens(at(st.ID, "")).form(at(st.ID, "/unspike"))).says(200, "Taken up again as a draft.")
		if n.story(st.ID).State != story.Draft {
			n.Error("it is not taken up")
		}
	})
}

func TestAPinArrangesTheFrontPage(t *testing.T) {
	one(t, func(n *newsroom) {
		st, editor := n.in(story.Sent, text("Council meets")), n.as(staff.Editor)
		f := editor.opens(at(st.ID, "")).form(at(st.ID, "/pin"))
		if f.Get("pin") != "0" {
			n.Errorf("without a pin the list stands at %q", f.Get("pin"))
		}
		p := editor.sends(f.fills("pin", "7")).says(200, "The front page is arranged anew.")
		if n.story(st.ID).Pin != 7 || p.form(at(st.ID, "/pin")).Get("pin") != "7" {
			n.Errorf("it has pin %d", n.story(st.ID).Pin)
		}
		for _, wrong := range []string{"", "x", "10", "-1"} {
			editor.posts(at(st.ID, "/pin"), url.Values{"pin": {wrong}}).says(400)
		}
		if n.story(st.ID).Pin != 7 {
			n.Error("a wrong pin moves it")
		}
	})
}

func TestAStoryIsStartedInAnotherLanguageOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		st, rita := n.in(story.Sent, text("Council meets")), n.as(staff.Reporter)
		p := rita.opens(at(st.ID, ""))
		f := p.form(at(st.ID, "/translation"))
		if got := words(p.called("tl")); got != "Russian Belarusian" {
			n.Errorf("it may be put into %q", got)
		}
		p = rita.sends(f.fills("lang", "be")).says(200, "The text stands here to be written over", "Belarusian", "The second paragraph.", "draft")
		if at(st.ID, "") == strings.TrimSuffix(p.at, "?done=translation") {
			n.Error("it is the same story")
		}
		if got := words(rita.opens(at(st.ID, "")).called("tl")); got != "Russian" {
			n.Errorf("then it may be put into %q", got)
		}
		rita.posts(at(st.ID, "/translation"), url.Values{"lang": {"be"}}).says(409)
		rita.posts(at(st.ID, "/translation"), url.Values{"lang": {"de"}}).says(400)
	})
}

func TestThePageTellsWhatWasDoneAndByWhom(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Corrected, text("Council meets"))
		p := n.as(staff.Reporter).opens(at(st.ID, "?done=nonsense")).says(200)
		if len(p.all("p", "flash")) > 0 {
			n.Error("an act that does not exist is said to be done")
		}
		for _, want := range []string{"correction just now", "It was so.", "new 2 minutes ago", "written 3 minutes ago Rita", "corrected just now Chaya"} {
			if !strings.Contains(p.past(), want) {
				n.Errorf("%q is not among %q", want, p.past())
			}
		}
	})
}

func TestAnUnknownStoryIsNotFoundAtAnyAddress(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	chief := n.as(staff.Chief)
	for _, r := range n.routes {
		if strings.Contains(r.Pattern, "{id}") {
			path := strings.NewReplacer("{id}", "no-such-story", "{revision}", "1").Replace(r.Pattern)
			p := chief.opens(path)
			if r.Method == "POST" {
				p = chief.posts(path, url.Values{"pin": {"1"}, "lang": {"be"}, "note": {"So it is."}, "tab": {"one"}})
			}
			if strings.HasPrefix(p.header.Get("Content-Type"), "application/json") {
				p.tells(404)
				continue
			}
			p.says(404, "There is nothing here", "Back to the stories")
		}
	}
	chief.opens("/desk/nowhere").says(404)
	chief.asks("PUT", "/desk/new").says(405, "This address takes no such request")
}
