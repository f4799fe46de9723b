package wire

import (
	"context"
	"time"

	"wireroom/fault"
)

// At is the number of the last record that was out at an instant; 0 is none.
func (w *Wire) At(ctx context.Context, t time.Time) (Number, error) {
	var n Number
	if err := w.db.QueryRow(ctx, "SELECT COALESCE(MAX(number), 0) FROM wire_record WHERE at <= ?1", t).Scan(&n); err != nil {
		return 0, fault.Internal("reading the wire", err)
	}
	return n, nil
}
