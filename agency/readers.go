package agency

import (
	"context"
	"errors"
	"time"
)

// settles is how often what is past is taken out of the files of the database.
const settles = 10 * time.Minute

// watchReaders keeps who is signed in at hand, and has what a reader may have
// change everywhere within half a second.
func (a *Agency) watchReaders(ctx context.Context) {
	a.Readers.Watch(ctx, func(err error) { a.stumble(ctx, "the readers cannot be watched", err) })
}

// settleFiles leaves nothing in the files that the tables have forgotten.
func (a *Agency) settleFiles(ctx context.Context) {
	tick := time.NewTicker(settles)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := a.Readers.Sweep(ctx); err != nil {
			a.stumble(ctx, "what is over cannot be swept out", err)
		}
		if err := a.DB.Settle(ctx); err != nil {
			a.stumble(ctx, "the log of the database cannot be emptied", err)
		}
	}
}

// counts is how often it is looked whether a day is over.
const counts = time.Minute

// countReaders writes the sums of each day that is over, and those of the day
// under way when the program stops.
func (a *Agency) countReaders(ctx context.Context) {
	tick := time.NewTicker(counts)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := errors.Join(a.tally.Turn(ctx, false), a.Readers.Count(ctx)); err != nil {
			a.stumble(ctx, "the readers cannot be counted", err)
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), sumsTime)
	defer cancel()
	if err := a.tally.Turn(last, true); err != nil {
		a.stumble(last, "the readers cannot be counted", err)
	}
}

// sumsTime bounds how long the last sums may hold up a stop.
const sumsTime = 5 * time.Second
