package reveal_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// client is a viewer with a contract since the day before, of the products.
func (n *newsroom) client(change func(*reveal.Contract), products ...reveal.Selection) reveal.Viewer {
	c := reveal.Contract{Client: "radio", Products: products, From: n.now.Add(-24 * time.Hour)}
	if change != nil {
		change(&c)
	}
	return reveal.Client(c, n.now)
}

// wired are the dispatches that a viewer has of the whole wire.
func (n *newsroom) wired(v reveal.Viewer) []reveal.Dispatch {
	n.Helper()
	records, err := wire.New(n.db).After(n.ctx, 0, 1000)
	n.ok(err)
	sheet, err := n.door.Sheet(n.ctx, records)
	n.ok(err)
	return sheet.For(v)
}

// has says what a viewer has of the story by each way there is: "full",
// "teaser" or "".
func (n *newsroom) has(st story.Story, v reveal.Viewer) string {
	n.Helper()
	how := func(r reveal.Rendition) string {
		if r.Full() {
			return "full"
		}
		if strings.Contains(r.Headline(), st.Content.Headline) {
			return "teaser"
		}
		return "something else"
	}
	asked := map[string]string{}
	r, err := n.door.Story(n.ctx, st.Lang, st.Number, v)
	if asked["story"] = ""; err == nil {
		asked["story"] = how(r)
	} else if !fault.Is(err, fault.KindNotFound) && !fault.Is(err, fault.KindGone) {
		n.Fatal(err)
	}
	listed, err := n.door.List(n.ctx, reveal.Query{Lang: st.Lang, Limit: 100}, v)
	n.ok(err)
	asked["list"] = ""
	for _, r := range listed {
		if r.ID() == st.ID {
			asked["list"] = how(r)
		}
	}
	asked["wire"] = ""
	for _, d := range n.wired(v) {
		if r, ok := d.Rendition(); ok && d.Story == st.ID {
			asked["wire"] = how(r)
		}
	}
	for way, got := range asked {
		if got != asked["story"] {
			n.Errorf("by its %s %q is had %q, by itself %q", way, st.Content.Headline, got, asked["story"])
		}
	}
	return asked["story"]
}

func TestAClientHasWhatItsProductsLetThrough(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("Mayor of Brest resigns", func(c *story.Content) {
			c.Plan, c.Urgency, c.Slug = "plus", 4, "brest-mayor"
			c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain("It concerns the harbours.")))
		})
		for want, products := range map[string][]reveal.Selection{
			"full": {
				{Full: true}, {Full: true, Langs: []story.Lang{"be", "en"}}, {Full: true, Sections: []string{"economy", "politics"}},
				{Full: true, Urgency: 4}, {Full: true, Words: []string{"harbours"}}, {Full: true, Words: []string{"HARB*"}},
				{Full: true, Words: []string{"nothing", "mayor of brest"}}, {Full: true, BlockWords: []string{"harbour"}, BlockSections: []string{"economy"}},
				{Full: true, Words: []string{"brest-mayor"}},
			},
			"teaser": {{}, {Words: []string{"harbours"}}},
			"": {
				{Full: true, Langs: []story.Lang{"be"}}, {Full: true, Sections: []string{"economy"}}, {Full: true, Urgency: 3},
				{Full: true, Words: []string{"harbour"}}, {Full: true, Words: []string{"of resigns"}}, {Full: true, Words: []string{"*"}},
				{Full: true, BlockWords: []string{"harbour*"}}, {Full: true, BlockSections: []string{"politics"}},
			},
		} {
			for _, p := range products {
				if got := n.has(st, n.client(nil, p)); got != want {
					n.Errorf("by %+v it is had %q, not %q", p, got, want)
				}
			}
		}
		if got := n.has(st, n.client(nil)); got != "" {
			n.Errorf("without a product it is had %q", got)
		}
		both := n.client(nil, reveal.Selection{}, reveal.Selection{Full: true, Words: []string{"harbours"}})
		if got := n.has(st, both); got != "full" {
			n.Errorf("of two products it is had %q", got)
		}
		if r := n.story(st, both); r.Slug() != "brest-mayor" {
			n.Errorf("the slug is %q", r.Slug())
		}
	})
}

func TestAContractSaysFromWhenToWhenAndHowFarBack(t *testing.T) {
	each(t, func(n *newsroom) {
		all := reveal.Selection{Full: true}
		st := n.sends("Old", nil)
		n.now = n.now.Add(48 * time.Hour)
		for name, c := range map[string]struct {
			want   string
			change func(*reveal.Contract)
		}{
			"open-ended":     {"full", nil},
			"not yet begun":  {"", func(c *reveal.Contract) { c.From = n.now.Add(time.Second) }},
			"just begun":     {"full", func(c *reveal.Contract) { c.From = n.now }},
			"over":           {"", func(c *reveal.Contract) { c.Until = n.now }},
			"not yet over":   {"full", func(c *reveal.Contract) { c.Until = n.now.Add(time.Second) }},
			"two days deep":  {"full", func(c *reveal.Contract) { c.Depth = 48 * time.Hour }},
			"one day deep":   {"", func(c *reveal.Contract) { c.Depth = 24 * time.Hour }},
			"two days late":  {"full", func(c *reveal.Contract) { c.Delay = 48 * time.Hour }},
			"three days so":  {"", func(c *reveal.Contract) { c.Delay = 72 * time.Hour }},
			"early, as such": {"full", func(c *reveal.Contract) { c.Early = true }},
		} {
			if got := n.has(st, n.client(c.change, all)); got != c.want {
				n.Errorf("a contract %s gives %q, not %q", name, got, c.want)
			}
		}
	})
}

func TestAnEmbargoedStoryIsForClientsWithThatInTheContractAlone(t *testing.T) {
	each(t, func(n *newsroom) {
		all, until := reveal.Selection{Full: true}, n.now.Add(time.Hour)
		st := n.sends("Later", func(c *story.Content) { c.Embargo = until })
		early := func() reveal.Viewer { return n.client(func(c *reveal.Contract) { c.Early = true }, all) }
		if got := n.has(st, n.client(nil, all)); got != "" {
			n.Errorf("an ordinary client has it %q", got)
		}
		if got := n.has(st, early()); got != "full" {
			n.Errorf("a client who is given it early has it %q", got)
		}
		if r := n.story(st, early()); !r.Embargo().Equal(until) {
			n.Errorf("it is told to keep it until %v", r.Embargo())
		}
		n.now = until
		n.ok(n.stories.Lift(n.ctx))
		n.ok(n.stories.Lift(n.ctx))
		got := n.wired(n.client(nil, all))
		if len(got) != 2 || got[1].Signal != story.SignalLift {
			n.Fatalf("when it is over the wire says %+v", got)
		}
		if r, ok := got[1].Rendition(); !ok || !r.Full() {
			n.Errorf("its end gives %v, %v", r, ok)
		}
	})
}

func TestAKillIsToldToThoseWhoMayHaveHadTheStory(t *testing.T) {
	each(t, func(n *newsroom) {
		politics, economy := reveal.Selection{Sections: []string{"politics"}, Full: true}, reveal.Selection{Sections: []string{"economy"}, Full: true}
		early := func(c *reveal.Contract) { c.Early = true }
		out, unseen := n.sends("Seen", nil), n.sends("Unseen", func(c *story.Content) { c.Embargo = n.now.Add(time.Hour) })
		for _, st := range []story.Story{out, unseen} {
			_, err := n.stories.Kill(n.ctx, editor, st.ID, story.Say("Notice."))
			n.ok(err)
		}
		words := reveal.Selection{Words: []string{"seen"}}
		for _, c := range []struct {
			name   string
			of     story.Story
			viewer reveal.Viewer
			told   bool
			notice string
		}{
			{"a client of the section", out, n.client(nil, politics), true, "Notice."},
			{"a client of another", out, n.client(nil, economy), false, ""},
			{"an early client of another", unseen, n.client(early, economy), false, ""},
			{"an ordinary client", unseen, n.client(nil, politics), false, ""},
			{"an early client", unseen, n.client(early, politics), true, "Notice."},
			{"a client by words", out, n.client(nil, words), true, "Notice."},
			{"an early client by words", unseen, n.client(early, words), true, ""},
		} {
			told, notice := false, ""
			for _, d := range n.wired(c.viewer) {
				if _, text := d.Rendition(); text {
					n.Errorf("%s is given a text of what was killed", c.name)
				}
				if d.Story == c.of.ID && d.Signal == story.SignalKill {
					told, notice = true, d.Notice
				}
			}
			if told != c.told || notice != c.notice {
				n.Errorf("%s of %q is told: %v, %q", c.name, c.of.Content.Headline, told, notice)
			}
			_, err := n.door.Story(n.ctx, "en", c.of.Number, c.viewer)
			var killed *reveal.Killed
			if errors.As(err, &killed) != c.told {
				n.Errorf("%s asks for %q and gets %v", c.name, c.of.Content.Headline, err)
			}
		}
	})
}

func TestWhatIsHeldIsNamedToItsClientsWithoutItsText(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("Doubtful", nil)
		_, err := n.stories.Hold(n.ctx, editor, st.ID, "Check.")
		n.ok(err)
		v := n.client(nil, reveal.Selection{Full: true})
		got := n.wired(v)
		if len(got) != 2 || got[0].Status != story.Withheld || got[1].Signal != story.SignalHold || n.has(st, v) != "" {
			n.Errorf("of what is held the wire says %+v", got)
		}
		_, err = n.stories.ReleaseHold(n.ctx, editor, st.ID)
		n.ok(err)
		if got := n.wired(v); len(got) != 3 || n.has(st, v) != "full" {
			n.Errorf("let out again, the wire says %+v", got)
		}
	})
}

func TestASupersededReleaseIsNamedWithoutItsText(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("First", nil)
		c := st.Content
		c.Headline = "Second"
		st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
		n.ok(err)
		_, err = n.stories.Update(n.ctx, editor, st.ID, st.Revision, "Adds a headline")
		n.ok(err)
		got := n.wired(n.client(nil, reveal.Selection{Full: true}))
		if len(got) != 2 || !got[0].Superseded || got[1].Superseded {
			n.Fatalf("the wire says %+v", got)
		}
		if _, ok := got[0].Rendition(); ok {
			n.Error("the first release has a text")
		}
		if r, ok := got[1].Rendition(); !ok || r.Headline() != "Second" {
			n.Errorf("the second has %v, %v", r, ok)
		}
	})
}

func TestAPictureIsForClientsWhoHaveItsStory(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("Seen", func(c *story.Content) {
			c.Body.Blocks = append(c.Body.Blocks, story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: "ab", Credit: "Ann", Alt: "A street"}})
		})
		for _, c := range []struct {
			has      bool
			products reveal.Selection
		}{{true, reveal.Selection{Full: true}}, {false, reveal.Selection{}}, {false, reveal.Selection{Full: true, Sections: []string{"economy"}}}} {
			_, err := n.door.Picture(n.ctx, "en", st.Number, "ab", n.client(nil, c.products))
			if c.has != (err == nil) {
				n.Errorf("by %+v the picture gives %v", c.products, err)
			}
		}
	})
}

func TestADamagedTextKeepsNoOtherFromTheWire(t *testing.T) {
	each(t, func(n *newsroom) {
		broken, whole := n.sends("Broken", nil), n.sends("Whole", nil)
		n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(n.ctx, `UPDATE published_body SET body = 'x' WHERE story = ?1`, string(broken.ID))
			return err
		}))
		got := n.wired(n.client(nil, reveal.Selection{Full: true}))
		if len(got) != 2 {
			n.Fatalf("the wire says %+v", got)
		}
		if r, ok := got[0].Rendition(); !ok || r.Full() {
			n.Errorf("of the broken one there is %v, %v", r, ok)
		}
		if r, ok := got[1].Rendition(); !ok || !r.Full() || r.ID() != whole.ID {
			n.Errorf("of the other there is %v, %v", r, ok)
		}
	})
}
