package till

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v85"

	"wireroom/audience"
	"wireroom/fault"
)

// StripeSettings are what Stripe knows us by.
type StripeSettings struct {
	Key    string // sk_… or rk_…
	Secret string // whsec_… of the webhook, made with the version of the library
	URL    string // of the interface; "" is Stripe's own
}

// Version is the version of Stripe's interface that events must be written in.
const Version = stripe.APIVersion

// Stripe takes cards on Stripe's own page, so that no number of a card ever
// comes near this program.
type Stripe struct {
	settings StripeSettings
	client   *stripe.Client
	now      func() time.Time
}

// NewStripe makes a till of Stripe's; Invalid when the key or secret is none.
func NewStripe(s StripeSettings, now func() time.Time) (*Stripe, error) {
	s.Key, s.Secret = strings.TrimSpace(s.Key), strings.TrimSpace(s.Secret)
	if !strings.HasPrefix(s.Key, "sk_") && !strings.HasPrefix(s.Key, "rk_") {
		return nil, fault.Invalid("stripe_key", "a secret key of Stripe begins with sk_ or rk_")
	}
	if !strings.HasPrefix(s.Secret, "whsec_") {
		return nil, fault.Invalid("stripe_webhook", "the secret of a webhook begins with whsec_")
	}
	config := &stripe.BackendConfig{EnableTelemetry: stripe.Bool(false), LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull}}
	if s.URL != "" {
		config.URL = stripe.String(s.URL)
	}
	return &Stripe{s, stripe.NewClient(s.Key, stripe.WithBackends(stripe.NewBackendsWithConfig(config))), now}, nil
}

// live says whether the key takes real money.
func (s *Stripe) live() bool { return strings.Contains(s.settings.Key, "_live_") }

// Name is "stripe".
func (s *Stripe) Name() string { return "stripe" }

// Renews is true.
func (s *Stripe) Renews() bool { return true }

// Begin opens a Checkout session. Stripe is told the plan's name, the price and
// an order that means nothing elsewhere.
func (s *Stripe) Begin(ctx context.Context, p audience.Purchase) (string, error) {
	known := map[string]string{orderKey: p.Order}
	item := &stripe.CheckoutSessionCreateLineItemPriceDataParams{
		Currency: stripe.String(strings.ToLower(p.Currency)), UnitAmount: stripe.Int64(p.Amount),
		ProductData: &stripe.CheckoutSessionCreateLineItemPriceDataProductDataParams{Name: stripe.String(p.Name)},
	}
	c := &stripe.CheckoutSessionCreateParams{
		ClientReferenceID: stripe.String(p.Order), SuccessURL: stripe.String(p.Done), CancelURL: stripe.String(p.Away), Metadata: known,
		LineItems: []*stripe.CheckoutSessionCreateLineItemParams{{Quantity: stripe.Int64(1), PriceData: item}},
		Locale:    stripe.String(checkoutLang(p.Lang)),
	}
	if p.Renews {
		item.Recurring = &stripe.CheckoutSessionCreateLineItemPriceDataRecurringParams{
			Interval: stripe.String("day"), IntervalCount: stripe.Int64(int64(p.Days)),
		}
		c.Mode = stripe.String(string(stripe.CheckoutSessionModeSubscription))
		c.SubscriptionData = &stripe.CheckoutSessionCreateSubscriptionDataParams{Metadata: known}
	} else {
		c.Mode = stripe.String(string(stripe.CheckoutSessionModePayment))
		c.PaymentIntentData = &stripe.CheckoutSessionCreatePaymentIntentDataParams{Metadata: known}
	}
	// The same order asked for again is the same session.
	c.SetIdempotencyKey(p.Order)
	opened, err := s.client.V1CheckoutSessions.Create(ctx, c)
	if err != nil {
		return "", said("open a payment", err)
	}
	return opened.URL, nil
}

// checkoutLang is the language of Stripe's page; it speaks no Belarusian.
func checkoutLang(lang string) string {
	if lang == "be" {
		return "ru"
	}
	return lang
}

// Refund gives a payment back.
func (s *Stripe) Refund(ctx context.Context, payment string) error {
	if !strings.HasPrefix(payment, "pi_") {
		return fault.Conflict("the payment", "Stripe has not told yet by which name it can be given back")
	}
	p := &stripe.RefundCreateParams{PaymentIntent: stripe.String(payment)}
	p.SetIdempotencyKey("refund " + payment)
	if _, err := s.client.V1Refunds.Create(ctx, p); err != nil {
		return said("give a payment back", err)
	}
	return nil
}

// Stop has a subscription end with the period that is paid.
func (s *Stripe) Stop(ctx context.Context, renewal string) error {
	_, err := s.client.V1Subscriptions.Update(ctx, renewal, &stripe.SubscriptionUpdateParams{CancelAtPeriodEnd: stripe.Bool(true)})
	if err != nil {
		return said("stop a renewal", err)
	}
	return nil
}

// Portal is Stripe's page on which a payer changes the card or stops.
func (s *Stripe) Portal(ctx context.Context, payer, back string) (string, error) {
	opened, err := s.client.V1BillingPortalSessions.Create(ctx, &stripe.BillingPortalSessionCreateParams{
		Customer: stripe.String(payer), ReturnURL: stripe.String(back),
	})
	if err != nil {
		return "", said("open the portal", err)
	}
	return opened.URL, nil
}

// said keeps of Stripe's error what names no payer.
func said(what string, err error) error {
	var e *stripe.Error
	if errors.As(err, &e) {
		return fault.Internal(what+" at Stripe", fmt.Errorf("answer %d, %s %s", e.HTTPStatusCode, e.Type, e.Code))
	}
	return fault.Internal(what+" at Stripe", err)
}
