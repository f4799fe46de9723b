package archive

import (
	"sync"

	"wireroom/archive/lexis"
)

// readers are readers of words that are not in use. Each remembers thousands
// of words, without which a page of snippets takes several times as long.
type readers struct {
	mu     sync.Mutex
	idle   []*lexis.Reader
	modest bool
}

// mostIdle bounds how many are kept, for what they remember takes memory.
const mostIdle = 2

// words lends a reader of words, the one that came back last if any did.
func (a *Archive) words() *lexis.Reader {
	a.readers.mu.Lock()
	defer a.readers.mu.Unlock()
	n := len(a.readers.idle)
	if n == 0 {
		return &lexis.Reader{Modest: a.readers.modest}
	}
	last := a.readers.idle[n-1]
	a.readers.idle = a.readers.idle[:n-1]
	return last
}

// putBack takes a reader back.
func (a *Archive) putBack(r *lexis.Reader) {
	a.readers.mu.Lock()
	defer a.readers.mu.Unlock()
	if len(a.readers.idle) < mostIdle && r.Modest == a.readers.modest {
		a.readers.idle = append(a.readers.idle, r)
	}
}

// settle lets go of the readers by which the index was built. Those that come
// now read single stories, and remember less.
func (a *Archive) settle() {
	a.readers.mu.Lock()
	defer a.readers.mu.Unlock()
	a.readers.modest, a.readers.idle = true, nil
}
