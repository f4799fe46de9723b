package audience

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// GiftCode makes the code of a gift that was paid. It is told once; nothing
// leads from the order to the code. Conflict when it was told already or is not
// paid, NotFound for an unknown secret.
func (s *Store) GiftCode(ctx context.Context, secret string) (code string, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		o, err := scanOrder(tx.QueryRow(ctx, orderColumns+` WHERE secret = ?1`, pass.Hash(secret)))
		if err != nil {
			return err
		}
		b, err := weigh(ctx, tx, o)
		if err != nil {
			return err
		}
		if !o.Gift || o.Minted || b.Payments == 0 {
			return fault.Conflict("the gift", "it is not paid, or its code has been shown")
		}
		if _, err := tx.Exec(ctx, `UPDATE till_order SET minted = 1 WHERE id = ?1`, o.ID); err != nil {
			return fault.Internal("make the code of a gift", err)
		}
		code, err = s.MintGift(ctx, tx, o.Plan, o.Price.Days)
		return err
	})
	return code, err
}
