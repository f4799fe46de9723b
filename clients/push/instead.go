package push

import (
	"slices"
	"time"

	"wireroom/wire"
)

// lookSoon is how often it is looked whether the other lane has come by.
const lookSoon = 50 * time.Millisecond

// instead says which record of the story is to be brought in the place of one:
// the newest tells the whole story. wire.ErrPassed is none, for the newest, which
// is given with it, comes by itself; *Later is that something must come before.
//
// What follows upon a record that overtakes is brought in its place: behind all
// that waits it would be late, and what it supersedes must not come after it.
func (s *served) instead(r wire.Record, of []wire.Record) (wire.Record, error) {
	of = slices.DeleteFunc(of, func(other wire.Record) bool { return other.Signal == pinned || other.Silent })
	newest := r
	if len(of) > 0 && of[len(of)-1].Number > r.Number {
		newest = of[len(of)-1]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case overtakes(r) && s.ahead[r.Number]:
		delete(s.ahead, r.Number)
		return r, wire.ErrPassed
	case overtakes(r) && newest.Number > r.Number && overtakes(newest):
		return r, wire.ErrPassed
	case overtakes(r):
		return newest, nil
	case newest.Number > r.Number || s.ahead[r.Number]:
		delete(s.ahead, r.Number)
		return newest, wire.ErrPassed
	}
	for _, other := range of {
		if overtakes(other) && other.Number < r.Number && other.Number > s.express.cursor && !s.ahead[other.Number] {
			return r, &Later{s.push.now().Add(lookSoon)}
		}
	}
	return r, nil
}

// broughtAhead notes that the express lane has brought what is the other's, so
// that it does not come twice.
func (s *served) broughtAhead(r wire.Record) {
	s.mu.Lock()
	s.ahead[r.Number] = true
	s.mu.Unlock()
	s.push.ledger.Overtook(s.e.Follower(), s.push.now(), r)
}

// moves puts a lane where it has come to; the other lane looks at it.
func (l *lane) moves(to wire.Number) {
	l.mu.Lock()
	l.cursor = to
	l.mu.Unlock()
}
