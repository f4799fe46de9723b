package desk_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

// said is what the desk answers a script.
type said struct {
	At       string
	Revision int64
	Lock     struct {
		Mine        bool
		Name, Since string
	}
	Mine             bool
	Name, Since, Why string
}

// tells reads an answer to a script.
func (p page) tells(status int) (s said) {
	p.n.Helper()
	if p.status != status {
		p.n.Errorf("%s answers %d, not %d: %s", p.at, p.status, status, p.source)
	}
	p.n.ok(json.Unmarshal([]byte(p.source), &s))
	return s
}

// types sends what stands in the form, with a headline, as a script does.
func (c *clerk) types(st story.Story, tab, headline string) page {
	c.n.Helper()
	f := c.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
	f.Set("headline", headline)
	f.Set("tab", tab)
	return c.throws(at(st.ID, "/working"), f.Values)
}

func TestTheFormOpensWithWhatWasTypedAndNotSaved(t *testing.T) {
	each(t, func(n *newsroom) {
		st, editor := n.files(staff.Editor, text("Council meets")), n.as(staff.Editor)
		edit := at(st.ID, "/edit")
		editor.opens(edit).lacks("did not save")
		got := editor.types(st, "one", "Council met").tells(200)
		if got.At != "2024-10-25T11:21:00.000Z" || got.Revision != 1 || !got.Lock.Mine || got.Lock.Name != "" {
			n.Errorf("the script hears %+v", got)
		}
		p := editor.opens(edit).says(200, "These are words that you typed just now and did not save.")
		f := p.form(at(st.ID, "/revisions"))
		if f.Get("headline") != "Council met" || f.Get("base") != "1" || !strings.Contains(f.Get("body"), "The second paragraph.") {
			n.Errorf("the form has %q", f.Values)
		}
		editor.opens(at(st.ID, "")).says(200, "You have words here that you typed just now and did not save.", "Council meets").lacks("Council met<")
		n.as(staff.Chief).opens(edit).lacks("Council met<", "did not save")

		p = editor.sends(p.form(at(st.ID, "/working/removal")))
		if p.at != edit || p.form(at(st.ID, "/revisions")).Get("headline") != "Council meets" {
			n.Errorf("dropped, the form at %s has %q", p.at, p.form(at(st.ID, "/revisions")).Get("headline"))
		}
		editor.types(st, "one", "Council met").tells(200)
		editor.sends(editor.opens(edit).form(at(st.ID, "/revisions")), "do", "save").says(200, "Council met")
		editor.opens(edit).lacks("did not save")
	})
}

func TestWordsOverAnOlderRevisionComeBackWithBothTexts(t *testing.T) {
	each(t, func(n *newsroom) {
		st, editor := n.files(staff.Editor, text("Council meets")), n.as(staff.Editor)
		editor.types(st, "one", "Council met").tells(200)
		_, err := n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, 1, text("Council sits"))
		n.ok(err)
		p := editor.opens(at(st.ID, "/edit")).says(200, "Revision 2 was saved meanwhile.")
		editor.sends(p.form(at(st.ID, "/revisions")), "do", "save").says(409, "Council sits", "Council met")
		editor.opens(at(st.ID, "/edit")).says(200, "did not save")
	})
}

func TestAStoryTellsWhoHasWordsForIt(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		rita.types(st, "one", "Council met").tells(200)
		n.later()
		editor.opens(at(st.ID, "")).says(200, "Rita typed words for this story 1 minute ago that are not saved.")
		rita.types(st, "one", "Council met at last").tells(200)
		editor.opens(at(st.ID, "")).says(200, "Rita is writing this story now")
		rita.throws(at(st.ID, "/lock/release"), url.Values{"tab": {"one"}}).tells(200)
		editor.opens(at(st.ID, "")).lacks("is writing")
	})
}

func TestTwoAtOneStoryTakeOverAndKeepBothTexts(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		rita.types(st, "one", "Typed by Rita").tells(200)
		lock := func(c *clerk, values ...string) page {
			f := url.Values{"tab": {"two"}}
			for i := 0; i+1 < len(values); i += 2 {
				f.Set(values[i], values[i+1])
			}
			return c.throws(at(st.ID, "/lock"), f)
		}
		if got := lock(editor).tells(409); got.Mine || got.Name != "Rita" || got.Since != "2024-10-25T11:21:00.000Z" {
			n.Errorf("the editor hears %+v", got)
		}
		if got := lock(editor, "take", "yes").tells(200); !got.Mine || got.Revision != 2 {
			n.Errorf("taking over: %+v", got)
		}
		if now := n.story(st.ID); now.Content.Headline != "Typed by Rita" || now.By != n.people[staff.Reporter].ID || len(now.Content.Body.Blocks) != 3 {
			n.Errorf("the story is %+v", now.Content)
		}
		f := editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
		f.Set("headline", "Typed by Edvard")
		editor.sends(f, "do", "save").says(200, "Typed by Edvard")
		late := rita.throws(at(st.ID, "/working"), url.Values{"base": {"1"}, "tab": {"one"}, "headline": {"Typed on by Rita"}}).tells(200)
		if late.Lock.Mine || late.Lock.Name != "Edvard" {
			n.Errorf("Rita hears %+v", late)
		}
		if got := rita.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions")).Get("headline"); got != "Typed on by Rita" {
			n.Errorf("Rita’s form has %q", got)
		}
	})
}

func TestAScriptHearsWhyItIsRefused(t *testing.T) {
	one(t, func(n *newsroom) {
		ready, killed := n.in(story.Ready, text("Council meets")), n.in(story.Killed, text("Council burns"))
		rita := n.as(staff.Reporter)
		for path, status := range map[string]int{
			at(ready.ID, "/working"): 403, at(ready.ID, "/lock"): 403, at(killed.ID, "/working"): 409, at(killed.ID, "/lock"): 409,
			at("no-such-story", "/working"): 404, at("no-such-story", "/lock"): 404, at("no-such-story", "/lock/release"): 404,
		} {
			if got := rita.throws(path, url.Values{"tab": {"one"}, "headline": {"x"}}).tells(status); got.Why == "" {
				t.Errorf("%s gives no reason", path)
			}
			n.stranger().throws(path, url.Values{"tab": {"one"}}).tells(401)
			rita.throws(path, url.Values{"tab": {"<b>"}}).tells(400)
		}
		rita.throws(at(ready.ID, "/working"), url.Values{"headline": {strings.Repeat("x", 5<<20)}}).tells(413)
	})
}
