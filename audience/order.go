package audience

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff/pass"
)

// Order is a purchase: a plan's periods for a reader, or for whoever gets the
// code of a gift. It is kept while it can be given back or renews by itself.
type Order struct {
	ID     string
	Reader string // "" of a gift, and when the reader is gone
	Gift   bool
	Plan   string
	Price  masthead.Price
	Renews bool // the till takes the price again at the end of each period
	Till   string
	Begun  time.Time // the day
	Minted bool      // the code of the gift has been shown

	floor  time.Time // its days begin no earlier
	secret string
	coupon string // which it holds until it is paid
	told   time.Time
}

// NewOrder is what a buyer chose.
type NewOrder struct {
	Reader string // "" is a gift
	Plan   string
	Price  masthead.Price
	Renews bool
	Till   string
	Coupon string // the word that took something off the price; "" is none
	Most   int    // how often the word can be used; 0 is as often as one likes
}

// Begin keeps an order that is not paid yet; Conflict when its coupon has been
// used up. The secret is for the buyer's browser, which finds its order again by
// it.
func (s *Store) Begin(ctx context.Context, n NewOrder) (Order, string, error) {
	o := Order{ID: newID(), Reader: n.Reader, Gift: n.Reader == "", Plan: n.Plan, Price: n.Price, Renews: n.Renews && n.Reader != "",
		Till: n.Till, Begun: dayOf(s.now())}
	secret := rand.Text()
	o.secret = pass.Hash(secret)
	return o, secret, s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if n.Most > 0 {
			o.coupon = strings.ToUpper(n.Coupon)
		}
		if err := s.holdCoupon(ctx, tx, o.coupon, n.Most); err != nil {
			return err
		}
		if o.floor, err = s.floorOf(ctx, tx, o); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO till_order (id, secret, reader, gift, plan, currency, amount, days, renews, till, begun, floor, coupon)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)`, o.ID, o.secret, o.Reader, o.Gift, o.Plan,
			o.Price.Currency, o.Price.Amount, o.Price.Days, o.Renews, o.Till, db.Millis(o.Begun), db.Millis(o.floor), o.coupon)
		if err != nil {
			return fault.Internal("begin an order", err)
		}
		return nil
	})
}

// floorOf is the end of what the reader holds of the plan by anything but the
// orders that still count themselves.
func (s *Store) floorOf(ctx context.Context, tx *db.Tx, o Order) (time.Time, error) {
	if o.Reader == "" {
		return time.Time{}, nil
	}
	var until int64
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(until), 0) FROM reader_pass WHERE reader = ?1 AND plan = ?2
		AND origin NOT IN (SELECT id FROM till_order WHERE reader = ?1)`, o.Reader, o.Plan).Scan(&until)
	if err != nil {
		return time.Time{}, fault.Internal("begin an order", err)
	}
	if end := db.Time(until); end.After(s.now()) {
		return end, nil
	}
	return time.Time{}, nil
}

const orderColumns = `SELECT id, secret, reader, gift, plan, currency, amount, days, renews, till, begun, floor, minted, told, coupon FROM till_order`

func scanOrder(row db.Scanner) (Order, error) {
	var o Order
	var begun, floor, told int64
	err := row.Scan(&o.ID, &o.secret, &o.Reader, &o.Gift, &o.Plan, &o.Price.Currency, &o.Price.Amount, &o.Price.Days,
		&o.Renews, &o.Till, &begun, &floor, &o.Minted, &told, &o.coupon)
	if errors.Is(err, sql.ErrNoRows) {
		return Order{}, fault.NotFound("the order")
	}
	if err != nil {
		return Order{}, fault.Internal("read an order", err)
	}
	o.Begun, o.floor, o.told = db.Time(begun), db.Time(floor), db.Time(told)
	return o, nil
}

func orderByID(ctx context.Context, from db.Reader, id string) (Order, error) {
	return scanOrder(from.QueryRow(ctx, orderColumns+` WHERE id = ?1`, id))
}

// Bought is an order with what it is worth.
type Bought struct {
	Order
	Worth
}

// OrderBySecret finds the order of a buyer's browser; NotFound.
func (s *Store) OrderBySecret(ctx context.Context, secret string) (Bought, error) {
	o, err := scanOrder(s.db.QueryRow(ctx, orderColumns+` WHERE secret = ?1`, pass.Hash(secret)))
	if err != nil {
		return Bought{}, err
	}
	return weigh(ctx, s.db, o)
}

// Order finds an order; NotFound when it is unknown or forgotten.
func (s *Store) Order(ctx context.Context, id string) (Bought, error) {
	o, err := orderByID(ctx, s.db, id)
	if err != nil {
		return Bought{}, err
	}
	return weigh(ctx, s.db, o)
}

// Orders are the orders of a reader that are remembered and were paid, the
// newest first.
func (s *Store) Orders(ctx context.Context, reader string) ([]Bought, error) {
	if reader == "" {
		return nil, nil
	}
	all, err := ordersWhere(ctx, s.db, ` WHERE reader = ?1 ORDER BY begun DESC, id`, reader)
	if err != nil {
		return nil, err
	}
	var paid []Bought
	for _, o := range all {
		b, err := weigh(ctx, s.db, o)
		if err != nil {
			return nil, err
		}
		if b.Payments > 0 || b.Opened {
			paid = append(paid, b)
		}
	}
	return paid, nil
}

func ordersWhere(ctx context.Context, from db.Reader, where string, args ...any) ([]Order, error) {
	rows, err := from.Query(ctx, orderColumns+where, args...)
	if err != nil {
		return nil, fault.Internal("read the orders", err)
	}
	return db.Collect(rows, "read the orders", scanOrder)
}

func weigh(ctx context.Context, from db.Reader, o Order) (Bought, error) {
	facts, err := factsOf(ctx, from, o.ID)
	return Bought{o, worth(o, facts)}, err
}

// dayOf is the beginning of the day, in UTC.
func dayOf(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
