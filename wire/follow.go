package wire

import (
	"context"
	"errors"
	"fmt"
	"time"

	"wireroom/db"
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
// pauses; none is skipped. When each arrived is noted together with the cursor,
// but for those that deliver answers with ErrPassed. After a crash the last ones are delivered again.
// Of all who follow by one name, on any machine, one is served and the others
// wait; the context given to deliver ends when that turn is lost.
func (w *Wire) Follow(ctx context.Context, name string, deliver func(context.Context, Record) error) error {
	l := lease{wire: w, name: name, holder: db.NewID()}
	defer l.leave(ctx)
	failures := 0
	for {
		err := w.turn(ctx, l, func(ctx context.Context, r Record) error {
			err := deliver(ctx, r)
			if err == nil || errors.Is(err, ErrPassed) {
				failures = 0
			}
			return err
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var wait time.Duration
		switch {
		case errors.Is(err, errBusy):
			wait = patience
		case !errors.Is(err, errLost):
			failures++
			wait = w.pause(failures)
		}
		if err := rest(ctx, nil, wait); err != nil {
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
	asked := w.now()
	if err := l.claim(ctx); err != nil {
		return err
	}
	held, end := context.WithCancelCause(ctx)
	beats := make(chan struct{})
	go func() {
		defer close(beats)
		end(l.beat(held, asked))
	}()
	err := w.read(held, l, deliver)
	if cause := context.Cause(held); cause != nil && ctx.Err() == nil {
		err = cause
	}
	end(nil)
	<-beats
	if ctx.Err() != nil || errors.Is(err, errLost) {
		return err
	}
	return errors.Join(err, l.fail(ctx, err))
}

// leave lets another follow at once. There is nobody to tell if it fails; the
// lease then runs out by itself.
func (l lease) leave(ctx context.Context) {
	ctx, cancel := parting(ctx)
	defer cancel()
	_ = l.release(ctx)
}

// parting is for what is still to be written when the context has just ended.
// A database that does not answer holds it up for a while only.
func parting(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), leaseBeat)
}

// beat renews the lease, asked for at the instant kept, until the context ends
// or the lease is lost.
func (l lease) beat(ctx context.Context, kept time.Time) error {
	for {
		if err := rest(ctx, nil, leaseBeat); err != nil {
			return err
		}
		asked := l.wire.now()
		err := l.keep(ctx, kept)
		if err == nil {
			kept = asked
			continue
		}
		if errors.Is(err, errLost) || l.wire.now().Sub(kept) >= leaseTime-leaseBeat {
			return errLost
		}
	}
}

// keep renews the lease, but gives up in time for the turn to end before
// another takes it: a connection that is dead may never say so.
func (l lease) keep(ctx context.Context, kept time.Time) error {
	ctx, cancel := context.WithTimeout(ctx, leaseTime-leaseBeat-l.wire.now().Sub(kept))
	defer cancel()
	return l.renew(ctx)
}

// read delivers until something fails, the lease is lost or the context ends.
func (w *Wire) read(ctx context.Context, l lease, deliver func(context.Context, Record) error) error {
	bell, stop := w.db.Listen(channel)
	defer stop()
	for {
		at, err := l.place(ctx)
		if err != nil {
			return err
		}
		records, err := w.After(ctx, at.cursor, batch)
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
func (w *Wire) pass(ctx context.Context, l lease, at place, records []Record, deliver func(context.Context, Record) error) error {
	saved, done, since := at.cursor, at.cursor, w.now()
	var came []Arrival
	save := func(ctx context.Context) error {
		if done == saved {
			return nil
		}
		err := l.advance(ctx, saved, done, came)
		saved, since, came = done, w.now(), nil
		return err
	}
	part := func() error {
		ctx, cancel := parting(ctx)
		defer cancel()
		return save(ctx)
	}
	for _, r := range records {
		err := deliver(ctx, r)
		if now := w.now(); err == nil && counts(r, at.since, now) {
			came = append(came, Arrival{r.Number, l.name, now})
		}
		if err != nil && !errors.Is(err, ErrPassed) {
			// What did arrive is kept even when the context has just ended.
			return errors.Join(fmt.Errorf("record %d: %w", r.Number, err), part())
		}
		done = r.Number
		if w.now().Sub(since) >= saveEvery {
			if err := save(ctx); err != nil {
				return err
			}
		}
	}
	return part()
}
