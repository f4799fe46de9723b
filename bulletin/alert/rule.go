package alert

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"wireroom/bulletin"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// MostADay bounds the alerts that an edition may ring in a day: who is rung
// more often switches them off.
const MostADay = 50

// Rule says which stories of an edition ring.
type Rule struct {
	Lang    masthead.Lang
	Live    bool // it is offered and rings
	Urgency int  // the least urgent that rings, from 1
	Most    int  // within any 24 hours; 0 is any number
	Since   time.Time
}

// Check names the first thing that is wrong with a rule.
func (r Rule) Check(m masthead.Masthead) error {
	switch {
	case !m.Has(r.Lang):
		return fault.NotFound("the edition")
	case r.Urgency < 1 || r.Urgency > 9:
		return fault.Invalid("urgency", "urgency is from 1 to 9")
	case r.Most < 0 || r.Most > MostADay:
		return fault.Invalid("most", "an edition rings from 1 to %d times a day; 0 is as often as there is news", MostADay)
	}
	return nil
}

const ruleColumns = `SELECT lang, live, urgency, most, since FROM alert_rule`

func scanRule(row db.Scanner) (r Rule, err error) {
	var since int64
	err = row.Scan(&r.Lang, &r.Live, &r.Urgency, &r.Most, &since)
	r.Since = db.Time(since)
	return r, err
}

// Rule is an edition's; one that nobody made rings nothing and proposes that
// the most urgent would.
func (s *Store) Rule(ctx context.Context, lang masthead.Lang) (Rule, error) {
	r, err := scanRule(s.db.QueryRow(ctx, ruleColumns+` WHERE lang = ?1`, string(lang)))
	if errors.Is(err, sql.ErrNoRows) {
		return Rule{Lang: lang, Urgency: 1, Most: 6}, nil
	}
	if err != nil {
		return Rule{}, fault.Internal("read which stories ring", err)
	}
	return r, nil
}

// Rules are those of all editions, in the agency's order.
func (s *Store) Rules(ctx context.Context) (all []Rule, err error) {
	for _, lang := range s.masthead().Languages {
		r, err := s.Rule(ctx, lang)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
}

// Offers reports whether an edition's readers may have alerts.
func (s *Store) Offers(ctx context.Context, lang masthead.Lang) (bool, error) {
	if !slices.Contains(s.masthead().Languages, lang) {
		return false, nil
	}
	r, err := s.Rule(ctx, lang)
	return r.Live, err
}

// SetRule changes an edition's. One that goes live begins with what is sent
// from now on.
func (s *Store) SetRule(ctx context.Context, by staff.Person, r Rule) error {
	if err := bulletin.May(by); err != nil {
		return err
	}
	if err := r.Check(s.masthead()); err != nil {
		return err
	}
	was, err := s.Rule(ctx, r.Lang)
	if err != nil {
		return err
	}
	r.Since = s.now()
	if was.Live {
		r.Since = was.Since
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO alert_rule (lang, live, urgency, most, since) VALUES (?1, ?2, ?3, ?4, ?5)
			ON CONFLICT (lang) DO UPDATE SET live = ?2, urgency = ?3, most = ?4, since = ?5`,
			string(r.Lang), r.Live, r.Urgency, r.Most, r.Since)
		if err != nil {
			return fault.Internal("keep which stories ring", err)
		}
		tx.Notify(bell)
		return nil
	})
}
