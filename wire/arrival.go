package wire

import (
	"context"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// KeepArrivals is how long it is remembered when a record arrived where.
const KeepArrivals = 90 * 24 * time.Hour

// ErrPassed is what deliver returns for a record that does not concern the
// follower: it goes on to the next, and nothing is said to have arrived.
var ErrPassed = errors.New("wire: the record does not concern the follower")

// Arrival says when a record had arrived at a follower.
type Arrival struct {
	Number   Number
	Follower string
	At       time.Time
}

// counts reports whether it is to be remembered when a record arrived at a
// follower that began to follow at the instant since. What was taken over from
// an archive, what was out before the follower was there and what is given
// again much later tell nothing of how quick the agency is.
func counts(r Record, since, now time.Time) bool {
	return !r.Silent && !r.At.Before(since) && now.Sub(r.At) < KeepArrivals
}

// keepArrivals writes arrivals down; of several of one record the first stands.
func keepArrivals(ctx context.Context, tx *db.Tx, came []Arrival) error {
	for _, a := range came {
		_, err := tx.Exec(ctx, `INSERT INTO wire_arrival (number, follower, at) VALUES (?1, ?2, ?3)
			ON CONFLICT (number, follower) DO NOTHING`, a.Number, a.Follower, a.At)
		if err != nil {
			return fault.Internal("noting an arrival", err)
		}
	}
	return nil
}

// Arrivals tells where the records from first to last have arrived, by number.
func (w *Wire) Arrivals(ctx context.Context, first, last Number) ([]Arrival, error) {
	rows, err := w.db.Query(ctx, `SELECT number, follower, at FROM wire_arrival
		WHERE number >= ?1 AND number <= ?2 ORDER BY number, at, follower`, first, last)
	if err != nil {
		return nil, fault.Internal("reading the arrivals", err)
	}
	defer rows.Close()
	var all []Arrival
	for rows.Next() {
		var a Arrival
		var at int64
		if err := rows.Scan(&a.Number, &a.Follower, &at); err != nil {
			return nil, fault.Internal("reading the arrivals", err)
		}
		a.At = db.Time(at)
		all = append(all, a)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("reading the arrivals", err)
	}
	return all, nil
}

// Took gives each record that was sent since, with a follower where it arrived
// and how long that took.
func (w *Wire) Took(ctx context.Context, since time.Time, each func(follower string, sent time.Time, took time.Duration)) error {
	rows, err := w.db.Query(ctx, `SELECT a.follower, r.at, a.at FROM wire_arrival a JOIN wire_record r ON r.number = a.number
		WHERE a.at >= ?1`, since)
	if err != nil {
		return fault.Internal("reading the arrivals", err)
	}
	defer rows.Close()
	for rows.Next() {
		var follower string
		var sent, came int64
		if err := rows.Scan(&follower, &sent, &came); err != nil {
			return fault.Internal("reading the arrivals", err)
		}
		if at := db.Time(sent); !at.Before(since) {
			each(follower, at, Delay(at, db.Time(came)))
		}
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("reading the arrivals", err)
	}
	return nil
}

// Delay is how long a record sent at one instant took to arrive at the other.
// Two machines' clocks may disagree by more than that: it is never negative.
func Delay(sent, came time.Time) time.Duration { return max(came.Sub(sent), 0) }

// Latest reads the records before n, the newest first, at most limit of them;
// with 0 from the newest of all.
func (w *Wire) Latest(ctx context.Context, n Number, limit int) ([]Record, error) {
	if n <= 0 {
		n = 1 << 62
	}
	rows, err := w.db.Query(ctx, columns+" WHERE number < ?1 ORDER BY number DESC LIMIT ?2", n, limit)
	if err != nil {
		return nil, fault.Internal("reading the wire", err)
	}
	return db.Collect(rows, "reading the wire", scan)
}

// thin forgets arrivals that are older than is worth knowing, and followers on
// a machine that has not been heard of for as long.
func (w *Wire) thin(ctx context.Context) error {
	before := w.now().Add(-KeepArrivals)
	return w.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM wire_arrival WHERE at < ?1`, before); err != nil {
			return fault.Internal("forgetting old arrivals", err)
		}
		if _, err := tx.Exec(ctx, `DELETE FROM follower WHERE name LIKE '%`+nodeSign+`%' AND until < ?1`, before); err != nil {
			return fault.Internal("forgetting old followers", err)
		}
		return nil
	})
}
