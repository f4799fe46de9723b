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

const (
	// takenAtOnce is how many records one change of the index brings.
	takenAtOnce = 500
	// sweepEvery is how long the clock is left alone: within it a story whose
	// plan opens, or whose embargo ends, comes to be found by its new readers.
	sweepEvery = time.Minute
	// pause is the wait before the index is tried again.
	pause = 5 * time.Second
)

// follow keeps one index until the context ends; caughtUp is called each time
// that it has taken in all there is.
func (a *Archive) follow(ctx context.Context, h *holding, caughtUp func()) error {
	w := writer{archive: a, holding: h}
	for ctx.Err() == nil {
		n, err := w.step(ctx)
		if err == nil && n > 0 {
			continue
		}
		if err == nil {
			caughtUp()
			if w.fresh >= tidyAfter {
				err, w.fresh = h.index.Tidy(ctx), 0
			}
		}
		if err == nil {
			err = a.wait(ctx, h)
		}
		if err != nil && ctx.Err() == nil {
			if a.Wrong != nil {
				a.Wrong(err)
			}
			rest(ctx, pause)
		}
	}
	return ctx.Err()
}

// tidyAfter is how many stories leave the index in pieces.
const tidyAfter = 20_000

// wait returns when the wire has more, or the clock may have changed something.
func (a *Archive) wait(ctx context.Context, h *holding) error {
	cursor, err := h.index.Cursor(ctx)
	if err != nil {
		return err
	}
	until := sweepEvery
	if next := h.catalogue.nextEmbargo(); !next.IsZero() {
		until = min(until, max(next.Sub(a.now()), 0)+50*time.Millisecond)
	}
	short, cancel := context.WithTimeout(ctx, until)
	defer cancel()
	if err := a.wire.Wait(short, wire.Number(cursor)); err != nil && short.Err() == nil {
		return err
	}
	return nil
}

func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (c *catalogue) nextEmbargo() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var next time.Time
	for _, i := range c.rows {
		if at := time.UnixMilli(i.Rule.Embargo); i.Sealed && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}

// writer brings stories into one index.
type writer struct {
	archive *Archive
	holding *holding
	words   lexis.Reader
	fresh   int
}

// step takes in the next records of the wire, or what the clock changed, and
// says how many stories that were.
func (w *writer) step(ctx context.Context) (int, error) {
	cursor, err := w.holding.index.Cursor(ctx)
	if err != nil {
		return 0, err
	}
	records, err := w.archive.wire.After(ctx, wire.Number(cursor), takenAtOnce)
	if err != nil {
		return 0, err
	}
	var ids []story.ID
	for _, r := range records {
		cursor = int64(r.Number)
		if id := story.ID(r.Story); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(records) == 0 {
		if ids = w.turned(); len(ids) == 0 {
			return 0, nil
		}
	}
	change, err := w.change(ctx, ids)
	if err != nil {
		return 0, err
	}
	change.Cursor = cursor
	if err := w.holding.index.Apply(ctx, change); err != nil {
		return 0, err
	}
	w.fresh += len(change.Put)
	return len(ids), w.holding.catalogue.refresh(ctx, w.holding.index)
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
			if ids = append(ids, i.story); len(ids) == takenAtOnce {
				break
			}
		}
	}
	return ids
}

// atOnce is how many stories are asked of the door together.
const atOnce = 50

func (w *writer) change(ctx context.Context, ids []story.ID) (index.Change, error) {
	var c index.Change
	taken := map[int64]bool{}
	judge := w.archive.door.Judge(reveal.Viewer{})
	for some := range slices.Chunk(ids, atOnce) {
		matters, err := w.archive.door.Matters(ctx, some)
		if err != nil {
			return c, err
		}
		for _, id := range some {
			m, ok := matters[id]
			if err := w.add(&c, judge, taken, id, m, ok); err != nil {
				return c, err
			}
		}
	}
	return c, nil
}

// add brings one story into the change; what is not out leaves the index.
func (w *writer) add(c *index.Change, judge reveal.Judge, taken map[int64]bool, id story.ID, m reveal.Matter, out bool) error {
	cat := w.holding.catalogue
	cat.mu.RLock()
	old := cat.stories[id]
	cat.mu.RUnlock()
	at := time.UnixMilli(m.Rule.Sent)
	stays := old != nil && out && old.Rule.Sent == m.Rule.Sent
	if old != nil && !stays {
		c.Gone = append(c.Gone, old.row)
	}
	if !out {
		return nil
	}
	var row int64
	if stays {
		row = old.row
	} else {
		row = cat.free(at, taken)
	}
	taken[row] = true
	known, whole := judge.May(id, m.Rule)
	f := facts{Rule: m.Rule, Lang: m.Teaser.Lang(), Sealed: !known, Shut: known && !whole}
	e := index.Entry{Row: row, Story: string(id)}
	switch {
	case f.Shut:
		e.Texts[index.Open], f.Length[index.Open] = w.text(m.Teaser)
		e.Texts[index.Shut], f.Length[index.Shut] = w.text(m.Whole)
	case !f.Sealed:
		e.Texts[index.Open], f.Length[index.Open] = w.text(m.Whole)
	}
	var err error
	if e.Facts, err = json.Marshal(f); err != nil {
		return fault.Internal("index a story", err)
	}
	c.Put = append(c.Put, e)
	return nil
}

// text reads what a rendition says.
func (w *writer) text(r reveal.Rendition) (*index.Text, int) {
	lang := string(r.Lang())
	head, body := w.words.Story(r.Headline(), prose(r), lang)
	t := &index.Text{Head: terms(head), Body: terms(body), Place: terms(w.words.Text(r.Dateline(), lang))}
	t.Marks = append(t.Marks, langMark(r.Lang()))
	for _, s := range r.Sections() {
		t.Marks = append(t.Marks, sectionMark(s.ID))
	}
	return t, max(len(t.Head)+len(t.Body), 1)
}

func terms(tokens []lexis.Token) [][]string {
	all := make([][]string, len(tokens))
	for i, token := range tokens {
		all[i] = token.Terms
	}
	return all
}

// Marks are terms that no word of a text can be.
func langMark(l story.Lang) string { return "=l:" + string(l) }
func sectionMark(id string) string { return "=s:" + id }
