package desk_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
	"wireroom/story/markup"
)

// script is a clerk whose page's own script asks.
func (n *newsroom) script(role staff.Role) *clerk {
	n.Helper()
	c := n.as(role)
	c.headers = []string{"Accept", "application/json"}
	return c
}

// told reads an answer to a script.
func (p page) told(status int) (answer struct {
	ID       string
	Revision int64
	URL      string
	Why      string
	Wrong    map[string]string
}) {
	p.n.Helper()
	if err := json.Unmarshal([]byte(p.source), &answer); err != nil || p.status != status {
		p.n.Fatalf("%s answers a script %d %.200q, not %d: %v", p.at, p.status, p.source, status, err)
	}
	return answer
}

// doc is a body as the editor sends it.
func doc(n *newsroom, b story.Body) string {
	n.Helper()
	data, err := json.Marshal(b)
	n.ok(err)
	return string(data)
}

func TestTheEditorSavesWithoutLeavingThePage(t *testing.T) {
	each(t, func(n *newsroom) {
		rita := n.script(staff.Reporter)
		body, err := markup.Parse(rough)
		n.ok(err)
		typed := url.Values{"lang": {"en"}, "headline": {"Council meets"}, "slug": {"council"}, "doc": {doc(n, body)}, "body": {"passed over"}}
		began := rita.posts("/desk/stories", typed).told(200)
		if began.ID == "" || began.Revision != 1 || began.URL != "/desk/stories/"+began.ID {
			n.Fatalf("a new story is told as %+v", began)
		}
		st := n.story(story.ID(began.ID))
		if markup.Print(st.Content.Body) != rough {
			n.Errorf("the document is kept as %q", markup.Print(st.Content.Body))
		}
		typed.Set("headline", "Council meets again")
		typed.Set("base", "1")
		if got := rita.posts(at(st.ID, "/revisions"), typed).told(200); got.Revision != 2 || n.story(st.ID).Content.Headline != "Council meets again" {
			n.Errorf("a revision is told as %+v", got)
		}
		if got := rita.posts(at(st.ID, "/revisions"), typed).told(200); got.Revision != 2 || n.story(st.ID).Revision != 2 {
			n.Errorf("asked for once more, because the answer was lost, it is told as %+v", got)
		}
		typed.Set("headline", "Council does not meet")
		if got := rita.posts(at(st.ID, "/revisions"), typed).told(409); got.Revision != 2 || got.URL == "" || n.story(st.ID).Revision != 2 {
			n.Errorf("a save over a newer revision is told as %+v", got)
		}
	})
}

func TestTheEditorHearsWhatIsWrong(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		killed := n.in(story.Killed, text("Council met"))
		rita := n.script(staff.Reporter)
		for _, door := range []string{"/desk/stories", at(st.ID, "/revisions")} {
			got := rita.posts(door, url.Values{"lang": {"en"}, "base": {"1"}, "urgency": {"soon"}, "doc": {`{"type":"doc","content":[{"type":"script"}]}`}}).told(422)
			if len(got.Wrong) != 2 || !strings.Contains(got.Wrong["body"], "script") || got.Wrong["urgency"] == "" {
				n.Errorf("%s tells %q", door, got.Wrong)
			}
		}
		if got := rita.posts(at(killed.ID, "/revisions"), url.Values{"base": {"1"}, "headline": {"Late"}}).told(409); got.Why == "" || got.Revision != 0 {
			n.Errorf("a killed story tells %+v", got)
		}
		outside := n.stranger()
		outside.headers = rita.headers
		outside.posts(at(st.ID, "/revisions"), url.Values{"base": {"1"}}).told(401)
	})
}

func TestADocumentThatBreaksTheGrammarKeepsItsWords(t *testing.T) {
	one(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		for _, c := range []struct{ doc, kept string }{
			{`{"type":"doc","content":[{"type":"paragraph","content":[{"type":"text","text":"See here","marks":[{"type":"link","attrs":{"href":"javascript:alert(1)"}}]}]}]}`, "See here"},
			{`{"type":"doc","content":[{"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"Large"}]},{"type":"script","content":[{"type":"text","text":"inside"}]}]}`, "Large\n\ninside"},
			{`no document`, "no document"},
		} {
			p := rita.posts("/desk/stories", url.Values{"lang": {"en"}, "doc": {c.doc}}).says(422, "Text: ")
			if got := p.form("/desk/stories").Get("body"); got != c.kept {
				n.Errorf("of %s comes back %q", c.doc, got)
			}
		}
	})
}

func TestTheEditorBeginsWithTheDocumentAsItIsKept(t *testing.T) {
	one(t, func(n *newsroom) {
		c := text("Council meets")
		// Two texts alike beside each other: markup has no way to tell them apart.
		c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain("One "), story.Plain("two.")), story.Para())
		st := n.files(staff.Reporter, c)
		rita := n.as(staff.Reporter)
		p := rita.opens(at(st.ID, "/edit"))
		var begin struct {
			Story string
			Doc   json.RawMessage
		}
		n.ok(json.Unmarshal([]byte(attr(p.all("form", "write")[0], "data-editor")), &begin))
		if begin.Story != string(st.ID) || string(begin.Doc) != doc(n, c.Body) {
			n.Errorf("it begins with %s", begin.Doc)
		}
		f := p.form(at(st.ID, "/revisions"))
		f.Del("body")
		f.Set("doc", string(begin.Doc))
		rita.sends(f, "do", "save").says(200, "Saved as revision 2.")
		if got := doc(n, n.story(st.ID).Content.Body); got != doc(n, c.Body) {
			n.Errorf("untouched, it becomes %s", got)
		}
	})
}

func TestAFormOfTheEditorThatComesWithoutASessionIsShownInWords(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		p := n.stranger().posts(at(st.ID, "/revisions"), url.Values{"base": {"1"}, "headline": {"Typed"}, "doc": {doc(n, st.Content.Body)}}).says(403, "The second paragraph.")
		if f := p.form(at(st.ID, "/revisions")); f.Has("doc") || f.Get("body") != markup.Print(st.Content.Body) {
			n.Errorf("it is to be sent again as %q", f.Values)
		}
	})
}
