package wire

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

const (
	// batch is how many records are read at once.
	batch = 100
	// saveEvery bounds what is delivered again after a crash in a long run.
	saveEvery = time.Second
	// maxPause is the longest wait before a failed record is tried again.
	maxPause = 30 * time.Second
)

// Follow gives each record after the follower's cursor to deliver, in order,
// until the context ends, whose error it returns. A record whose delivery
// fails is noted with the follower and tried again, after longer and longer
// pauses; none is skipped. After a crash the last ones are delivered again.
// Of all who follow by one name, on any machine, one is served and the others
// wait; the context given to deliver ends when that turn is lost.
func (w *Wire) Follow(ctx context.Context, name string, deliver func(context.Context, Record) error) error {
	l := lease{wire: w, name: name, holder: db.NewID()}
	failures := 0
	for {
		err := w.turn(ctx, l, func(ctx context.Context, r Record) error {
			err := deliver(ctx, r)
			if err == nil {
				failures = 0
			}
			return err
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		d := patience
		if !errors.Is(err, errLost) {
			failures++
			d = w.pause(failures)
		}
		if err := rest(ctx, nil, d); err != nil {
			return err
		}
	}
}

// pause grows from a tenth of a second, doubling.
func pause(failures int) time.Duration {
	if failures > 10 {
		return maxPause
	}
	return min(maxPause, 50*time.Millisecond<<failures)
}

// turn is one time of holding the lease. It ends with an error, always.
func (w *Wire) turn(ctx context.Context, l lease, deliver func(context.Context, Record) error) error {
	ok, err := l.claim(ctx)
	if err != nil {
		return err
	}
	if !ok {
		return errLost
	}
	held, end := context.WithCancelCause(ctx)
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		end(l.beat(held))
	}()
	err = w.read(held, l, deliver)
	if cause := context.Cause(held); cause != nil && ctx.Err() == nil {
		err = cause
	}
	end(nil)
	<-beats
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return errors.Join(err, l.finish(last, err, ctx.Err() != nil))
}

// finish leaves the lease as the turn's end asks: a failure is noted and the
// lease kept for the next try; whoever stops lets another follow.
func (l lease) finish(ctx context.Context, err error, stopping bool) error {
	switch {
	case stopping:
		return l.release(ctx)
	case errors.Is(err, errLost):
		return nil
	}
	return l.fail(ctx, err)
}

// beat renews the lease until the context ends or the lease is lost.
func (l lease) beat(ctx context.Context) error {
	kept := l.wire.now()
	for {
		if err := rest(ctx, nil, leaseBeat); err != nil {
			return err
		}
		err := l.renew(ctx)
		if err == nil {
			kept = l.wire.now()
			continue
		}
		if errors.Is(err, errLost) || l.wire.now().Sub(kept) > leaseTime-leaseBeat {
			return errLost
		}
	}
}

// read delivers until something fails, the lease is lost or the context ends.
func (w *Wire) read(ctx context.Context, l lease, deliver func(context.Context, Record) error) error {
	bell, stop := w.db.Listen(channel)
	defer stop()
	for {
		at, err := l.cursor(ctx)
		if err != nil {
			return err
		}
		records, err := w.After(ctx, at, batch)
		if err != nil {
			return err
		}
		if len(records) == 0 {
			if err := rest(ctx, bell, patience); err != nil {
				return err
			}
			continue
		}
		if err := w.pass(ctx, l, at, records, deliver); err != nil {
			return err
		}
	}
}

// pass delivers records and moves the cursor past those that arrived.
func (w *Wire) pass(ctx context.Context, l lease, at Number, records []Record, deliver func(context.Context, Record) error) error {
	saved, done, since := at, at, w.now()
	save := func(ctx context.Context) error {
		if done == saved {
			return nil
		}
		err := l.advance(ctx, saved, done)
		saved, since = done, w.now()
		return err
	}
	for _, r := range records {
		if err := deliver(ctx, r); err != nil {
			// What did arrive is kept even when the context has just ended.
			return errors.Join(fmt.Errorf("record %d: %w", r.Number, err), save(context.WithoutCancel(ctx)))
		}
		done = r.Number
		if w.now().Sub(since) >= saveEvery {
			if err := save(ctx); err != nil {
				return err
			}
		}
	}
	return save(context.WithoutCancel(ctx))
}

// Follower is how far one follower has come.
type Follower struct {
	Name   string
	Cursor Number
	Holder string    // whose turn it is; "" is nobody's
	Error  string    // why the record after the cursor does not arrive; "" is none
	Failed time.Time // since when; zero is not at all
}

// Followers are all that ever followed, by name.
func (w *Wire) Followers(ctx context.Context) ([]Follower, error) {
	rows, err := w.db.Query(ctx, "SELECT name, cursor, holder, error, failed FROM follower ORDER BY name")
	if err != nil {
		return nil, fault.Internal("reading the followers", err)
	}
	defer rows.Close()
	var out []Follower
	for rows.Next() {
		var f Follower
		var failed int64
		if err := rows.Scan(&f.Name, &f.Cursor, &f.Holder, &f.Error, &failed); err != nil {
			return nil, fault.Internal("reading the followers", err)
		}
		f.Failed = db.Time(failed)
		out = append(out, f)
	}
	if err := rows.Err(); err != nil {
		return nil, fault.Internal("reading the followers", err)
	}
	return out, nil
}

// Rewind sets a follower's cursor, even while it follows: 0 has it given the
// whole wire again. A name that never followed is NotFound.
func (w *Wire) Rewind(ctx context.Context, name string, to Number) error {
	return w.db.Do(ctx, func(tx *db.Tx) error {
		ok, err := lease{name: name}.changed(tx.Exec(ctx, "UPDATE follower SET cursor = ?2, error = '', failed = 0 WHERE name = ?1", name, to))
		if err != nil {
			return err
		}
		if !ok {
			return fault.NotFound("follower " + name)
		}
		tx.Notify(channel)
		return nil
	})
}
