package push

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"wireroom/courier"
	"wireroom/mail"
	"wireroom/wire"
)

// Patience is how long a record is tried before it is given up.
const Patience = 72 * time.Hour

// longestPause is how seldom an endpoint that does not answer is tried.
const longestPause = 6 * time.Hour

// pauses are those between the first tries; later ones are longestPause apart.
var pauses = []time.Duration{time.Second, 5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute,
	30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour}

// Resting is after how many failures in a row an endpoint is left alone but for
// one try at a time, and for what overtakes.
const Resting = 5

// Options are what the room needs of the house.
type Options struct {
	Store   *Store
	Wire    *wire.Wire
	Courier *courier.Courier
	Post    *mail.Post // nil is nobody
	Shape   Shape
	Now     func() time.Time
	Log     *slog.Logger
}

// Push is what brings the wire to the endpoints.
type Push struct {
	store   *Store
	wire    *wire.Wire
	courier *courier.Courier
	post    *mail.Post
	shape   Shape
	now     func() time.Time
	log     *slog.Logger
	pause   func(tries int) time.Duration
	stuck   time.Duration
	step    func(string) // a test may end the program here

	ledger *wire.Ledger
	notes  *notes
	tide   *tide
}

// Open makes what brings; nothing goes out before Run.
func Open(o Options) *Push {
	return &Push{store: o.Store, wire: o.Wire, courier: o.Courier, post: o.Post, shape: o.Shape, now: o.Now, log: o.Log,
		pause: pause, stuck: stuck, step: func(string) {}}
}

// pause grows with the failures. No two endpoints that fail at once are tried
// again at once.
func pause(tries int) time.Duration {
	d := longestPause
	if tries <= len(pauses) {
		d = pauses[tries-1]
	}
	return d + rand.N(d/5)
}

// lookAgain is how often the endpoints are read anew without a bell: another
// process on the same file cannot ring it.
const lookAgain = 5 * time.Second

// Run brings what goes out until the context ends. Of several machines one
// brings and the others wait.
func (p *Push) Run(ctx context.Context) {
	for ctx.Err() == nil {
		err := p.store.db.Alone(ctx, "push", func(err error) { p.stumble(ctx, "pushing waits", err) }, p.serve)
		if err != nil {
			p.stumble(ctx, "pushing stopped", err)
		}
	}
}

func (p *Push) stumble(ctx context.Context, what string, err error) {
	if ctx.Err() == nil {
		p.log.Error(what, "error", err)
		rest(ctx, time.Second, nil)
	}
}

// serve is one turn of bringing.
func (p *Push) serve(ctx context.Context) {
	p.ledger, p.notes, p.tide = p.wire.Ledger(""), &notes{p.store.db, make(chan note)}, newTide()
	var clerks, helpers sync.WaitGroup
	clerks.Go(p.notes.keep)
	// The ledger is closed when the lanes stand: their last deliveries count.
	lanes, closed := context.WithCancel(context.WithoutCancel(ctx))
	helpers.Go(func() {
		p.ledger.Keep(lanes, func(err error) { p.log.Warn("arrivals cannot be noted", "error", err) })
	})
	helpers.Go(func() { p.watch(ctx) })
	bell, stop := p.store.db.Listen(Channel)
	defer stop()
	now := map[ID]*served{}
	for first := true; ctx.Err() == nil; first = false {
		if err := p.settle(ctx, now, first); err != nil {
			p.stumble(ctx, "the endpoints cannot be read", err)
		}
		rest(ctx, lookAgain, bell)
	}
	for _, s := range now {
		s.end()
	}
	close(p.notes.asked)
	clerks.Wait()
	closed()
	helpers.Wait()
}

// watch has the lanes hear of each record.
func (p *Push) watch(ctx context.Context) {
	for ctx.Err() == nil {
		head, err := p.wire.Head(ctx)
		if err == nil {
			p.tide.rise(head)
			err = p.wire.Wait(ctx, head)
		}
		if err != nil {
			p.stumble(ctx, "the wire cannot be read", err)
		}
	}
}

// settle has the endpoints served that are to be, as they are now. Whoever
// changes one afterwards wants to see it tried.
func (p *Push) settle(ctx context.Context, now map[ID]*served, first bool) error {
	all, err := p.store.All(ctx)
	if err != nil {
		return err
	}
	wanted := map[ID]bool{}
	for _, e := range all {
		if e.Paused {
			continue
		}
		wanted[e.ID] = true
		if s := now[e.ID]; s != nil && s.is == e.settings() {
			s.replay(ctx)
			continue
		}
		if err := p.begin(ctx, now, e, !first); err != nil {
			return err
		}
	}
	for id, s := range now {
		if !wanted[id] {
			s.end()
			p.ledger.Leave(s.e.Follower())
			delete(now, id)
		}
	}
	return nil
}

// begin serves an endpoint, anew if it was served by other settings; atOnce
// has what failed be tried without a wait.
func (p *Push) begin(ctx context.Context, now map[ID]*served, e Endpoint, atOnce bool) error {
	if old := now[e.ID]; old != nil {
		old.end()
		delete(now, e.ID)
		// Its lanes may just have moved on.
		var err error
		if e, err = p.store.Endpoint(ctx, e.Client, e.ID); err != nil {
			return err
		}
	}
	troubles, err := p.store.Troubles(ctx)
	if err != nil {
		return err
	}
	if _, err := p.ledger.Begin(ctx, e.Follower()); err != nil {
		return err
	}
	p.ledger.Stands(e.Follower(), e.Cursor, e.Resumed)
	now[e.ID] = p.start(ctx, e, troubles, atOnce)
	now[e.ID].replay(ctx)
	return nil
}

// settings are the endpoint without what changes while it is served.
func (e Endpoint) settings() Endpoint {
	e.Cursor, e.Express, e.HostKey = 0, 0, ""
	return e
}

// tide is how far the wire has come, for many who wait.
type tide struct {
	mu    sync.Mutex
	head  wire.Number
	moved chan struct{}

	reading sync.Mutex
	from    wire.Number
	upTo    wire.Number
	records []wire.Record
}

func newTide() *tide { return &tide{moved: make(chan struct{}), from: -1} }

func (t *tide) rise(to wire.Number) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if to > t.head {
		t.head = to
		close(t.moved)
		t.moved = make(chan struct{})
	}
}

// now is the wire's head, and what is closed when it moves.
func (t *tide) now() (wire.Number, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.head, t.moved
}

// atOnce is how many records are read at once.
const atOnce = 100

// after reads the records after n. Lanes that have come equally far are given
// what one of them read.
func (p *Push) after(ctx context.Context, n wire.Number) ([]wire.Record, error) {
	t := p.tide
	head, _ := t.now()
	t.reading.Lock()
	defer t.reading.Unlock()
	if t.from == n && t.upTo == head {
		return t.records, nil
	}
	records, err := p.wire.After(ctx, n, atOnce)
	if err == nil {
		t.from, t.upTo, t.records = n, head, records
	}
	return records, err
}

// rest waits for as long as wait, or until the bell or the end of the context.
func rest(ctx context.Context, wait time.Duration, bell <-chan struct{}) {
	if wait <= 0 {
		return
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-bell:
	case <-timer.C:
	}
}
