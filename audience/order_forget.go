package audience

import (
	"context"
	"slices"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// month writes the month of a time as the takings have it.
func month(t time.Time) string { return t.UTC().Format("2006-01") }

// Takings is what a month brought for a plan in a currency.
type Takings struct {
	Month    string // "2026-11"
	Plan     string
	Currency string
	Paid     int64
	Back     int64 // of it, what was given back since
	Payments int
}

// book is all orders with all facts, read at once.
type book struct {
	orders []Order
	facts  map[string][]Fact // by order
}

func readBook(ctx context.Context, from db.Reader) (book, error) {
	orders, err := ordersWhere(ctx, from, ` ORDER BY id`)
	if err != nil {
		return book{}, err
	}
	rows, err := from.Query(ctx, `SELECT belongs, payment, kind, key, day, until, amount FROM till_fact ORDER BY payment, kind, key`)
	if err != nil {
		return book{}, fault.Internal("read what a till told", err)
	}
	all, err := db.Collect(rows, "read what a till told", scanFact)
	if err != nil {
		return book{}, err
	}
	owner, first := map[string]string{}, map[string]string{}
	for _, f := range all {
		if f.Order != "" {
			owner[f.Payment] = f.Order
		}
		if f.Kind == FactSame {
			first[f.Payment] = f.Key
		}
	}
	b := book{orders, map[string][]Fact{}}
	for _, f := range all {
		id := owner[f.Payment]
		if id == "" {
			id = owner[first[f.Payment]]
		}
		b.facts[id] = append(b.facts[id], f)
	}
	return b, nil
}

// Takings are the months' sums, the oldest month first.
func (s *Store) Takings(ctx context.Context) ([]Takings, error) {
	rows, err := s.db.Query(ctx, `SELECT month, plan, currency, paid, back, payments FROM till_month`)
	if err != nil {
		return nil, fault.Internal("read the takings", err)
	}
	all, err := db.Collect(rows, "read the takings", func(row db.Scanner) (t Takings, err error) {
		return t, row.Scan(&t.Month, &t.Plan, &t.Currency, &t.Paid, &t.Back, &t.Payments)
	})
	if err != nil {
		return nil, err
	}
	b, err := readBook(ctx, s.db)
	if err != nil {
		return nil, err
	}
	sums := map[[3]string]Takings{}
	add := func(t Takings) {
		key := [3]string{t.Month, t.Plan, t.Currency}
		was := sums[key]
		t.Paid, t.Back, t.Payments = t.Paid+was.Paid, t.Back+was.Back, t.Payments+was.Payments
		sums[key] = t
	}
	for _, t := range all {
		add(t)
	}
	for _, o := range b.orders {
		for _, p := range payments(b.facts[o.ID]) {
			if p.paid {
				add(taking(o, p))
			}
		}
	}
	all = all[:0]
	for _, t := range sums {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b Takings) int {
		return strings.Compare(a.Month+" "+a.Plan+" "+a.Currency, b.Month+" "+b.Plan+" "+b.Currency)
	})
	return all, nil
}

func taking(o Order, p *payment) Takings {
	return Takings{month(p.day), o.Plan, o.Price.Currency, p.amount, p.back, 1}
}

// ForgetOrders drops what is older than the refund window: the names of
// payments, what joined them to readers, and purchases that were never paid.
// The months' sums and the readers' passes stay. What still renews keeps its
// last payment.
func (s *Store) ForgetOrders(ctx context.Context, window int) error {
	cutoff := dayOf(s.now()).AddDate(0, 0, -window)
	return s.db.Do(ctx, func(tx *db.Tx) error {
		b, err := readBook(ctx, tx)
		if err != nil {
			return err
		}
		for _, o := range b.orders {
			if err := forgetOrder(ctx, tx, o, b.facts[o.ID], cutoff); err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `DELETE FROM till_fact WHERE day < ?1 AND belongs = ''
			AND payment NOT IN (SELECT payment FROM till_fact WHERE belongs <> '')
			AND payment NOT IN (SELECT payment FROM till_fact WHERE kind = 'same' AND key IN (SELECT payment FROM till_fact WHERE belongs <> ''))`,
			db.Millis(cutoff))
		if err != nil {
			return fault.Internal("forget what a till told", err)
		}
		return nil
	})
}

func forgetOrder(ctx context.Context, tx *db.Tx, o Order, facts []Fact, cutoff time.Time) error {
	w := worth(o, facts)
	renewing := o.Renews && w.Opened && !w.Stopped
	whole, all := !renewing && o.Begun.Before(cutoff), payments(facts)
	for _, p := range all {
		whole = whole && (!p.paid || p.day.Before(cutoff))
	}
	for _, p := range all {
		if stale := !p.failed.IsZero() && p.failed.Before(cutoff); stale && !p.paid {
			if err := forgetPayment(ctx, tx, p.name); err != nil {
				return err
			}
		}
		last := renewing && p.counts() && p.until.Equal(w.Until)
		if !p.paid || !p.day.Before(cutoff) || last {
			continue
		}
		if !whole && !renewing {
			continue // the days of one order are counted together
		}
		if err := bookTaking(ctx, tx, taking(o, p)); err != nil {
			return err
		}
		if err := forgetPayment(ctx, tx, p.name); err != nil {
			return err
		}
	}
	if !whole {
		return nil
	}
	return forgetWhole(ctx, tx, o, all)
}

func bookTaking(ctx context.Context, tx *db.Tx, t Takings) error {
	_, err := tx.Exec(ctx, `INSERT INTO till_month (month, plan, currency, paid, back, payments) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (month, plan, currency) DO UPDATE SET paid = till_month.paid + excluded.paid, back = till_month.back + excluded.back,
			payments = till_month.payments + excluded.payments`, t.Month, t.Plan, t.Currency, t.Paid, t.Back, t.Payments)
	if err != nil {
		return fault.Internal("book the takings", err)
	}
	return nil
}

// forgetPayment drops what was told of a payment, by all its names.
func forgetPayment(ctx context.Context, tx *db.Tx, name string) error {
	_, err := tx.Exec(ctx, `DELETE FROM till_fact WHERE payment = ?1
		OR payment IN (SELECT payment FROM till_fact WHERE kind = 'same' AND key = ?1)`, name)
	if err != nil {
		return fault.Internal("forget a payment", err)
	}
	return nil
}

// forgetWhole drops an order. What the reader's later orders count from it
// stays as the day before which they do not begin, and what it opened as a pass
// of no order.
func forgetWhole(ctx context.Context, tx *db.Tx, o Order, all []*payment) error {
	for _, p := range all {
		if err := forgetPayment(ctx, tx, p.name); err != nil {
			return err
		}
	}
	statements := []string{`DELETE FROM till_fact WHERE belongs = ?1`, `DELETE FROM till_order WHERE id = ?1`}
	if o.Reader != "" {
		statements = append([]string{`UPDATE till_order SET floor = (SELECT MAX(until) FROM reader_pass WHERE kind = 'paid' AND origin = ?1 AND origin <> '')
			WHERE reader = (SELECT reader FROM till_order WHERE id = ?1) AND plan = (SELECT plan FROM till_order WHERE id = ?1)
			AND floor < (SELECT COALESCE(MAX(until), 0) FROM reader_pass WHERE kind = 'paid' AND origin = ?1 AND origin <> '')`,
			// The till and the payer may know the order's name for ever.
			`INSERT INTO reader_pass (reader, plan, kind, origin, until, told)
			SELECT reader, plan, kind, '', until, told FROM reader_pass WHERE kind = 'paid' AND origin = ?1 AND origin <> ''
			ON CONFLICT (reader, plan, kind, origin) DO UPDATE SET
				until = CASE WHEN excluded.until > reader_pass.until THEN excluded.until ELSE reader_pass.until END,
				told = CASE WHEN excluded.until > reader_pass.until THEN excluded.told ELSE reader_pass.told END`,
			`DELETE FROM reader_pass WHERE kind = 'paid' AND origin = ?1 AND origin <> ''`}, statements...)
	}
	for _, q := range statements {
		if _, err := tx.Exec(ctx, q, o.ID); err != nil {
			return fault.Internal("forget an order", err)
		}
	}
	return nil
}

// leaveOrders takes a reader's name off the orders, which the books need until
// the refund window is over.
func leaveOrders(ctx context.Context, tx *db.Tx, reader string) error {
	if _, err := tx.Exec(ctx, `UPDATE till_order SET reader = '' WHERE reader = ?1`, reader); err != nil {
		return fault.Internal("leave the orders", err)
	}
	return nil
}

// StopLeft ends the renewals of readers who are gone.
func (s *Store) StopLeft(ctx context.Context, window int) error {
	b, err := readBook(ctx, s.db)
	if err != nil {
		return err
	}
	for _, o := range b.orders {
		if w := worth(o, b.facts[o.ID]); o.Reader != "" || !o.Renews || w.Stopped || !w.Opened {
			continue
		}
		if err := s.StopRenewal(ctx, o.ID, window); err != nil {
			return err
		}
	}
	return nil
}
