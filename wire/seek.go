package wire

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Of gives the records that tell of a story, in order.
func (w *Wire) Of(ctx context.Context, story string) ([]Record, error) {
	rows, err := w.db.Query(ctx, columns+" WHERE story = ?1 ORDER BY number", story)
	if err != nil {
		return nil, fault.Internal("reading the wire", err)
	}
	return db.Collect(rows, "reading the wire", scan)
}

// Before is the number of the last record before an instant, 0 if there is
// none. Numbers grow with time, so it looks at a few records alone; where two
// machines' clocks disagree it may be early or late by as much.
func (w *Wire) Before(ctx context.Context, at time.Time) (Number, error) {
	high, err := w.Head(ctx)
	if err != nil {
		return 0, err
	}
	low := Number(0)
	for low < high {
		middle := low + (high-low+1)/2
		var sent int64
		if err := w.db.QueryRow(ctx, "SELECT at FROM wire_record WHERE number = ?1", middle).Scan(&sent); err != nil {
			return 0, fault.Internal("reading the wire", err)
		}
		if db.Time(sent).Before(at) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	return low, nil
}
