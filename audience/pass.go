package audience

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Kind is where a pass comes from.
type Kind string

// The kinds of passes.
const (
	Granted Kind = "grant" // by the staff
	Paid    Kind = "paid"  // its origin is the order
	Code    Kind = "code"  // by codes; nothing tells which
	Trial   Kind = "trial"
	Seat    Kind = "seat" // its origin is the company
)

// Pass opens a plan until a time.
type Pass struct {
	Plan  string
	Until time.Time
}

// Grant gives a reader a plan until a time, in place of what the staff had
// given of it.
func (s *Store) Grant(ctx context.Context, reader string, p Pass) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := give(ctx, tx, reader, p, Granted, ""); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}

// give keeps a pass in place of the one of the same kind and origin. The
// caller notes the change.
func give(ctx context.Context, tx *db.Tx, reader string, p Pass, kind Kind, origin string) error {
	_, err := tx.Exec(ctx, `INSERT INTO reader_pass (reader, plan, kind, origin, until) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (reader, plan, kind, origin) DO UPDATE SET until = excluded.until`,
		reader, p.Plan, string(kind), origin, db.Millis(p.Until))
	if err != nil {
		return fault.Internal("give a pass", err)
	}
	return nil
}

// take ends the pass of a kind and origin. The caller notes the change.
func take(ctx context.Context, tx *db.Tx, kind Kind, origin string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM reader_pass WHERE kind = ?1 AND origin = ?2 AND origin <> ''`, string(kind), origin); err != nil {
		return fault.Internal("take a pass back", err)
	}
	return nil
}

// heldUntil is when what a reader holds of a plan ends; now if they hold none.
// A new period begins there, so that nobody loses days by paying early.
func (s *Store) heldUntil(ctx context.Context, tx *db.Tx, reader, plan string) (time.Time, error) {
	var until int64
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(until), 0) FROM reader_pass WHERE reader = ?1 AND plan = ?2`, reader, plan).Scan(&until)
	if err != nil {
		return time.Time{}, fault.Internal("read the passes", err)
	}
	if end := db.Time(until); end.After(s.now()) {
		return end, nil
	}
	return s.now(), nil
}

// after is the end of the day that comes so many days after from. That a pass
// ends with a day tells nobody at which minute it was got.
func after(from time.Time, days int) time.Time {
	from = from.UTC()
	return time.Date(from.Year(), from.Month(), from.Day()+days+1, 0, 0, 0, 0, time.UTC)
}

// prolong adds days of a plan, by what is of no one payment. The caller notes
// the change.
func (s *Store) prolong(ctx context.Context, tx *db.Tx, reader, plan string, kind Kind, days int) error {
	end, err := s.heldUntil(ctx, tx, reader, plan)
	if err != nil {
		return err
	}
	if end.Equal(end.UTC().Truncate(24 * time.Hour)) {
		days-- // it stands at the end of a day already
	}
	return give(ctx, tx, reader, Pass{plan, after(end, days)}, kind, "")
}

// Passes are the plans that a reader holds or held, with the last end of each.
func (s *Store) Passes(ctx context.Context, reader string) ([]Pass, error) {
	rows, err := s.db.Query(ctx, `SELECT plan, MAX(until) FROM reader_pass WHERE reader = ?1 GROUP BY plan ORDER BY plan`, reader)
	if err != nil {
		return nil, fault.Internal("read the passes", err)
	}
	return db.Collect(rows, "read the passes", func(row db.Scanner) (Pass, error) {
		var p Pass
		var until int64
		if err := row.Scan(&p.Plan, &until); err != nil {
			return Pass{}, fault.Internal("read the passes", err)
		}
		p.Until = db.Time(until)
		return p, nil
	})
}

// Try gives a reader a plan for some days; Conflict when they have tried it.
func (s *Store) Try(ctx context.Context, reader, plan string, days int) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		var tried int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM reader_pass WHERE reader = ?1 AND plan = ?2 AND kind = ?3`, reader, plan, string(Trial)).Scan(&tried)
		if err != nil {
			return fault.Internal("read the passes", err)
		}
		if tried > 0 {
			return fault.Conflict("the plan", "this account has tried it")
		}
		if err := s.prolong(ctx, tx, reader, plan, Trial, days); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}
