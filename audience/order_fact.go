package audience

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// FactKind is what a till can tell of a payment.
type FactKind string

// What tills tell.
const (
	FactPaid     FactKind = "paid"
	FactRefunded FactKind = "refunded" // Amount is all that was given back of the payment so far
	FactDisputed FactKind = "disputed" // Key is the dispute
	FactWon      FactKind = "won"      // the dispute Key is over and the money stays
	FactFailed   FactKind = "failed"   // a renewal could not be taken; a later try may pay it
	FactStopped  FactKind = "stopped"  // there will be no further renewal
	FactOpened   FactKind = "opened"   // renewals are set up; Key is the till's name for the payer
	FactSame     FactKind = "same"     // Payment is another name for the payment Key
)

// Fact is one thing that a till told. Told twice it is the same fact.
type Fact struct {
	Order   string // "" when the till did not say
	Payment string // the till's name for the payment, or for the whole of a renewing order
	Kind    FactKind
	Key     string
	Day     time.Time
	Until   time.Time // end of the period that was paid; zero where the order's days count
	Amount  int64
}

// Tell keeps facts and gives the readers what they have paid for, whatever else
// has been told already. A fact from before the refund window is dropped: its
// order may be forgotten.
func (s *Store) Tell(ctx context.Context, window int, facts ...Fact) error {
	return s.db.Do(ctx, func(tx *db.Tx) error { return s.tellIn(ctx, tx, window, facts...) })
}

func (s *Store) tellIn(ctx context.Context, tx *db.Tx, window int, facts ...Fact) error {
	oldest := dayOf(s.now()).AddDate(0, 0, -window)
	concerned := map[string]bool{}
	for _, f := range facts {
		f.Day = dayOf(f.Day)
		if f.Day.Before(oldest) {
			continue
		}
		if err := tell(ctx, tx, f, concerned); err != nil {
			return err
		}
	}
	for id := range concerned {
		o, err := orderByID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := useCoupon(ctx, tx, o); err != nil {
			return err
		}
		if err := s.settle(ctx, tx, o.Reader, o.Plan); err != nil {
			return err
		}
	}
	return nil
}

// tell keeps a fact and names the orders that it concerns.
func tell(ctx context.Context, tx *db.Tx, f Fact, concerned map[string]bool) error {
	if f.Order != "" {
		if _, err := orderByID(ctx, tx, f.Order); fault.Is(err, fault.KindNotFound) {
			f.Order = "" // what was forgotten is not remembered; the staff see the rest
		} else if err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `INSERT INTO till_fact (payment, kind, key, belongs, day, until, amount) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (payment, kind, key) DO UPDATE SET
			belongs = CASE WHEN excluded.belongs > till_fact.belongs THEN excluded.belongs ELSE till_fact.belongs END,
			day = CASE WHEN excluded.day < till_fact.day THEN excluded.day ELSE till_fact.day END,
			until = CASE WHEN excluded.until > till_fact.until THEN excluded.until ELSE till_fact.until END,
			amount = CASE WHEN excluded.amount > till_fact.amount THEN excluded.amount ELSE till_fact.amount END`,
		f.Payment, string(f.Kind), f.Key, f.Order, db.Millis(f.Day), db.Millis(f.Until), f.Amount)
	if err != nil {
		return fault.Internal("keep what a till told", err)
	}
	all, err := concerns(ctx, tx, f)
	for _, id := range all {
		concerned[id] = true
	}
	return err
}

// concerns finds the order of a fact, which may be known only by what was told
// of the same payment before.
func concerns(ctx context.Context, tx *db.Tx, f Fact) ([]string, error) {
	other := f.Payment
	if f.Kind == FactSame {
		other = f.Key
	}
	rows, err := tx.Query(ctx, `SELECT DISTINCT belongs FROM till_fact WHERE belongs <> '' AND (payment IN (?1, ?2)
		OR payment IN (SELECT key FROM till_fact WHERE payment = ?1 AND kind = 'same'))`, f.Payment, other)
	if err != nil {
		return nil, fault.Internal("find the order of a payment", err)
	}
	return db.Collect(rows, "find the order of a payment", func(row db.Scanner) (id string, err error) {
		return id, row.Scan(&id)
	})
}

// factsOf is all that was told of an order and of its payments by any name.
func factsOf(ctx context.Context, from db.Reader, order string) ([]Fact, error) {
	rows, err := from.Query(ctx, `SELECT belongs, payment, kind, key, day, until, amount FROM till_fact
		WHERE payment IN (SELECT payment FROM till_fact WHERE belongs = ?1)
		OR payment IN (SELECT payment FROM till_fact WHERE kind = 'same' AND key IN (SELECT payment FROM till_fact WHERE belongs = ?1))
		ORDER BY payment, kind, key`, order)
	if err != nil {
		return nil, fault.Internal("read what a till told", err)
	}
	return db.Collect(rows, "read what a till told", scanFact)
}

func scanFact(row db.Scanner) (Fact, error) {
	var f Fact
	var kind string
	var day, until int64
	if err := row.Scan(&f.Order, &f.Payment, &kind, &f.Key, &day, &until, &f.Amount); err != nil {
		return Fact{}, fault.Internal("read what a till told", err)
	}
	f.Kind, f.Day, f.Until = FactKind(kind), db.Time(day), db.Time(until)
	return f, nil
}
