package archive

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// writer brings stories into one index.
type writer struct {
	archive *Archive
	holding *holding
	atOnce  int        // how many records one change brings
	ahead   chan batch // what comes next, read while the index takes in what came before; nil is nothing
	gently  bool       // readers wait for the processor too: nothing is read ahead
	fresh   int
}

func (a *Archive) writer(h *holding) *writer {
	return &writer{archive: a, holding: h, atOnce: takenAtOnce}
}

// batch is what some records of the wire, or the clock, bring.
type batch struct {
	after, cursor int64 // the records behind the first up to the second
	full          bool  // there may be more
	stories       []taken
	err           error
}

// step takes in the next records of the wire, or what the clock changed, and
// says how many stories that were.
func (w *writer) step(ctx context.Context) (int, error) {
	cursor, err := w.holding.index.Cursor(ctx)
	if err != nil {
		return 0, err
	}
	b := w.next(ctx, cursor)
	if b.err != nil {
		return 0, b.err
	}
	if b.cursor == cursor {
		ids := w.turned()
		if len(ids) == 0 {
			return 0, nil
		}
		if b.stories, err = w.read(ctx, ids); err != nil {
			return 0, err
		}
	}
	if b.full && !w.gently {
		ahead := make(chan batch, 1)
		w.ahead = ahead
		go func() { ahead <- w.batch(ctx, b.cursor) }()
	}
	change, err := w.change(b)
	if err != nil {
		return 0, err
	}
	if err := w.holding.index.Apply(ctx, change); err != nil {
		return 0, err
	}
	w.fresh += len(change.Put)
	return len(b.stories), w.holding.catalogue.refresh(ctx, w.holding.index)
}

// next is the batch behind the cursor. One that was read ahead of a change
// that failed is of no use.
func (w *writer) next(ctx context.Context, cursor int64) batch {
	if b, ok := w.await(); ok && b.after == cursor && b.err == nil {
		return b
	}
	return w.batch(ctx, cursor)
}

// await gives what is being read ahead, if anything is.
func (w *writer) await() (batch, bool) {
	if w.ahead == nil {
		return batch{}, false
	}
	b := <-w.ahead
	w.ahead = nil
	return b, true
}

// batch reads the records behind the cursor and the stories that they name.
func (w *writer) batch(ctx context.Context, cursor int64) batch {
	b := batch{after: cursor, cursor: cursor}
	var records []wire.Record
	if records, b.err = w.archive.wire.After(ctx, wire.Number(cursor), w.atOnce); b.err != nil {
		return b
	}
	ids, known := make([]story.ID, 0, len(records)), make(map[story.ID]bool, len(records))
	for _, r := range records {
		b.cursor = int64(r.Number)
		if id := story.ID(r.Story); !known[id] {
			ids, known[id] = append(ids, id), true
		}
	}
	b.full = len(records) == w.atOnce
	b.stories, b.err = w.read(ctx, ids)
	return b
}

// turned gives stories that stand on another shelf than they should by now, at
// most as many as one change brings.
func (w *writer) turned() []story.ID {
	judge := w.archive.door.Judge(reveal.Viewer{})
	c := w.holding.catalogue
	c.mu.RLock()
	defer c.mu.RUnlock()
	var ids []story.ID
	for _, i := range c.rows {
		if i.Rule.Plan == "" && !i.Sealed {
			continue
		}
		known, whole := judge.May(i.story, i.Rule)
		if i.Sealed == known || known && i.Shut == whole {
			if ids = append(ids, i.story); len(ids) == w.atOnce {
				break
			}
		}
	}
	return ids
}

// taken is a story as it comes into the index.
type taken struct {
	id story.ID
	facts
	out   bool // else it leaves the index
	texts [2]*index.Text
}

// together is how many stories are asked of the door at one time.
const together = 50

// read asks for stories and reads their words.
func (w *writer) read(ctx context.Context, ids []story.ID) ([]taken, error) {
	all := make([]taken, 0, len(ids))
	words, judge := w.archive.words(), w.archive.door.Judge(reveal.Viewer{})
	defer w.archive.putBack(words)
	for some := range slices.Chunk(ids, together) {
		matters, err := w.archive.door.Matters(ctx, some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			t := taken{id: id}
			if m, ok := matters[id]; ok {
				t.come(words, judge, m)
			}
			all = append(all, t)
		}
	}
	return all, nil
}

// come puts a story that is out on its shelves.
func (t *taken) come(words *lexis.Reader, judge reveal.Judge, m reveal.Matter) {
	known, whole := judge.May(t.id, m.Rule)
	t.out, t.facts = true, facts{Rule: m.Rule, Lang: m.Teaser.Lang(), Sealed: !known, Shut: known && !whole}
	switch {
	case t.Shut:
		t.texts[index.Open], t.Length[index.Open] = text(words, m.Teaser)
		t.texts[index.Shut], t.Length[index.Shut] = text(words, m.Whole)
	case !t.Sealed:
		t.texts[index.Open], t.Length[index.Open] = text(words, m.Whole)
	}
}

// change gives each story its row. What is not out leaves the index.
func (w *writer) change(b batch) (index.Change, error) {
	c := index.Change{Cursor: b.cursor, Put: make([]index.Entry, 0, len(b.stories))}
	given := map[int64]bool{}
	for _, t := range b.stories {
		if err := w.add(&c, given, t); err != nil {
			return c, err
		}
	}
	return c, nil
}

func (w *writer) add(c *index.Change, given map[int64]bool, t taken) error {
	cat := w.holding.catalogue
	cat.mu.RLock()
	old := cat.stories[t.id]
	cat.mu.RUnlock()
	stays := old != nil && t.out && old.Rule.Sent == t.Rule.Sent
	if old != nil && !stays {
		c.Gone = append(c.Gone, old.row)
	}
	if !t.out {
		return nil
	}
	e := index.Entry{Story: string(t.id), Texts: t.texts}
	if stays {
		e.Row = old.row
	} else {
		e.Row = cat.free(time.UnixMilli(t.Rule.Sent), given)
	}
	given[e.Row] = true
	var err error
	if e.Facts, err = json.Marshal(t.facts); err != nil {
		return fault.Internal("index a story", err)
	}
	c.Put = append(c.Put, e)
	return nil
}

// text reads what a rendition says.
func text(words *lexis.Reader, r reveal.Rendition) (*index.Text, int) {
	lang := string(r.Lang())
	head, body := words.Story(r.Headline(), prose(r), lang)
	t := &index.Text{Head: terms(head), Body: terms(body), Place: terms(words.Text(r.Dateline(), lang))}
	t.Marks = marksOf(r)
	return t, max(len(t.Head)+len(t.Body), 1)
}

func terms(tokens []lexis.Token) [][]string {
	all := make([][]string, len(tokens))
	for i, token := range tokens {
		all[i] = token.Terms
	}
	return all
}

// marksOf are what no word of a text can be: in which language the story is and
// where it belongs.
func marksOf(r reveal.Rendition) []string {
	all := []string{langMark(r.Lang())}
	for _, s := range r.Sections() {
		all = append(all, sectionMark(s.ID))
	}
	for _, id := range r.Topics() {
		all = append(all, topicMark(id))
	}
	return all
}

// Marks are terms that no word of a text can be.
func langMark(l story.Lang) string { return "=l:" + string(l) }
func sectionMark(id string) string { return "=s:" + id }
func topicMark(id string) string   { return "=t:" + id }
