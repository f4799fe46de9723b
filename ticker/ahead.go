package ticker

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"wireroom/wire"
)

// ahead is how far everybody who follows the stream has been sent the wire.
type ahead struct {
	mu   sync.Mutex
	at   wire.Number
	next chan struct{} // closed when that grows; nil while nobody waits
}

func (a *ahead) reach(n wire.Number) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.at = max(a.at, n)
	if a.next != nil {
		close(a.next)
		a.next = nil
	}
}

// wait is nil once the wire has been sent as far as n, else what is closed when
// that may be so.
func (a *ahead) wait(n wire.Number) <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at >= n {
		return nil
	}
	if a.next == nil {
		a.next = make(chan struct{})
	}
	return a.next
}

// lead is how long the stream goes before work that can wait: thousands of
// lines are sent a release within less.
const lead = 250 * time.Millisecond

// LetPass lets the stream go first where the processor is to be shared: it
// returns when the wire as far as n has been sent to all lines, at once if
// there are none, or after a quarter of a second.
func (t *Ticker) LetPass(ctx context.Context, n wire.Number) {
	if t.tape.Open() == 0 {
		return
	}
	late := time.NewTimer(lead)
	defer late.Stop()
	for {
		next := t.ahead.wait(n)
		if next == nil {
			return
		}
		select {
		case <-next:
		case <-late.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// arrived gives what is to be called when a strip was sent, of so many; after
// the last it is told that the records have arrived.
func (t *Ticker) arrived(strips int, records []wire.Record) func() {
	all := func() {
		t.ahead.reach(records[len(records)-1].Number)
		if t.Arrived != nil {
			t.Arrived(t.Now(), records...)
		}
	}
	if strips == 0 {
		all()
		return nil
	}
	left := new(atomic.Int64)
	left.Store(int64(strips))
	return func() {
		if left.Add(-1) == 0 {
			all()
		}
	}
}
