package press

import (
	"context"
	"errors"
	"time"
)

// mostRender bounds a render, which outlives the request that asked for it.
const mostRender = 30 * time.Second

var errPanicked = errors.New("press: the render that this request waited for panicked")

// flight is a render under way.
type flight struct {
	done chan struct{}
	page *entry
	err  error
}

// get finds the page or has it rendered, once for all who ask meanwhile.
func (s *Store) get(ctx context.Context, i id, render func(context.Context) (Page, error)) (*entry, error) {
	asked := s.now()
	for {
		if e := s.look(i); e != nil && e.current(asked) {
			return e, nil
		}
		f, gen, mine := s.board(i)
		if mine {
			return s.fly(ctx, i, f, gen, render)
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		// The render may have begun before an instant at which the page
		// changes, and this request come after it.
		if f.err != nil || f.page.current(asked) {
			return f.page, f.err
		}
	}
}

// board joins the render under way, or begins one. Refresh forgets the flights,
// so nobody joins one that began before.
func (s *Store) board(i id) (f *flight, gen uint64, mine bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if f := s.flights[i]; f != nil {
		return f, 0, false
	}
	f = &flight{done: make(chan struct{}), err: errPanicked}
	s.flights[i] = f
	return f, s.gen.Load(), true
}

func (s *Store) fly(ctx context.Context, i id, f *flight, gen uint64, render func(context.Context) (Page, error)) (*entry, error) {
	defer func() {
		s.mu.Lock()
		if s.flights[i] == f {
			delete(s.flights, i)
		}
		s.mu.Unlock()
		close(f.done)
	}()
	// Others wait for this page too, so one who hangs up must not end it.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), mostRender)
	defer cancel()
	p, err := render(ctx)
	f.err = err
	if err == nil {
		f.page = newEntry(i, p)
		s.keep(f.page, gen)
	}
	return f.page, err
}
