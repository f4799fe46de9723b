package bulletin

import (
	"strings"
	"sync"
	"time"

	"wireroom/audience"
)

// pacer says when the next letter may go to a domain. Large carriers of mail
// take a sudden flood for spam; the pace is that of all issues together.
type pacer struct {
	every time.Duration // between two letters to one domain; 0 is no pace
	now   func() time.Time

	mu   sync.Mutex
	next map[string]time.Time
}

// burst is how many letters a domain takes at once after a rest.
const burst = 10

func newPacer(perMinute int, now func() time.Time) *pacer {
	p := &pacer{now: now, next: map[string]time.Time{}}
	if perMinute > 0 {
		p.every = time.Minute / time.Duration(perMinute)
	}
	return p
}

// take reserves a letter to a domain, or says how long to wait for it.
func (p *pacer) take(domain string) (wait time.Duration) {
	if p.every == 0 {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	next := p.next[domain]
	if earliest := now.Add(-burst * p.every); next.Before(earliest) {
		next = earliest
	}
	if next.After(now) {
		return next.Sub(now)
	}
	p.next[domain] = next.Add(p.every)
	return 0
}

// queue holds the recipients of an issue by the domain of their address, so
// that a domain that has to wait keeps no other back.
type queue struct {
	pace *pacer

	mu     sync.Mutex
	lanes  map[string][]audience.Recipient
	turn   []string // domains with somebody waiting, in turn
	closed bool     // nobody comes any more
}

func newQueue(p *pacer) *queue { return &queue{pace: p, lanes: map[string][]audience.Recipient{}} }

func (q *queue) add(some []audience.Recipient) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, r := range some {
		domain := r.Address[strings.LastIndexByte(r.Address, '@')+1:]
		if len(q.lanes[domain]) == 0 {
			q.turn = append(q.turn, domain)
		}
		q.lanes[domain] = append(q.lanes[domain], r)
	}
}

func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
}

// idle is how long to wait while the loader is slower than the lines.
const idle = 5 * time.Millisecond

// take gives the next recipient, or how long to wait for one; over when there
// is and will be none.
func (q *queue) take() (r audience.Recipient, wait time.Duration, over bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	wait = idle
	for i, domain := range q.turn {
		rest := q.pace.take(domain)
		if rest > 0 {
			if i == 0 || rest < wait {
				wait = rest
			}
			continue
		}
		lane := q.lanes[domain]
		r, lane = lane[0], lane[1:]
		q.lanes[domain] = lane
		q.turn = append(q.turn[:i], q.turn[i+1:]...)
		if len(lane) > 0 {
			q.turn = append(q.turn, domain)
		} else {
			delete(q.lanes, domain)
		}
		return r, 0, false
	}
	return r, wait, q.closed && len(q.turn) == 0
}
