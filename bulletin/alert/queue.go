package alert

import (
	"context"
	"time"

	"wireroom/bulletin/alert/envelope"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
	"wireroom/wire"
)

// due is what a browser is still to be told.
type due struct {
	browser string
	sealed  string
	neutral bool
	number  story.Number
	story   story.ID
	lang    masthead.Lang
	kind    kind
	wire    wire.Number
	tries   int
	until   time.Time
}

// batch is how many are looked at together.
const batch = 256

// next are who is to be told something now, the longest waiting first; grave
// are corrections and withdrawals alone, else news alone.
func (s *Store) next(ctx context.Context, grave bool) ([]due, error) {
	rows, err := s.db.Query(ctx, `SELECT d.browser, b.sealed, b.neutral, a.number, a.story, a.lang, d.kind, d.wire, d.tries, d.until
		FROM alert_due d JOIN alert_browser b ON b.id = d.browser JOIN alert a ON a.number = d.alert
		WHERE d.grave = ?1 AND d.later <= ?2 ORDER BY d.wire, d.browser LIMIT ?3`, grave, s.now(), batch)
	if err != nil {
		return nil, fault.Internal("read who is to be rung", err)
	}
	return db.Collect(rows, "read who is to be rung", func(row db.Scanner) (d due, err error) {
		var until int64
		err = row.Scan(&d.browser, &d.sealed, &d.neutral, &d.number, &d.story, &d.lang, &d.kind, &d.wire, &d.tries, &until)
		d.until = db.Time(until)
		return d, err
	})
}

// outcome is what became of one try.
type outcome int

const (
	told    outcome = iota // or there is nothing to tell any more
	gone                   // there is no such browser
	put                    // off
	lapsed                 // it is no news any more
	refused                // put off, because the push service would not have it
)

// result is a try and what became of it.
type result struct {
	due
	what  outcome
	later time.Time // put off until then
	wrong error     // why it was not told
}

// mostMisses is how many tries in a row a push service may refuse before its
// browser is taken to be gone: those of two or three alerts.
const mostMisses = 40

// keep writes down what became of some tries. What a newer record asks for
// meanwhile stays.
func (s *Store) keep(ctx context.Context, some []result) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for _, r := range some {
			if err := keepOne(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
}

func keepOne(ctx context.Context, tx *db.Tx, r result) error {
	const which = ` WHERE browser = ?1 AND alert = ?2 AND wire = ?3`
	args := []any{r.browser, int64(r.number), r.wire}
	var err error
	switch r.what {
	case gone:
		return forget(ctx, tx, r.browser)
	case put, refused:
		_, err = tx.Exec(ctx, `UPDATE alert_due SET tries = tries + 1, later = ?4`+which, append(args, r.later)...)
	case told:
		if _, err = tx.Exec(ctx, `DELETE FROM alert_due`+which, args...); err == nil {
			_, err = tx.Exec(ctx, `UPDATE alert_browser SET misses = 0 WHERE id = ?1 AND misses > 0`, r.browser)
		}
	case lapsed:
		_, err = tx.Exec(ctx, `DELETE FROM alert_due`+which, args...)
	}
	if err != nil {
		return fault.Internal("note who was rung", err)
	}
	if r.what == refused {
		return miss(ctx, tx, r.browser)
	}
	return nil
}

// miss counts a refusal.
func miss(ctx context.Context, tx *db.Tx, browser string) error {
	if _, err := tx.Exec(ctx, `UPDATE alert_browser SET misses = misses + 1 WHERE id = ?1`, browser); err != nil {
		return fault.Internal("note who was not rung", err)
	}
	var misses int
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(misses), 0) FROM alert_browser WHERE id = ?1`, browser).Scan(&misses)
	if err != nil {
		return fault.Internal("note who was not rung", err)
	}
	if misses >= mostMisses {
		return forget(ctx, tx, browser)
	}
	return nil
}

// stands reports whether nothing newer is to be told meanwhile.
func (s *Store) stands(ctx context.Context, d due) (bool, error) {
	var n int
	err := s.db.QueryRow(ctx, `SELECT count(*) FROM alert_due WHERE browser = ?1 AND alert = ?2 AND wire = ?3`, d.browser, int64(d.number), d.wire).Scan(&n)
	if err != nil {
		return false, fault.Internal("read who is to be rung", err)
	}
	return n > 0, nil
}

// soonest is when the next that was put off is to be tried; zero is never.
func (s *Store) soonest(ctx context.Context, grave bool) (time.Time, error) {
	var at int64
	err := s.db.QueryRow(ctx, `SELECT COALESCE(MIN(later), 0) FROM alert_due WHERE grave = ?1 AND later > ?2`, grave, s.now()).Scan(&at)
	if err != nil {
		return time.Time{}, fault.Internal("read who is to be rung", err)
	}
	return db.Time(at), nil
}

// Sweep forgets what rang too long ago to be taken back, and what nobody waits
// for.
func (s *Store) Sweep(ctx context.Context) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		before := s.now().Add(-2 * remembered)
		if _, err := tx.Exec(ctx, `DELETE FROM alert WHERE at < ?1 AND NOT EXISTS (SELECT 1 FROM alert_due d WHERE d.alert = alert.number)`, before); err != nil {
			return fault.Internal("forget what rang", err)
		}
		return nil
	})
}

// open is where a browser is rung, from under its seal.
func (d due) open(unseal func(string) (string, error)) (b Browser, err error) {
	text, err := unseal(d.sealed)
	if err != nil {
		return b, err
	}
	k, err := readSecrets(text)
	return Browser{Endpoint: k.Endpoint, Browser: envelope.Browser{Key: k.Key, Auth: k.Auth}}, err
}
