package alert

import (
	"context"
	"sync"
	"time"
)

const (
	// mostSilent is how many tries in a row a push service may leave without
	// an answer before it rests; those of other services go on meanwhile.
	mostSilent = 8
	restTime   = 30 * time.Second
)

// services are the push services as this machine finds them.
type services struct {
	store *Store
	mu    sync.Mutex
	known map[string]*service // by origin
}

type service struct {
	header string    // by which it knows us
	good   time.Time // until when
	silent int
	rests  time.Time // until when
}

func newServices(s *Store) *services { return &services{store: s, known: map[string]*service{}} }

func (v *services) of(origin string) *service {
	if v.known[origin] == nil {
		v.known[origin] = &service{}
	}
	return v.known[origin]
}

// by is the header by which a push service knows us.
func (v *services) by(ctx context.Context, origin string) (string, error) {
	own, err := v.store.sender(ctx)
	if err != nil {
		return "", err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	one, now := v.of(origin), v.store.now()
	if one.good.Sub(now) > time.Hour {
		return one.header, nil
	}
	header, good, err := own.Authorize(origin, v.store.contact(), now)
	if err == nil {
		one.header, one.good = header, good
	}
	return header, err
}

// rests is until when a push service is left alone; zero is not.
func (v *services) rests(origin string) time.Time {
	v.mu.Lock()
	defer v.mu.Unlock()
	if one := v.of(origin); one.rests.After(v.store.now()) {
		return one.rests
	}
	return time.Time{}
}

// heard notes whether a push service answered.
func (v *services) heard(origin string, answered bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	one := v.of(origin)
	if answered {
		one.silent, one.rests = 0, time.Time{}
		return
	}
	if one.silent++; one.silent >= mostSilent {
		one.rests = v.store.now().Add(restTime)
	}
}
