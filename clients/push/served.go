package push

import (
	"context"
	"errors"
	"sync"
	"time"

	"wireroom/wire"
)

// served is an endpoint while it is served: one lane keeps the order, the other
// overtakes, and each has one delivery under way at the most.
type served struct {
	push *Push
	e    Endpoint
	is   Endpoint // its settings when it began
	stop context.CancelFunc
	all  sync.WaitGroup

	ordinary, express *lane

	mu        sync.Mutex
	flights   map[*flight]bool
	replaying bool
	rests     time.Time            // until then it is left alone, but for what overtakes
	ahead     map[wire.Number]bool // what the express lane has brought of the other's
}

// flight is a delivery under way that may be overtaken.
type flight struct {
	story  string
	number wire.Number
	cancel context.CancelCauseFunc
	done   chan struct{}
}

// errOvertaken ends a delivery whose story has just been mended or taken back.
var errOvertaken = errors.New("push: overtaken")

// start has an endpoint served; now has what failed be tried at once.
func (p *Push) start(ctx context.Context, e Endpoint, troubles []Trouble, now bool) *served {
	ctx, stop := context.WithCancel(ctx)
	s := &served{push: p, e: e, is: e.settings(), stop: stop, flights: map[*flight]bool{}, ahead: map[wire.Number]bool{}}
	s.ordinary = &lane{served: s, cursor: e.Cursor, saved: e.Cursor, bell: make(chan struct{}, 1)}
	s.express = &lane{served: s, grave: true, cursor: e.Express, saved: e.Express, bell: make(chan struct{}, 1), scouts: map[wire.Number]*scout{}}
	for _, t := range troubles {
		if t.Endpoint != e.ID {
			continue
		}
		if now {
			t.Next = time.Time{}
		}
		if t.Express {
			s.express.trouble = t
		} else {
			s.ordinary.trouble = t
		}
	}
	s.all.Go(func() { s.ordinary.follow(ctx) })
	s.all.Go(func() { s.express.follow(ctx) })
	return s
}

// end stops the lanes and returns when they stand.
func (s *served) end() {
	s.stop()
	s.all.Wait()
}

// fly begins a delivery that may be overtaken.
func (s *served) fly(ctx context.Context, r wire.Record) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	f := &flight{r.Story, r.Number, cancel, make(chan struct{})}
	s.mu.Lock()
	s.flights[f] = true
	s.mu.Unlock()
	return ctx, func() {
		s.mu.Lock()
		delete(s.flights, f)
		s.mu.Unlock()
		cancel(nil)
		close(f.done)
	}
}

// overtake ends what is under way of a story and older than a record. Whatever
// begins afterwards finds the newer record on the wire.
func (s *served) overtake(r wire.Record) {
	s.mu.Lock()
	var ends []chan struct{}
	for f := range s.flights {
		if f.story == r.Story && f.number < r.Number {
			f.cancel(errOvertaken)
			ends = append(ends, f.done)
		}
	}
	s.mu.Unlock()
	for _, done := range ends {
		<-done
	}
}

// leaveAlone has an endpoint that failed often rest until an instant.
func (s *served) leaveAlone(until time.Time) {
	s.mu.Lock()
	s.rests = until
	s.mu.Unlock()
}

func (s *served) restsUntil() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rests
}

// healed has whoever waits for the endpoint try at once.
func (s *served) healed() {
	s.leaveAlone(time.Time{})
	for _, l := range []*lane{s.ordinary, s.express} {
		select {
		case l.bell <- struct{}{}:
		default:
		}
	}
}

// replay tries the dead that are to be tried again, unless it does already.
func (s *served) replay(ctx context.Context) {
	numbers, err := s.push.store.again(ctx, s.e.ID)
	if err != nil {
		s.push.log.Error("what is to be replayed cannot be read", "error", err)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.replaying || len(numbers) == 0 {
		return
	}
	s.replaying = true
	s.all.Go(func() {
		for _, n := range numbers {
			if ctx.Err() != nil {
				break
			}
			if err := s.replayOne(ctx, n); err != nil {
				s.push.log.Error("a replay cannot be noted", "error", err)
				break
			}
		}
		s.mu.Lock()
		s.replaying = false
		s.mu.Unlock()
	})
}

func (s *served) replayOne(ctx context.Context, n wire.Number) error {
	records, err := s.push.wire.After(ctx, n-1, 1)
	if err != nil || len(records) == 0 {
		return err
	}
	var later *Later
	for err = s.bring(ctx, records[0]); errors.As(err, &later) && ctx.Err() == nil; err = s.bring(ctx, records[0]) {
		rest(ctx, later.At.Sub(s.push.now()), nil)
	}
	switch {
	case ctx.Err() != nil:
		return nil
	case err == nil:
		s.push.ledger.Overtook(s.e.Follower(), s.push.now(), records[0])
		s.healed()
	case !errors.Is(err, wire.ErrPassed) && !errors.Is(err, errOvertaken):
		return s.push.notes.put(giveUp(Trouble{Endpoint: s.e.ID, Number: n, Next: s.push.now(), Error: err.Error()}))
	}
	return s.push.notes.put(bury(s.e.ID, n))
}

// bring makes one try with a record; wire.ErrPassed when nothing is to be
// brought of it, errOvertaken when something newer came between.
func (s *served) bring(ctx context.Context, r wire.Record) error {
	p := s.push
	ctx, land := linger(ctx)
	defer land()
	if overtakes(r) {
		s.overtake(r)
	}
	ctx, down := s.fly(ctx, r)
	defer down()
	// Asked once the delivery can be overtaken: what is not seen here will end
	// it.
	of, err := p.wire.Of(ctx, r.Story)
	if err != nil {
		return cause(ctx, err)
	}
	asked := r
	r, d, err := s.document(ctx, asked, of)
	if err != nil {
		return cause(ctx, err)
	}
	p.step("request")
	err = p.carry(ctx, s.e, parcel{d, eventID(r.Number), r.Number, r.Signal, before(r, of)})
	p.step("answer")
	if err == nil && r.Number != asked.Number {
		s.broughtAhead(r)
	}
	return cause(ctx, err)
}

// before are the numbers of a story's records before one.
func before(r wire.Record, of []wire.Record) (all []wire.Number) {
	for _, other := range of {
		if other.Number < r.Number {
			all = append(all, other.Number)
		}
	}
	return all
}

// document is what is to be brought of a record, or of a newer one in its place.
// Where the newest of its story is not for the client, the record itself is
// asked for: it may be the one that took the story away.
func (s *served) document(ctx context.Context, asked wire.Record, of []wire.Record) (wire.Record, Document, error) {
	r, err := s.instead(asked, of)
	comes := errors.Is(err, wire.ErrPassed)
	if err != nil && (!comes || r.Number == asked.Number) {
		return r, Document{}, err
	}
	d, err := s.push.shape(ctx, s.e, r)
	if errors.Is(err, wire.ErrPassed) && r.Number > asked.Number {
		d, err = s.push.shape(ctx, s.e, asked)
		return asked, d, err
	}
	if comes {
		err = wire.ErrPassed
	}
	return r, d, err
}

// grace is how long a delivery may go on when the lanes are stopped: one that is
// cut off may have arrived, and would be repeated.
const grace = time.Second

// linger gives a context that outlives its parent by the grace.
func linger(ctx context.Context) (context.Context, func()) {
	out, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(grace, cancel) })
	return out, func() { stop(); cancel() }
}

// cause is why a delivery failed: it may have been ended.
func cause(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errOvertaken) {
		return errOvertaken
	}
	return err
}
