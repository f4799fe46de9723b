package till

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85"
	"github.com/stripe/stripe-go/v85/webhook"

	"wireroom/audience"
	"wireroom/fault"
)

// orderKey is the entry of Stripe's metadata that names our order.
const orderKey = "order"

// tolerance is how old a signed event may be: Stripe signs anew each time it
// sends one.
const tolerance = 5 * time.Minute

// StripePath is where Stripe sends its events.
const StripePath = "/till/stripe"

// Read turns an event into facts. Invalid when the signature is not Stripe's or
// is old, or when the event is of the other mode; an event of no use to us is
// no fact and no error.
func (s *Stripe) Read(payload []byte, signature string) ([]audience.Fact, error) {
	e, err := webhook.ConstructEventWithOptions(payload, signature, s.settings.Secret, webhook.ConstructEventOptions{IgnoreTolerance: true})
	if err != nil {
		return nil, fault.Invalid("the event", "%v", err)
	}
	if age := s.now().Sub(signedAt(signature)); age > tolerance || age < -tolerance {
		return nil, fault.Invalid("the event", "its signature is %s old", age.Round(time.Minute))
	}
	if e.Livemode != s.live() {
		return nil, fault.Invalid("the event", "it is of the other mode than the key")
	}
	if e.Data == nil {
		return nil, fault.Invalid("the event", "it holds nothing")
	}
	var o object
	if err := json.Unmarshal(e.Data.Raw, &o); err != nil {
		return nil, fault.Invalid("the event", "what it holds cannot be read")
	}
	return o.facts(string(e.Type), time.Unix(e.Created, 0)), nil
}

// signedAt is the time that the signature covers.
func signedAt(signature string) time.Time {
	for _, part := range strings.Split(signature, ",") {
		if text, ok := strings.CutPrefix(strings.TrimSpace(part), "t="); ok {
			if n, err := strconv.ParseInt(text, 10, 64); err == nil {
				return time.Unix(n, 0)
			}
		}
	}
	return time.Time{}
}

// object is what we read of the things that events hold. In events Stripe
// writes its own things by their names, never whole.
type object struct {
	ID       string            `json:"id"`
	Created  int64             `json:"created"`
	Metadata map[string]string `json:"metadata"`
	Intent   string            `json:"payment_intent"`

	// of a Checkout session
	Status       string `json:"payment_status"`
	Total        int64  `json:"amount_total"`
	Subscription string `json:"subscription"`
	Customer     string `json:"customer"`

	// of an invoice and its payment
	AmountPaid int64 `json:"amount_paid"`
	Parent     struct {
		Of struct {
			Metadata map[string]string `json:"metadata"`
		} `json:"subscription_details"`
	} `json:"parent"`
	Lines struct {
		Data []struct {
			Period struct {
				End int64 `json:"end"`
			} `json:"period"`
		} `json:"data"`
	} `json:"lines"`
	Invoice string `json:"invoice"`
	Payment struct {
		Intent string `json:"payment_intent"`
	} `json:"payment"`

	// of a charge, a dispute, a subscription
	AmountRefunded int64  `json:"amount_refunded"`
	State          string `json:"status"`
	AtEnd          bool   `json:"cancel_at_period_end"`
	CancelAt       int64  `json:"cancel_at"`
}

func (o object) facts(kind string, at time.Time) []audience.Fact {
	f := audience.Fact{Order: o.Metadata[orderKey], Day: at}
	of := func(kind audience.FactKind, payment, key string) []audience.Fact {
		f.Kind, f.Payment, f.Key = kind, payment, key
		if payment == "" {
			return nil
		}
		return []audience.Fact{f}
	}
	switch kind {
	case "checkout.session.completed", "checkout.session.async_payment_succeeded":
		if o.Subscription != "" {
			return of(audience.FactOpened, o.Subscription, o.Customer)
		}
		if o.Status != "paid" {
			return nil
		}
		f.Day, f.Amount = time.Unix(o.Created, 0), o.Total
		return of(audience.FactPaid, o.Intent, "")
	case "invoice.paid":
		f.Order, f.Day, f.Amount = o.Parent.Of.Metadata[orderKey], time.Unix(o.Created, 0), o.AmountPaid
		for _, l := range o.Lines.Data {
			if end := time.Unix(l.Period.End, 0); end.After(f.Until) {
				f.Until = end
			}
		}
		return of(audience.FactPaid, o.ID, "")
	case "invoice.payment_failed":
		f.Order = o.Parent.Of.Metadata[orderKey]
		return of(audience.FactFailed, o.ID, "")
	case "invoice_payment.paid":
		if o.Invoice == "" {
			return nil
		}
		return of(audience.FactSame, o.Payment.Intent, o.Invoice)
	case "charge.refunded":
		f.Amount = o.AmountRefunded
		return of(audience.FactRefunded, o.Intent, "")
	case "charge.dispute.created":
		return of(audience.FactDisputed, o.Intent, o.ID)
	case "charge.dispute.closed":
		if o.State == string(stripe.DisputeStatusWon) || o.State == string(stripe.DisputeStatusWarningClosed) {
			return of(audience.FactWon, o.Intent, o.ID)
		}
		return of(audience.FactDisputed, o.Intent, o.ID)
	case "customer.subscription.deleted":
		return of(audience.FactStopped, o.ID, "")
	case "customer.subscription.updated":
		if o.AtEnd || o.CancelAt != 0 {
			return of(audience.FactStopped, o.ID, "")
		}
	}
	return nil
}
