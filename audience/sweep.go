package audience

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
)

// Sweep takes out what is over by the clock: letters that nobody answered,
// sessions, and how often gifts were looked at.
func (s *Store) Sweep(ctx context.Context) error {
	return s.db.Do(ctx, func(tx *db.Tx) error { return s.sweep(ctx, tx) })
}

func (s *Store) sweep(ctx context.Context, tx *db.Tx) error {
	for _, statement := range []string{
		`DELETE FROM reader_ask WHERE until <= ?1`,
		`DELETE FROM reader_session WHERE until <= ?1`,
		`DELETE FROM gift_used WHERE until <= ?1`,
	} {
		if _, err := tx.Exec(ctx, statement, db.Millis(s.now())); err != nil {
			return fault.Internal("sweep out what is over", err)
		}
	}
	return nil
}
