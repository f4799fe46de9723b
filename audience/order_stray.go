package audience

import (
	"context"
	"slices"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/staff"
)

// Stray is a payment of no order that is known, of which a till tells that it
// went back or that its payer's bank wants it back. The order may be forgotten,
// or the till may be somebody else's too.
type Stray struct {
	Payment  string
	Day      time.Time
	Amount   int64 // that was given back, in the smallest unit of a currency that was not told
	Disputed bool
}

// Strays are the payments of the last refund window that the staff should look
// up at the till, the newest first.
func (c *Clerk) Strays(ctx context.Context) ([]Stray, error) {
	b, err := readBook(ctx, c.db)
	if err != nil {
		return nil, err
	}
	days := map[string]time.Time{}
	for _, f := range b.facts[""] {
		if f.Kind == FactRefunded || f.Kind == FactDisputed {
			days[f.Payment] = later(days[f.Payment], f.Day)
		}
	}
	var all []Stray
	for _, p := range payments(b.facts[""]) {
		if p.back == 0 && !p.disputed() {
			continue
		}
		all = append(all, Stray{p.reference, later(days[p.name], days[p.reference]), p.back, p.disputed()})
	}
	slices.SortFunc(all, func(a, b Stray) int {
		if n := b.Day.Compare(a.Day); n != 0 {
			return n
		}
		return strings.Compare(a.Payment, b.Payment)
	})
	return all, nil
}

// GiveBackGift gives back what was paid for a gift that nobody has used. Which
// gift is said by the reference of its order or by the till's name of its
// payment; a code that has been shown must be handed in, and is used up by it.
// NotFound for no such gift or code, Conflict when it cannot be given back.
func (c *Clerk) GiveBackGift(ctx context.Context, which, code string, window int) error {
	o, err := c.gift(ctx, which)
	if err != nil {
		return err
	}
	if o.Minted {
		if err := c.handIn(ctx, o, code); err != nil {
			return err
		}
	}
	if err := c.Refund(ctx, o.ID, window); err != nil {
		return err
	}
	return c.act(ctx, staff.DidRefund, o.Plan+", "+invoice.Money(o.Price.Amount, o.Price.Currency), func(*db.Tx) error { return nil })
}

func (c *Clerk) gift(ctx context.Context, which string) (Order, error) {
	which = strings.TrimSpace(which)
	begins, ok := readReference(which)
	if !ok {
		begins = "none"
	}
	return scanOrder(c.db.QueryRow(ctx, orderColumns+` WHERE gift = 1 AND (id >= ?1 AND id < ?2
		OR id IN (SELECT belongs FROM till_fact WHERE belongs <> '' AND payment = ?3)) ORDER BY id LIMIT 1`, begins, begins+"~", which))
}

// handIn uses up the code of a gift, so that its order is as if the code had
// never been shown.
func (c *Clerk) handIn(ctx context.Context, o Order, text string) error {
	key, err := c.codeKey(ctx)
	if err != nil {
		return err
	}
	code, ok := readCode(key, text)
	if !ok {
		return ErrNoCode
	}
	mark, err := c.mark(ctx, "spent", code.sign(key))
	if err != nil {
		return err
	}
	return c.db.Do(ctx, func(tx *db.Tx) error {
		b, err := scanBatch(tx.QueryRow(ctx, batchColumns+` WHERE number = ?1`, code.batch))
		if fault.Is(err, fault.KindNotFound) || err == nil && (b.Kind != Gift || b.Plan != o.Plan || b.Days != o.Price.Days) {
			return ErrNoCode
		}
		if err != nil {
			return err
		}
		if err := spend(ctx, tx, mark, b); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE till_order SET minted = 0 WHERE id = ?1`, o.ID); err != nil {
			return fault.Internal("hand a code in", err)
		}
		return nil
	})
}
