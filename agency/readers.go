package agency

import (
	"context"
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
		if err := a.DB.Settle(ctx); err != nil {
			a.stumble(ctx, "the log of the database cannot be emptied", err)
		}
	}
}
