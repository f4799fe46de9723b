package push

import (
	"context"
	"errors"
	"time"

	"wireroom/wire"
)

// stuck is after how long a record that overtakes lets a withdrawal behind it
// go ahead by a connection of its own.
const stuck = time.Second

// withdraws reports whether a record takes back what clients have.
func withdraws(r wire.Record) bool { return r.Signal == "kill" || r.Signal == "hold" }

// scout tries one withdrawal ahead of the lane that it belongs to.
type scout struct {
	recall context.CancelFunc // ends its pauses, not its tries
	done   chan struct{}
}

// looks begins a lookout behind a record; what is returned ends it.
func (l *lane) looks(lanes context.Context, behind wire.Number) (end func()) {
	ctx, stop := context.WithCancel(lanes)
	done := make(chan struct{})
	l.all.Go(func() {
		defer close(done)
		l.lookout(ctx, lanes, behind)
	})
	return func() { stop(); <-done }
}

// lookout sends scouts with the withdrawals behind a record that the lane is
// stuck with, until the lane has done with it, which ends ctx.
func (l *lane) lookout(ctx, lanes context.Context, behind wire.Number) {
	rest(ctx, l.push.stuck, nil)
	for ctx.Err() == nil {
		head, moved := l.push.tide.now()
		if head > behind {
			records, err := l.push.after(ctx, behind)
			if err != nil {
				l.push.stumble(ctx, "withdrawals cannot be read", err)
				continue
			}
			for _, r := range records {
				behind = r.Number
				if withdraws(r) && !r.Silent {
					l.sendScout(lanes, r)
				}
			}
			continue
		}
		select {
		case <-ctx.Done():
		case <-moved:
		}
	}
}

// sendScout has a withdrawal tried at once, unless it is already.
func (l *lane) sendScout(lanes context.Context, r wire.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.scouts[r.Number] != nil || l.ahead[r.Number] {
		return
	}
	ctx, recall := context.WithCancel(lanes)
	s := &scout{recall, make(chan struct{})}
	l.scouts[r.Number] = s
	l.all.Go(func() {
		defer close(s.done)
		defer recall()
		for tries := 1; ctx.Err() == nil; tries++ {
			err := l.bring(lanes, r)
			if err == nil {
				l.wentAhead(r)
			}
			if err == nil || errors.Is(err, wire.ErrPassed) || errors.Is(err, errOvertaken) {
				return
			}
			rest(ctx, l.push.pause(tries), nil)
		}
	})
}

// wentAhead notes that a scout has arrived.
func (l *lane) wentAhead(r wire.Record) {
	l.mu.Lock()
	l.ahead[r.Number] = true
	l.mu.Unlock()
	l.push.ledger.Overtook(l.e.Follower(), l.push.now(), r)
	l.healed()
}

// relieve waits for the scout that was sent with a record, if there is one,
// before the lane brings it itself.
func (l *lane) relieve(n wire.Number) {
	l.mu.Lock()
	s := l.scouts[n]
	delete(l.scouts, n)
	l.mu.Unlock()
	if s != nil {
		s.recall()
		<-s.done
	}
}
