package archive

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
)

// newsroom is a small agency with its archive and a clock of the test's own.
type newsroom struct {
	*testing.T
	ctx     context.Context
	now     time.Time
	house   masthead.Masthead
	stories *story.Store
	archive *Archive
	holding *holding
	langs   map[story.ID]story.Lang
}

var editor = staff.Person{ID: "e", Role: staff.Editor}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

func open(t *testing.T, d *db.DB) *newsroom {
	t.Helper()
	n := &newsroom{T: t, ctx: context.Background(), now: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), langs: map[story.ID]story.Lang{}}
	n.house = masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics", "be": "Палітыка"}}, {ID: "economy"}},
		Plans:    []masthead.Plan{{ID: "plus"}, {ID: "economy", Sections: []string{"economy"}}}}
	n.ok(masthead.New(d).Found(n.ctx, n.house))
	clock := func() time.Time { return n.now }
	house := func() masthead.Masthead { return n.house }
	n.stories = story.New(d, clock)
	n.archive = New(d, t.TempDir(), reveal.New(d, house, clock), house, clock)
	n.begin()
	return n
}

// begin opens the index anew, without anybody who follows.
func (n *newsroom) begin() {
	n.Helper()
	h, err := n.archive.open(n.ctx, Version)
	n.ok(err)
	n.holding = h
	n.archive.serve(h)
	n.Cleanup(func() { n.ok(h.index.Close()) })
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// indexes takes in all there is on the wire, and what the clock changed.
func (n *newsroom) indexes() {
	n.Helper()
	n.writes(n.archive.writer(n.holding))
}

func (n *newsroom) writes(w *writer) {
	n.Helper()
	for {
		some, err := w.step(n.ctx)
		n.ok(err)
		if some == 0 {
			return
		}
	}
}

// sends releases a story a minute after the last.
func (n *newsroom) sends(lang story.Lang, headline, text string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Sections: []string{"politics"}}
	for _, p := range strings.Split(text, "\n") {
		c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(p)))
	}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.ctx, editor, lang, "", c)
	n.ok(err)
	st, err = n.stories.Release(n.ctx, editor, st.ID, st.Revision)
	n.ok(err)
	n.now = n.now.Add(time.Minute)
	return st
}

func (n *newsroom) asks(ask Ask, v reveal.Viewer) Result {
	n.Helper()
	r, err := n.archive.Search(n.ctx, ask, v)
	n.ok(err)
	return r
}

// finds gives the headlines found, the newest first.
func (n *newsroom) finds(query string) []string {
	n.Helper()
	var all []string
	for _, h := range n.asks(Ask{Query: query}, reveal.Viewer{}).Hits {
		all = append(all, h.Headline())
	}
	return all
}

func (n *newsroom) wants(query string, want ...string) {
	n.Helper()
	if got := n.finds(query); !slices.Equal(got, want) {
		n.Errorf("%s: found %q, want %q", query, got, want)
	}
}

func (n *newsroom) holder(plans ...string) reveal.Viewer {
	passes := map[string]time.Time{}
	for _, p := range plans {
		passes[p] = n.now.Add(time.Hour)
	}
	return reveal.Holder(passes, n.now)
}

func paid(plan string) func(*story.Content) {
	return func(c *story.Content) { c.Plan = plan }
}

func (n *newsroom) updates(st story.Story, c story.Content) story.Story {
	n.Helper()
	st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
	n.ok(err)
	st, err = n.stories.Update(n.ctx, editor, st.ID, st.Revision, "Adds more")
	n.ok(err)
	return st
}
