package clients

import (
	"context"
	"strings"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Seat is somebody of a client who signs in to the portal, by a letter.
type Seat struct {
	ID, Name, Email string
	Client          ID
}

func scanSeat(r db.Scanner) (t Seat, err error) {
	err = r.Scan(&t.ID, &t.Client, &t.Name, &t.Email)
	return t, err
}

// Seats are a client's by name.
func (s *Store) Seats(ctx context.Context, of ID) ([]Seat, error) {
	return s.seats(ctx, `WHERE client = ?1 ORDER BY name, id`, of)
}

func (s *Store) seats(ctx context.Context, where string, arg any) ([]Seat, error) {
	rows, err := s.db.Query(ctx, `SELECT id, client, name, email FROM client_seat `+where, arg)
	if err != nil {
		return nil, fault.Internal("read the seats", err)
	}
	return db.Collect(rows, "read the seats", scanSeat)
}

// AddSeat gives somebody a seat.
func (m *Manager) AddSeat(ctx context.Context, of ID, name, email string) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	name, email = strings.TrimSpace(name), strings.ToLower(strings.TrimSpace(email))
	if !isAddress(email) || name == "" || len(name) > maxText {
		return fault.Invalid("seat", "a seat needs a name and an address like ann@example.org")
	}
	return m.act(ctx, staff.DidAddSeat, c.Name, func(tx *db.Tx) error {
		err := one(tx.Exec(ctx, `INSERT INTO client_seat (id, client, name, email) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING`,
			db.NewID(), of, name, email))("the seat")
		if fault.Is(err, fault.KindNotFound) {
			return fault.Invalid("seat", "this address has a seat already")
		}
		return err
	})
}

// DropSeat takes a seat back and signs whoever has it out.
func (m *Manager) DropSeat(ctx context.Context, of ID, seat string) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	return m.act(ctx, staff.DidDropSeat, c.Name, func(tx *db.Tx) error {
		var has int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client_seat WHERE id = ?1 AND client = ?2`, seat, of).Scan(&has); err != nil {
			return fault.Internal("look for a seat", err)
		}
		if has == 0 {
			return fault.NotFound("the seat")
		}
		if err := m.links.Shut(ctx, tx, seat); err != nil {
			return err
		}
		return one(tx.Exec(ctx, `DELETE FROM client_seat WHERE id = ?1 AND client = ?2`, seat, of))("the seat")
	})
}

// Link makes a sign-in link's token for whoever has the address and a seat;
// NotFound.
func (s *Store) Link(ctx context.Context, email string) (Seat, string, error) {
	found, err := s.seats(ctx, `WHERE email = ?1`, strings.ToLower(strings.TrimSpace(email)))
	if err == nil && len(found) == 0 {
		err = fault.NotFound("the seat")
	}
	if err != nil {
		return Seat{}, "", err
	}
	token, err := s.links.Link(ctx, found[0].ID)
	return found[0], token, err
}

// SignIn uses a link up and gives a session.
func (s *Store) SignIn(ctx context.Context, token string) (session string, err error) {
	return s.links.SignIn(ctx, token)
}

// SignOut ends a session.
func (s *Store) SignOut(ctx context.Context, session string) error {
	return s.links.SignOut(ctx, session)
}

// BySession is who is signed in; NotFound.
func (s *Store) BySession(ctx context.Context, session string) (Seat, Client, error) {
	id, err := s.links.SessionOwner(ctx, session)
	if err != nil {
		return Seat{}, Client{}, err
	}
	found, err := s.seats(ctx, `WHERE id = ?1`, id)
	if err == nil && len(found) == 0 {
		err = fault.NotFound("the seat")
	}
	if err != nil {
		return Seat{}, Client{}, err
	}
	c, err := s.Client(ctx, found[0].Client)
	return found[0], c, err
}
