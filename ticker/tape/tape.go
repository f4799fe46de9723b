package tape

import (
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Event is what is sent, the same bytes to everybody on a strip.
type Event struct {
	Number int64  // its place; 0 has none, and is sent to all who are there
	Of     string // what it tells of: a later Grave event about the same takes it back
	Grave  bool   // goes before what waits
	Data   []byte // never changed

	void atomic.Bool // taken back: it is not begun any more
}

// Limits say what a line is allowed.
type Limits struct {
	Behind int           // bytes that may wait for one line
	Slow   time.Duration // how long they may
	Beat   time.Duration // how often a line is sent a sign of life
	Keep   int           // events that a strip keeps for those who join
}

// Tape sends events to lines.
type Tape struct {
	limits Limits
	now    func() time.Time
	parts  []*part
	next   atomic.Uint32
	open   atomic.Int64

	TooSlow []byte // the last event of a line that was
}

// New makes a tape; Run moves it.
func New(l Limits, now func() time.Time) *Tape {
	t := &Tape{limits: l, now: now}
	for range max(2, runtime.GOMAXPROCS(0)) {
		t.parts = append(t.parts, newPart(t))
	}
	return t
}

// Run sends until stop is closed, and then tells each line last and hangs up.
func (t *Tape) Run(stop <-chan struct{}, last func() []byte) {
	var all sync.WaitGroup
	for _, p := range t.parts {
		all.Go(func() { p.run(stop, last) })
	}
	all.Wait()
}

// Open is how many lines there are.
func (t *Tape) Open() int { return int(t.open.Load()) }

// Strip is one sequence of events with those who follow it.
type Strip struct {
	tape *Tape

	mu   sync.Mutex
	past []*Event // the latest, oldest first
	from int64    // past has every event after this number
	at   int64    // as far as the strip has come
	beat []byte   // the sign of life
	said int64    // how many events without a number there were: past has none of them
}

// Strip begins a sequence behind the number at.
func (t *Tape) Strip(at int64) *Strip {
	return &Strip{tape: t, from: at, at: at, beat: []byte(":\n\n")}
}

// At is how far the strip has come.
func (s *Strip) At() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.at
}

// Publish sends events, in order, and brings the strip to the number at; done
// is called when each line was sent them or has them waiting.
func (s *Strip) Publish(at int64, beat []byte, events []*Event, done func()) {
	s.mu.Lock()
	for _, e := range events {
		if e.Grave {
			s.takeBack(e)
		}
		if e.Number > 0 {
			s.past = append(s.past, e)
		} else {
			s.said++
		}
	}
	if over := len(s.past) - s.tape.limits.Keep; over > 0 {
		s.from = s.past[over-1].Number
		s.past = append([]*Event(nil), s.past[over:]...)
	}
	s.at, s.beat = max(s.at, at), beat
	left := new(atomic.Int32)
	left.Store(int32(len(s.tape.parts)))
	for _, p := range s.tape.parts {
		p.push(job{strip: s, events: events, done: func() {
			if left.Add(-1) == 0 && done != nil {
				done()
			}
		}})
	}
	s.mu.Unlock()
}

// takeBack makes void what waits of the same story.
func (s *Strip) takeBack(by *Event) {
	for _, e := range s.past {
		if e.Of == by.Of && e.Of != "" {
			e.void.Store(true)
		}
	}
}

// Said is how many events without a number the strip has had.
func (s *Strip) Said() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.said
}

// Join has a line follow the strip from the number at, which has caught up with
// what was said until then. It is false when the strip does not remember that
// far back, or has said more meanwhile: the line is to catch up first.
func (s *Strip) Join(l *Line, at, said int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at < s.from || said < s.said {
		return false
	}
	var missed []*Event
	for _, e := range s.past {
		if e.Number > at {
			missed = append(missed, e)
		}
	}
	l.strip, l.has, l.born = s, at, s.tape.next.Add(1)
	s.tape.open.Add(1)
	p := s.tape.parts[int(l.born)%len(s.tape.parts)]
	p.push(job{strip: s, joins: l, events: missed})
	return true
}

// Mark stands between the lines that have joined and those that will.
func (t *Tape) Mark() uint32 { return t.next.Load() }

// Hang cuts the lines off that match, after last.
func (t *Tape) Hang(match func(*Line) bool, last []byte) {
	for _, p := range t.parts {
		p.push(job{hangs: match, events: []*Event{{Data: last}}})
	}
}
