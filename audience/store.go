package audience

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff/pass"
)

// Reader is someone with passes. The name is the agency's own for them; it
// need not be a person's.
type Reader struct {
	ID   string
	Name string
}

// Pass opens a plan until a time.
type Pass struct {
	Plan  string
	Until time.Time
}

// Store keeps the readers, their passes, links and sessions.
type Store struct {
	db    *db.DB
	doors pass.Keys
}

// New opens the readers' tables.
func New(d *db.DB, now func() time.Time) *Store {
	return &Store{db: d, doors: pass.Keys{
		DB: d, Now: now, Links: "reader_link", Sessions: "reader_session", Owner: "reader",
	}}
}

// Add enters a reader; Conflict when the name is taken.
func (s *Store) Add(ctx context.Context, name string) (Reader, error) {
	r := Reader{ID: db.NewID(), Name: strings.TrimSpace(name)}
	if r.Name == "" {
		return Reader{}, fault.Invalid("name", "a reader needs a name")
	}
	return r, s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `INSERT INTO reader (id, name) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING`, r.ID, r.Name)
		if err != nil {
			return fault.Internal("add a reader", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(fault.Conflict(r.Name, "this name is taken"), err)
		}
		return nil
	})
}

// ByName finds a reader; NotFound.
func (s *Store) ByName(ctx context.Context, name string) (Reader, error) {
	return s.one(ctx, `SELECT id, name FROM reader WHERE name = ?1`, strings.TrimSpace(name))
}

// Grant gives a reader a plan until a time, in place of what they had of it.
func (s *Store) Grant(ctx context.Context, reader string, p Pass) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO reader_pass (reader, plan, until) VALUES (?1, ?2, ?3)
			ON CONFLICT (reader, plan) DO UPDATE SET until = excluded.until`, reader, p.Plan, db.Millis(p.Until))
		if err != nil {
			return fault.Internal("grant a pass", err)
		}
		return nil
	})
}

// Passes are all that a reader holds, ended ones too.
func (s *Store) Passes(ctx context.Context, reader string) ([]Pass, error) {
	rows, err := s.db.Query(ctx, `SELECT plan, until FROM reader_pass WHERE reader = ?1 ORDER BY plan`, reader)
	if err != nil {
		return nil, fault.Internal("read the passes", err)
	}
	defer rows.Close()
	var all []Pass
	for rows.Next() {
		var p Pass
		var until int64
		if err := rows.Scan(&p.Plan, &until); err != nil {
			return nil, fault.Internal("read the passes", err)
		}
		p.Until = db.Time(until)
		all = append(all, p)
	}
	return all, rows.Err()
}

// Link makes a sign-in link's token for a reader: one use, 24 hours.
func (s *Store) Link(ctx context.Context, reader string) (string, error) {
	return s.doors.Link(ctx, reader)
}

// ByLink says whose link it is without using it up; NotFound when used or old.
func (s *Store) ByLink(ctx context.Context, token string) (Reader, error) {
	id, err := s.doors.LinkOwner(ctx, token)
	if err != nil {
		return Reader{}, err
	}
	return s.one(ctx, `SELECT id, name FROM reader WHERE id = ?1`, id)
}

// SignIn uses a link up and opens a session of 30 days.
func (s *Store) SignIn(ctx context.Context, token string) (string, error) {
	return s.doors.SignIn(ctx, token)
}

// SignOut ends a session.
func (s *Store) SignOut(ctx context.Context, session string) error {
	return s.doors.SignOut(ctx, session)
}

// BySession finds who is signed in and what they hold; NotFound.
func (s *Store) BySession(ctx context.Context, session string) (Reader, []Pass, error) {
	id, err := s.doors.SessionOwner(ctx, session)
	if err != nil {
		return Reader{}, nil, err
	}
	r, err := s.one(ctx, `SELECT id, name FROM reader WHERE id = ?1`, id)
	if err != nil {
		return Reader{}, nil, err
	}
	held, err := s.Passes(ctx, id)
	return r, held, err
}

func (s *Store) one(ctx context.Context, query string, args ...any) (Reader, error) {
	var r Reader
	err := s.db.QueryRow(ctx, query, args...).Scan(&r.ID, &r.Name)
	if errors.Is(err, sql.ErrNoRows) {
		return Reader{}, fault.NotFound("the reader")
	}
	if err != nil {
		return Reader{}, fault.Internal("find a reader", err)
	}
	return r, nil
}
