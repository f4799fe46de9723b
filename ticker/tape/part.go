package tape

import (
	"slices"
	"sync"
	"time"
)

// look is how often a line that could not take everything is tried again.
const look = 20 * time.Millisecond

// parting is how long a line that is cut off may take to read why.
const parting = 10 * time.Second

// rounds are in how many shares the lines are sent a sign of life, so that no
// release waits for all of them.
const rounds = 16

// job is something for a part to do.
type job struct {
	strip  *Strip
	events []*Event
	joins  *Line            // follows the strip from now on
	hangs  func(*Line) bool // which lines end
	done   func()
}

// part is one goroutine's share of the lines.
type part struct {
	tape *Tape
	bell chan struct{}

	mu   sync.Mutex
	jobs []job

	lines map[*Strip][]*Line
	slow  []*Line // those that have something waiting
	round int     // of signs of life
}

func newPart(t *Tape) *part {
	return &part{tape: t, bell: make(chan struct{}, 1), lines: map[*Strip][]*Line{}}
}

func (p *part) push(j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = append(p.jobs, j)
	select {
	case p.bell <- struct{}{}:
	default:
	}
}

func (p *part) run(stop <-chan struct{}, last func() []byte) {
	beat := time.NewTicker(max(p.tape.limits.Beat/rounds, time.Millisecond))
	defer beat.Stop()
	again := time.NewTicker(look)
	defer again.Stop()
	for {
		// The short ticker wakes the goroutine only while something waits.
		if len(p.slow) == 0 {
			again.Stop()
		} else {
			again.Reset(look)
		}
		select {
		case <-stop:
			p.end(last())
			return
		case <-p.bell:
			p.work()
		case <-beat.C:
			p.signs()
		case <-again.C:
			p.retry()
		}
	}
}

// work does what was pushed.
func (p *part) work() {
	p.mu.Lock()
	jobs := p.jobs
	p.jobs = nil
	p.mu.Unlock()
	for _, j := range jobs {
		switch {
		case j.joins != nil:
			p.lines[j.strip] = append(p.lines[j.strip], j.joins)
			p.give(j.joins, j.events)
		case j.hangs != nil:
			p.each(func(l *Line) {
				if j.hangs(l) {
					l.finish(j.events[0].Data, p.tape.now().Add(parting))
					p.settle(l)
				}
			})
		default:
			p.send(j.strip, j.events)
		}
		if j.done != nil {
			j.done()
		}
	}
}

func (p *part) send(s *Strip, events []*Event) {
	lost := false
	for _, l := range p.lines[s] {
		p.give(l, events)
		lost = lost || l.gone
	}
	if lost {
		p.sweep(s)
	}
}

// give sends a line what it has not got.
func (p *part) give(l *Line, events []*Event) {
	for _, e := range events {
		if e.Number == 0 || e.Number > l.has {
			l.pass(e)
			l.has = max(l.has, e.Number)
		}
	}
	if l.waits() || l.gone || l.ends() {
		p.settle(l)
	}
}

// settle writes what a line can take, and remembers the rest.
func (p *part) settle(l *Line) {
	before := l.waits()
	l.flush()
	now := p.tape.now()
	switch {
	case l.gone || !l.waits():
		l.since = time.Time{}
	case !before || l.since.IsZero():
		l.since = now
	}
	if l.waits() && !l.gone {
		if !l.ends() && (l.size > p.tape.limits.Behind || now.Sub(l.since) > p.tape.limits.Slow) {
			l.finish(p.tape.TooSlow, now.Add(parting))
		}
		if !l.listed {
			l.listed = true
			p.slow = append(p.slow, l)
		}
	}
	if l.ends() && (!l.waits() || now.After(l.until)) {
		l.gone = true
	}
}

// retry writes to the lines for which something waits.
func (p *part) retry() {
	still := p.slow[:0]
	touched := map[*Strip]bool{}
	for _, l := range p.slow {
		p.settle(l)
		if l.gone || !l.waits() {
			l.listed = false
			touched[l.strip] = true
			continue
		}
		still = append(still, l)
	}
	clear(p.slow[len(still):])
	p.slow = still
	for s := range touched {
		p.sweep(s)
	}
}

// signs sends a share of the lines a sign of life, by which one that is dead is
// found.
func (p *part) signs() {
	p.round = (p.round + 1) % rounds
	for s, lines := range p.lines {
		s.mu.Lock()
		sign := &Event{Data: s.beat}
		s.mu.Unlock()
		for _, l := range lines {
			if int(l.born)/len(p.tape.parts)%rounds != p.round {
				continue
			}
			if !l.waits() {
				l.pass(sign)
			}
			p.settle(l)
		}
		p.sweep(s)
	}
}

func (p *part) each(fn func(*Line)) {
	for s, lines := range p.lines {
		for _, l := range lines {
			fn(l)
		}
		p.sweep(s)
	}
}

// sweep closes the lines that are gone.
func (p *part) sweep(s *Strip) {
	p.lines[s] = slices.DeleteFunc(p.lines[s], func(l *Line) bool {
		if l.gone {
			l.close()
			p.tape.open.Add(-1)
		}
		return l.gone
	})
	if len(p.lines[s]) == 0 {
		delete(p.lines, s)
	}
}

// end tells every line goodbye, once, without waiting for any.
func (p *part) end(last []byte) {
	p.work()
	p.each(func(l *Line) {
		l.finish(last, p.tape.now())
		l.flush()
		l.gone = true
	})
}
