package site

import (
	"hash/maphash"
	"net/http"
	"sync"
	"time"

	"wireroom/web"
)

// paceTime is the window in which tries are counted.
const paceTime = 15 * time.Minute

// mostCounted bounds the networks that are counted apart.
const mostCounted = 1 << 16

// deed is what a stranger can try often.
type deed uint8

// The deeds, each counted by itself.
const (
	askLetter deed = iota
	tryNumber
	tryCode
	openAccount
	beginOrder
	keepAlerts
)

// most is how often one network may do each deed in a window. Many readers
// share one behind a tunnel, so it is more than a person needs.
var most = [...]int{askLetter: 20, tryNumber: 60, tryCode: 60, openAccount: 20, beginOrder: 60, keepAlerts: 60}

// pace slows those who try too often. It counts in memory alone, under hashes
// whose seed is thrown away with each window, so that no address of a network
// is kept anywhere.
type pace struct {
	now func() time.Time

	mu    sync.Mutex
	until time.Time
	seed  maphash.Seed
	count map[uint64]int
}

// allows counts a deed and reports whether it is not one too many.
func (p *pace) allows(r *http.Request, d deed) bool {
	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !now.Before(p.until) {
		p.until, p.seed, p.count = now.Add(paceTime), maphash.MakeSeed(), map[uint64]int{}
	}
	key := maphash.String(p.seed, string(rune('a'+d))+network(r))
	if _, known := p.count[key]; !known && len(p.count) >= mostCounted {
		key = uint64(d)
	}
	p.count[key]++
	return p.count[key] <= most[d]
}

// network is where a request comes from, as wide as one household has it.
func network(r *http.Request) string {
	at, ok := web.From(r)
	if !ok {
		return ""
	}
	bits := 32
	if at.Is6() {
		bits = 64
	}
	wide, err := at.Prefix(bits)
	if err != nil {
		return ""
	}
	return wide.String()
}
