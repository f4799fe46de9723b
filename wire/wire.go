package wire

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// channel wakes whoever waits for the wire.
const channel = "wire"

// patience is how long a waiter trusts the wake-ups alone. Another process
// on the same SQLite file, an import say, cannot wake this one.
const patience = time.Second

// Number is a place on the wire; the first record has 1, and 0 is before it.
type Number int64

// Entry is what goes out.
type Entry struct {
	Story    string // id of the story
	Revision string // which of its revisions
	Release  int64  // the how-manieth release of the story
	Signal   string // new, update, correction …
	Urgency  int    // IPTC, 1 to 9
	Lang     string
	Silent   bool   // taken over from an archive: nobody is to be alerted
	Payload  string // whatever else followers need, opaque to the wire
}

// Record is an entry with its place on the wire.
type Record struct {
	Number Number
	At     time.Time // UTC, whole milliseconds
	Entry
	Prev string // hash of the record before; "" for the first
	Hash string
}

// Wire reads the log.
type Wire struct {
	db    *db.DB
	now   func() time.Time
	pause func(failures int) time.Duration
}

// New gives the wire kept in the database.
func New(d *db.DB) *Wire { return By(d, time.Now) }

// By is New with a clock of one's own.
func By(d *db.DB, now func() time.Time) *Wire { return &Wire{db: d, now: now, pause: pause} }

// Append puts the entry on the wire within the transaction that it tells of,
// and wakes the followers once that is committed.
func Append(ctx context.Context, tx *db.Tx, at time.Time, e Entry) (Number, error) {
	r := Record{At: db.Time(db.Millis(at)), Entry: e}
	err := tx.QueryRow(ctx, "UPDATE wire_head SET number = number + 1 WHERE id = 1 RETURNING number, hash").
		Scan(&r.Number, &r.Prev)
	if err != nil {
		return 0, fault.Internal("taking a wire number", err)
	}
	r.Hash = r.sum()
	_, err = tx.Exec(ctx, `INSERT INTO wire_record
		(number, at, story, revision, release, signal, urgency, lang, silent, payload, prev, hash)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)`,
		r.Number, r.At, e.Story, e.Revision, e.Release, e.Signal, e.Urgency, e.Lang, e.Silent, e.Payload, r.Prev, r.Hash)
	if err != nil {
		return 0, fault.Internal("writing to the wire", err)
	}
	if _, err := tx.Exec(ctx, "UPDATE wire_head SET hash = ?1 WHERE id = 1", r.Hash); err != nil {
		return 0, fault.Internal("writing to the wire", err)
	}
	tx.Notify(channel)
	return r.Number, nil
}

// After reads the records that follow n, at most limit of them.
func (w *Wire) After(ctx context.Context, n Number, limit int) ([]Record, error) {
	rows, err := w.db.Query(ctx, columns+" WHERE number > ?1 ORDER BY number LIMIT ?2", n, limit)
	if err != nil {
		return nil, fault.Internal("reading the wire", err)
	}
	return db.Collect(rows, "reading the wire", scan)
}

// Head is the number of the last record; 0 while the wire is empty.
func (w *Wire) Head(ctx context.Context) (Number, error) {
	var n Number
	if err := w.db.QueryRow(ctx, "SELECT number FROM wire_head WHERE id = 1").Scan(&n); err != nil {
		return 0, fault.Internal("reading the wire's head", err)
	}
	return n, nil
}

// Wait returns once there is a record after n, or with the context's error.
func (w *Wire) Wait(ctx context.Context, n Number) error {
	bell, stop := w.db.Listen(channel)
	defer stop()
	for {
		head, err := w.Head(ctx)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			return err
		}
		if head > n {
			return nil
		}
		if err := rest(ctx, bell, patience); err != nil {
			return err
		}
	}
}

// rest returns when the bell rings or after d; a nil bell never rings.
func rest(ctx context.Context, bell <-chan struct{}, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-bell:
	case <-timer.C:
	}
	return nil
}

const columns = `SELECT number, at, story, revision, release, signal, urgency, lang, silent, payload, prev, hash
	FROM wire_record`

func scan(rows db.Scanner) (Record, error) {
	var r Record
	var at int64
	err := rows.Scan(&r.Number, &at, &r.Story, &r.Revision, &r.Release, &r.Signal, &r.Urgency, &r.Lang,
		&r.Silent, &r.Payload, &r.Prev, &r.Hash)
	if err != nil {
		return Record{}, fault.Internal("reading the wire", err)
	}
	r.At = db.Time(at)
	return r, nil
}

// Newer reports whether a later record tells of a story. How the front page is
// arranged, the signal without, tells nothing of it.
func (w *Wire) Newer(ctx context.Context, story string, than Number, without string) (bool, error) {
	var n int
	err := w.db.QueryRow(ctx, `SELECT count(*) FROM wire_record WHERE story = ?1 AND number > ?2 AND signal <> ?3`, story, than, without).Scan(&n)
	if err != nil {
		return false, fault.Internal("reading the wire", err)
	}
	return n > 0, nil
}
