package audience

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/google/uuid"

	"wireroom/db"
	"wireroom/fault"
)

// Reader is someone with an account. The name is the agency's own for them; it
// need not be a person's, and most have none.
type Reader struct {
	ID       string
	Name     string
	Lang     string // "" is not said
	ByNumber bool   // signs in by the account's number
	ByEmail  bool   // signs in by a letter
	Frozen   bool
}

// newID has no time in it, as the ids of the newsroom have.
func newID() string { return uuid.NewString() }

const readerColumns = `SELECT r.id, r.name, r.lang, r.number, r.email, r.frozen FROM reader r`

func scanReader(row db.Scanner) (Reader, error) {
	var r Reader
	var number, email string
	err := row.Scan(&r.ID, &r.Name, &r.Lang, &number, &email, &r.Frozen)
	if errors.Is(err, sql.ErrNoRows) {
		return Reader{}, fault.NotFound("the reader")
	}
	if err != nil {
		return Reader{}, fault.Internal("find a reader", err)
	}
	r.ByNumber, r.ByEmail = number != "", email != ""
	return r, nil
}

// Add enters a reader by a name; Conflict when it is taken.
func (s *Store) Add(ctx context.Context, name string) (Reader, error) {
	r := Reader{ID: newID(), Name: strings.TrimSpace(name)}
	if r.Name == "" {
		return Reader{}, fault.Invalid("name", "a reader needs a name")
	}
	return r, s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `INSERT INTO reader (id, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING`, r.ID, r.Name)
		if err != nil {
			return fault.Internal("add a reader", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(fault.Conflict(r.Name, "this name is taken"), err)
		}
		return nil
	})
}

// ByID finds a reader; NotFound.
func (s *Store) ByID(ctx context.Context, id string) (Reader, error) { return byID(ctx, s.db, id) }

func byID(ctx context.Context, from db.Reader, id string) (Reader, error) {
	return scanReader(from.QueryRow(ctx, readerColumns+` WHERE r.id = ?1`, id))
}

// ByName finds a reader; NotFound.
func (s *Store) ByName(ctx context.Context, name string) (Reader, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		return Reader{}, fault.NotFound("the reader")
	}
	return scanReader(s.db.QueryRow(ctx, readerColumns+` WHERE r.name = ?1 AND r.name <> ''`, name))
}

// ByNumber finds a reader by the account's exact number; NotFound.
func (s *Store) ByNumber(ctx context.Context, number string) (Reader, error) {
	n, ok := ReadNumber(number)
	if !ok {
		return Reader{}, fault.NotFound("the reader")
	}
	mark, err := s.mark(ctx, "number", n)
	if err != nil {
		return Reader{}, err
	}
	return scanReader(s.db.QueryRow(ctx, readerColumns+` WHERE r.number = ?1 AND r.number <> ''`, mark))
}

// ByEmail finds a reader by the exact address; NotFound.
func (s *Store) ByEmail(ctx context.Context, address string) (Reader, error) {
	a, err := readAddress(address)
	if err != nil {
		return Reader{}, err
	}
	mark, err := s.mark(ctx, "email", a)
	if err != nil {
		return Reader{}, err
	}
	return scanReader(s.db.QueryRow(ctx, readerColumns+` WHERE r.email = ?1 AND r.email <> ''`, mark))
}

// Freeze shuts an account at once and signs it out everywhere; thaw opens it.
func (s *Store) Freeze(ctx context.Context, reader string, frozen bool) error {
	return s.db.Do(ctx, func(tx *db.Tx) error { return s.freezeIn(ctx, tx, reader, frozen) })
}

func (s *Store) freezeIn(ctx context.Context, tx *db.Tx, reader string, frozen bool) error {
	if err := changeOne(ctx, tx, `UPDATE reader SET frozen = ?2 WHERE id = ?1`, reader, frozen); err != nil {
		return err
	}
	if frozen {
		if err := s.links.Shut(ctx, tx, reader); err != nil {
			return err
		}
	}
	return changed(ctx, tx)
}

// Speak keeps the language that a reader chose.
func (s *Store) Speak(ctx context.Context, reader, lang string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := changeOne(ctx, tx, `UPDATE reader SET lang = ?2 WHERE id = ?1`, reader, lang); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}

// Delete takes a reader away with all that is known of them. What they paid is
// kept without them, as the agency's books need.
func (s *Store) Delete(ctx context.Context, reader string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := s.links.Shut(ctx, tx, reader); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM reader_pass WHERE reader = ?1`, reader); err != nil {
			return fault.Internal("delete a reader", err)
		}
		if err := leaveOrders(ctx, tx, reader); err != nil {
			return err
		}
		if err := leaveAll(ctx, tx, reader); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE company SET admin = '' WHERE admin = ?1`, reader); err != nil {
			return fault.Internal("delete a reader", err)
		}
		if err := changeOne(ctx, tx, `DELETE FROM reader WHERE id = ?1`, reader); err != nil {
			return err
		}
		return changed(ctx, tx)
	})
}

// changeOne runs a statement that must meet exactly one reader; NotFound.
func changeOne(ctx context.Context, tx *db.Tx, statement string, args ...any) error {
	done, err := tx.Exec(ctx, statement, args...)
	if err != nil {
		return fault.Internal("change a reader", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.NotFound("the reader"), err)
	}
	return nil
}
