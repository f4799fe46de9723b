package audience

import (
	"context"
	"fmt"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Clerk looks after readers for one of the staff. What they do stands in the
// list of acts, with the day, and the reader by a handle alone.
type Clerk struct {
	*Store
	staff *staff.Store
	by    staff.Person
}

// Clerk lets those in whose trade it is; Forbidden.
func (s *Store) Clerk(people *staff.Store, by staff.Person) (*Clerk, error) {
	if err := staff.May(by, staff.ActReaders, by); err != nil {
		return nil, err
	}
	return &Clerk{s, people, by}, nil
}

// Handle names a reader among the staff. It leads to no address or number.
func (r Reader) Handle() string { return handle(r.ID) }

func handle(id string) string { return id[:min(8, len(id))] }

// act does something and notes it, or neither.
func (c *Clerk) act(ctx context.Context, act staff.Act, note string, work func(*db.Tx) error) error {
	return c.db.Do(ctx, func(tx *db.Tx) error {
		if err := work(tx); err != nil {
			return err
		}
		return c.staff.NoteDay(ctx, tx, c.by, act, note)
	})
}

// Find finds a reader by the exact number or address, or by their handle;
// NotFound.
func (c *Clerk) Find(ctx context.Context, what string) (Reader, error) {
	what = strings.TrimSpace(what)
	if strings.Contains(what, "@") {
		r, err := c.ByEmail(ctx, what)
		if fault.Is(err, fault.KindInvalid) {
			return Reader{}, fault.NotFound("the reader")
		}
		return r, err
	}
	if h := strings.ToLower(what); len(h) == 8 && strings.Trim(h, "0123456789abcdef") == "" {
		return scanReader(c.db.QueryRow(ctx, readerColumns+` WHERE r.id >= ?1 AND r.id < ?2 ORDER BY r.id LIMIT 1`, h, h+"~"))
	}
	return c.ByNumber(ctx, what)
}

// GrantUntil gives a plan until the end of a day, in place of what the staff had
// given of it. A day that is over takes it back.
func (c *Clerk) GrantUntil(ctx context.Context, reader, plan string, day time.Time) error {
	if plan == "" {
		return fault.Invalid("plan", "a pass opens a plan")
	}
	if day.IsZero() || day.After(c.now().AddDate(mostDays/365, 0, 0)) {
		return fault.Invalid("until", "a pass needs a day on which it ends, within ten years")
	}
	end := after(day, 0)
	note := fmt.Sprintf("%s %s %s", handle(reader), plan, day.Format(time.DateOnly))
	return c.act(ctx, staff.DidGrant, note, func(tx *db.Tx) error {
		if _, err := byID(ctx, tx, reader); err != nil {
			return err
		}
		if err := give(ctx, tx, reader, Pass{plan, end}, Granted, ""); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}

// Extend adds days of a plan to all that the reader holds of it.
func (c *Clerk) Extend(ctx context.Context, reader, plan string, days int) error {
	if plan == "" {
		return fault.Invalid("plan", "a pass opens a plan")
	}
	if days < 1 || days > mostDays {
		return fault.Invalid("days", "from 1 to %d days are given at a time", mostDays)
	}
	return c.act(ctx, staff.DidGrant, fmt.Sprintf("%s %s +%d", handle(reader), plan, days), func(tx *db.Tx) error {
		if _, err := byID(ctx, tx, reader); err != nil {
			return err
		}
		if err := c.prolong(ctx, tx, reader, plan, Granted, days); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}

// Freeze shuts an account at once and signs it out everywhere; thaw opens it.
func (c *Clerk) Freeze(ctx context.Context, reader string, frozen bool) error {
	did := staff.DidThawOne
	if frozen {
		did = staff.DidFreezeOne
	}
	return c.act(ctx, did, handle(reader), func(tx *db.Tx) error { return c.freezeIn(ctx, tx, reader, frozen) })
}

// GiveBack gives back what a reader paid for an order.
func (c *Clerk) GiveBack(ctx context.Context, reader, order string, window int) error {
	if err := c.Refund(ctx, order, window); err != nil {
		return err
	}
	return c.act(ctx, staff.DidRefund, handle(reader), func(*db.Tx) error { return nil })
}

// Partner begins a batch and makes its codes, which are told this once.
func (c *Clerk) Partner(ctx context.Context, name, plan string, days, count int) (b Batch, codes []string, err error) {
	err = c.act(ctx, staff.DidMakeCodes, fmt.Sprintf("%s: %d", name, count), func(tx *db.Tx) error {
		b, codes, err = c.NewPartner(ctx, tx, name, plan, days, count)
		return err
	})
	return b, codes, err
}

// Seats begins a pool of seats.
func (c *Clerk) Seats(ctx context.Context, name, plan string, days, seats int) (b Batch, err error) {
	err = c.act(ctx, staff.DidMakeCodes, fmt.Sprintf("%s: %d", name, seats), func(tx *db.Tx) error {
		b, err = c.NewPool(ctx, tx, name, plan, days, seats)
		return err
	})
	return b, err
}

// Close ends what is left of a batch, or opens it again.
func (c *Clerk) Close(ctx context.Context, number int64, closed bool) error {
	b, err := c.Batch(ctx, number)
	if err != nil {
		return err
	}
	did := staff.DidOpenCodes
	if closed {
		did = staff.DidCloseCodes
	}
	return c.act(ctx, did, strings.TrimSpace(b.Sign()+" "+b.Name), func(tx *db.Tx) error {
		return c.CloseBatch(ctx, tx, number, closed)
	})
}

// Ours gives those of the codes that are the agency's own and of one batch, in
// one spelling.
func (c *Clerk) Ours(ctx context.Context, codes []string) (b Batch, ours []string, err error) {
	key, err := c.codeKey(ctx)
	if err != nil {
		return Batch{}, nil, err
	}
	for _, text := range codes {
		one, ok := readCode(key, text)
		if !ok || len(ours) > 0 && one.batch != b.Number {
			continue
		}
		b.Number, ours = one.batch, append(ours, one.sign(key))
	}
	if len(ours) == 0 {
		return Batch{}, nil, ErrNoCode
	}
	b, err = c.Batch(ctx, b.Number)
	return b, ours, err
}
