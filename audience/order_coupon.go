package audience

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
)

// holdCoupon lets an order be begun with a limited coupon if what was paid with
// it and what waits for a payment leave one; Conflict. An order that nobody pays
// holds it for a day, or for as long as it waits for the staff.
func (s *Store) holdCoupon(ctx context.Context, tx *db.Tx, word string, most int) error {
	if word == "" {
		return nil
	}
	// Of many who begin at once each waits for the row before it counts.
	if _, err := tx.Exec(ctx, `INSERT INTO till_coupon (word, used) VALUES (?1, 0) ON CONFLICT (word) DO UPDATE SET used = till_coupon.used`, word); err != nil {
		return fault.Internal("hold a coupon", err)
	}
	var used int
	err := tx.QueryRow(ctx, `SELECT c.used + (SELECT COUNT(*) FROM till_order o WHERE o.coupon = c.word AND (o.begun >= ?2 OR o.till = ?3))
		FROM till_coupon c WHERE c.word = ?1`, word, db.Millis(dayOf(s.now()).AddDate(0, 0, -1)), ByHand).Scan(&used)
	if err != nil {
		return fault.Internal("hold a coupon", err)
	}
	if used >= most {
		return fault.Conflict("the coupon", "it has been used up")
	}
	return nil
}

// useCoupon counts the coupon of an order that is paid, once.
func useCoupon(ctx context.Context, tx *db.Tx, o Order) error {
	if o.coupon == "" {
		return nil
	}
	b, err := weigh(ctx, tx, o)
	if err != nil || b.Payments == 0 {
		return err
	}
	for _, q := range []string{
		`UPDATE till_coupon SET used = used + 1 WHERE word = (SELECT coupon FROM till_order WHERE id = ?1)`,
		`UPDATE till_order SET coupon = '' WHERE id = ?1`,
	} {
		if _, err := tx.Exec(ctx, q, o.ID); err != nil {
			return fault.Internal("use a coupon", err)
		}
	}
	return nil
}
