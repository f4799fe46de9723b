package archive

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"wireroom/archive/index"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

func TestTheIndexFollowsTheWire(t *testing.T) {
	each(t, func(n *newsroom) {
		n.archive.serve(nil)
		n.sends("en", "Before", "bread", nil)
		n.follows(func() {
			n.until(func() bool { return len(n.finds("bread")) == 1 })
			n.sends("en", "Since", "bread", nil)
			n.until(func() bool { return len(n.finds("bread")) == 2 })
		})
	})
}

func TestAnOlderIndexServesUntilItsSuccessorIsBuilt(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("en", "News", "bread", nil)
		older := Version - 1
		old, err := n.archive.open(n.ctx, older)
		n.ok(err)
		// The older version read words otherwise.
		cursor, err := n.archive.wire.Head(n.ctx)
		n.ok(err)
		n.ok(old.index.Apply(n.ctx, index.Change{Cursor: int64(cursor), Put: []index.Entry{{Row: 1, Story: string(st.ID),
			Facts: []byte(`{"rule":{"sent":1},"lang":"en","length":[1,0]}`), Texts: [2]*index.Text{{Body: [][]string{{"brot"}}}}}}}))
		n.ok(old.index.Close())
		if !index.Filled(n.ctx, n.archive.db, n.archive.folder, older) {
			t.Fatal("there is no older index")
		}
		n.archive.serve(nil)
		n.follows(func() {
			n.until(func() bool { return len(n.finds("brot"))+len(n.finds("bread")) > 0 })
			n.until(func() bool { return len(n.finds("bread")) == 1 })
		})
		if index.Filled(n.ctx, n.archive.db, n.archive.folder, older) {
			t.Error("the older index is still there")
		}
	})
}

// follows runs the follower while the work is done.
func (n *newsroom) follows(work func()) {
	n.Helper()
	ctx, stop := context.WithCancel(n.ctx)
	done := make(chan error)
	go func() { done <- n.archive.Follow(ctx) }()
	n.until(func() bool { return n.archive.current() != nil })
	work()
	stop()
	if err := <-done; ctx.Err() == nil {
		n.Fatal(err)
	}
}

// until waits for what another goroutine does; the test's own deadline ends it.
func (n *newsroom) until(done func() bool) {
	n.Helper()
	for tick := time.NewTicker(2 * time.Millisecond); ; <-tick.C {
		if done() {
			tick.Stop()
			return
		}
	}
}

func TestStoriesOfOneSecondKeepTheirOrder(t *testing.T) {
	each(t, func(n *newsroom) {
		const many = 60
		var batch []story.Arrival
		for i := range many {
			batch = append(batch, story.Arrival{Source: fmt.Sprint("test ", i), Lang: "en", Sent: n.now, Silent: true,
				Content: story.Content{Headline: fmt.Sprint("Story ", i), Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("bread"))}}}})
		}
		_, err := n.stories.Import(n.ctx, batch)
		n.ok(err)
		n.indexes()
		for page := 1; page <= 3; page++ {
			r := n.asks(Ask{Query: "bread", Page: page}, reveal.Viewer{})
			if r.Total != many || r.Pages != 3 {
				t.Fatalf("%d in %d pages", r.Total, r.Pages)
			}
			for i, h := range r.Hits {
				if want := fmt.Sprint("Story ", many-1-(page-1)*pageSize-i); h.Headline() != want {
					t.Fatalf("%s, want %s", h.Headline(), want)
				}
			}
		}
	})
}

// TestWhatIsReadAheadComesInTheOrderOfTheWire takes the wire in by a few records
// at a time, of which the next are read while those before are written.
func TestWhatIsReadAheadComesInTheOrderOfTheWire(t *testing.T) {
	each(t, func(n *newsroom) {
		var sent []story.Story
		for i := range 12 {
			sent = append(sent, n.sends("en", fmt.Sprint("Story ", i), "bread, first", nil))
		}
		for i := range sent {
			c := sent[i].Content
			c.Body.Blocks = []story.Node{story.Para(story.Plain(fmt.Sprintf("bread, second, number%d", i)))}
			sent[i] = n.updates(sent[i], c)
		}
		_, err := n.stories.Hold(n.ctx, editor, sent[3].ID, "We are not sure.")
		n.ok(err)
		_, err = n.stories.Kill(n.ctx, editor, sent[5].ID, story.Texts{Readers: "We took it back.", Desk: "wrong"})
		n.ok(err)
		w := n.archive.writer(n.holding)
		w.atOnce = 2
		n.writes(w)
		if found := n.finds("bread"); len(found) != 10 || found[0] != "Story 11" || found[9] != "Story 0" {
			t.Errorf("found %q", found)
		}
		n.wants("first")
		n.wants("number7", "Story 7")
		n.wants("number3 OR number5")
		if ready, err := n.archive.Ready(n.ctx); err != nil || !ready {
			t.Errorf("the whole wire is taken in, but the archive is not ready (%v)", err)
		}
	})
}

// FuzzParse holds that any query is understood somehow, and that the engine
// takes what is made of it.
func FuzzParse(f *testing.F) {
	for _, query := range []string{`a AND (b OR -c) "d e"* NEAR f`, "date:2020..yesterday person:X", "NOT NOT NOT a", "((((", `"`, "section:", "a:b:c*", "и ИЛИ \xff", "- -- -a"} {
		f.Add(query)
	}
	h, err := index.File(f.Context(), filepath.Join(f.TempDir(), "fuzz.db"))
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { h.Close() })
	m := masthead.Masthead{Languages: []masthead.Lang{"en"}, Zone: time.UTC}
	f.Fuzz(func(t *testing.T, query string) {
		q := parse(query, m, time.Date(2024, 10, 25, 0, 0, 0, 0, time.UTC))
		if q.what == nil {
			return
		}
		if _, err := h.Find(t.Context(), index.Search{What: q.what, High: 1 << 60, Limit: 10}); err != nil {
			t.Fatalf("%q: %v", query, err)
		}
	})
}
