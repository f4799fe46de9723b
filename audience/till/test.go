package till

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"wireroom/audience"
	"wireroom/fault"
)

// Test is a till that takes no money: whoever buys says how it went.
type Test struct {
	now func() time.Time

	mu   sync.Mutex
	open map[string]audience.Purchase // by what its page's address has
}

// NewTest opens a till for trying.
func NewTest(now func() time.Time) *Test {
	return &Test{now: now, open: map[string]audience.Purchase{}}
}

// TestPath is the folder of the test till's pages.
const TestPath = "/till/test/"

// Name is "test".
func (t *Test) Name() string { return "test" }

// Renews is true.
func (t *Test) Renews() bool { return true }

// Begin keeps the purchase in memory and leads to its page on our own host.
func (t *Test) Begin(_ context.Context, p audience.Purchase) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	key := rand.Text()
	t.open[key] = p
	return TestPath + key, nil
}

// Look is the purchase of a page; NotFound when it was paid or never begun.
func (t *Test) Look(key string) (audience.Purchase, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	p, ok := t.open[key]
	if !ok {
		return p, fault.NotFound("the payment")
	}
	return p, nil
}

// Pay says that a purchase was paid, and what a till tells of that.
func (t *Test) Pay(key string) (audience.Purchase, []audience.Fact, error) {
	p, err := t.Look(key)
	if err != nil {
		return p, nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.open, key)
	paid := audience.Fact{Order: p.Order, Payment: "test " + rand.Text(), Kind: audience.FactPaid, Day: t.now(), Amount: p.Amount}
	if !p.Renews {
		return p, []audience.Fact{paid}, nil
	}
	paid.Until = t.now().AddDate(0, 0, p.Days)
	opened := audience.Fact{Order: p.Order, Payment: "test renewal " + p.Order, Kind: audience.FactOpened, Key: p.Order, Day: t.now()}
	return p, []audience.Fact{opened, paid}, nil
}

// Renew is what is told when the next period of an order is paid.
func (t *Test) Renew(order string, amount int64, until time.Time) audience.Fact {
	return audience.Fact{Order: order, Payment: "test " + rand.Text(), Kind: audience.FactPaid, Day: t.now(), Until: until, Amount: amount}
}

// Refund gives nothing back, for nothing was taken.
func (t *Test) Refund(context.Context, string) error { return nil }

// Stop needs to do nothing.
func (t *Test) Stop(context.Context, string) error { return nil }

// Portal is none.
func (t *Test) Portal(context.Context, string, string) (string, error) { return "", nil }
