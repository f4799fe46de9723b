package desk_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

func TestTheStaffTalkAboutAPassageThatMoves(t *testing.T) {
	each(t, func(n *newsroom) {
		st, edvard, rita := n.files(staff.Reporter, text("Council meets")), n.as(staff.Editor), n.as(staff.Reporter)
		p := edvard.opens(at(st.ID, "")).says(200, "Nobody has said anything yet.")
		p = edvard.sends(p.form(at(st.ID, "/comments")).fills("block", "1", "text", "Who says so, @Rita?"))
		p.says(200, "Who says so, @Rita?", "paragraph 2", "The second paragraph.")
		if marks := p.texts("a", "passage"); len(marks) != 1 || marks[0] != "1" {
			n.Errorf("the passage is marked with %q", marks)
		}
		calls := func(want string) {
			n.Helper()
			if got := rita.opens("/desk/").texts("a"); !slices.Contains(got, want) {
				n.Errorf("the top has %q, not %q", got, want)
			}
		}
		calls("Mentions 1")
		p = rita.opens("/desk/mentions").says(200, "Who says so, @Rita?", "Council meets")
		st = n.revises(st, func(c *story.Content) {
			c.Body.Blocks = append([]story.Node{story.Para(story.Plain("A new beginning."))}, c.Body.Blocks...)
		})
		p = rita.opens(p.link("Council meets")).says(200, "paragraph 3")
		p = rita.sends(p.form(at(st.ID, "/comments")).fills("text", "The minister, in the hall."))
		p.says(200, "The minister, in the hall.")
		calls("Mentions")
		st = n.revises(st, func(c *story.Content) { c.Body.Blocks = c.Body.Blocks[:2] })
		p = edvard.opens(at(st.ID, "")).says(200, "on a passage that is gone", "The second paragraph.", "The minister, in the hall.")
		var close string
		for _, noun := range p.leads(at(st.ID, "/")) {
			if strings.HasSuffix(noun, "/resolution") {
				close = at(st.ID, "/"+noun)
			}
		}
		p = edvard.sends(p.form(close)).says(200, "1 closed", "Closed by Edvard")
		edvard.sends(p.form(strings.Replace(close, "resolution", "reopening", 1))).says(200, "on a passage that is gone").lacks("Closed by")
	})
}

func TestAScriptReadsAndWritesComments(t *testing.T) {
	one(t, func(n *newsroom) {
		st, edvard := n.files(staff.Reporter, text("Council meets")), n.as(staff.Editor)
		edvard.headers = []string{"Accept", "application/json"}
		p := edvard.throws(at(st.ID, "/comments"), url.Values{"block": {"0"}, "quote": {"third"}, "text": {"Is it?"}}).says(200)
		var said struct {
			ID, Quote, By, At, Text string
			Block                   int
			Open                    bool
			Replies                 []json.RawMessage
		}
		n.ok(json.Unmarshal([]byte(p.source), &said))
		edvard.throws(at(st.ID, "/comments"), url.Values{"parent": {said.ID}, "text": {"It is."}}).says(200)
		var all []json.RawMessage
		n.ok(json.Unmarshal([]byte(edvard.opens(at(st.ID, "/comments")).source), &all))
		n.ok(json.Unmarshal(all[0], &said))
		if len(all) != 1 || said.Block != 2 || said.Quote != "third" || said.By != "Edvard" || said.Text != "Is it?" || !said.Open || len(said.Replies) != 1 || said.At == "" {
			n.Errorf("it reads %+v", said)
		}
		if p := edvard.throws(at(st.ID, "/comments"), url.Values{"text": {" "}}); p.status != 400 && p.status != 422 || !strings.Contains(p.source, `"why"`) {
			n.Errorf("no words answer %d: %s", p.status, p.source)
		}
	})
}

func TestWhoMayNotCommentIsRefusedByAddress(t *testing.T) {
	one(t, func(n *newsroom) {
		for _, state := range story.States() {
			st := n.in(state, text("Council meets"))
			for _, role := range staff.Roles() {
				may := story.May(n.people[role], story.ActComment, st)
				c := n.as(role)
				p := c.throws(at(st.ID, "/comments"), url.Values{"block": {"0"}, "text": {"So it is."}})
				all, err := n.stories.Comments(n.ctx(), st.ID)
				n.ok(err)
				mine := 0
				for _, said := range all {
					if said.By == n.people[role].ID {
						mine++
					}
				}
				if (may == nil) != (p.status == 303) || (may == nil) != (mine == 1) {
					n.Errorf("a comment by a %s on what is %s answers %d", role, state, p.status)
				}
				if len(all) == 0 {
					continue
				}
				for _, noun := range []string{"resolution", "reopening"} {
					if p := c.throws(at(st.ID, "/comments/"+all[0].ID+"/"+noun), nil); (may == nil) != (p.status == 303) {
						n.Errorf("%s by a %s on what is %s answers %d", noun, role, state, p.status)
					}
				}
			}
		}
	})
}
