package reveal

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
)

// NextChange is the next time at which the door opens or shuts by the clock
// alone: an embargo that ends, a story that becomes open to all or too old for
// a plan. Zero is never.
func (d *Door) NextChange(ctx context.Context) (time.Time, error) {
	now := d.now()
	var at int64
	err := d.db.QueryRow(ctx, `SELECT COALESCE(MIN(t), 0) FROM (
		SELECT MIN(embargo) AS t FROM published WHERE embargo > ?1
		UNION ALL SELECT MIN(opens_at) FROM published WHERE opens_at > ?1) AS next`, db.Millis(now)).Scan(&at)
	if err != nil {
		return time.Time{}, fault.Internal("look for the next embargo", err)
	}
	next := db.Time(at)
	for _, turn := range turns(d.masthead()) {
		sent, err := d.firstSince(ctx, turn, now)
		if err != nil {
			return time.Time{}, err
		}
		if !sent.IsZero() {
			next = soonest(next, sent.Add(turn.age))
		}
	}
	return next, nil
}

// turn is an age at which the stories of an edition, or of its section, open
// or shut.
type turn struct {
	lang    masthead.Lang
	section string // "" is all
	age     time.Duration
}

func turns(m masthead.Masthead) []turn {
	var all []turn
	for _, lang := range m.Languages {
		for section := range m.Readers.Freer {
			if age := m.Readers.FreeAfter([]string{section}); age > 0 {
				all = append(all, turn{lang, section, age})
			}
		}
		for _, p := range m.Plans {
			if age := p.Age(); age > 0 {
				all = append(all, turn{lang, "", age})
			}
		}
	}
	return all
}

// firstSince is when the oldest story was sent that has not come to the age.
func (d *Door) firstSince(ctx context.Context, t turn, now time.Time) (time.Time, error) {
	var sent int64
	err := d.db.QueryRow(ctx, `SELECT COALESCE(MIN(sent), 0) FROM (
		SELECT MIN(p.first_sent) AS sent FROM published p WHERE CAST(?2 AS TEXT) = '' AND p.lang = ?1 AND p.first_sent > ?3
		UNION ALL SELECT MIN(x.first_sent) FROM published_section x WHERE x.lang = ?1 AND x.section = ?2 AND x.first_sent > ?3) AS next`,
		string(t.lang), t.section, db.Millis(now.Add(-t.age))).Scan(&sent)
	if err != nil {
		return time.Time{}, fault.Internal("look for the next story to open", err)
	}
	return db.Time(sent), nil
}
