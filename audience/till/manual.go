package till

import (
	"context"

	"wireroom/audience"
)

// Manual is a till that sees no money: readers are told how to pay the agency
// itself, by bank, in cash or otherwise, and the staff say what has come.
type Manual struct{}

// Name is "manual".
func (Manual) Name() string { return audience.ByHand }

// Renews is false: nobody can take the next payment.
func (Manual) Renews() bool { return false }

// Begin leads to the page of the order, which says how to pay.
func (Manual) Begin(_ context.Context, p audience.Purchase) (string, error) { return p.Done, nil }

// Refund leaves it to the staff to send the money back.
func (Manual) Refund(context.Context, string) error { return nil }

// Stop has nothing to stop.
func (Manual) Stop(context.Context, string) error { return nil }

// Portal is none.
func (Manual) Portal(context.Context, string, string) (string, error) { return "", nil }
