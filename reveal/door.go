package reveal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
)

// Door reads the published texts.
type Door struct {
	db       *db.DB
	masthead func() masthead.Masthead
	now      func() time.Time
}

// New opens the door over the database. masthead gives the sections and plans
// as they stand; now is the clock that embargoes and passes are held against.
func New(d *db.DB, masthead func() masthead.Masthead, now func() time.Time) *Door {
	return &Door{db: d, masthead: masthead, now: now}
}

// Killed is a story that was public and is withdrawn for ever.
type Killed struct {
	Notice string // the kill notice for readers
}

func (k *Killed) Error() string { return "story: withdrawn: " + k.Notice }

// Unwrap makes it a fault of kind Gone.
func (k *Killed) Unwrap() error {
	return &fault.Error{Kind: fault.KindGone, Subject: "story", Why: k.Notice}
}

const columns = `SELECT p.story, p.number, p.grp, p.lang, p.status, p.was_public, p.release, p.signal,
	p.first_sent, p.changed, p.urgency, p.pin, p.plan, p.opens_at, p.embargo, p.head, p.notes FROM published p`

// record is a published row without its body, which is read for those alone
// who may have it.
type record struct {
	id               story.ID
	number           story.Number
	group            story.Group
	lang             story.Lang
	status           story.Status
	wasPublic        bool
	release          int64
	signal           story.Signal
	sent, changed    time.Time
	urgency, pin     int
	plan             string
	opensAt, embargo time.Time
	head             story.Head
	notes            []story.Note
}

type row interface{ Scan(...any) error }

func scan(r row) (record, error) {
	var p record
	var sent, changed, opens, embargo int64
	var head, notes string
	err := r.Scan(&p.id, &p.number, &p.group, &p.lang, &p.status, &p.wasPublic, &p.release, &p.signal,
		&sent, &changed, &p.urgency, &p.pin, &p.plan, &opens, &embargo, &head, &notes)
	if errors.Is(err, sql.ErrNoRows) {
		return record{}, fault.NotFound("the story")
	}
	if err != nil {
		return record{}, fault.Internal("read what is published", err)
	}
	p.sent, p.changed, p.opensAt, p.embargo = db.Time(sent), db.Time(changed), db.Time(opens), db.Time(embargo)
	if err := errors.Join(json.Unmarshal([]byte(head), &p.head), json.Unmarshal([]byte(notes), &p.notes)); err != nil {
		return record{}, fault.Internal("read what is published", err)
	}
	return p, nil
}

// Story gives what the viewer may have of a story: NotFound when that is
// nothing, *Killed (Gone) when it was public once and is withdrawn.
func (d *Door) Story(ctx context.Context, lang story.Lang, n story.Number, v Viewer) (Rendition, error) {
	now := d.now()
	p, err := scan(d.db.QueryRow(ctx, columns+` WHERE p.number = ?1 AND p.lang = ?2`, int64(n), string(lang)))
	if err != nil {
		return Rendition{}, err
	}
	if p.status == story.Canceled && p.wasPublic {
		return Rendition{}, &Killed{Notice: p.lastNote()}
	}
	if !p.visible(now) {
		return Rendition{}, fault.NotFound("the story")
	}
	return d.render(ctx, p, v, now)
}

func (p record) lastNote() string {
	if len(p.notes) == 0 {
		return ""
	}
	return p.notes[len(p.notes)-1].Text
}

// visible is whether anyone may know of the story. List and Count say the
// same in SQL.
func (p record) visible(now time.Time) bool {
	return p.status == story.Usable && !now.Before(p.embargo)
}

// open is the rule of access: who may have the whole story.
func (p record) open(v Viewer, now time.Time) (full, free bool) {
	free = p.plan == "" || (!p.opensAt.IsZero() && !now.Before(p.opensAt))
	return free || v.holds(p.plan, now), free
}

// render makes the rendition; the body is read for a full one alone.
func (d *Door) render(ctx context.Context, p record, v Viewer, now time.Time) (Rendition, error) {
	full, free := p.open(v, now)
	r := d.teaser(p)
	r.free = free
	if p.opensAt.After(now) && !free {
		r.nextPhase = p.opensAt
	}
	if !full {
		return r, nil
	}
	// Status and release are asked again: what was decided on must still be
	// what is read.
	var body string
	err := d.db.QueryRow(ctx, `SELECT body FROM published WHERE story = ?1 AND release = ?2 AND status = 'usable'`,
		string(p.id), p.release).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return Rendition{}, fault.Internal("read a published text", err)
	}
	var c story.Content
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		return Rendition{}, fault.Internal("read a published text", err)
	}
	c.Note, c.Slug = "", ""
	r.full, r.content, r.notes, r.more = true, c, p.notes, false
	return r, nil
}

// teaser is the least that a viewer who may know of the story has.
func (d *Door) teaser(p record) Rendition {
	m := d.masthead()
	r := Rendition{
		id: p.id, number: p.number, group: p.group, lang: p.lang,
		content: story.Content{Headline: p.head.Headline, Credit: p.head.Credit, Place: p.head.Place,
			Date: p.head.Date, Sections: p.head.Sections, Body: story.Body{Blocks: p.head.Blocks}},
		more: p.head.More, urgency: p.urgency, pin: p.pin, sent: p.sent, changed: p.changed, zone: m.Zone,
		release: p.release, signal: p.signal,
	}
	if r.zone == nil {
		r.zone = time.UTC
	}
	r.dateline = story.Dateline(r.content, p.lang, m.Credit(p.lang))
	for _, id := range p.head.Sections {
		if s, ok := m.Section(id); ok {
			r.sections = append(r.sections, s)
		}
	}
	if plan, ok := m.Plan(p.plan); ok {
		r.plan = &plan
	} else if p.plan != "" {
		r.plan = &masthead.Plan{ID: p.plan}
	}
	for _, n := range p.notes {
		r.notes = append(r.notes, story.Note{Signal: n.Signal, At: n.At})
	}
	return r
}

// Picture says whether the viewer may have a picture of a story: NotFound if
// not, whether it exists or no. free tells that everyone may.
func (d *Door) Picture(ctx context.Context, lang story.Lang, n story.Number, id string, v Viewer) (free bool, err error) {
	r, err := d.Story(ctx, lang, n, v)
	if err != nil {
		return false, fault.NotFound("the picture")
	}
	for _, p := range r.Pictures() {
		if p == id {
			return r.free, nil
		}
	}
	return false, fault.NotFound(fmt.Sprintf("the picture %.64s", id))
}
