package agency

import "context"

// watchReaders keeps who is signed in at hand, and has what a reader may have
// change everywhere within half a second.
func (a *Agency) watchReaders(ctx context.Context) {
	a.Readers.Watch(ctx, func(err error) { a.stumble(ctx, "the readers cannot be watched", err) })
}
