package alert

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// Follower is the name by which the alerts follow the wire.
const Follower = "alerts"

// kind is what a browser is told of a story.
type kind string

const (
	news       kind = "news"
	correction kind = "correction"
	withdrawal kind = "withdrawal"
)

// For how long something is worth telling. A withdrawal waits for a browser as
// long as the alert itself may stand on a screen.
const (
	newsTime       = 4 * time.Hour
	correctionTime = 24 * time.Hour
	remembered     = 7 * 24 * time.Hour
)

func (k kind) time() time.Duration {
	switch k {
	case news:
		return newsTime
	case correction:
		return correctionTime
	}
	return remembered
}

// rung is a story that rang.
type rung struct {
	story    story.ID
	number   story.Number
	lang     masthead.Lang
	sections string
	out      bool
	wire     wire.Number
	at       time.Time
}

// Deliver notes whom a record of the wire is to be told to; wire.ErrPassed when
// that is nobody. The ringing goes beside it.
func (s *Sender) Deliver(ctx context.Context, r wire.Record) error {
	s.at("record")
	defer s.at("due")
	if r.Silent || s.Store.now().Sub(r.At) > remembered {
		return wire.ErrPassed
	}
	was, known, err := s.Store.rung(ctx, story.ID(r.Story))
	if err != nil || known && was.wire >= r.Number {
		return err
	}
	found, err := s.Door.Several(ctx, []story.ID{story.ID(r.Story)}, reveal.Viewer{}, true)
	if err != nil {
		return err
	}
	now, visible := found[story.ID(r.Story)]
	switch story.Signal(r.Signal) {
	case story.SignalNew, story.SignalReleaseHold, story.SignalLift:
		if visible && (!known || !was.out) {
			return s.rings(ctx, r, now, was, known)
		}
	case story.SignalUpdate, story.SignalCorrection, story.SignalHold, story.SignalKill:
		return s.mends(ctx, r, was, known, visible)
	}
	return wire.ErrPassed
}

// rings has a story ring if its edition's rule lets it.
func (s *Sender) rings(ctx context.Context, r wire.Record, now reveal.Rendition, was rung, known bool) error {
	rule, err := s.Store.Rule(ctx, now.Lang())
	if err != nil {
		return err
	}
	fresh := known || s.Store.now().Sub(now.Sent()) < newsTime
	if !rule.Live || !fresh || r.At.Before(rule.Since) || now.Urgency() == 0 || now.Urgency() > rule.Urgency {
		return wire.ErrPassed
	}
	one := rung{story: now.ID(), number: now.Number(), lang: now.Lang(), sections: spaced(sections(now)), out: true, wire: r.Number, at: s.Store.now()}
	if known {
		one.at = was.at
	}
	return s.Store.tell(ctx, one, news, r.At, rule.Most)
}

// mends tells of what happened to a story that rang.
func (s *Sender) mends(ctx context.Context, r wire.Record, was rung, known, visible bool) error {
	if !known {
		return wire.ErrPassed
	}
	stood := was.out
	was.wire, was.out = r.Number, visible
	switch {
	case stood && !visible:
		return s.Store.tell(ctx, was, withdrawal, r.At, 0)
	case !stood && visible:
		return s.Store.tell(ctx, was, news, r.At, 0)
	case visible && story.Signal(r.Signal) == story.SignalCorrection:
		return s.Store.tell(ctx, was, correction, r.At, 0)
	}
	return wire.ErrPassed
}

func sections(r reveal.Rendition) (ids []string) {
	for _, s := range r.Sections() {
		ids = append(ids, s.ID)
	}
	return ids
}

const rungColumns = `SELECT story, number, lang, sections, out, wire, at FROM alert`

func scanRung(row db.Scanner) (a rung, err error) {
	var at int64
	err = row.Scan(&a.story, &a.number, &a.lang, &a.sections, &a.out, &a.wire, &at)
	a.at = db.Time(at)
	return a, err
}

// rung finds the alert of a story; false is that it never rang, or too long ago
// to be remembered.
func (s *Store) rung(ctx context.Context, id story.ID) (rung, bool, error) {
	a, err := scanRung(s.db.QueryRow(ctx, rungColumns+` WHERE story = ?1 AND at > ?2`, string(id), s.now().Add(-remembered)))
	if errors.Is(err, sql.ErrNoRows) {
		return rung{}, false, nil
	}
	if err != nil {
		return rung{}, false, fault.Internal("read what rang", err)
	}
	return a, true, nil
}

// tell notes an alert and whom it is to be told to, in one transaction; with
// most, only while fewer rang in the edition within a day.
func (s *Store) tell(ctx context.Context, a rung, k kind, sent time.Time, most int) error {
	passed := false
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		var before int
		err := tx.QueryRow(ctx, `SELECT count(*) FROM alert WHERE lang = ?1 AND at > ?2 AND number <> ?3`,
			string(a.lang), s.now().Add(-24*time.Hour), int64(a.number)).Scan(&before)
		if err != nil {
			return fault.Internal("count what rang", err)
		}
		if passed = most > 0 && before >= most; passed {
			return nil
		}
		return s.note(ctx, tx, a, k, sent.Add(k.time()))
	})
	if err == nil && passed {
		return wire.ErrPassed
	}
	return err
}

func (s *Store) note(ctx context.Context, tx *db.Tx, a rung, k kind, until time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO alert (number, story, lang, sections, out, wire, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (number) DO UPDATE SET sections = ?4, out = ?5, wire = ?6, at = ?7`,
		int64(a.number), string(a.story), string(a.lang), a.sections, a.out, a.wire, a.at)
	if err != nil {
		return fault.Internal("note what rings", err)
	}
	where, args := wants(a.sections, 7)
	args = append([]any{int64(a.number), string(k), k != news, a.wire, until, string(a.lang)}, args...)
	_, err = tx.Exec(ctx, `INSERT INTO alert_due (browser, alert, kind, grave, wire, tries, later, until)
		SELECT id, CAST(?1 AS BIGINT), CAST(?2 AS TEXT), CAST(?3 AS BIGINT), CAST(?4 AS BIGINT), 0, 0, CAST(?5 AS BIGINT)
		FROM alert_browser WHERE lang = ?6 AND (sections = ''`+where+`)
		ON CONFLICT (browser, alert) DO UPDATE SET kind = excluded.kind, grave = excluded.grave, wire = excluded.wire,
			tries = 0, later = 0, until = excluded.until`, args...)
	if err != nil {
		return fault.Internal("note who is to be rung", err)
	}
	tx.Notify(bell)
	return nil
}

// wants is whether a browser is to be rung for any of some sections, with its
// arguments from a number on.
func wants(spaced string, first int) (where string, args []any) {
	for i, id := range strings.Fields(spaced) {
		where += ` OR sections LIKE '% ' || CAST(?` + strconv.Itoa(first+i) + ` AS TEXT) || ' %'`
		args = append(args, id)
	}
	return where, args
}
