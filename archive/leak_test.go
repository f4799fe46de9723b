package archive

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

// The canary is a name, so that it has stems and keys; the stranger is one
// that stands nowhere.
const (
	canary   = "Zhytnyayevich"
	stranger = "Qvulmkrotsev"
)

// kinds are queries with a word, and with words of stories that anyone may read.
var kinds = []string{
	"%s", `"%s"`, "%.6s*", "person:%s", "place:%s", "bread OR %s", "bread AND %s", "bread NOT %s", "bread -%s", "%s NEAR bread",
	`"bread %s"`, `"%s said"`, "%s section:politics", "%s section:economy", "%s language:en", "%s since:2024", "%s date:2024-10",
	"%s date:..2023", "%s before:tomorrow", "%s date:today", "section:%s", "topic:%s", "topic:%s OR bread", "language:%s", "date:%s", "place:%s OR bread", "person:%s -bread",
	`"bread %.6s"*`, "%.6s* bread", "NOT NOT %s", "(bread %s", "((%s)) (bread)", "%s мова:be", "жытняевіч OR %s",
	"(%s OR bread) section:politics", "harvest OR %s OR bread", "%s harvest", "NOT %s", "bread NOT (harvest OR %s)",
	"said:%s", "said:%s bread", "bread -said:%s", "%s since 2024",
}

// told is all that a viewer learns from an answer.
func told(r Result) string {
	var b strings.Builder
	fmt.Fprintln(&b, r.Total, r.More, r.Pages, r.Empty, len(r.Wrong), r.Sections, r.Languages, r.Years)
	for _, h := range r.Hits {
		fmt.Fprintln(&b, h.Headline(), h.Title, h.Snippet, h.Full(), h.Sent())
	}
	return b.String()
}

// hides puts stories with the canary into each state in which a reader
// without a plan may not have it.
func (n *newsroom) hides() {
	n.Helper()
	text := canary + " said bread. " + strings.Repeat(canary+" harvest bread. ", 20)
	teased := "A first paragraph.\n" + text
	hold := func(st story.Story) {
		_, err := n.stories.Hold(n.ctx, editor, st.ID, "We are not sure.")
		n.ok(err)
	}
	kill := func(st story.Story) {
		_, err := n.stories.Kill(n.ctx, editor, st.ID, story.Texts{Readers: "We took it back.", Desk: "wrong"})
		n.ok(err)
	}
	later := func(c *story.Content) { c.Embargo = n.now.Add(24 * time.Hour) }
	n.sends("en", "Locked", teased, func(c *story.Content) {
		c.Plan, c.Byline, c.Keywords, c.Teaser, c.Slug, c.Note = "plus", canary, []string{canary}, canary+" teaser", canary, canary
	})
	n.sends("en", "Embargoed "+canary, text, later)
	n.sends("en", "Embargoed and locked "+canary, text, func(c *story.Content) { later(c); c.Plan = "plus" })
	hold(n.sends("en", "Held "+canary, text, nil))
	kill(n.sends("en", "Killed "+canary, text, nil))
	kill(n.sends("en", "Killed and locked "+canary, text, paid("plus")))
	c := story.Content{Headline: "Draft " + canary, Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain(text))}}}
	_, err := n.stories.Create(n.ctx, editor, "en", "", c)
	n.ok(err)
}

func (n *newsroom) strangers() map[string]reveal.Viewer {
	return map[string]reveal.Viewer{
		"nobody":                    {},
		"another plan's":            n.holder("economy"),
		"a lapsed holder":           reveal.Holder(map[string]time.Time{"plus": n.now.Add(-time.Minute)}, n.now),
		"an unknown plan":           n.holder("nothing"),
		"a friend of another story": reveal.Viewer{}.Given("other"),
		"a client":                  reveal.Client(reveal.Contract{}, n.now),
	}
}

// compares asks every kind of query, in either order, for the canary and for
// the stranger.
func (n *newsroom) compares() {
	n.Helper()
	for name, v := range n.strangers() {
		for _, kind := range kinds {
			for _, byRelevance := range []bool{false, true} {
				for page := 1; page <= 2; page++ {
					got := told(n.asks(Ask{Query: fmt.Sprintf(kind, canary), ByRelevance: byRelevance, Page: page}, v))
					want := told(n.asks(Ask{Query: fmt.Sprintf(kind, stranger), ByRelevance: byRelevance, Page: page}, v))
					if got != want {
						n.Errorf("%s learns by %q (relevance %t):\n%s\nof a word that is nowhere:\n%s", name, kind, byRelevance, got, want)
					}
				}
			}
		}
	}
}

func TestWhatAViewerMayNotHaveIsLikeWhatDoesNotExist(t *testing.T) {
	each(t, func(n *newsroom) {
		n.house.Plans = append(n.house.Plans, masthead.Plan{ID: "recent", Depth: 30})
		n.sends("en", "Bread", "Bread is dear.", nil)
		n.sends("en", "Harvest", "The harvest is in, and there is bread.", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.hides()
		n.compares() // before the index knows any of it
		n.indexes()
		n.compares()
		if r := n.asks(Ask{Query: canary}, n.holder("plus")); r.Total != 1 || r.Hits[0].Headline() != "Locked" {
			t.Errorf("whoever may read it does not find it: %+v", r)
		}
	})
}

// TestHiddenStoriesChangeNothing asks two agencies, of which one has hidden
// stories, for the words of the others.
func TestHiddenStoriesChangeNothing(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "Bread", "Bread is dear, bread and bread.", nil)
		n.sends("en", "Harvest", "The harvest is in, and there is bread for long winters and other days.", nil)
		n.indexes()
		views := []reveal.Viewer{{}, n.holder("economy")}
		ask := func() (all []string) {
			for _, v := range views {
				for _, query := range []string{"bread", "bread harvest", "bread OR harvest", `"there is bread"`, "section:politics -first", "language:en -first", "har*", "dear NOT harvest", "person:Harvest"} {
					for _, byRelevance := range []bool{false, true} {
						all = append(all, query+": "+told(n.asks(Ask{Query: query, ByRelevance: byRelevance, Page: 1}, v)))
					}
				}
			}
			return all
		}
		before := ask()
		n.hides()
		n.indexes()
		for i, after := range ask() {
			if after != before[i] {
				t.Errorf("before there was anything to hide:\n%s\nafter:\n%s", before[i], after)
			}
		}
	})
}

func TestWhatIsTakenBackIsGoneBeforeTheIndexKnows(t *testing.T) {
	each(t, func(n *newsroom) {
		held, killed := n.sends("en", "One", canary, nil), n.sends("en", "Two", canary, nil)
		closed := n.sends("en", "Three", "First.\n"+canary, nil)
		n.indexes()
		n.wants(canary, "Three", "Two", "One")
		_, err := n.stories.Hold(n.ctx, editor, held.ID, "We are not sure.")
		n.ok(err)
		n.wants(canary, "Three", "Two")
		_, err = n.stories.Kill(n.ctx, editor, killed.ID, story.Texts{Readers: "We took it back.", Desk: "wrong"})
		n.ok(err)
		n.wants(canary, "Three")
		c := closed.Content
		c.Plan = "plus"
		n.updates(closed, c)
		n.wants(canary)
		n.indexes()
		n.wants(canary)
		_, err = n.stories.ReleaseHold(n.ctx, editor, held.ID)
		n.ok(err)
		n.indexes()
		n.wants(canary, "One")
	})
}

func TestTheClockOpensAndShuts(t *testing.T) {
	each(t, func(n *newsroom) {
		n.house.Plans = append(n.house.Plans, masthead.Plan{ID: "recent", Depth: 1, All: true})
		n.sends("en", "Embargoed", canary, func(c *story.Content) { c.Embargo = n.now.Add(time.Hour) })
		n.sends("en", "Opens", "First.\n"+canary, func(c *story.Content) { c.Plan, c.OpensAt = "plus", n.now.Add(2*time.Hour) })
		n.sends("en", "Shut", "First.\n"+canary, paid("plus"))
		n.indexes()
		recent := n.holder("recent")
		sees := func(v reveal.Viewer, want int) {
			t.Helper()
			if r := n.asks(Ask{Query: canary}, v); r.Total != want {
				t.Errorf("%s: %d found, want %d", n.now, r.Total, want)
			}
		}
		sees(reveal.Viewer{}, 0)
		sees(recent, 2)
		n.now = n.now.Add(time.Hour)
		n.indexes()
		sees(reveal.Viewer{}, 1)
		n.now = n.now.Add(2 * time.Hour)
		n.indexes()
		sees(reveal.Viewer{}, 2)
		n.now = n.now.Add(23 * time.Hour)
		sees(reveal.Holder(map[string]time.Time{"recent": n.now.Add(time.Hour)}, n.now), 2) // the plan reaches a day back
		n.house.Plans = nil                                                                 // what was open by its plan's hour stays so, the rest opens to nobody
		sees(n.holder("plus"), 2)
	})
}
