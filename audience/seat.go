package audience

import (
	"context"
	"strings"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Keeper keeps the seats of a company for its administrator, who is a reader.
type Keeper struct {
	*Store
	Company
}

// Keeper lets the administrator of a company in; NotFound for all others.
func (s *Store) Keeper(ctx context.Context, reader string) (*Keeper, error) {
	c, err := s.CompanyOf(ctx, reader)
	if err != nil {
		return nil, err
	}
	return &Keeper{s, c}, nil
}

// SeatTaken is who has a seat. The administrator is told of no address.
type SeatTaken struct{ ID, Handle string }

// SeatsTaken are the seats of a company that are taken.
func (s *Store) SeatsTaken(ctx context.Context, company string) ([]SeatTaken, error) {
	rows, err := s.db.Query(ctx, `SELECT reader FROM reader_pass WHERE kind = 'seat' AND origin = ?1 ORDER BY reader`, company)
	if err != nil {
		return nil, fault.Internal("read the seats", err)
	}
	return db.Collect(rows, "read the seats", func(row db.Scanner) (t SeatTaken, err error) {
		err = row.Scan(&t.ID)
		t.Handle = handle(t.ID)
		return t, err
	})
}

// Invite gives the reader of an address a seat, and makes their account if there
// is none; ErrNoSeat.
func (k *Keeper) Invite(ctx context.Context, address string) error {
	a, err := k.addressee(ctx, address)
	if err != nil {
		return err
	}
	return k.db.Do(ctx, func(tx *db.Tx) error {
		now, err := scanCompany(tx.QueryRow(ctx, companyColumns+` WHERE c.id = ?1`, k.ID))
		if err != nil {
			return err
		}
		reader, err := a.open(ctx, tx)
		if err != nil {
			return err
		}
		return takeSeat(ctx, tx, now, reader)
	})
}

// Remove takes a seat back.
func (k *Keeper) Remove(ctx context.Context, reader string) error {
	return k.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM reader_pass WHERE kind = 'seat' AND origin = ?1 AND reader = ?2`, k.ID, reader)
		if err != nil {
			return fault.Internal("take a seat back", err)
		}
		return changed(ctx, tx)
	})
}

// AskFor asks the agency for more seats.
func (k *Keeper) AskFor(ctx context.Context, seats int) error {
	if seats < 1 || seats > 10_000 {
		return fault.Invalid("seats", "from 1 to 10,000 seats are asked for at a time")
	}
	return k.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE company SET wanted = ?2 WHERE id = ?1`, k.ID, seats); err != nil {
			return fault.Internal("ask for seats", err)
		}
		return nil
	})
}

// addressee is an address ready to be found or written in a transaction.
type addressee struct{ mark, sealed string }

func (s *Store) addressee(ctx context.Context, address string) (a addressee, err error) {
	text, err := readAddress(address)
	if err != nil {
		return a, err
	}
	if a.mark, err = s.mark(ctx, "email", text); err != nil {
		return a, err
	}
	a.sealed, err = s.seal(ctx, text)
	return a, err
}

// open finds the account of an address, or makes it.
func (a addressee) open(ctx context.Context, tx *db.Tx) (reader string, err error) {
	_, err = tx.Exec(ctx, `INSERT INTO reader (id, name, email, sealed) VALUES (?1, '', ?2, ?3) ON CONFLICT DO NOTHING`, newID(), a.mark, a.sealed)
	if err != nil {
		return "", fault.Internal("open an account", err)
	}
	if err := tx.QueryRow(ctx, `SELECT id FROM reader WHERE email = ?1 AND email <> ''`, a.mark).Scan(&reader); err != nil {
		return "", fault.Internal("open an account", err)
	}
	return reader, nil
}

// SaveCompany keeps a company; without an ID it is a new one. admin is the
// address of whoever keeps its seats; "" leaves them as they are.
func (c *Clerk) SaveCompany(ctx context.Context, co Company, admin string) (Company, error) {
	co, err := readCompany(co)
	if err != nil {
		return Company{}, err
	}
	var a addressee
	if admin = strings.TrimSpace(admin); admin != "" {
		if a, err = c.addressee(ctx, admin); err != nil {
			return Company{}, err
		}
	}
	mark, err := c.domainMark(ctx, co.Domain)
	if err != nil {
		return Company{}, err
	}
	return co, c.act(ctx, staff.DidSaveCompany, co.Name, func(tx *db.Tx) error {
		if co.ID == "" {
			co.ID = newID()
		}
		var other int
		err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM company WHERE domain_mark = ?1 AND domain_mark <> '' AND id <> ?2`, mark, co.ID).Scan(&other)
		if err != nil {
			return fault.Internal("keep a company", err)
		}
		if other > 0 {
			return fault.Invalid("domain", "another company has this domain")
		}
		if a.mark != "" {
			if co.Admin, err = a.open(ctx, tx); err != nil {
				return err
			}
		}
		return keepCompany(ctx, tx, co, mark)
	})
}
