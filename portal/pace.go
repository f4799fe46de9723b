package portal

import (
	"hash/maphash"
	"net/http"
	"sync"
	"time"

	"wireroom/web"
)

const (
	paceTime = 15 * time.Minute
	// mostLetters is how often a letter is asked for in that time from one
	// address of the network, behind which a whole office may sit, and for one
	// e-mail address.
	mostFrom, mostFor = 20, 3
	// mostCounted bounds what is counted apart.
	mostCounted = 1 << 16
)

// pace slows who asks for letters too often. It counts in memory alone, under
// hashes whose seed is thrown away with each window.
type pace struct {
	now func() time.Time

	mu    sync.Mutex
	until time.Time
	seed  maphash.Seed
	count map[uint64]int
}

// allows counts a letter that is asked for an e-mail address, or by a place of
// the network for "".
func (p *pace) allows(r *http.Request, email string) bool {
	key, most := "to "+email, mostFor
	if email == "" {
		at, _ := web.From(r)
		key, most = "from "+at.String(), mostFrom
	}
	now := p.now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !now.Before(p.until) {
		p.until, p.seed, p.count = now.Add(paceTime), maphash.MakeSeed(), map[uint64]int{}
	}
	sum := maphash.String(p.seed, key)
	if _, known := p.count[sum]; !known && len(p.count) >= mostCounted {
		sum = uint64(most)
	}
	p.count[sum]++
	return p.count[sum] <= most
}
