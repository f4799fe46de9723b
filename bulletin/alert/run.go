package alert

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

const (
	// looksAgain is how often it is looked without a bell.
	looksAgain = 10 * time.Second
	// sweeps is how often what is over is forgotten.
	sweeps = time.Hour
)

// Run follows the wire and rings until the context ends, once some edition
// offers alerts; wrong hears of what fails.
func (s *Sender) Run(ctx context.Context, wrong func(error)) {
	s.awaits(ctx, wrong)
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() {
		// It ends with the context alone.
		_ = s.Wire.Follow(ctx, Follower, s.Deliver)
	})
	for ctx.Err() == nil {
		if err := s.Store.db.Alone(ctx, Follower, wrong, func(ctx context.Context) { s.bring(ctx, wrong) }); err != nil && ctx.Err() == nil {
			wrong(err)
		}
	}
}

// awaits returns when an edition offers alerts, or the context ends.
func (s *Sender) awaits(ctx context.Context, wrong func(error)) {
	changed, hush := s.Store.db.Listen(bell)
	defer hush()
	for ctx.Err() == nil {
		all, err := s.Store.Rules(ctx)
		if err != nil && ctx.Err() == nil {
			wrong(err)
		}
		if slices.ContainsFunc(all, func(r Rule) bool { return r.Live }) {
			return
		}
		timer := time.NewTimer(looksAgain)
		select {
		case <-ctx.Done():
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// note is what became of a try, and what is closed once that is written down.
type note struct {
	result
	kept chan struct{}
}

// shift is the ringing while it is this machine's turn.
type shift struct {
	*Sender
	wrong func(error)
	known *services
	notes chan note

	mu   sync.Mutex
	busy map[string]bool  // browsers that are being rung
	free [2]chan struct{} // one is free again; for each loop
}

func (s *Sender) shift(wrong func(error)) *shift {
	return &shift{Sender: s, wrong: wrong, known: newServices(s.Store), notes: make(chan note, s.lines()),
		busy: map[string]bool{}, free: [2]chan struct{}{make(chan struct{}, 1), make(chan struct{}, 1)}}
}

// bring rings until the context ends.
func (s *Sender) bring(ctx context.Context, wrong func(error)) {
	t := s.shift(wrong)
	var notes, loops sync.WaitGroup
	notes.Go(func() { t.keepNotes(ctx) })
	loops.Go(func() { t.loop(ctx, true, t.free[0]) })
	loops.Go(func() { t.loop(ctx, false, t.free[1]) })
	loops.Go(func() { t.sweep(ctx) })
	loops.Wait()
	close(t.notes)
	notes.Wait()
}

// loop rings whoever is to be told what is grave, or what is news; free tells it
// that a browser is.
func (t *shift) loop(ctx context.Context, grave bool, free <-chan struct{}) {
	rung, hush := t.Store.db.Listen(bell)
	defer hush()
	slots := make(chan struct{}, t.lines())
	var work sync.WaitGroup
	defer work.Wait()
	for ctx.Err() == nil {
		begun, err := t.round(ctx, grave, slots, &work)
		if err != nil && ctx.Err() == nil {
			t.wrong(err)
		}
		if begun == 0 || err != nil {
			t.rest(ctx, rung, free, grave)
		}
	}
}

// round begins to ring those whose turn it is, and says how many.
func (t *shift) round(ctx context.Context, grave bool, slots chan struct{}, work *sync.WaitGroup) (begun int, err error) {
	some, err := t.Store.next(ctx, grave)
	if err != nil || len(some) == 0 {
		return 0, err
	}
	unseal, err := t.Store.readers.Opener()
	if err != nil {
		return 0, err
	}
	for _, d := range some {
		if !t.takes(d.browser) {
			continue
		}
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			t.leaves(d.browser)
			return begun, nil
		}
		begun++
		work.Go(func() {
			t.one(ctx, d, unseal)
			<-slots
		})
	}
	return begun, nil
}

// one rings one browser, and returns once that is noted: so a crash repeats no
// more than one of each line.
func (t *shift) one(ctx context.Context, d due, unseal func(string) (string, error)) {
	t.at("request")
	r := t.ring(ctx, d, unseal, t.known)
	if ctx.Err() != nil && r.wrong != nil {
		t.leaves(d.browser) // it was cut off, and is tried again
		return
	}
	t.at("answer")
	n := note{r, make(chan struct{})}
	t.notes <- n
	<-n.kept
}

// takes has a browser be rung by one at a time, so that what was begun before
// comes before.
func (t *shift) takes(browser string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.busy[browser] {
		return false
	}
	t.busy[browser] = true
	return true
}

func (t *shift) leaves(browser string) {
	t.mu.Lock()
	delete(t.busy, browser)
	t.mu.Unlock()
	for _, free := range t.free {
		select {
		case free <- struct{}{}:
		default:
		}
	}
}

// rest waits for something to do.
func (t *shift) rest(ctx context.Context, rung, free <-chan struct{}, grave bool) {
	wait := looksAgain
	if at, err := t.Store.soonest(ctx, grave); err == nil && !at.IsZero() {
		wait = min(wait, max(at.Sub(t.Store.now()), time.Millisecond))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-rung:
	case <-free:
	case <-timer.C:
	}
}

// keepNotes writes down what became of the tries, all that have come in while
// the ones before were written in one transaction, until no more can come.
func (t *shift) keepNotes(ctx context.Context) {
	for first := range t.notes {
		some, kept := []result{first.result}, []chan struct{}{first.kept}
		for more := true; more; {
			select {
			case n, open := <-t.notes:
				if more = open; open {
					some, kept = append(some, n.result), append(kept, n.kept)
				}
			default:
				more = false
			}
		}
		// What was done is noted even when the turn is over.
		if err := t.Store.keep(context.WithoutCancel(ctx), some); err != nil {
			t.wrong(err)
		}
		t.at("noted")
		t.tells(some)
		for i, r := range some {
			close(kept[i])
			t.leaves(r.browser)
		}
	}
}

// tells what went wrong with some tries, all in one: when a push service is
// down it goes wrong with thousands.
func (t *shift) tells(some []result) {
	failed, why := 0, error(nil)
	for _, r := range some {
		if r.wrong != nil {
			failed, why = failed+1, r.wrong
		}
	}
	if failed > 0 {
		t.wrong(fmt.Errorf("%d of %d browsers were not rung: %w", failed, len(some), why))
	}
}

func (t *shift) sweep(ctx context.Context) {
	tick := time.NewTicker(sweeps)
	defer tick.Stop()
	for {
		if err := t.Store.Sweep(ctx); err != nil && ctx.Err() == nil {
			t.wrong(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
