package press

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Page is what a render gives.
type Page struct {
	Body        []byte
	ContentType string
	Status      int       // 0 is 200
	Until       time.Time // when it must be made anew; zero is at the next Refresh
}

// id is what a page is kept under: who may have it, and its address.
type id struct{ class, key string }

// Store keeps pages. Its methods may be called from any goroutine.
type Store struct {
	now func() time.Time
	gen atomic.Uint64 // grows with each Refresh, under mu

	mu      sync.RWMutex
	pages   map[id]*entry
	good    shelf // pages with status 200
	sorry   shelf // all others, which anybody can ask for without end
	flights map[id]*flight
}

// sorryShare is the part of the memory that pages about errors may take.
const sorryShare = 32

// New makes a store that holds at most maxBytes; now is the clock that
// Page.Until is held against.
func New(maxBytes int64, now func() time.Time) *Store {
	s := &Store{now: now, good: shelf{max: maxBytes - maxBytes/sorryShare}, sorry: shelf{max: maxBytes / sorryShare}}
	s.clear()
	return s
}

func (s *Store) clear() {
	s.pages, s.flights = map[id]*entry{}, map[id]*flight{}
	s.good.clear()
	s.sorry.clear()
}

// Refresh drops every page. A request that comes after it has returned sees
// nothing that was rendered, or that began to be rendered, before.
func (s *Store) Refresh() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gen.Add(1)
	s.clear()
}

// Held tells how many pages the store holds and what they weigh in bytes.
func (s *Store) Held() (pages int, bytes int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.pages), s.good.size + s.sorry.size
}

// Serve answers with the page of the key for the class, and renders it if no
// fresh one is at hand; requests that meet share one render. Class "" is
// anonymous. What render makes may depend on class and key alone. Its error
// is returned, with nothing written, to all who waited for it.
//
// A key that is the request's own path (and query) lets Fast find the page.
func (s *Store) Serve(w http.ResponseWriter, r *http.Request, class, key string, render func(context.Context) (Page, error)) error {
	e, err := s.get(r.Context(), id{class, key}, render)
	if err != nil {
		return err
	}
	e.write(w, r, s.form(e, choose(r.Header["Accept-Encoding"])))
	return nil
}

// Fast answers from memory alone and reports whether it did: a reader without
// a cookie asks for a page that is at hand and fresh. It may stand before the
// mux. It sets no header but the page's own, so whoever calls it sets those
// that every answer carries first.
func (s *Store) Fast(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	if len(r.Header["Cookie"]) > 0 || len(r.RequestURI) == 0 || r.RequestURI[0] != '/' {
		return false
	}
	e := s.look(id{"", r.RequestURI})
	if e == nil || !e.current(s.now()) {
		return false
	}
	c := choose(r.Header["Accept-Encoding"])
	f := e.forms[c].Load()
	if f == nil && c == plain {
		f = s.form(e, c)
	}
	if f == nil {
		return false
	}
	e.write(w, r, f)
	return true
}

// look finds an entry of the present generation; it may be past its time.
func (s *Store) look(i id) *entry {
	s.mu.RLock()
	e := s.pages[i]
	s.mu.RUnlock()
	if e != nil && !e.used.Load() {
		e.used.Store(true)
	}
	return e
}

// mostKey bounds the addresses that the store remembers.
const mostKey = 1 << 10

// keep stores a page unless the wire has moved on since its render began.
func (s *Store) keep(e *entry, gen uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gen.Load() != gen || len(e.id.key) > mostKey || !e.current(s.now()) {
		return
	}
	e.shelf = &s.good
	if e.status != http.StatusOK {
		e.shelf = &s.sorry
	}
	if e.size > e.shelf.max {
		e.shelf = nil
		return
	}
	if old := s.pages[e.id]; old != nil {
		s.drop(old)
	}
	s.pages[e.id] = e
	e.shelf.add(e)
	s.trim(e.shelf)
}

func (s *Store) drop(e *entry) {
	delete(s.pages, e.id)
	e.shelf.remove(e)
}

func (s *Store) trim(sh *shelf) {
	for sh.size > sh.max {
		s.drop(sh.oldest())
	}
}

// grow accounts for a form that was added to a page which may be kept.
func (s *Store) grow(e *entry, bytes int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.size += bytes
	if s.pages[e.id] == e {
		e.shelf.size += bytes
		s.trim(e.shelf)
	}
}
