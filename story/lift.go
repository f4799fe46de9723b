package story

import (
	"context"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// waiting chooses the stories whose embargo is still to be ended on the wire:
// hardly any. The state is no bare column, or SQLite would look through all that
// was ever sent.
const waiting = ` FROM story WHERE waits > 0 AND waits > lifted AND state || '' IN ('sent', 'updated', 'corrected')`

// NextLift is when the next embargo ends; zero while there is none.
func (s *Store) NextLift(ctx context.Context) (time.Time, error) {
	var at int64
	if err := s.db.QueryRow(ctx, `SELECT COALESCE(MIN(waits), 0)`+waiting).Scan(&at); err != nil {
		return time.Time{}, fault.Internal("look for the next embargo to end", err)
	}
	return db.Time(at), nil
}

// Lift puts on the wire that embargoes are over: whoever follows it and is not
// given stories under embargo would never hear of them else, for the record of
// their release went by before. Each end stands on the wire once, whichever
// machine writes it.
func (s *Store) Lift(ctx context.Context) error {
	rows, err := s.db.Query(ctx, `SELECT id`+waiting+` AND waits <= ?1 ORDER BY waits, number`, db.Millis(s.now()))
	if err != nil {
		return fault.Internal("look for embargoes that are over", err)
	}
	ids, err := db.Collect(rows, "look for embargoes that are over", func(r db.Scanner) (id ID, err error) {
		err = r.Scan(&id)
		return id, err
	})
	for _, id := range ids {
		err = errors.Join(err, s.lift(ctx, id))
	}
	return err
}

func (s *Store) lift(ctx context.Context, id ID) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		now := whole(s.now())
		done, err := tx.Exec(ctx, `UPDATE story SET lifted = waits WHERE id = ?1 AND waits > lifted AND waits <= ?2
			AND state IN ('sent', 'updated', 'corrected')`, string(id), db.Millis(now))
		if err != nil {
			return fault.Internal("end an embargo", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return err
		}
		st, err := load(ctx, tx, id)
		if err == nil {
			_, err = announce(ctx, tx, &st, release{signal: SignalLift, wired: now})
		}
		return err
	})
}

// pastEmbargo notes that what goes out now is under no embargo any more.
func pastEmbargo(ctx context.Context, tx *db.Tx, st *Story, r release) error {
	if st.Waits.IsZero() || st.Waits.After(r.wired) {
		return nil
	}
	if _, err := tx.Exec(ctx, `UPDATE story SET lifted = ?2 WHERE id = ?1`, string(st.ID), db.Millis(st.Waits)); err != nil {
		return fault.Internal("note an embargo that is over", err)
	}
	return nil
}
