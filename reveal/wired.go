package reveal

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
	"wireroom/wire"
)

// Sheet is a stretch of the wire together with what the stories on it are now.
// It is read once; For then says what each client may have of it.
type Sheet struct {
	rows     []row
	now      time.Time
	masthead masthead.Masthead
}

// row is a record of the wire and the story that it tells of.
type row struct {
	wire     wire.Record
	story    record
	text     text
	sections []string       // of a killed story, whose head is gone
	past     []story.Outing // its releases, unless there was but one
}

// Dispatch is what one client may have of a record of the wire.
type Dispatch struct {
	Number     wire.Number
	At         time.Time
	Signal     story.Signal
	Release    int64 // of the story; that of the record
	Silent     bool
	Urgency    int
	Status     story.Status // of the story now
	Story      story.ID
	Of         story.Number
	Lang       story.Lang
	Superseded bool   // a later release of the story is out
	Left       bool   // of what the client was given, without a text: the story has gone on where its contract does not reach
	Notice     string // of a kill
	Short      string // the same in one line

	rendition *Rendition
	moved     bool // a hold to this client, to others an update
}

// Rendition is what the client may have of the text as it is now; false if that
// is nothing: of a story that is withheld or killed, and of a release that
// another has superseded.
func (d Dispatch) Rendition() (Rendition, bool) {
	if d.rendition == nil {
		return Rendition{}, false
	}
	return *d.rendition, true
}

// Grave reports whether the record takes back or mends what the client has: it
// overtakes what waits.
func (d Dispatch) Grave() bool { return Grave(d.Signal) }

// Tells reports whether the dispatch says more than that there is a later one.
func (d Dispatch) Tells() bool { return d.rendition != nil || !d.Superseded || d.Left }

// Asks reports whether a receipt is asked for.
func (d Dispatch) Asks() bool { return d.Grave() && !d.Silent && !d.moved }

// Grave reports whether a signal takes back or mends what clients have.
func Grave(s story.Signal) bool {
	return s == story.SignalKill || s == story.SignalHold || s == story.SignalCorrection
}

// Sheet reads what the stories of the records are now. Records that arrange the
// front page, and those of stories that never were out, are left out.
func (d *Door) Sheet(ctx context.Context, records []wire.Record) (*Sheet, error) {
	s := &Sheet{now: d.now(), masthead: d.masthead()}
	records = slices.DeleteFunc(slices.Clone(records), func(r wire.Record) bool { return r.Signal == string(story.SignalPin) })
	found, err := d.byID(ctx, records)
	if err != nil {
		return nil, err
	}
	var whole []record
	for _, p := range found {
		if p.status == story.Usable {
			whole = append(whole, p)
		}
	}
	texts, err := d.sound(ctx, whole)
	if err != nil {
		return nil, err
	}
	past, err := d.outings(ctx, found)
	if err != nil {
		return nil, err
	}
	for _, r := range records {
		p, ok := found[story.ID(r.Story)]
		if !ok {
			continue
		}
		line := row{wire: r, story: p, text: texts[p.id], sections: p.head.Sections, past: past[p.id]}
		if p.status == story.Canceled {
			if line.sections, err = d.sectionsOf(ctx, p.id); err != nil {
				return nil, err
			}
		}
		s.rows = append(s.rows, line)
	}
	return s, nil
}

func (d *Door) byID(ctx context.Context, records []wire.Record) (map[story.ID]record, error) {
	var ids []story.ID
	for _, r := range records {
		if id := story.ID(r.Story); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	found := map[story.ID]record{}
	for some := range slices.Chunk(ids, atOnce) {
		marks, args := make([]string, len(some)), make([]any, len(some))
		for i, id := range some {
			marks[i], args[i] = "?"+strconv.Itoa(i+1), string(id)
		}
		ps, err := d.records(ctx, columns+` WHERE p.story IN (`+strings.Join(marks, ", ")+`)`, args...)
		if err != nil {
			return nil, err
		}
		for _, p := range ps {
			found[p.id] = p
		}
	}
	return found, nil
}

// sectionsOf are the sections under which a story stood.
func (d *Door) sectionsOf(ctx context.Context, id story.ID) ([]string, error) {
	rows, err := d.db.Query(ctx, `SELECT section FROM published_section WHERE story = ?1 ORDER BY section`, string(id))
	if err != nil {
		return nil, fault.Internal("read the sections of a story", err)
	}
	return db.Collect(rows, "read the sections of a story", func(r db.Scanner) (s string, err error) {
		err = r.Scan(&s)
		return s, err
	})
}

// For gives what the client may have of the sheet, in the wire's order; to a
// viewer who is no client it gives nothing.
func (s *Sheet) For(v Viewer) []Dispatch {
	if v.client == nil {
		return nil
	}
	var all []Dispatch
	for _, r := range s.rows {
		if d, ok := s.dispatch(r, v); ok {
			all = append(all, d)
		}
	}
	return all
}

func (s *Sheet) dispatch(r row, v Viewer) (Dispatch, bool) {
	p := r.story
	d := Dispatch{Number: r.wire.Number, At: r.wire.At, Signal: story.Signal(r.wire.Signal), Release: r.wire.Release, Silent: r.wire.Silent,
		Urgency: r.wire.Urgency, Status: p.status, Story: p.id, Of: p.number, Lang: p.lang, Superseded: r.wire.Release < p.release}
	if p.status != story.Usable {
		if p.status == story.Canceled && v.client.learns(p, r.sections, r.past) {
			d.Notice, d.Short = p.lastNote().Text, p.lastNote().Short
		}
		return d, v.client.hadIt(p, r.sections, r.past)
	}
	if !v.knows(p, s.now) {
		return d.left(r, v, s.now)
	}
	known, full := v.client.passes(p, r.text)
	if !known {
		return d.left(r, v, s.now)
	}
	// Whoever is given the wire late may have the newer release only after
	// what it supersedes, so both carry the text.
	if !d.Superseded || v.client.Delay > 0 {
		rend := clientRendition(s.masthead, p, r.text, full)
		d.rendition = &rend
	}
	return d, true
}

// clientRendition is a teaser, or the whole text where a product gives it.
func clientRendition(m masthead.Masthead, p record, whole text, full bool) Rendition {
	r := teaser(m, p)
	r.embargo = p.embargo
	if full && whole.content.Headline != "" {
		r.full, r.content, r.notes, r.more = true, whole.content, whole.notes, false
		r.content.Slug = whole.slug
	}
	return r
}

// renderClient makes a client's rendition of each record that it may know of.
// brief keeps the bodies of whole texts out.
func (d *Door) renderClient(ctx context.Context, ps []record, v Viewer, now time.Time, brief bool) ([]Rendition, error) {
	ps = slices.DeleteFunc(slices.Clone(ps), func(p record) bool { return !v.knows(p, now) })
	texts, err := d.texts(ctx, ps)
	if err != nil {
		return nil, err
	}
	m := d.masthead()
	var all []Rendition
	for _, p := range ps {
		known, full := v.client.passes(p, texts[p.id])
		if !known {
			continue
		}
		r := clientRendition(m, p, texts[p.id], full)
		if brief {
			r.content.Body.Blocks = p.head.Blocks
		}
		all = append(all, r)
	}
	return all, nil
}
