package till_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/webhook"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/db"
	"wireroom/masthead"
)

const (
	secret = "whsec_of_this_test"
	window = 30
)

// room is the readers with Stripe's till and a clock that can be set.
type room struct {
	*testing.T
	now    time.Time
	store  *audience.Store
	stripe *till.Stripe
	reader audience.Reader
	days   int // of a period
}

func open(t *testing.T, d *db.DB) *room {
	r := &room{T: t, days: 30, now: time.Date(2026, 11, 25, 12, 34, 56, 0, time.UTC)}
	clock := r.clock
	r.store = audience.New(d, clock, "")
	var err error
	r.stripe, err = till.NewStripe(till.StripeSettings{Key: "sk_test_none", Secret: secret}, clock)
	r.ok(err)
	r.store.UseTills(r.stripe)
	r.reader, _, err = r.store.OpenByNumber(t.Context(), "en")
	r.ok(err)
	return r
}

func (r *room) ok(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *room) clock() time.Time { return r.now }

// begins is a new order of a period for 7.00 of the reader or, without one,
// of a gift.
func (r *room) begins(reader string, renews bool) audience.Order {
	r.Helper()
	o, _, err := r.store.Begin(r.Context(), audience.NewOrder{
		Reader: reader, Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 700, Days: r.days}, Renews: renews, Till: "stripe",
	})
	r.ok(err)
	return o
}

// happening is an event as Stripe makes it.
type happening struct {
	kind string
	holds
	live bool
}

// holds is what an event is about, as JSON.
type holds map[string]any

func (r *room) payload(h happening) []byte {
	r.Helper()
	body, err := json.Marshal(map[string]any{
		"id": "evt_1", "object": "event", "api_version": stripe.APIVersion, "created": r.now.Unix(), "livemode": h.live, "type": h.kind,
		"data": map[string]any{"object": h.holds},
	})
	r.ok(err)
	return body
}

// signed is the event with Stripe's signature of an instant.
func (r *room) signed(h happening, with string, at time.Time) (body []byte, signature string) {
	r.Helper()
	s := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: r.payload(h), Secret: with, Timestamp: at})
	return s.Payload, s.Header
}

// hears takes events as the webhook does, in one go.
func (r *room) hears(all ...happening) {
	r.Helper()
	var facts []audience.Fact
	for _, h := range all {
		told, err := r.stripe.Read(r.signed(h, secret, r.now))
		r.ok(err)
		facts = append(facts, told...)
	}
	r.ok(r.store.Tell(r.Context(), window, facts...))
}

// held is until when the reader holds the plan by an order.
func (r *room) held(plan string) time.Time {
	r.Helper()
	all, err := r.store.Passes(r.Context(), r.reader.ID)
	r.ok(err)
	for _, p := range all {
		if p.Plan == plan {
			return p.Until.UTC()
		}
	}
	return time.Time{}
}

func day(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}
