package audience

import (
	"context"
	"slices"
	"strings"
	"time"

	"wireroom/db"
)

// renewalGrace is how long what renews stays open past its period: tills take
// the next payment some hours after the last one ends.
const renewalGrace = 2

// Worth is what the facts make of an order.
type Worth struct {
	Payments int       // that are the agency's to keep
	Paid     int64     // all that was taken
	Back     int64     // of it, what was given back
	Disputed bool      // a payer's bank wants a payment back
	Failing  bool      // a renewal was not paid
	Stopped  bool      // no renewal will come
	Opened   bool      // renewals were set up
	Broken   bool      // something that was paid does not count
	First    time.Time // day of the first payment that counts
	Until    time.Time // end of the last paid period that a till counted
}

// payment is what was told of one payment, by whatever names.
type payment struct {
	name      string
	paid      bool
	day       time.Time
	until     time.Time
	amount    int64
	back      int64
	failed    time.Time       // day of the last try that failed
	disputes  map[string]bool // open until won
	reference string          // by which the till gives it back
}

// counts says whether the payment is the agency's to keep.
func (p *payment) counts() bool { return p.paid && (p.back == 0 || p.back < p.amount) && !p.disputed() }

func (p *payment) disputed() bool {
	for _, open := range p.disputes {
		if open {
			return true
		}
	}
	return false
}

// payments puts together what was told, by names. It heeds the set of facts
// alone, not their order.
func payments(facts []Fact) []*payment {
	first := map[string]string{}
	for _, f := range facts {
		if f.Kind == FactSame {
			first[f.Payment] = f.Key
		}
	}
	byName := map[string]*payment{}
	of := func(name string) *payment {
		if n, ok := first[name]; ok {
			name = n
		}
		if byName[name] == nil {
			byName[name] = &payment{name: name, disputes: map[string]bool{}, reference: name}
		}
		return byName[name]
	}
	for _, f := range facts {
		switch p := of(f.Payment); f.Kind {
		case FactPaid:
			p.paid, p.day, p.until, p.amount = true, f.Day, f.Until, f.Amount
		case FactRefunded:
			p.back = max(p.back, f.Amount)
		case FactDisputed:
			if _, won := p.disputes[f.Key]; !won {
				p.disputes[f.Key] = true
			}
		case FactWon:
			p.disputes[f.Key] = false
		case FactFailed:
			p.failed = later(p.failed, f.Day)
		case FactSame:
			if p.reference == p.name || f.Payment > p.reference {
				p.reference = f.Payment
			}
		}
	}
	all := make([]*payment, 0, len(byName))
	for _, p := range byName {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *payment) int { return strings.Compare(a.name, b.name) })
	return all
}

// worth is a function of the set of facts.
func worth(o Order, facts []Fact) Worth {
	var w Worth
	for _, f := range facts {
		w.Stopped = w.Stopped || f.Kind == FactStopped
		w.Opened = w.Opened || f.Kind == FactOpened
	}
	var took, failed time.Time
	for _, p := range payments(facts) {
		if took = later(took, p.day); !p.paid {
			failed = later(failed, p.failed)
			continue
		}
		w.Paid, w.Back = w.Paid+p.amount, w.Back+p.back
		w.Disputed = w.Disputed || p.disputed()
		if !p.counts() {
			w.Broken = true
			continue
		}
		w.Payments++
		if w.First.IsZero() || p.day.Before(w.First) {
			w.First = p.day
		}
		if p.until.After(w.Until) {
			w.Until = p.until
		}
	}
	w.Failing = !failed.IsZero() && !failed.Before(took)
	return w
}

// ends says until when each of a reader's orders of a plan opens it. What is
// paid once begins where that of before ends, so nobody loses days by paying
// early; zero opens nothing.
func ends(all []Bought) map[string]time.Time {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b Bought) int {
		if c := a.First.Compare(b.First); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	until := map[string]time.Time{}
	var cursor time.Time
	for _, b := range all {
		switch {
		case b.Renews:
			until[b.ID] = renewedUntil(b)
		case b.Payments > 0:
			from := later(b.First.AddDate(0, 0, 1), later(b.floor, cursor))
			cursor = afterDays(from, b.Payments*b.Price.Days)
			until[b.ID] = cursor
		default:
			until[b.ID] = time.Time{}
		}
	}
	return until
}

// renewedUntil is the end of the last period that was paid, later by the days
// that the reader held when it began.
func renewedUntil(b Bought) time.Time {
	if b.Until.IsZero() {
		return time.Time{}
	}
	days := 0
	if b.floor.After(b.Begun) {
		days = int(b.floor.Sub(b.Begun) / (24 * time.Hour))
	}
	if !b.Stopped && !b.Broken {
		days += renewalGrace
	}
	return afterDays(b.Until, days)
}

// afterDays is the end of the day that comes so many days after from, where
// what ends with a day goes on from there.
func afterDays(from time.Time, days int) time.Time {
	if from.Equal(dayOf(from)) {
		return from.UTC().AddDate(0, 0, days)
	}
	return after(from, days)
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// settle gives a reader what the orders of a plan are worth, and takes what
// they are not.
func (s *Store) settle(ctx context.Context, tx *db.Tx, reader, plan string) error {
	if reader == "" {
		return nil
	}
	orders, err := ordersWhere(ctx, tx, ` WHERE reader = ?1 AND plan = ?2`, reader, plan)
	if err != nil {
		return err
	}
	var all []Bought
	for _, o := range orders {
		b, err := weigh(ctx, tx, o)
		if err != nil {
			return err
		}
		all = append(all, b)
	}
	for id, until := range ends(all) {
		if until.IsZero() {
			err = take(ctx, tx, Paid, id)
		} else {
			err = give(ctx, tx, reader, Pass{plan, until}, Paid, id)
		}
		if err != nil {
			return err
		}
	}
	return changed(ctx, tx)
}
