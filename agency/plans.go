package agency

import (
	"context"
	"time"

	"wireroom/story"
)

// followPlans sends what is to be sent by itself, and ends embargoes on the
// wire, until the context ends. On several machines each of them watches, and
// one sends.
func (a *Agency) followPlans(ctx context.Context) {
	bell, stop := a.DB.Listen(story.PlanChannel)
	defer stop()
	for ctx.Err() == nil {
		if err := a.Stories.SendDue(ctx); err != nil {
			a.stumble(ctx, "what is due cannot be sent", err)
			continue
		}
		if err := a.Stories.Lift(ctx); err != nil {
			a.stumble(ctx, "an embargo cannot be ended on the wire", err)
			continue
		}
		wait, err := a.untilDue(ctx)
		if err != nil {
			a.stumble(ctx, "the next sending cannot be read", err)
			continue
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

// untilDue is how long nothing is to be sent and no embargo ends, or until it
// is worth a look.
func (a *Agency) untilDue(ctx context.Context) (time.Duration, error) {
	wait := lookAgain
	for _, next := range []func(context.Context) (time.Time, error){a.Stories.NextDue, a.Stories.NextLift} {
		at, err := next(ctx)
		if err != nil {
			return 0, err
		}
		if left := at.Sub(a.now()); !at.IsZero() {
			wait = min(max(left, time.Millisecond), wait)
		}
	}
	return wait, nil
}
