package clients

import (
	"context"

	"wireroom/db"
	"wireroom/fault"
)

// Keeper is an administrator of a client, who keeps its seats.
type Keeper struct {
	*Store
	by Seat
}

// Keeper lets those in who are administrators; NotFound.
func (s *Store) Keeper(by Seat) (*Keeper, error) {
	if !by.Admin {
		return nil, fault.NotFound("the client's seats")
	}
	return &Keeper{s, by}, nil
}

// Invite gives somebody of the client a seat while there is one left.
func (k *Keeper) Invite(ctx context.Context, name, email string) (Seat, error) {
	t, err := Seat{Client: k.by.Client, Name: name, Email: email}.checked()
	if err != nil {
		return t, err
	}
	return t, k.db.Do(ctx, func(tx *db.Tx) error { return sit(ctx, tx, t) })
}

// Remove takes a seat of the client back; one's own is Invalid, so that an
// administrator remains.
func (k *Keeper) Remove(ctx context.Context, seat string) error {
	if seat == k.by.ID {
		return fault.Invalid("seat", "your own seat is taken back by another administrator")
	}
	return k.db.Do(ctx, func(tx *db.Tx) error { return k.stand(ctx, tx, k.by.Client, seat) })
}

// Promote makes somebody of the client an administrator too.
func (k *Keeper) Promote(ctx context.Context, seat string) error {
	return k.db.Do(ctx, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client_seat SET admin = 1 WHERE id = ?1 AND client = ?2`, seat, k.by.Client))("the seat")
	})
}

// AskFor notes how many seats the client would like to have in all.
func (k *Keeper) AskFor(ctx context.Context, n int) error {
	c, err := k.Client(ctx, k.by.Client)
	if err != nil {
		return err
	}
	if n <= c.Seats || n > maxSeats {
		return fault.Invalid("seats", "ask for more than the %d seats that there are, at most %d", c.Seats, maxSeats)
	}
	return k.db.Do(ctx, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client SET wanted = ?2 WHERE id = ?1`, k.by.Client, n))("the client")
	})
}
