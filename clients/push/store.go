package push

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/wire"
)

// Channel rings after a change of an endpoint.
const Channel = "push"

// mostEndpoints bounds those of one client.
const mostEndpoints = 50

// Store keeps the endpoints.
type Store struct {
	db      *db.DB
	wire    *wire.Wire
	courier *courier.Courier
	now     func() time.Time
	noted   func(ctx context.Context, tx *db.Tx, act staff.Act, words string) error // nil is nowhere
}

// For is the store for one of the staff, whose acts stand in the list of acts;
// Forbidden to whoever does not keep the clients.
func (s *Store) For(people *staff.Store, by staff.Person) (*Store, error) {
	if err := staff.May(by, staff.ActClients, by); err != nil {
		return nil, err
	}
	theirs := *s
	theirs.noted = func(ctx context.Context, tx *db.Tx, act staff.Act, words string) error {
		return people.NoteWith(ctx, tx, by, act, words)
	}
	return &theirs, nil
}

// New opens the tables of the endpoints; now is the agency's clock.
func New(d *db.DB, c *courier.Courier, now func() time.Time) *Store {
	return &Store{db: d, wire: wire.By(d, now), courier: c, now: now}
}

const columns = `SELECT id, client, way, address, format, secret, secret_before, secret_until, password, host_key,
	made, resumed, paused, cursor, express, gone, pictures FROM push_endpoint`

func scan(r db.Scanner) (Endpoint, error) {
	var e Endpoint
	var until, made, resumed, gone int64
	err := r.Scan(&e.ID, &e.Client, &e.Way, &e.Address, &e.Format, &e.Secret, &e.Before, &until, &e.Password, &e.HostKey,
		&made, &resumed, &e.Paused, &e.Cursor, &e.Express, &gone, &e.Pictures)
	if errors.Is(err, sql.ErrNoRows) {
		return Endpoint{}, fault.NotFound("the endpoint")
	}
	if err != nil {
		return Endpoint{}, fault.Internal("read an endpoint", err)
	}
	e.Until, e.Made, e.Resumed, e.Gone = db.Time(until), db.Time(made), db.Time(resumed), db.Time(gone)
	return e, nil
}

// All are all endpoints, by client and age.
func (s *Store) All(ctx context.Context) ([]Endpoint, error) {
	rows, err := s.db.Query(ctx, columns+` ORDER BY client, made, id`)
	if err != nil {
		return nil, fault.Internal("read the endpoints", err)
	}
	return db.Collect(rows, "read the endpoints", scan)
}

// Of are the endpoints of a client, the oldest first.
func (s *Store) Of(ctx context.Context, client string) ([]Endpoint, error) {
	rows, err := s.db.Query(ctx, columns+` WHERE client = ?1 ORDER BY made, id`, client)
	if err != nil {
		return nil, fault.Internal("read the endpoints", err)
	}
	return db.Collect(rows, "read the endpoints", scan)
}

// Endpoint is one of a client's; NotFound.
func (s *Store) Endpoint(ctx context.Context, client string, id ID) (Endpoint, error) {
	return scan(s.db.QueryRow(ctx, columns+` WHERE id = ?1 AND client = ?2`, id, client))
}

// Add takes a new endpoint with its client, way, address, format and password,
// and gives it a secret. It gets what goes out from now on.
func (s *Store) Add(ctx context.Context, e Endpoint) (Endpoint, error) {
	e, err := e.checked(s.courier)
	if err != nil {
		return e, err
	}
	e.Pictures = e.Pictures && e.Way.Carries()
	if e.Secret, err = newSecret(e.Way); err != nil {
		return e, err
	}
	e.ID, e.Made = ID(db.NewID()), db.Time(db.Millis(s.now()))
	e.Resumed = e.Made
	err = s.change(ctx, staff.DidSaveEndpoint, e.Client, e.ID, func(tx *db.Tx) error {
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM push_endpoint WHERE client = ?1`, e.Client).Scan(&n); err != nil {
			return fault.Internal("count the endpoints", err)
		}
		if n >= mostEndpoints {
			return fault.Conflict("endpoints", "a client has at most %d", mostEndpoints)
		}
		if err := tx.QueryRow(ctx, `SELECT number FROM wire_head WHERE id = 1`).Scan(&e.Cursor); err != nil {
			return fault.Internal("reading the wire's head", err)
		}
		e.Express = e.Cursor
		_, err := tx.Exec(ctx, `INSERT INTO push_endpoint (id, client, way, address, format, secret, secret_before, secret_until,
			password, host_key, made, resumed, paused, cursor, express, pictures)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, '', 0, ?7, '', ?8, ?8, 0, ?9, ?9, ?10)`,
			e.ID, e.Client, e.Way, e.Address, e.Format, e.Secret, e.Password, e.Made, e.Cursor, e.Pictures)
		if err != nil {
			return fault.Internal("add an endpoint", err)
		}
		return nil
	})
	return e, err
}

// Pause stops an endpoint, or sets it going again: what went out meanwhile
// waits for it. Setting going one that goes has it tried at once.
func (s *Store) Pause(ctx context.Context, client string, id ID, paused bool) error {
	return s.update(ctx, `UPDATE push_endpoint SET paused = ?3, resumed = ?4, gone = 0 WHERE id = ?1 AND client = ?2`, id, client, paused, s.now())
}

// Rotate draws a new secret for a webhook and gives the endpoint with it. The
// one before signs too for a day.
func (s *Store) Rotate(ctx context.Context, client string, id ID) (Endpoint, error) {
	secret, err := newSecret(Webhook)
	if err != nil {
		return Endpoint{}, err
	}
	err = s.update(ctx, `UPDATE push_endpoint SET secret_before = secret, secret = ?3, secret_until = ?4
		WHERE id = ?1 AND client = ?2 AND way = 'webhook'`, id, client, secret, s.now().Add(overlap))
	if err != nil {
		return Endpoint{}, err
	}
	return s.Endpoint(ctx, client, id)
}

// Picture says whether an endpoint gets pictures as files.
func (s *Store) Picture(ctx context.Context, client string, id ID, pictures bool) error {
	return s.update(ctx, `UPDATE push_endpoint SET pictures = ?3 WHERE id = ?1 AND client = ?2`, id, client, pictures)
}

// Unpin forgets the key of an sftp machine, so that the next contact pins the
// one that it shows then.
func (s *Store) Unpin(ctx context.Context, client string, id ID) error {
	return s.update(ctx, `UPDATE push_endpoint SET host_key = '', resumed = ?3 WHERE id = ?1 AND client = ?2`, id, client, s.now())
}

// From has an endpoint be given everything after a number of the wire, again or
// for the first time.
func (s *Store) From(ctx context.Context, client string, id ID, after wire.Number) error {
	return s.update(ctx, `UPDATE push_endpoint SET cursor = ?3, resumed = ?4,
		express = CASE WHEN express < ?3 THEN express ELSE ?3 END WHERE id = ?1 AND client = ?2`, id, client, max(after, 0), s.now())
}

// Remove forgets an endpoint and what was given up for it.
func (s *Store) Remove(ctx context.Context, client string, id ID) error {
	return s.change(ctx, staff.DidDropEndpoint, client, id, func(tx *db.Tx) error {
		for _, table := range []string{"push_dead", "push_lane"} {
			_, err := tx.Exec(ctx, `DELETE FROM `+table+` WHERE endpoint IN (SELECT id FROM push_endpoint WHERE id = ?1 AND client = ?2)`, id, client)
			if err != nil {
				return fault.Internal("remove an endpoint", err)
			}
		}
		return one(tx.Exec(ctx, `DELETE FROM push_endpoint WHERE id = ?1 AND client = ?2`, id, client))
	})
}

// pin keeps the key that an sftp machine showed first.
func (s *Store) pin(ctx context.Context, id ID, key string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `UPDATE push_endpoint SET host_key = ?2 WHERE id = ?1 AND host_key = ''`, id, key); err != nil {
			return fault.Internal("pin a key", err)
		}
		return nil
	})
}

// change does something to an endpoint, and notes it, or neither.
func (s *Store) change(ctx context.Context, act staff.Act, client string, id ID, work func(*db.Tx) error) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		tx.Notify(Channel)
		words := string(id)
		if e, err := scan(tx.QueryRow(ctx, columns+` WHERE id = ?1 AND client = ?2`, id, client)); err == nil {
			words = e.Host()
		}
		if err := work(tx); err != nil || s.noted == nil {
			return err
		}
		if e, err := scan(tx.QueryRow(ctx, columns+` WHERE id = ?1 AND client = ?2`, id, client)); err == nil {
			words = e.Host()
		}
		return s.noted(ctx, tx, act, words)
	})
}

// update is a change of one row; the query's first arguments are the endpoint
// and its client.
func (s *Store) update(ctx context.Context, query string, id ID, client string, more ...any) error {
	return s.change(ctx, staff.DidSaveEndpoint, client, id, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, query, append([]any{id, client}, more...)...))
	})
}

// one says that a change must have met the endpoint.
func one(done sql.Result, err error) error {
	if err != nil {
		return fault.Internal("change an endpoint", err)
	}
	n, err := done.RowsAffected()
	if err != nil {
		return fault.Internal("change an endpoint", err)
	}
	if n == 0 {
		return fault.NotFound("the endpoint")
	}
	return nil
}
