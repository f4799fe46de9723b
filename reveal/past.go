package reveal

import (
	"context"
	"slices"
	"time"

	"wireroom/story"
)

// Terms are what a contract gave for a time.
type Terms struct {
	Products []Selection   `json:"products,omitempty"`
	From     time.Time     `json:"from"`
	Until    time.Time     `json:"until,omitzero"` // the first instant after it; zero is open-ended
	Early    bool          `json:"early,omitempty"`
	Delay    time.Duration `json:"delay,omitempty"`
	Depth    time.Duration `json:"depth,omitempty"`
}

// latest are the terms that count now, or that counted last: from the instant
// when those before them ended.
func (c *Contract) latest() Terms {
	t := Terms{Products: c.Products, From: c.From, Until: c.Until, Early: c.Early, Delay: c.Delay, Depth: c.Depth}
	if n := len(c.Past); n > 0 && c.Past[n-1].Until.After(t.From) {
		t.From = c.Past[n-1].Until
	}
	return t
}

// counted reports whether the terms were in force at an instant.
func (t Terms) counted(at time.Time) bool {
	return !at.Before(t.From) && (t.Until.IsZero() || at.Before(t.Until))
}

// lets reports whether a product let an outing through. loosely asks for no
// words.
func (t Terms) lets(p record, o story.Outing, loosely bool) bool {
	var words []string
	return slices.ContainsFunc(t.Products, func(s Selection) bool {
		if !s.lets(p.lang, o.Content.Rank(), o.Content.Sections) {
			return false
		}
		if loosely || !s.asks() {
			return true
		}
		if words == nil {
			words = wordsOf(o.Content, o.Content.Slug)
		}
		return s.has(words)
	})
}

// reached reports whether there was an instant at which an outing could be had
// by the terms: it was out until end, zero is that it still is.
func (t Terms) reached(p record, o story.Outing, end time.Time) bool {
	from := o.At
	if !t.Early {
		from = latest(from, o.Content.Embargo, p.sent.Add(t.Delay))
	}
	from = latest(from, t.From)
	for _, last := range []time.Time{end, t.Until} {
		if !last.IsZero() && !from.Before(last) {
			return false
		}
	}
	return t.Depth <= 0 || !from.After(p.sent.Add(t.Depth))
}

func latest(first time.Time, others ...time.Time) time.Time {
	for _, t := range others {
		if t.After(first) {
			first = t
		}
	}
	return first
}

// gave reports whether a client could have been given any text of a story among
// its releases before one; loosely asks for no words.
func (c *Contract) gave(p record, past []story.Outing, before int64, loosely bool) bool {
	for i, o := range past {
		if o.Release >= before || o.Signal == story.SignalHold || o.Signal == story.SignalKill {
			continue
		}
		var end time.Time
		if i+1 < len(past) {
			end = past[i+1].At
		}
		if slices.ContainsFunc(c.terms, func(t Terms) bool { return t.reached(p, o, end) && t.lets(p, o, loosely) }) {
			return true
		}
	}
	return false
}

// hadIt reports whether a client may have been given a story that is withheld
// or killed. Who has a contract is told of what is in its sections or once was,
// for a kill that comes in vain is better than one that does not; whose contract
// is over or was another, of what it gave then.
func (c *Contract) hadIt(p record, sections []string, past []story.Outing) bool {
	if (p.wasPublic || c.Early) && len(c.choose(p, sections)) > 0 {
		return true
	}
	return c.gave(p, past, p.release, true)
}

// learns reports whether the words of a kill are for the client: they were for
// every reader, or a product that is sure to have had the story gives them.
func (c *Contract) learns(p record, sections []string, past []story.Outing) bool {
	return p.wasPublic || slices.ContainsFunc(c.choose(p, sections), func(s Selection) bool { return !s.asks() }) ||
		c.gave(p, past, p.release, false)
}

// moves reports whether a release took a story out of what the client was given
// of it until then, by the products that it had.
func (c *Contract) moves(p record, past []story.Outing, release int64) bool {
	at := slices.IndexFunc(past, func(o story.Outing) bool { return o.Release == release })
	if at < 1 {
		return false
	}
	is, was := past[at], past[at-1]
	return slices.ContainsFunc(c.terms, func(t Terms) bool {
		return t.counted(is.At) && t.reached(p, was, is.At) && t.lets(p, was, false) && !t.lets(p, is, false)
	})
}

// left makes the dispatch one that tells a client of a story that it has and is
// not given any more: of its correction, and that it was moved. Nothing is told
// of what is under an embargo.
func (d Dispatch) left(r row, v Viewer, now time.Time) (Dispatch, bool) {
	p := r.story
	if len(r.past) == 0 || !p.visible(v.hour(now)) {
		return d, false
	}
	switch d.Signal {
	case story.SignalCorrection:
		d.Left = v.client.gave(p, r.past, d.Release, false)
	case story.SignalUpdate:
		d.moved = v.client.moves(p, r.past, d.Release)
		d.Left = d.moved
	}
	if d.moved {
		d.Signal = story.SignalHold
	}
	d.Status = story.Withheld
	return d, d.Left
}

// outings are the releases of stories that are not what they were when they
// were first sent.
func (d *Door) outings(ctx context.Context, found map[story.ID]record) (map[story.ID][]story.Outing, error) {
	var ids []story.ID
	for _, p := range found {
		if p.release > 1 {
			ids = append(ids, p.id)
		}
	}
	return story.Outings(ctx, d.db, ids)
}
