package agency

import (
	"context"
	"time"

	"wireroom/story"
)

// followPlans sends what is to be sent by itself, until the context ends. On
// several machines each of them watches, and one sends.
func (a *Agency) followPlans(ctx context.Context) {
	bell, stop := a.DB.Listen(story.PlanChannel)
	defer stop()
	for ctx.Err() == nil {
		if err := a.Stories.SendDue(ctx); err != nil {
			a.stumble(ctx, "what is due cannot be sent", err)
			continue
		}
		next, err := a.Stories.NextDue(ctx)
		if err != nil {
			a.stumble(ctx, "the next sending cannot be read", err)
			continue
		}
		wait := lookAgain
		if left := next.Sub(a.now()); !next.IsZero() {
			wait = min(max(left, time.Millisecond), wait)
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-bell:
		case <-timer.C:
		}
		timer.Stop()
	}
}
