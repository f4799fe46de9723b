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
	// saveEvery bounds what is delivered or passed over again after a crash.
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
	p := progress{lease: l}
	for {
		at, err := l.place(ctx)
		if err != nil {
			return p.part(ctx, err)
		}
		p.found(at)
		records, err := w.After(ctx, p.done, batch)
		if err != nil {
			return p.part(ctx, err)
		}
		if len(records) == 0 {
			err = p.rest(ctx, bell)
		} else {
			err = p.pass(ctx, records, deliver)
		}
		if err != nil {
			return p.part(ctx, err)
		}
	}
}

// progress is how far a follower has come, and how much of that is written.
type progress struct {
	lease
	since       time.Time // of the follower
	saved, done Number
	unsaved     time.Time // when the first came that is not written; zero is none
	came        []Arrival
}

// found takes up where the follower stands by the database, which can only be
// behind what is known here.
func (p *progress) found(at place) {
	p.since, p.saved, p.done = at.since, at.cursor, max(p.done, at.cursor)
}

// pass delivers records. The cursor moves at once past those that arrived; past
// those that do not concern the follower it moves when there is time, for each
// writing waits for the disk, and to pass over them again costs nothing.
func (p *progress) pass(ctx context.Context, records []Record, deliver func(context.Context, Record) error) error {
	arrived := false
	for _, r := range records {
		err := deliver(ctx, r)
		now := p.wire.now()
		if err != nil && !errors.Is(err, ErrPassed) {
			return fmt.Errorf("record %d: %w", r.Number, err)
		}
		if err == nil {
			arrived = true
			if counts(r, p.since, now) {
				p.came = append(p.came, Arrival{r.Number, p.name, now})
			}
		}
		p.done = r.Number
		if p.unsaved.IsZero() {
			p.unsaved = now
		}
		if now.Sub(p.unsaved) >= saveEvery {
			if err := p.save(ctx); err != nil {
				return err
			}
			arrived = false
		}
	}
	if !arrived {
		return nil
	}
	ctx, cancel := parting(ctx)
	defer cancel()
	return p.save(ctx)
}

// rest waits for more, and writes what is unsaved when its time has come.
func (p *progress) rest(ctx context.Context, bell <-chan struct{}) error {
	if p.unsaved.IsZero() {
		return rest(ctx, bell, patience)
	}
	left := saveEvery - p.wire.now().Sub(p.unsaved)
	if left <= 0 {
		return p.save(ctx)
	}
	return rest(ctx, bell, min(left, patience))
}

func (p *progress) save(ctx context.Context) error {
	if p.done != p.saved {
		if err := p.advance(ctx, p.saved, p.done, p.came); err != nil {
			return err
		}
	}
	p.saved, p.unsaved, p.came = p.done, time.Time{}, nil
	return nil
}

// part writes what did arrive even when the context has just ended, and gives
// why the turn ends.
func (p *progress) part(ctx context.Context, why error) error {
	if errors.Is(why, errLost) {
		return why
	}
	ctx, cancel := parting(ctx)
	defer cancel()
	return errors.Join(why, p.save(ctx))
}
