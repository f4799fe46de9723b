package clients

import (
	"context"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// maxSeats is the most that a client has, whatever it pays.
const maxSeats = 10_000

// Seat is somebody of a client who signs in to the portal, by a letter.
type Seat struct {
	ID, Name, Email string
	Client          ID
	Admin           bool          // invites and removes the client's people
	Lang            masthead.Lang // of their screens and letters; "" is the client's
	Silence         time.Duration // whole hours without news until they are told; 0 is never
}

func scanSeat(r db.Scanner) (t Seat, err error) {
	var hours int64
	err = r.Scan(&t.ID, &t.Client, &t.Name, &t.Email, &t.Admin, &t.Lang, &hours)
	t.Silence = time.Duration(hours) * time.Hour
	return t, err
}

// Seats are a client's by name.
func (s *Store) Seats(ctx context.Context, of ID) ([]Seat, error) {
	return s.seats(ctx, `WHERE client = ?1 ORDER BY name, id`, of)
}

func (s *Store) seats(ctx context.Context, where string, args ...any) ([]Seat, error) {
	rows, err := s.db.Query(ctx, `SELECT id, client, name, email, admin, lang, silence FROM client_seat `+where, args...)
	if err != nil {
		return nil, fault.Internal("read the seats", err)
	}
	return db.Collect(rows, "read the seats", scanSeat)
}

func (s *Store) seat(ctx context.Context, where string, args ...any) (Seat, error) {
	found, err := s.seats(ctx, where, args...)
	if err != nil {
		return Seat{}, err
	}
	if len(found) == 0 {
		return Seat{}, fault.NotFound("the seat")
	}
	return found[0], nil
}

// AddSeat gives somebody a seat; the first of a client is its administrator.
func (m *Manager) AddSeat(ctx context.Context, of ID, name, email string) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	t, err := Seat{Client: of, Name: name, Email: email}.checked()
	if err != nil {
		return err
	}
	return m.act(ctx, staff.DidAddSeat, c.Name, func(tx *db.Tx) error { return sit(ctx, tx, t) })
}

func (t Seat) checked() (Seat, error) {
	t.Name, t.Email = strings.TrimSpace(t.Name), strings.ToLower(strings.TrimSpace(t.Email))
	if !isAddress(t.Email) || t.Name == "" || len(t.Name) > maxText || strings.ContainsAny(t.Name, "\r\n") {
		return t, fault.Invalid("seat", "a seat needs a name and an address like ann@example.org")
	}
	return t, nil
}

// sit takes a seat while the client has one left.
func sit(ctx context.Context, tx *db.Tx, t Seat) error {
	// The client's own row keeps two who take the last one apart.
	var most, taken int
	if err := tx.QueryRow(ctx, `UPDATE client SET name = name WHERE id = ?1 RETURNING seats`, t.Client).Scan(&most); err != nil {
		return fault.Internal("take a seat", err)
	}
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client_seat WHERE client = ?1`, t.Client).Scan(&taken); err != nil {
		return fault.Internal("take a seat", err)
	}
	if taken >= most {
		return fault.Conflict("seat", "all %d seats of the contract are taken; take one back or agree on more", most)
	}
	err := one(tx.Exec(ctx, `INSERT INTO client_seat (id, client, name, email, admin) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING`,
		db.NewID(), t.Client, t.Name, t.Email, taken == 0))("the seat")
	if fault.Is(err, fault.KindNotFound) {
		return fault.Invalid("seat", "this address has a seat already")
	}
	return err
}

// SaveSeats says how many seats a client's contract gives. Those that are taken
// stay.
func (m *Manager) SaveSeats(ctx context.Context, of ID, n int) error {
	if n < 1 || n > maxSeats {
		return fault.Invalid("seats", "a client has from 1 to %d seats", maxSeats)
	}
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	return m.act(ctx, staff.DidSaveClient, c.Name, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client SET seats = ?2, wanted = CASE WHEN wanted <= ?2 THEN 0 ELSE wanted END WHERE id = ?1`, of, n))("the client")
	})
}

// SaveAdmin makes somebody an administrator, or no longer one.
func (m *Manager) SaveAdmin(ctx context.Context, of ID, seat string, admin bool) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	return m.act(ctx, staff.DidAddSeat, c.Name, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE client_seat SET admin = ?3 WHERE id = ?1 AND client = ?2`, seat, of, admin))("the seat")
	})
}

// DropSeat takes a seat back and signs whoever has it out.
func (m *Manager) DropSeat(ctx context.Context, of ID, seat string) error {
	c, err := m.Client(ctx, of)
	if err != nil {
		return err
	}
	return m.act(ctx, staff.DidDropSeat, c.Name, func(tx *db.Tx) error { return m.stand(ctx, tx, of, seat) })
}

// stand takes a seat back with all that hangs on it.
func (s *Store) stand(ctx context.Context, tx *db.Tx, of ID, seat string) error {
	var has int
	if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM client_seat WHERE id = ?1 AND client = ?2`, seat, of).Scan(&has); err != nil {
		return fault.Internal("look for a seat", err)
	}
	if has == 0 {
		return fault.NotFound("the seat")
	}
	if err := s.links.Shut(ctx, tx, seat); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM client_search WHERE seat = ?1`, seat); err != nil {
		return fault.Internal("drop the searches of a seat", err)
	}
	return one(tx.Exec(ctx, `DELETE FROM client_seat WHERE id = ?1 AND client = ?2`, seat, of))("the seat")
}
