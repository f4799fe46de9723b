package register

import (
	"strings"
	"sync"

	"wireroom/archive/names"
)

// ring remembers the keys of words, for a text has the same names again and
// again, and so has the next one.
type ring struct {
	make func(string) []string

	mu   sync.Mutex
	keys map[string][]string
}

// mostRemembered bounds what a ring remembers.
const mostRemembered = 1 << 14

var (
	writtenKeys = ring{make: func(w string) []string { return names.Keys(w, names.Written) }}
	askedKeys   = ring{make: names.Query}
)

func (r *ring) of(word string) []string {
	r.mu.Lock()
	keys, ok := r.keys[word]
	r.mu.Unlock()
	if ok {
		return keys
	}
	keys = r.make(word)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.keys == nil || len(r.keys) >= mostRemembered {
		r.keys = map[string][]string{}
	}
	// The word is a piece of a text that may be large and must not be kept.
	r.keys[strings.Clone(word)] = keys
	return keys
}
