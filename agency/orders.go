package agency

import (
	"context"
	"time"
)

// tallies is how often the orders are gone through.
const tallies = time.Hour

// followOrders forgets the orders that are past giving back, ends the renewals of
// readers who are gone and sends the letters that are due, until the context
// ends.
func (a *Agency) followOrders(ctx context.Context) {
	for ctx.Err() == nil {
		window := a.house.get().Readers.RefundDays()
		for _, one := range []struct {
			what string
			do   func(context.Context) error
		}{
			{"a renewal cannot be stopped", func(ctx context.Context) error { return a.Readers.StopLeft(ctx, window) }},
			{"orders that nobody paid cannot be dropped", func(ctx context.Context) error {
				return a.Readers.DropUnpaid(ctx, a.house.get().Readers.WaitDays())
			}},
			{"past orders cannot be forgotten", func(ctx context.Context) error { return a.Readers.ForgetOrders(ctx, window) }},
			{"letters about plans cannot be sent", a.face().site.Remind},
		} {
			if err := one.do(ctx); err != nil {
				a.stumble(ctx, one.what, err)
			}
		}
		timer := time.NewTimer(tallies)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
}
