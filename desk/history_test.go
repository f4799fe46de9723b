package desk_test

import (
	"net/url"
	"slices"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

// picture is a block with a picture that nobody has to see.
func picture(id, caption, credit string) story.Node {
	return story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: id, Caption: caption, Credit: credit}}
}

// revises saves past the desk.
func (n *newsroom) revises(st story.Story, change func(c *story.Content)) story.Story {
	n.Helper()
	n.later()
	c := st.Content
	c.Body.Blocks = slices.Clone(c.Body.Blocks)
	change(&c)
	st, err := n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, st.Revision, c)
	n.ok(err)
	return st
}

func TestAnyTwoRevisionsAreSetIntoEachOther(t *testing.T) {
	each(t, func(n *newsroom) {
		c := text("Council meets on Monday")
		c.Body.Blocks = append(c.Body.Blocks, picture("a", "The hall", "Rita"))
		st := n.revises(n.files(staff.Reporter, c), func(c *story.Content) {
			c.Headline, c.Slug = "Council meets on Tuesday", "council-moved"
			b := c.Body.Blocks
			b[1] = story.Para(story.Plain("The second and last paragraph."))
			c.Body.Blocks = []story.Node{picture("a", "The hall", "Roman"), b[0], b[1], story.Para(story.Plain("Wholly new words."))}
		})
		st = n.revises(st, func(c *story.Content) { c.Headline = "Council meets at last" })
		rita := n.as(staff.Reporter)
		p := rita.opens(at(st.ID, "/compare?from=1&to=2")).says(200,
			"What changed from revision 1 to revision 2", "Rita", "Edvard", "Picture moved here", "Picture credit: “Rita” became “Roman”", "Moved from here")
		for kind, want := range map[string][]string{
			"del": {"only in revision 1", "Monday", "council", "The third paragraph.", "The hall"},
			"ins": {"only in revision 2", "Tuesday", "council-moved", "and last", "Wholly new words."},
		} {
			got := p.texts(kind)
			for _, words := range want {
				if words != "council" && words != "council-moved" && !slices.Contains(got, words) {
					n.Errorf("%q are marked as %s, not %q", got, kind, words)
				}
			}
		}
		p.says(200, "Council meets on", "The second", "The first paragraph.")
		rita.opens(at(st.ID, "/compare")).says(200, "What changed from revision 2 to revision 3")
		rita.opens(at(st.ID, "/compare?from=3&to=1")).says(200, "What changed from revision 3 to revision 1")
		rita.opens(at(st.ID, "/compare?from=2&to=2")).says(200, "The two say the same.")
		for _, wrong := range []string{"from=9", "to=0", "from=x", "to=-1"} {
			rita.opens(at(st.ID, "/compare?"+wrong)).says(404)
		}
	})
}

func TestGoingBackIsAnActOfItsOwnThatKeepsWhatWasBetween(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.revises(n.files(staff.Reporter, text("First")), func(c *story.Content) { c.Headline = "Second" })
		edvard := n.as(staff.Editor)
		p := edvard.opens(at(st.ID, "/revisions/1"))
		edvard.sends(p.form(at(st.ID, "/restoration"))).says(200, "Gone back: what the older revision says is now revision 3.", "Revision 2", "went back to a revision")
		if now := n.story(st.ID); now.Content.Headline != "First" || now.Revision != 3 || now.By != n.people[staff.Editor].ID {
			n.Errorf("revision %d by %s says %q", now.Revision, now.By, now.Content.Headline)
		}
		edvard.sends(p.form(at(st.ID, "/restoration"))).says(409)
		edvard.posts(at(st.ID, "/restoration"), url.Values{"base": {"3"}, "revision": {"x"}}).says(400)
		if edvard.opens(at(st.ID, "/revisions/3")).says(200); n.story(st.ID).Revision != 3 {
			n.Error("a refused return left a revision")
		}
	})
}

func TestTheDraftOverWhatIsOutIsToldApart(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Sent, text("Council meets"))
		rita := n.as(staff.Reporter)
		rita.opens(at(st.ID, "")).lacks("you work on")
		st = n.revises(st, func(c *story.Content) { c.Body.Blocks[0] = story.Para(story.Plain("Only in the draft.")) })
		p := rita.opens(at(st.ID, "")).says(200, "Readers have revision 1; you work on revision 2.", "Only in the draft.")
		rita.opens(p.link("What changed")).says(200, "What changed from revision 1 to revision 2", "readers have it")
		p = rita.opens(p.link("revision 1, as readers have it"))
		p.says(200, "The first paragraph.").lacks("Only in the draft.")
		rita.opens(p.link("revision 2, yours")).says(200, "Only in the draft.")
	})
}

func TestAnAlertIsSentAloneAndTheStoryFollowsFromTheDesk(t *testing.T) {
	each(t, func(n *newsroom) {
		c := text("President resigns")
		c.Urgency = 1
		st, edvard := n.files(staff.Editor, c), n.as(staff.Editor)
		p := edvard.opens(at(st.ID, "/alert")).says(200, "Everybody sees the headline and “More follows”.", "under the same number")
		if shown := p.texts("article", "preview"); len(shown) != 1 || shown[0] != "Politics President resigns" {
			n.Errorf("it shows %q", shown)
		}
		p = edvard.sends(p.form(at(st.ID, "/alert")))
		p.says(200, "The alert is out.", "Readers have the headline alone; you work on revision 1.", "sent as an alert")
		edvard.opens(p.link("revision 1, as readers have it")).says(200).lacks("The first paragraph.")
		p = edvard.opens(at(st.ID, "/update")).says(200, "Readers have the headline alone. The whole story takes its place and ends the alert.")
		edvard.sends(p.form(at(st.ID, "/update"))).says(200, "The update is out.").lacks("headline alone")
		if now := n.story(st.ID); now.Alert || now.Releases != 2 || now.Number != st.Number {
			n.Errorf("after its alert the story is %+v", now)
		}
		slow := n.files(staff.Editor, text("Council meets"))
		edvard.opens(at(slow.ID, "/alert")).says(200, "An alert has urgency 1 or 2.").lacks("Send the alert now")
	})
}

func TestACorrectionAndAKillAskForThreeTexts(t *testing.T) {
	each(t, func(n *newsroom) {
		edvard := n.as(staff.Editor)
		for noun, done := range map[string]string{"correction": "The correction is out.", "kill": "Killed. Readers find the notice."} {
			st := n.revises(n.in(story.Sent, text("Council meets")), func(c *story.Content) { c.Headline = "Council met" })
			f := edvard.opens(at(st.ID, "/"+noun)).form(at(st.ID, "/"+noun))
			f = f.fills("note", "An earlier version was wrong. It met.", "short", "It met", "desk_note", "Rita misheard")
			if noun == "kill" {
				p := edvard.sends(f).says(200, "Once more:")
				f = p.form(at(st.ID, "/kill"))
				if f.Get("short") != "It met" || f.Get("desk_note") != "Rita misheard" {
					n.Errorf("the second question forgets the texts: %v", f.Values)
				}
			}
			edvard.sends(f).says(200, done, "An earlier version was wrong.", "It met", "Rita misheard")
			sent, err := n.stories.Releases(n.ctx(), st.ID)
			n.ok(err)
			if got := sent[0]; got.Note != "An earlier version was wrong. It met." || got.Short != "It met" || got.Desk != "Rita misheard" {
				n.Errorf("the %s says %+v", noun, got)
			}
			st = n.revises(n.in(story.Sent, text("Council sits")), func(c *story.Content) { c.Headline = "Council sat" })
			f = edvard.opens(at(st.ID, "/correction")).form(at(st.ID, "/correction")).fills("note", "It sat.", "short", "Two\x01", "desk_note", "x\x02")
			p := edvard.sends(f).says(422)
			if wrong := p.texts("p", "wrong"); len(wrong) != 1 || p.form(at(st.ID, "/correction")).Get("note") != "It sat." {
				n.Errorf("what is wrong: %q", wrong)
			}
		}
	})
}
