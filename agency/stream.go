package agency

import (
	"context"
	"time"

	"wireroom/wire"
)

// streaming is the stream's name among the followers.
const streaming = "stream"

// followStream sends clients what goes out, until the context ends, and keeps
// book of when it was sent. Each machine serves the clients who came to it.
func (a *Agency) followStream(ctx context.Context) {
	ledger := a.Wire.Ledger(a.node())
	for ctx.Err() == nil {
		if _, err := ledger.Begin(ctx, streaming); err != nil {
			a.stumble(ctx, "the stream cannot begin", err)
			continue
		}
		break
	}
	a.stream.Store(ledger)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		ledger.Keep(ctx, func(err error) { a.Log.Warn("arrivals cannot be noted", "error", err) })
	}()
	a.face().ticker.Run(ctx)
	<-kept
}

// streamed notes that records were sent to all who follow the stream.
func (a *Agency) streamed(at time.Time, records ...wire.Record) {
	if ledger := a.stream.Load(); ledger != nil {
		ledger.Arrived(streaming, at, records...)
	}
}
