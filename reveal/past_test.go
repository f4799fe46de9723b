package reveal_test

import (
	"testing"
	"time"

	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// told says what of a story the last record on the wire that has it tells a
// viewer: "" is nothing.
func (n *newsroom) told(st story.Story, v reveal.Viewer) string {
	n.Helper()
	last, err := wire.New(n.db).Of(n.ctx, string(st.ID))
	n.ok(err)
	for _, d := range n.wired(v) {
		if d.Story != st.ID || d.Number != last[len(last)-1].Number {
			continue
		}
		r, has := d.Rendition()
		switch {
		case has && r.Full():
			return "text"
		case has:
			return "teaser"
		case d.Left:
			return "left, " + string(d.Signal) + ", " + string(d.Status)
		}
		return string(d.Signal)
	}
	return ""
}

// passes lets an hour go by.
func (n *newsroom) passes() { n.now = n.now.Add(time.Hour) }

func (n *newsroom) updates(st story.Story, change func(*story.Content)) story.Story {
	n.Helper()
	c := st.Content
	change(&c)
	st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
	n.ok(err)
	st, err = n.stories.Update(n.ctx, editor, st.ID, st.Revision, "")
	n.ok(err)
	return st
}

func (n *newsroom) corrects(st story.Story, change func(*story.Content)) story.Story {
	n.Helper()
	c := st.Content
	change(&c)
	st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
	n.ok(err)
	st, err = n.stories.Correct(n.ctx, editor, st.ID, st.Revision, story.Say("It was wrong."))
	n.ok(err)
	return st
}

// acts are all ways in which a story that is out goes on.
var acts = map[string]func(n *newsroom, st story.Story){
	"kill": func(n *newsroom, st story.Story) {
		_, err := n.stories.Kill(n.ctx, editor, st.ID, story.Say("It is false."))
		n.ok(err)
	},
	"hold": func(n *newsroom, st story.Story) {
		_, err := n.stories.Hold(n.ctx, editor, st.ID, "Wait.")
		n.ok(err)
	},
	"correction": func(n *newsroom, st story.Story) { n.corrects(st, func(c *story.Content) { c.Headline += " indeed" }) },
	"update":     func(n *newsroom, st story.Story) { n.updates(st, func(c *story.Content) { c.Headline += " again" }) },
}

func TestWhatAContractGaveIsTakenBackWhateverBecameOfIt(t *testing.T) {
	each(t, func(n *newsroom) {
		begun := n.now
		politics := []reveal.Selection{{Full: true, Sections: []string{"politics"}}}
		worded := []reveal.Selection{{Full: true, Words: []string{"harbours"}}}
		economy := []reveal.Selection{{Full: true, Sections: []string{"economy"}}}
		sent := begun.Add(time.Hour)
		changed := sent.Add(time.Hour)
		gives := func(products []reveal.Selection, change func(*reveal.Contract)) reveal.Contract {
			c := reveal.Contract{Client: "radio", Products: products, From: begun}
			if change != nil {
				change(&c)
			}
			return c
		}
		was := func(products []reveal.Selection, from, until time.Time) []reveal.Terms {
			return []reveal.Terms{{Products: products, From: from, Until: until}}
		}
		for name, c := range map[string]struct {
			contract reveal.Contract
			// what it is told of each act, and of one after a move to another section
			kill, hold, correction, update, moved, movedKill, movedUpdate string
		}{
			"one that goes on": {gives(politics, nil),
				"kill", "hold", "text", "text", "left, hold, withheld", "kill", ""},
			"one by words": {gives(worded, nil),
				"kill", "hold", "text", "text", "text", "kill", "text"},
			"one of all": {gives([]reveal.Selection{{Full: true}}, nil),
				"kill", "hold", "text", "text", "text", "kill", "text"},
			"one over after it was sent": {gives(politics, func(c *reveal.Contract) { c.Until = changed }),
				"kill", "hold", "left, correction, withheld", "", "", "kill", ""},
			"one by words, over since": {gives(worded, func(c *reveal.Contract) { c.Until = changed }),
				"kill", "hold", "left, correction, withheld", "", "", "kill", ""},
			"one over before it was sent": {gives(politics, func(c *reveal.Contract) { c.Until = sent }),
				"", "", "", "", "", "", ""},
			"one that was of another section": {gives(economy, func(c *reveal.Contract) { c.Past = was(politics, begun, changed) }),
				"kill", "hold", "left, correction, withheld", "", "text", "kill", "text"},
			"one of a section that it had too early": {gives(economy, func(c *reveal.Contract) { c.Past = was(politics, begun, sent) }),
				"", "", "", "", "text", "kill", "text"},
			"one of another section": {gives(economy, nil),
				"", "", "", "", "text", "kill", "text"},
			"one of no section of it": {gives([]reveal.Selection{{Full: true, Sections: []string{"sports"}}}, nil),
				"", "", "", "", "", "", ""},
			"one that began afterwards, after the move": {gives(politics, func(c *reveal.Contract) { c.From = changed.Add(90 * time.Minute) }),
				"kill", "hold", "text", "text", "", "", ""},
			"one that is served too late": {gives(politics, func(c *reveal.Contract) { c.Delay = 30 * time.Hour; c.Until = begun.Add(24 * time.Hour) }),
				"kill", "hold", "", "", "", "", ""},
			"one without an archive by now": {gives(politics, func(c *reveal.Contract) { c.Depth = 3 * time.Hour }),
				"kill", "hold", "left, correction, withheld", "", "left, hold, withheld", "kill", ""},
		} {
			tell := func(act string, moved bool) string {
				n.now = sent
				st := n.sends("Story of "+name, func(s *story.Content) { s.Place = "Harbours" })
				n.now = changed
				if moved {
					st = n.updates(st, func(c *story.Content) { c.Sections = []string{"economy"} })
					n.now = changed.Add(time.Hour)
				}
				if act != "" {
					acts[act](n, st)
				}
				n.now = begun.Add(4*time.Hour + time.Minute)
				return n.told(st, reveal.Client(c.contract, n.now))
			}
			for what, got := range map[string][2]string{
				"a kill": {tell("kill", false), c.kill}, "a hold": {tell("hold", false), c.hold},
				"a correction": {tell("correction", false), c.correction}, "an update": {tell("update", false), c.update},
				"a move": {tell("", true), c.moved}, "a kill after it": {tell("kill", true), c.movedKill},
				"an update after it": {tell("update", true), c.movedUpdate},
			} {
				if got[0] != got[1] {
					t.Errorf("a contract, %s, is told of %s: %q, not %q", name, what, got[0], got[1])
				}
			}
		}
	})
}
