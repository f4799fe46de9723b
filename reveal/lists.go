package reveal

import (
	"context"
	"slices"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
)

// Query chooses from an edition's stories.
type Query struct {
	Lang    story.Lang
	Section string // id; "" is all
	Offset  int
	Limit   int       // 0 is 30
	Since   time.Time // sent at or after; zero is ever
	Brief   bool      // for lists: where all may be had, a rendition has a teaser's text and the summary
}

// visible is record.visible in SQL, with the hour as ?1. A section's shelf
// knows it too, so that what is hidden is passed over without a look at it.
const (
	visible = ` p.status = 'usable' AND p.embargo <= ?1`
	shelved = ` x.status = 'usable' AND x.embargo <= ?1`
)

// where chooses the stories of a query: arguments ?1 to ?4 are the hour,
// language, section and earliest time.
func (q Query) where() string {
	if q.Section == "" {
		return ` WHERE p.lang = ?2 AND CAST(?3 AS TEXT) = '' AND p.first_sent >= ?4 AND` + visible
	}
	return ` WHERE x.lang = ?2 AND x.section = ?3 AND x.first_sent >= ?4 AND` + shelved
}

func (q Query) list() string {
	if q.Section == "" {
		return columns + q.where() + ` ORDER BY p.first_sent DESC, p.wire DESC`
	}
	return columns + ` JOIN published_section x ON x.story = p.story` + q.where() +
		` ORDER BY x.first_sent DESC, x.wire DESC`
}

func (q Query) count() string {
	if q.Section == "" {
		return `SELECT COUNT(*) FROM published p` + q.where()
	}
	return `SELECT COUNT(*) FROM published_section x` + q.where()
}

func (q Query) args(now time.Time) []any {
	return []any{db.Millis(now), string(q.Lang), q.Section, db.Millis(q.Since)}
}

// List gives the stories in the order of sending, the newest first. A client
// may be given fewer than the limit while there are more: its products choose
// among those that were found.
func (d *Door) List(ctx context.Context, q Query, v Viewer) ([]Rendition, error) {
	if q.Limit <= 0 {
		q.Limit = 30
	}
	now := d.now()
	found, err := d.records(ctx, q.list()+` LIMIT ?5 OFFSET ?6`, append(q.args(v.hour(now)), q.Limit, max(q.Offset, 0))...)
	if err != nil {
		return nil, err
	}
	return d.renderAll(ctx, found, v, now, q.Brief)
}

// Count tells how many stories List would give without limit.
func (d *Door) Count(ctx context.Context, q Query, v Viewer) (int, error) {
	if v.client != nil {
		return 0, fault.Invalid("count", "what a client may have is listed, not counted")
	}
	var n int
	err := d.db.QueryRow(ctx, q.count(), q.args(d.now())...).Scan(&n)
	if err != nil {
		return 0, fault.Internal("count what is published", err)
	}
	return n, nil
}

// fresh is how long a story may lead the front page without a pin.
const fresh = 36 * time.Hour

// Leads gives the n stories that lead an edition: the pinned first, then the
// most urgent of the 36 hours before the newest, then the newest.
func (d *Door) Leads(ctx context.Context, lang story.Lang, n int, v Viewer) ([]Rendition, error) {
	now := d.now()
	hour := db.Millis(v.hour(now))
	newest, err := d.List(ctx, Query{Lang: lang, Limit: 1, Brief: true}, v)
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	pinned, err := d.many(ctx, v, now, columns+` WHERE p.lang = ?2 AND p.pin > 0 AND`+visible+`
		ORDER BY p.pin DESC, p.urgency, p.first_sent DESC, p.wire DESC LIMIT ?3`, hour, string(lang), n)
	if err != nil || len(pinned) >= n {
		return pinned, err
	}
	since := newest[0].sent
	if since.After(now) {
		since = now
	}
	since = since.Add(-fresh)
	rest, err := d.many(ctx, v, now, columns+` WHERE p.lang = ?2 AND p.pin = 0 AND p.first_sent >= ?3 AND`+visible+`
		ORDER BY p.urgency, p.first_sent DESC, p.wire DESC LIMIT ?4`,
		hour, string(lang), db.Millis(since), n-len(pinned))
	return append(pinned, rest...), err
}

// Versions gives the same story in each language where it may be known of.
func (d *Door) Versions(ctx context.Context, r Rendition, v Viewer) ([]Rendition, error) {
	now := d.now()
	return d.many(ctx, v, now, columns+` WHERE p.grp = ?2 AND`+visible+` ORDER BY p.lang`, db.Millis(v.hour(now)), string(r.group))
}

// Correction is one line of the corrections page.
type Correction struct {
	Rendition
	Kind story.Signal // correction
	Note string       // "" if the viewer has but a teaser
	At   time.Time
}

// Corrections gives the edition's corrections, the latest first.
func (d *Door) Corrections(ctx context.Context, lang story.Lang, limit int, v Viewer) ([]Correction, error) {
	now := d.now()
	found, err := d.many(ctx, v, now, columns+` WHERE p.lang = ?2 AND p.corrected > 0 AND`+visible+`
		ORDER BY p.corrected DESC LIMIT ?3`, db.Millis(v.hour(now)), string(lang), limit)
	if err != nil {
		return nil, err
	}
	var all []Correction
	for _, r := range found {
		for i := len(r.notes) - 1; i >= 0; i-- {
			if n := r.notes[i]; n.Signal == story.SignalCorrection {
				all = append(all, Correction{r, n.Signal, n.Text, n.At})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Correction) int { return b.At.Compare(a.At) })
	return all, nil
}

func (d *Door) many(ctx context.Context, v Viewer, now time.Time, query string, args ...any) ([]Rendition, error) {
	found, err := d.records(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return d.renderAll(ctx, found, v, now, false)
}

func (d *Door) records(ctx context.Context, query string, args ...any) ([]record, error) {
	rows, err := d.db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault.Internal("list what is published", err)
	}
	return db.Collect(rows, "list what is published", scan)
}
