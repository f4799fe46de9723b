package wire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

const (
	// nodeSign parts a follower's name from the machine on which it is.
	nodeSign = "@"

	// Arrivals are written once nothing has arrived for as long as quiet, so
	// that the writing never stands in the way of what is being sent, but
	// after longest at the latest.
	quiet   = 500 * time.Millisecond
	longest = 10 * time.Second
	// pulse is how often a follower says that it is there, and thinning how
	// often what is old is forgotten.
	pulse    = time.Minute
	thinning = time.Hour
	// mostPending bounds what is remembered while the database does not answer.
	mostPending = 10_000
)

// Settling is how long an arrival may be known to the follower alone, before
// it is written down.
const Settling = longest + 5*time.Second

// Ledger keeps book for the followers within this process. What they make of
// the wire lies in its memory, so they lead no cursor that others would wait
// for and need no lease; the ledger writes down in batches, apart from the way
// of a record, how far each has come and what fails.
type Ledger struct {
	wire   *Wire
	node   string
	holder string
	bell   chan struct{}

	mu      sync.Mutex
	lines   map[string]*line
	written time.Time
}

// line is what the ledger knows of one follower.
type line struct {
	cursor Number
	since  time.Time
	came   []Arrival
	wrong  string
	failed time.Time
	stale  bool // the database says otherwise
	gone   bool // it follows no more
}

// Ledger opens a book for the followers on a machine; node is the machine's
// name, "" where there is only one.
func (w *Wire) Ledger(node string) *Ledger {
	if node != "" {
		node = nodeSign + strings.ReplaceAll(node, nodeSign, "")
	}
	return &Ledger{wire: w, node: node, holder: db.NewID(), bell: make(chan struct{}, 1), lines: map[string]*line{}}
}

// Place splits a follower's name into what it is and the machine it is on, ""
// where it is on none in particular.
func Place(follower string) (name, node string) {
	name, node, _ = strings.Cut(follower, nodeSign)
	return name, node
}

// Begin says from where a follower goes on: behind the last record that it
// ever saw, or at the wire's head if it never followed.
func (l *Ledger) Begin(ctx context.Context, name string) (Number, error) {
	n, err := l.wire.Head(ctx)
	if err != nil {
		return 0, err
	}
	since := db.Time(db.Millis(l.wire.now()))
	var was int64
	err = l.wire.db.QueryRow(ctx, "SELECT cursor, since FROM follower WHERE name = ?1", name+l.node).Scan(&n, &was)
	switch {
	case err == nil:
		since = db.Time(was)
	case !errors.Is(err, sql.ErrNoRows):
		return 0, fault.Internal("follower "+name, err)
	}
	l.mu.Lock()
	l.lines[name] = &line{cursor: n, since: since, stale: true}
	l.mu.Unlock()
	l.ring()
	return n, nil
}

// Arrived says that records had arrived at a follower at an instant, in order;
// it has begun before.
func (l *Ledger) Arrived(name string, at time.Time, records ...Record) {
	l.note(name, func(b *line) {
		b.wrong, b.failed = "", time.Time{}
		for _, r := range records {
			b.cursor = max(b.cursor, r.Number)
			if counts(r, b.since, at) && len(b.came) < mostPending {
				b.came = append(b.came, Arrival{r.Number, name + l.node, at})
			}
		}
	})
}

// Passed says that a follower has come as far as n, whether or not what stands
// there concerned it.
func (l *Ledger) Passed(name string, n Number) {
	l.note(name, func(b *line) { b.cursor, b.wrong, b.failed = max(b.cursor, n), "", time.Time{} })
}

// Overtook says that a record had arrived at a follower before those that still
// wait for it.
func (l *Ledger) Overtook(name string, at time.Time, r Record) {
	l.note(name, func(b *line) {
		if counts(r, b.since, at) && len(b.came) < mostPending {
			b.came = append(b.came, Arrival{r.Number, name + l.node, at})
		}
	})
}

// Stands says where a follower stands that keeps a cursor of its own and may
// have been set back, and since when what is sent is to arrive there.
func (l *Ledger) Stands(name string, n Number, since time.Time) {
	l.note(name, func(b *line) { b.cursor, b.since = n, since })
}

// Leave has a follower be forgotten that follows no more. What arrived there
// stays known.
func (l *Ledger) Leave(name string) { l.note(name, func(b *line) { b.gone = true }) }

// Failed says why a record does not arrive at a follower.
func (l *Ledger) Failed(name string, n Number, why error) {
	l.note(name, func(b *line) {
		b.wrong = fmt.Sprintf("record %d: %v", n, why)
		if b.failed.IsZero() {
			b.failed = l.wire.now()
		}
	})
}

func (l *Ledger) note(name string, change func(*line)) {
	l.mu.Lock()
	if b := l.lines[name]; b != nil {
		change(b)
		b.stale = true
	}
	l.mu.Unlock()
	l.ring()
}

func (l *Ledger) ring() {
	select {
	case l.bell <- struct{}{}:
	default:
	}
}

// Keep writes the book until the context ends, and then what is left. What
// cannot be written is tried again; wrong hears of it.
func (l *Ledger) Keep(ctx context.Context, wrong func(error)) {
	var thinned time.Time
	for l.settle(ctx) {
		if err := l.write(ctx, l.wire.now().Add(2*pulse+longest)); err != nil && ctx.Err() == nil {
			wrong(err)
		}
		if now := l.wire.now(); now.Sub(thinned) >= thinning {
			thinned = now
			if err := l.wire.thin(ctx); err != nil && ctx.Err() == nil {
				wrong(err)
			}
		}
	}
	last, cancel := parting(ctx)
	defer cancel()
	l.holder = ""
	if err := l.write(last, l.wire.now()); err != nil {
		wrong(err)
	}
}

// settle waits until there is something to write, and until it is quiet; false
// when the context ends.
func (l *Ledger) settle(ctx context.Context) bool {
	pause := time.NewTimer(pulse)
	defer pause.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-pause.C:
		return true
	case <-l.bell:
	}
	latest := time.NewTimer(longest)
	defer latest.Stop()
	for {
		pause.Reset(quiet)
		select {
		case <-ctx.Done():
			return false
		case <-pause.C:
			return true
		case <-latest.C:
			return true
		case <-l.bell:
		}
	}
}

// write puts the book into the database. Until is how long the followers are
// taken to be there.
func (l *Ledger) write(ctx context.Context, until time.Time) error {
	l.mu.Lock()
	now := map[string]line{}
	for name, b := range l.lines {
		if b.stale || l.holder == "" || l.wire.now().Sub(l.written) >= pulse {
			now[name] = *b
			b.came, b.stale = nil, false
		}
	}
	l.mu.Unlock()
	if len(now) == 0 {
		return nil
	}
	err := l.wire.db.Do(ctx, func(tx *db.Tx) error {
		for _, name := range slices.Sorted(maps.Keys(now)) {
			if err := l.put(ctx, tx, name, now[name], until); err != nil {
				return err
			}
		}
		return nil
	})
	l.mu.Lock()
	defer l.mu.Unlock()
	if err == nil {
		l.written = l.wire.now()
		for name, b := range now {
			if is := l.lines[name]; b.gone && is != nil && is.gone {
				delete(l.lines, name)
			}
		}
		return nil
	}
	for name, b := range now {
		if l.lines[name] == nil {
			continue
		}
		l.lines[name].came = append(b.came, l.lines[name].came...)
		l.lines[name].stale = true
	}
	return err
}

func (l *Ledger) put(ctx context.Context, tx *db.Tx, name string, b line, until time.Time) error {
	if b.gone {
		if _, err := tx.Exec(ctx, `DELETE FROM follower WHERE name = ?1`, name+l.node); err != nil {
			return fault.Internal("follower "+name, err)
		}
		return keepArrivals(ctx, tx, b.came)
	}
	_, err := tx.Exec(ctx, `INSERT INTO follower (name, cursor, holder, until, error, failed, since)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (name) DO UPDATE SET cursor = ?2, holder = ?3, until = ?4, error = ?5, failed = ?6`,
		name+l.node, b.cursor, l.holder, until, b.wrong, b.failed, b.since)
	if err != nil {
		return fault.Internal("follower "+name, err)
	}
	return keepArrivals(ctx, tx, b.came)
}

// Drop forgets a follower that is no more.
func (l *Ledger) Drop(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.lines, name)
}
