package db

import (
	"context"

	"wireroom/fault"
)

// Settle takes what is past out of the files: SQLite's log of writes, in which
// deleted rows and the order of acts stand until it is begun anew. Readers
// that are under way may put it off until the next time. PostgreSQL looks
// after its own log.
func (d *DB) Settle(ctx context.Context) error {
	if d.engine != SQLite {
		return nil
	}
	var busy, logged, moved int64
	err := d.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &moved)
	if err != nil {
		return fault.Internal("empty the log of writes", err)
	}
	return nil
}
