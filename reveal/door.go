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
	db       db.Reader
	masthead func() masthead.Masthead
	now      func() time.Time
}

// New opens the door over the database, or over what a transaction sees of it.
// masthead gives the sections and plans as they stand; now is the clock that
// embargoes and passes are held against.
func New(d db.Reader, masthead func() masthead.Masthead, now func() time.Time) *Door {
	return &Door{db: d, masthead: masthead, now: now}
}

// Killed is a story that was public and is withdrawn for ever.
type Killed struct {
	Notice string // the kill notice for readers
	Short  string // the same in one line, for lists and clients
}

func (k *Killed) Error() string { return "story: withdrawn: " + k.Notice }

// Unwrap makes it a fault of kind Gone.
func (k *Killed) Unwrap() error {
	return &fault.Error{Kind: fault.KindGone, Subject: "story", Why: k.Notice}
}

const columns = `SELECT p.story, p.number, p.grp, p.lang, p.status, p.was_public, p.release, p.signal,
	p.first_sent, p.changed, p.urgency, p.pin, p.plan, p.opens_at, p.embargo, p.head, p.notes, p.summary FROM published p`

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
	summary          string // for those who may read the whole
}

func scan(r db.Scanner) (record, error) {
	var p record
	var sent, changed, opens, embargo int64
	var head, notes string
	err := r.Scan(&p.id, &p.number, &p.group, &p.lang, &p.status, &p.wasPublic, &p.release, &p.signal,
		&sent, &changed, &p.urgency, &p.pin, &p.plan, &opens, &embargo, &head, &notes, &p.summary)
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
	p, err := scan(d.db.QueryRow(ctx, columns+` WHERE p.number = ?2 AND p.lang = ?3
		AND (p.status = 'canceled' OR`+visible+`)`, db.Millis(v.hour(now)), int64(n), string(lang)))
	if err != nil {
		return Rendition{}, err
	}
	if p.status == story.Canceled {
		return Rendition{}, d.killed(ctx, p, v)
	}
	all, err := d.renderAll(ctx, []record{p}, v, now, false)
	if err != nil {
		return Rendition{}, err
	}
	if len(all) == 0 {
		return Rendition{}, fault.NotFound("the story")
	}
	return all[0], nil
}

// killed tells of a kill those who could have had the story.
func (d *Door) killed(ctx context.Context, p record, v Viewer) error {
	tells, notice := p.wasPublic, p.lastNote()
	if v.client != nil {
		sections, err := d.sectionsOf(ctx, p.id)
		if err != nil {
			return err
		}
		past, err := d.outings(ctx, map[story.ID]record{p.id: p})
		if err != nil {
			return err
		}
		tells = v.client.hadIt(p, sections, past[p.id])
		if !v.client.learns(p, sections, past[p.id]) {
			notice = story.Note{}
		}
	}
	if !tells {
		return fault.NotFound("the story")
	}
	return &Killed{Notice: notice.Text, Short: notice.Short}
}

func (p record) lastNote() story.Note {
	if len(p.notes) == 0 {
		return story.Note{}
	}
	return p.notes[len(p.notes)-1]
}

// visible is whether anyone may know of the story. List and Count say the
// same in SQL.
func (p record) visible(now time.Time) bool {
	return p.status == story.Usable && !now.Before(p.embargo)
}

// access is what a viewer may have of a story, and at which instant that
// changes by the clock alone; zero is never.
type access struct {
	full, free bool
	until      time.Time
}

// open is the rule of access: who may have the whole story. A plan that the
// agency no longer has opens nothing.
func (p record) open(m masthead.Masthead, v Viewer, now time.Time) access {
	opens := p.opens(m)
	if p.plan == "" || (!opens.IsZero() && !now.Before(opens)) {
		return access{full: true, free: true}
	}
	if v.given == p.id && p.id != "" {
		return access{full: true, until: opens}
	}
	if _, known := m.Plan(p.plan); !known {
		return access{until: opens}
	}
	full, forever, ends := false, false, time.Time{}
	for _, id := range v.plans {
		held, _ := m.Plan(id)
		until, ok := held.Opens(p.plan, p.head.Sections, p.sent, now)
		if !ok {
			continue
		}
		full, forever = true, forever || until.IsZero()
		if until.After(ends) {
			ends = until
		}
	}
	if forever {
		ends = time.Time{}
	}
	return access{full: full, until: soonest(opens, ends)}
}

// opens is when the story is open to all by the clock; zero is never.
func (p record) opens(m masthead.Masthead) time.Time {
	if wait := m.Readers.FreeAfter(p.head.Sections); wait > 0 {
		return soonest(p.opensAt, p.sent.Add(wait))
	}
	return p.opensAt
}

// soonest is the earlier of two instants of which zero is never.
func soonest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// renderAll makes a rendition of each record that may be known of. brief reads
// no bodies.
func (d *Door) renderAll(ctx context.Context, ps []record, v Viewer, now time.Time, brief bool) ([]Rendition, error) {
	if v.client != nil {
		return d.renderClient(ctx, ps, v, now, brief)
	}
	m := d.masthead()
	all := make([]Rendition, 0, len(ps))
	var whole []record
	for _, p := range ps {
		if !p.visible(now) {
			continue
		}
		may := p.open(m, v, now)
		r := teaser(m, p)
		r.free, r.full, r.nextPhase = may.free, may.full && brief, may.until
		if r.full {
			r.notes = p.notes
		}
		if r.full && p.summary != "" {
			r.content.Teaser = p.summary
		}
		if may.full && !brief {
			whole = append(whole, p)
		}
		all = append(all, r)
	}
	texts, err := d.texts(ctx, whole)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if t, ok := texts[all[i].id]; ok {
			all[i].full, all[i].content, all[i].notes, all[i].more = true, t.content, t.notes, false
		}
	}
	return all, nil
}

// teaser is the least that a viewer who may know of the story has.
func teaser(m masthead.Masthead, p record) Rendition {
	r := Rendition{
		id: p.id, number: p.number, group: p.group, lang: p.lang,
		content: story.Content{Headline: p.head.Headline, Credit: p.head.Credit, Place: p.head.Place,
			Date: p.head.Date, Sections: p.head.Sections, Topics: p.head.Topics, Body: story.Body{Blocks: p.head.Blocks}},
		more: p.head.More, alert: p.head.Alert, length: p.head.Length, points: p.head.Points, urgency: p.urgency, pin: p.pin, sent: p.sent, changed: p.changed, zone: m.Zone,
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
