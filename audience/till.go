package audience

import (
	"context"

	"wireroom/fault"
)

// Till takes money. What comes of it is told later, as facts, by whatever way
// the till has.
type Till interface {
	// Name is kept with an order: "stripe".
	Name() string
	// Renews says whether it can take a price again at the end of each period.
	Renews() bool
	// Begin opens a payment and says at which address it goes on.
	Begin(ctx context.Context, p Purchase) (address string, err error)
	// Refund gives the whole of a payment back.
	Refund(ctx context.Context, payment string) error
	// Stop ends the renewals of what it calls by this name.
	Stop(ctx context.Context, renewal string) error
	// Portal is an address at which a payer sees to the card; "" is none.
	Portal(ctx context.Context, payer, back string) (address string, err error)
}

// Purchase is what a till needs to know, which is nothing of the reader.
type Purchase struct {
	Order    string
	Name     string // of the plan, for the payer
	Currency string
	Amount   int64
	Days     int
	Renews   bool
	Lang     string
	Done     string // where the payer comes back, paid or not
	Away     string // where one comes back who has thought better of it
}

// UseTills has the readers' payments given back and stopped by the tills that
// took them; without them they are not.
func (s *Store) UseTills(all ...Till) {
	s.tills = map[string]Till{}
	for _, t := range all {
		s.tills[t.Name()] = t
	}
}

// tillOf is the till that took the order's payments; Conflict.
func (s *Store) tillOf(o Order) (Till, error) {
	t, ok := s.tills[o.Till]
	if !ok {
		return nil, fault.Conflict("the till", "the payment was made at another, which is not in use")
	}
	return t, nil
}

// Refund gives back all that was paid for an order and has not been given back
// yet, and closes what it opened. Conflict when nothing can be given back: the
// code of a gift has been shown, or the payment is too old.
func (s *Store) Refund(ctx context.Context, order string, window int) error {
	o, err := orderByID(ctx, s.db, order)
	if err != nil {
		return err
	}
	if o.Minted {
		return fault.Conflict("the order", "the code of this gift has been shown and may be in use")
	}
	t, err := s.tillOf(o)
	if err != nil {
		return err
	}
	facts, err := factsOf(ctx, s.db, order)
	if err != nil {
		return err
	}
	given := false
	for _, p := range payments(facts) {
		if !p.paid || p.back >= p.amount {
			continue
		}
		if err := t.Refund(ctx, p.reference); err != nil {
			return err
		}
		back := Fact{Order: o.ID, Kind: FactRefunded, Payment: p.reference, Day: s.now(), Amount: p.amount}
		if err := s.Tell(ctx, window, back); err != nil {
			return err
		}
		given = true
	}
	if !given {
		return fault.Conflict("the order", "nothing of it can be given back")
	}
	if o.Renews {
		return s.StopRenewal(ctx, order, window)
	}
	return nil
}

// StopRenewal ends the renewals of an order; what is paid stays open to its end.
func (s *Store) StopRenewal(ctx context.Context, order string, window int) error {
	o, err := orderByID(ctx, s.db, order)
	if err != nil {
		return err
	}
	t, err := s.tillOf(o)
	if err != nil {
		return err
	}
	facts, err := factsOf(ctx, s.db, order)
	if err != nil {
		return err
	}
	for _, f := range facts {
		if f.Kind != FactOpened {
			continue
		}
		if err := t.Stop(ctx, f.Payment); err != nil {
			return err
		}
		if err := s.Tell(ctx, window, Fact{Order: o.ID, Kind: FactStopped, Payment: f.Payment, Day: s.now()}); err != nil {
			return err
		}
	}
	return nil
}

// Portal is the till's page for the payer of a renewing order; "" is none.
func (s *Store) Portal(ctx context.Context, order, back string) (string, error) {
	o, err := orderByID(ctx, s.db, order)
	if err != nil {
		return "", err
	}
	t, err := s.tillOf(o)
	if err != nil {
		return "", err
	}
	facts, err := factsOf(ctx, s.db, order)
	if err != nil {
		return "", err
	}
	for _, f := range facts {
		if f.Kind == FactOpened && f.Key != "" {
			return t.Portal(ctx, f.Key, back)
		}
	}
	return "", nil
}
