package audience

import (
	"context"
	"strings"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/staff"
)

// ByHand is the name of the till whose payments come to the agency by some way
// of its own, as by bank or in cash, and of which the staff say that they came.
const ByHand = "manual"

// mostWaiting is how many waiting orders are listed; the others are found by
// their references.
const mostWaiting = 100

// Reference is what a payer writes beside a payment that no till sees. It is
// known for as long as the order.
func (o Order) Reference() string {
	return strings.ToUpper(o.ID[:4] + "-" + o.ID[4:8])
}

// readReference gives how the id of the order begins; false for what is no
// reference.
func readReference(text string) (string, bool) {
	text = strings.ToLower(strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -–\u00a0\t", r) {
			return -1
		}
		return r
	}, text))
	return text, len(text) == 8 && strings.Trim(text, "0123456789abcdef") == ""
}

// waits picks the orders of which nobody has said yet that they were paid, and
// for which there is still somebody to read.
const waits = ` WHERE till = ?1 AND (gift = 1 OR reader <> '') AND id NOT IN (SELECT belongs FROM till_fact WHERE belongs <> '')`

// Waiting are the orders that wait for the staff, the newest first. Text is a
// reference; "" is all of them, of which only the newest are given.
func (c *Clerk) Waiting(ctx context.Context, text string) ([]Order, error) {
	if strings.TrimSpace(text) == "" {
		return ordersWhere(ctx, c.db, waits+` ORDER BY begun DESC, id LIMIT ?2`, ByHand, mostWaiting)
	}
	begins, ok := readReference(text)
	if !ok {
		return nil, nil
	}
	return ordersWhere(ctx, c.db, waits+` AND id >= ?2 AND id < ?3 ORDER BY begun DESC, id`, ByHand, begins, begins+"~")
}

// WaitingOf are a reader's own orders that wait for a payment at the agency.
func (s *Store) WaitingOf(ctx context.Context, reader string) ([]Order, error) {
	return ordersWhere(ctx, s.db, waits+` AND reader = ?2 AND reader <> '' ORDER BY begun DESC, id`, ByHand, reader)
}

// TakeMoney says that a waiting order was paid in full, which opens what it is
// for; NotFound when it no longer waits.
func (c *Clerk) TakeMoney(ctx context.Context, order string, window int) error {
	return c.waiting(ctx, order, staff.DidTakeMoney, func(tx *db.Tx, o Order) error {
		return c.tellIn(ctx, tx, window, Fact{Order: o.ID, Payment: ByHand + " " + o.ID, Kind: FactPaid, Day: c.now(), Amount: o.Price.Amount})
	})
}

// DropOrder ends a waiting order that will not be paid; NotFound when it no
// longer waits.
func (c *Clerk) DropOrder(ctx context.Context, order string) error {
	return c.waiting(ctx, order, staff.DidDropOrder, func(tx *db.Tx, o Order) error {
		if _, err := tx.Exec(ctx, `DELETE FROM till_order WHERE id = ?1`, o.ID); err != nil {
			return fault.Internal("drop an order", err)
		}
		return nil
	})
}

// waiting does something to an order that waits and notes it. Of two who do so
// at once the second finds that it waits no longer.
func (c *Clerk) waiting(ctx context.Context, order string, act staff.Act, work func(*db.Tx, Order) error) error {
	return c.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE till_order SET told = told WHERE id = ?1`, order); err != nil {
			return fault.Internal("take up an order", err)
		}
		o, err := scanOrder(tx.QueryRow(ctx, orderColumns+waits+` AND id = ?2`, ByHand, order))
		if err != nil {
			return err
		}
		if err := work(tx, o); err != nil {
			return err
		}
		// The list of acts is kept for longer than who paid.
		return c.staff.NoteDay(ctx, tx, c.by, act, o.Plan+", "+invoice.Money(o.Price.Amount, o.Price.Currency))
	})
}

// DropUnpaid drops the orders that have waited for more than so many days.
func (s *Store) DropUnpaid(ctx context.Context, days int) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM till_order WHERE till = ?1 AND begun < ?2
			AND id NOT IN (SELECT belongs FROM till_fact WHERE belongs <> '')`, ByHand, db.Millis(dayOf(s.now()).AddDate(0, 0, -days)))
		if err != nil {
			return fault.Internal("drop what nobody paid", err)
		}
		return nil
	})
}
