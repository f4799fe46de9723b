package archive

import (
	"context"
	"time"

	"wireroom/wire"
)

const (
	// takenAtOnce is how many records one change of the index brings.
	takenAtOnce = 2000
	// sweepEvery is how long the clock is left alone: within it a story whose
	// plan opens, or whose embargo ends, comes to be found by its new readers.
	sweepEvery = time.Minute
	// givesWay leaves the processor to the pages of what has just been sent.
	// Until it is taken in, nobody finds a changed story as it was either.
	givesWay = 50 * time.Millisecond
	// pause is the wait before the index is tried again.
	pause = 5 * time.Second
)

// follow keeps one index until the context ends; caughtUp is called each time
// that it has taken in all there is.
func (a *Archive) follow(ctx context.Context, h *holding, caughtUp func()) error {
	w := a.writer(h)
	defer w.await()
	for ctx.Err() == nil {
		n, err := w.step(ctx)
		if err == nil && n > 0 {
			continue
		}
		if err == nil {
			caughtUp()
			if !w.gently {
				w.gently = true
				a.settle()
			}
			if w.fresh >= tidyAfter {
				err, w.fresh = h.index.Tidy(ctx), 0
			}
		}
		if err == nil {
			err = a.wait(ctx, h)
		}
		if err != nil && ctx.Err() == nil {
			if a.Wrong != nil {
				a.Wrong(err)
			}
			rest(ctx, pause)
		}
	}
	return ctx.Err()
}

// tidyAfter is how many stories leave the index in pieces.
const tidyAfter = 20_000

// wait returns when the wire has more, or the clock may have changed something.
func (a *Archive) wait(ctx context.Context, h *holding) error {
	cursor, err := h.index.Cursor(ctx)
	if err != nil {
		return err
	}
	until := sweepEvery
	if next := h.catalogue.nextEmbargo(); !next.IsZero() {
		until = min(until, max(next.Sub(a.now()), 0)+50*time.Millisecond)
	}
	short, cancel := context.WithTimeout(ctx, until)
	defer cancel()
	err = a.wire.Wait(short, wire.Number(cursor))
	if err != nil && short.Err() == nil {
		return err
	}
	if err == nil {
		rest(ctx, givesWay)
		if a.LetPass != nil {
			a.LetPass(ctx, wire.Number(cursor)+1)
		}
	}
	return nil
}

func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

func (c *catalogue) nextEmbargo() time.Time {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var next time.Time
	for _, i := range c.rows {
		if at := time.UnixMilli(i.Rule.Embargo); i.Sealed && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	return next
}
