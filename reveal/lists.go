package reveal

import (
	"context"
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
}

// visible is record.visible in SQL, with the hour as ?1.
const visible = ` p.status = 'usable' AND p.embargo <= ?1`

// from gives the part of a statement that names the stories of a query:
// arguments ?1 to ?4 are the hour, language, section and earliest time.
func (q Query) from() string {
	if q.Section == "" {
		return ` WHERE p.lang = ?2 AND CAST(?3 AS TEXT) = '' AND p.first_sent >= ?4 AND` + visible
	}
	return ` JOIN published_section x ON x.story = p.story
		WHERE x.lang = ?2 AND x.section = ?3 AND x.first_sent >= ?4 AND` + visible
}

func (q Query) order() string {
	if q.Section == "" {
		return ` ORDER BY p.first_sent DESC, p.wire DESC`
	}
	return ` ORDER BY x.first_sent DESC, x.wire DESC`
}

func (q Query) args(now time.Time) []any {
	return []any{db.Millis(now), string(q.Lang), q.Section, db.Millis(q.Since)}
}

// List gives the stories in the order of sending, the newest first.
func (d *Door) List(ctx context.Context, q Query, v Viewer) ([]Rendition, error) {
	if q.Limit <= 0 {
		q.Limit = 30
	}
	now := d.now()
	return d.many(ctx, v, now, columns+q.from()+q.order()+` LIMIT ?5 OFFSET ?6`,
		append(q.args(now), q.Limit, max(q.Offset, 0))...)
}

// Count tells how many stories List would give without limit.
func (d *Door) Count(ctx context.Context, q Query, _ Viewer) (int, error) {
	var n int
	err := d.db.QueryRow(ctx, `SELECT COUNT(*) FROM published p`+q.from(), q.args(d.now())...).Scan(&n)
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
	newest, err := d.List(ctx, Query{Lang: lang, Limit: 1}, v)
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	since := newest[0].sent.Add(-fresh)
	return d.many(ctx, v, now, columns+` WHERE p.lang = ?2 AND`+visible+` AND (p.pin > 0 OR p.first_sent >= ?3)
		ORDER BY p.pin DESC, p.urgency, p.first_sent DESC, p.wire DESC LIMIT ?4`,
		db.Millis(now), string(lang), db.Millis(since), n)
}

// Versions gives the same story in each language where it may be known of.
func (d *Door) Versions(ctx context.Context, r Rendition, v Viewer) ([]Rendition, error) {
	now := d.now()
	return d.many(ctx, v, now, columns+` WHERE p.grp = ?2 AND`+visible+` ORDER BY p.lang`, db.Millis(now), string(r.group))
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
	found, err := d.many(ctx, v, now, columns+` WHERE p.lang = ?2 AND`+visible+` AND p.notes LIKE '%"correction"%'
		ORDER BY p.changed DESC LIMIT ?3`, db.Millis(now), string(lang), limit)
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
	return all, nil
}

// NextChange is the next time at which the door opens by the clock alone: an
// embargo that ends, a story that becomes open to all. Zero is never.
func (d *Door) NextChange(ctx context.Context) (time.Time, error) {
	var at int64
	err := d.db.QueryRow(ctx, `SELECT COALESCE(MIN(t), 0) FROM (
		SELECT MIN(embargo) AS t FROM published WHERE embargo > ?1
		UNION ALL SELECT MIN(opens_at) FROM published WHERE opens_at > ?1) AS next`, db.Millis(d.now())).Scan(&at)
	if err != nil {
		return time.Time{}, fault.Internal("look for the next embargo", err)
	}
	return db.Time(at), nil
}

func (d *Door) many(ctx context.Context, v Viewer, now time.Time, query string, args ...any) ([]Rendition, error) {
	found, err := d.records(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	all := make([]Rendition, 0, len(found))
	for _, p := range found {
		if !p.visible(now) {
			continue
		}
		r, err := d.render(ctx, p, v, now)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

func (d *Door) records(ctx context.Context, query string, args ...any) ([]record, error) {
	rows, err := d.db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault.Internal("list what is published", err)
	}
	defer rows.Close()
	var found []record
	for rows.Next() {
		p, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, p)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("list what is published", err)
	}
	return found, nil
}
