package audience

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Refusals of a code. A face puts them in its own words.
var (
	ErrNoCode    = fault.NotFound("this code")
	ErrCodeUsed  = fault.Conflict("this code", "it has been used")
	ErrPoolEmpty = fault.Conflict("this code", "all its seats are taken")
)

// Redeem gives a reader what a code is worth, once: ErrNoCode for what is none
// of ours or has been closed, ErrCodeUsed, or ErrPoolEmpty. Nothing is kept that
// leads from the code to the reader.
func (s *Store) Redeem(ctx context.Context, reader, text string) (plan string, until time.Time, err error) {
	key, err := s.codeKey(ctx)
	if err != nil {
		return "", time.Time{}, err
	}
	c, ok := readCode(key, text)
	if !ok {
		return "", time.Time{}, ErrNoCode
	}
	coded, err := s.mark(ctx, "spent", c.sign(key))
	if err != nil {
		return "", time.Time{}, err
	}
	seated, err := s.mark(ctx, "seat", spell(uint64(c.batch), batchSigns)+" "+reader)
	if err != nil {
		return "", time.Time{}, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		b, err := scanBatch(tx.QueryRow(ctx, batchColumns+` WHERE number = ?1`, c.batch))
		if fault.Is(err, fault.KindNotFound) || err == nil && b.Closed {
			return ErrNoCode
		}
		if err != nil {
			return err
		}
		mark := coded
		if b.Kind == Pool {
			if mark = seated; c.sign(key) != b.poolCode(key) {
				return ErrNoCode
			}
		}
		if err := spend(ctx, tx, mark, b); err != nil {
			return err
		}
		plan = b.Plan
		until, err = s.opened(ctx, tx, reader, b)
		return err
	})
	return plan, until, err
}

// opened prolongs what the reader has by codes.
func (s *Store) opened(ctx context.Context, tx *db.Tx, reader string, b Batch) (time.Time, error) {
	r, err := byID(ctx, tx, reader)
	if err != nil {
		return time.Time{}, err
	}
	if r.Frozen {
		return time.Time{}, fault.NotFound("the reader")
	}
	if err := s.prolong(ctx, tx, reader, b.Plan, Code, b.Days); err != nil {
		return time.Time{}, err
	}
	until, err := s.heldUntil(ctx, tx, reader, b.Plan)
	if err != nil {
		return time.Time{}, err
	}
	return until, changed(ctx, tx)
}

// spend uses a code or a seat up; of many who try at once one succeeds.
func spend(ctx context.Context, tx *db.Tx, mark string, b Batch) error {
	if b.Kind == Pool && b.Used >= b.Made {
		if held, err := spent(ctx, tx, mark); err != nil || !held {
			return or(err, ErrPoolEmpty)
		}
	}
	for {
		if held, err := spent(ctx, tx, mark); err != nil || held {
			return or(err, ErrCodeUsed)
		}
		done, err := tx.Exec(ctx, `INSERT INTO code_spent (place, mark) VALUES (?1, ?2) ON CONFLICT DO NOTHING`,
			int64(chance(31)), mark)
		if err != nil {
			return fault.Internal("use a code", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fault.Internal("use a code", err)
		}
		if n > 0 {
			break
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE code_batch SET used = used + 1 WHERE number = ?1`, b.Number); err != nil {
		return fault.Internal("count a code", err)
	}
	return nil
}

func spent(ctx context.Context, tx *db.Tx, mark string) (bool, error) {
	var n int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM code_spent WHERE mark = ?1`, mark).Scan(&n); err != nil {
		return false, fault.Internal("look for a code", err)
	}
	return n > 0, nil
}

// or is err, or other when there is none.
func or(err, other error) error {
	if err != nil {
		return err
	}
	return other
}
