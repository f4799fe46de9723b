package bulletin

import (
	"context"
	"sync"
	"time"

	"wireroom/wire"
)

// Follower is the name by which the bulletins follow the wire, for those that
// go at once.
const Follower = "letters"

// looksAgain is how often it is looked for what is due without a bell: the
// clock, an embargo that ended, a carrier that is back.
const looksAgain = 10 * time.Second

// Run composes and sends until the context ends. Each issue goes for itself, so
// that one that has to wait keeps no other back. wrong hears of what fails.
func (s *Sender) Run(ctx context.Context, wrong func(error)) {
	s.ready()
	var work sync.WaitGroup
	defer work.Wait()
	work.Go(func() {
		// It ends with the context alone.
		_ = s.Store.wire.Follow(ctx, Follower, s.follow)
	})
	bell, stop := s.Store.db.Listen(channel)
	defer stop()
	var mu sync.Mutex
	busy := map[int64]bool{}
	for ctx.Err() == nil {
		if err := s.Store.Compose(ctx); err != nil && ctx.Err() == nil {
			wrong(err)
		}
		issues, err := s.Store.underWay(ctx)
		if err != nil && ctx.Err() == nil {
			wrong(err)
		}
		for _, i := range issues {
			mu.Lock()
			there := busy[i.Number]
			busy[i.Number] = true
			mu.Unlock()
			if there {
				continue
			}
			work.Go(func() {
				if err := s.Send(ctx, i.Number); err != nil && ctx.Err() == nil {
					wrong(err)
				}
				mu.Lock()
				delete(busy, i.Number)
				mu.Unlock()
			})
		}
		timer := time.NewTimer(looksAgain)
		select {
		case <-ctx.Done():
		case <-bell:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// follow brings the bulletins that go at once up to a record. It has arrived
// when its issue stands fast: the letters go beside it, for one that is long
// on its way must not keep a kill back.
func (s *Sender) follow(ctx context.Context, r wire.Record) error {
	made, err := s.Store.AtOnce(ctx, r.Number)
	if err == nil && !made {
		return wire.ErrPassed
	}
	return err
}
