package wire

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Sound is Verify as q sees the wire: within a transaction, for whoever keeps
// what it has written only if the chain holds.
func Sound(ctx context.Context, q db.Reader) error { return verify(ctx, q) }

// Lasts gives the last record of each story, in the order of the wire: those
// after n, at most limit of them. Records with the signal without tell nothing
// of a story.
func Lasts(ctx context.Context, q db.Reader, n Number, limit int, without string) ([]Record, error) {
	rows, err := q.Query(ctx, columns+` r WHERE number > ?1 AND signal <> ?3 AND NOT EXISTS (SELECT 1 FROM wire_record later
		WHERE later.story = r.story AND later.number > r.number AND later.signal <> ?3) ORDER BY number LIMIT ?2`, n, limit, without)
	if err != nil {
		return nil, fault.Internal("reading the wire", err)
	}
	return db.Collect(rows, "reading the wire", scan)
}

// Newest is the latest instant at which something went out; zero is never.
func Newest(ctx context.Context, q db.Reader) (time.Time, error) {
	var at int64
	if err := q.QueryRow(ctx, "SELECT COALESCE(MAX(at), 0) FROM wire_record").Scan(&at); err != nil {
		return time.Time{}, fault.Internal("reading the wire", err)
	}
	return db.Time(at), nil
}
