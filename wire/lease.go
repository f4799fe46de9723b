package wire

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

const (
	// leaseTime is how long a follower that died keeps others out, and so
	// what a start after a crash may have to wait.
	leaseTime = 10 * time.Second
	// leaseBeat renews often enough that two lost beats do no harm.
	leaseBeat = 3 * time.Second
)

var (
	// errLost says that the lease, or the place in the wire, is no longer ours.
	errLost = errors.New("wire: the lease is lost")
	// errBusy says that another holds the lease.
	errBusy = errors.New("wire: another holds the lease")
)

// rewound marks a holder whose cursor was moved under its hands: it has to
// claim anew, and nobody else may until the lease runs out.
const rewound = "+"

// lease is one holder's hold on a follower's cursor.
type lease struct {
	wire   *Wire
	name   string
	holder string
}

// claim takes the lease if it is free, ours or run out, else errBusy.
func (l lease) claim(ctx context.Context) error {
	now := l.wire.now()
	if busy, err := l.busy(ctx, now); err != nil || busy {
		return errors.Join(err, errBusy)
	}
	return l.wire.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO follower (name, cursor, holder, until, error, failed, since)
			VALUES (?1, 0, '', 0, '', 0, ?2) ON CONFLICT (name) DO NOTHING`, l.name, now)
		if err != nil {
			return fault.Internal("follower "+l.name, err)
		}
		ok, err := l.changed(tx.Exec(ctx, `UPDATE follower SET holder = ?1, until = ?2
			WHERE name = ?3 AND (holder IN ('', ?1, ?5) OR until <= ?4)`,
			l.holder, now.Add(leaseTime), l.name, now, l.holder+rewound))
		if err == nil && !ok {
			return errBusy
		}
		return err
	})
}

// busy is a look without a write, for those who ask each second.
func (l lease) busy(ctx context.Context, now time.Time) (bool, error) {
	var n int
	err := l.wire.db.QueryRow(ctx, `SELECT count(*) FROM follower
		WHERE name = ?1 AND holder NOT IN ('', ?2, ?3) AND until > ?4`,
		l.name, l.holder, l.holder+rewound, now).Scan(&n)
	if err != nil {
		return false, fault.Internal("follower "+l.name, err)
	}
	return n > 0, nil
}

// renew puts the end of the lease off; errLost if another has it.
func (l lease) renew(ctx context.Context) error {
	return l.update(ctx, "UPDATE follower SET until = ?3 WHERE name = ?1 AND holder = ?2",
		l.wire.now().Add(leaseTime))
}

// release lets another follow at once.
func (l lease) release(ctx context.Context) error {
	return l.update(ctx, "UPDATE follower SET holder = '', until = 0 WHERE name = ?1 AND holder = ?2")
}

// advance moves the cursor, unless it is no longer where we found it, and notes
// what has arrived on the way.
func (l lease) advance(ctx context.Context, from, to Number, came []Arrival) error {
	return l.wire.db.Do(ctx, func(tx *db.Tx) error {
		ok, err := l.changed(tx.Exec(ctx, `UPDATE follower SET cursor = ?4, until = ?5, error = '', failed = 0
			WHERE name = ?1 AND holder = ?2 AND cursor = ?3`, l.name, l.holder, from, to, l.wire.now().Add(leaseTime)))
		if err == nil && !ok {
			err = errLost
		}
		if err != nil {
			return err
		}
		return keepArrivals(ctx, tx, came)
	})
}

// fail notes what went wrong and, for the first of a row of failures, when.
func (l lease) fail(ctx context.Context, why error) error {
	return l.update(ctx, `UPDATE follower SET error = ?3, failed = CASE WHEN failed = 0 THEN ?4 ELSE failed END
		WHERE name = ?1 AND holder = ?2`, why.Error(), l.wire.now())
}

// place is where a follower stands, and since when it follows.
type place struct {
	cursor Number
	since  time.Time
}

// place is where the follower stands; errLost if the lease is another's.
func (l lease) place(ctx context.Context) (place, error) {
	var p place
	var since int64
	err := l.wire.db.QueryRow(ctx, "SELECT cursor, since FROM follower WHERE name = ?1 AND holder = ?2", l.name, l.holder).
		Scan(&p.cursor, &since)
	if errors.Is(err, sql.ErrNoRows) {
		return p, errLost
	}
	if err != nil {
		return p, fault.Internal("follower "+l.name, err)
	}
	p.since = db.Time(since)
	return p, nil
}

func (l lease) update(ctx context.Context, query string, args ...any) error {
	return l.wire.db.Do(ctx, func(tx *db.Tx) error {
		ok, err := l.changed(tx.Exec(ctx, query, append([]any{l.name, l.holder}, args...)...))
		if err == nil && !ok {
			return errLost
		}
		return err
	})
}

func (l lease) changed(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, fault.Internal("follower "+l.name, err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return false, fault.Internal("follower "+l.name, err)
	}
	return n == 1, nil
}
