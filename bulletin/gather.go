package bulletin

import (
	"cmp"
	"context"
	"slices"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// batch is how many records of the wire are read at once.
const batch = 500

// harvest is what the wire brought since the last issue.
type harvest struct {
	items   []Item
	more    int    // that the rules left out
	waiting []Item // sent, but nobody may see them yet
	gone    []story.ID
}

// seen is what the wire told of one story.
type seen struct {
	Item
	fresh bool // it was sent, or is back from a hold
	owed  bool // it waited
	last  story.Signal
}

// gather reads the wire from the bulletin's place to another.
func (s *Store) gather(ctx context.Context, b Bulletin, to wire.Number) (h harvest, err error) {
	found, err := s.reads(ctx, b, to)
	if err != nil {
		return h, err
	}
	waiting, err := s.waiting(ctx, b.ID)
	if err != nil {
		return h, err
	}
	for _, w := range waiting {
		if one := found[w.Story]; one == nil {
			found[w.Story] = &seen{Item: w, fresh: true, owed: true}
		} else {
			one.fresh, one.owed = true, true
		}
	}
	var ids []story.ID
	for id := range found {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	told, err := s.told(ctx, b.ID, ids)
	if err != nil {
		return h, err
	}
	return s.sort(ctx, b, ids, found, told)
}

// reads gathers what the records say of each story in the bulletin's language.
func (s *Store) reads(ctx context.Context, b Bulletin, to wire.Number) (map[story.ID]*seen, error) {
	found := map[story.ID]*seen{}
	for at := b.Place; at < to; {
		records, err := s.wire.After(ctx, at, batch)
		if err != nil {
			return nil, err
		}
		if len(records) == 0 {
			break
		}
		for _, r := range records {
			at = r.Number
			signal := story.Signal(r.Signal)
			if r.Number > to || r.Silent || r.Lang != string(b.Lang) || signal == story.SignalPin {
				continue
			}
			number, err := story.NumberOn(r)
			if err != nil {
				return nil, err
			}
			one := found[story.ID(r.Story)]
			if one == nil {
				one = &seen{}
				found[story.ID(r.Story)] = one
			}
			one.Item = Item{News, story.ID(r.Story), number, r.Number}
			one.fresh = one.fresh || signal == story.SignalNew || signal == story.SignalReleaseHold
			if signal == story.SignalCorrection || signal == story.SignalKill {
				one.last = signal
			}
		}
	}
	return found, nil
}

func (s *Store) waiting(ctx context.Context, id ID) ([]Item, error) {
	rows, err := s.db.Query(ctx, `SELECT story, number, wire FROM bulletin_waiting WHERE bulletin = ?1`, string(id))
	if err != nil {
		return nil, fault.Internal("read what waits for a bulletin", err)
	}
	return db.Collect(rows, "read what waits for a bulletin", func(row db.Scanner) (t Item, err error) {
		t.Kind = News
		err = row.Scan(&t.Story, &t.Number, &t.Wire)
		return t, err
	})
}

// sort decides what becomes of each story.
func (s *Store) sort(ctx context.Context, b Bulletin, ids []story.ID, found map[story.ID]*seen, told map[story.ID]bool) (h harvest, err error) {
	out, err := s.door.Several(ctx, ids, reveal.Viewer{}, true)
	if err != nil {
		return h, err
	}
	var notices, news []Item
	for _, id := range ids {
		one := found[id]
		r, visible := out[id]
		switch {
		case told[id] && one.last == story.SignalKill:
			one.Kind = Kill
			notices = append(notices, one.Item)
		case told[id] && (one.last == story.SignalCorrection || one.owed):
			// What was told waits only if it was mended, and then held.
			if !visible {
				h.waiting = append(h.waiting, one.Item)
				continue
			}
			one.Kind = Correction
			notices = append(notices, one.Item)
		case told[id] || one.last == story.SignalKill || !one.fresh:
			h.gone = append(h.gone, id)
		case !visible:
			h.waiting = append(h.waiting, one.Item)
		case b.Rules.Takes(sections(r), r.Urgency()):
			news = append(news, one.Item)
		default:
			h.gone = append(h.gone, id)
		}
	}
	byWire := func(x, y Item) int { return cmp.Compare(y.Wire, x.Wire) }
	slices.SortFunc(notices, byWire)
	slices.SortFunc(news, func(x, y Item) int {
		if c := cmp.Compare(weight(out[x.Story]), weight(out[y.Story])); c != 0 {
			return c
		}
		return byWire(x, y)
	})
	if n := b.Rules.Most; len(news) > n {
		for _, left := range news[n:] {
			h.gone = append(h.gone, left.Story)
		}
		h.more, news = len(news)-n, news[:n]
	}
	h.items = append(news, notices...)
	return h, nil
}

func sections(r reveal.Rendition) (ids []string) {
	for _, s := range r.Sections() {
		ids = append(ids, s.ID)
	}
	return ids
}

// weight puts the most urgent first; what has no urgency comes last.
func weight(r reveal.Rendition) int {
	if u := r.Urgency(); u > 0 {
		return u
	}
	return 10
}
