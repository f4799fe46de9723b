package staff

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

// Store keeps the people, their links and their sessions.
type Store struct {
	db    *db.DB
	now   func() time.Time
	doors pass.Keys
}

// New opens the staff's tables.
func New(d *db.DB, now func() time.Time) *Store {
	return &Store{db: d, now: now, doors: pass.Keys{
		DB: d, Now: now, Links: "person_link", Sessions: "person_session", Owner: "person",
	}}
}

const columns = `SELECT p.id, p.name, p.email, p.role, p.frozen, p.left_at, p.sections FROM person p`

// Add takes someone on; Conflict when the address is taken.
func (s *Store) Add(ctx context.Context, p Person) (Person, error) {
	p.Name, p.Email = strings.TrimSpace(p.Name), strings.ToLower(strings.TrimSpace(p.Email))
	switch {
	case p.Name == "":
		return Person{}, fault.Invalid("name", "a person needs a name")
	case !strings.Contains(p.Email, "@"):
		return Person{}, fault.Invalid("email", "%q is no address", p.Email)
	case !p.Role.Known():
		return Person{}, fault.Invalid("role", "roles are translator, reporter, editor, chief and administrator, not %q", p.Role)
	}
	p.ID = db.NewID()
	return p, s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `INSERT INTO person (id, name, email, role) VALUES (?1, ?2, ?3, ?4)
			ON CONFLICT (email) DO NOTHING`, p.ID, p.Name, p.Email, string(p.Role))
		if err != nil {
			return fault.Internal("add "+p.Email, err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(fault.Conflict(p.Email, "this address is taken"), err)
		}
		return nil
	})
}

// ByEmail finds a person by address; NotFound.
func (s *Store) ByEmail(ctx context.Context, email string) (Person, error) {
	return s.one(ctx, "the address "+email, columns+` WHERE p.email = ?1`, strings.ToLower(strings.TrimSpace(email)))
}

// ByID finds a person; NotFound.
func (s *Store) ByID(ctx context.Context, id string) (Person, error) {
	return s.one(ctx, "the person", columns+` WHERE p.id = ?1`, id)
}

// List gives everyone, by name.
func (s *Store) List(ctx context.Context) ([]Person, error) {
	rows, err := s.db.Query(ctx, columns+` ORDER BY p.name, p.id`)
	if err != nil {
		return nil, fault.Internal("list the staff", err)
	}
	defer rows.Close()
	var all []Person
	for rows.Next() {
		p, err := scan(rows)
		if err != nil {
			return nil, fault.Internal("list the staff", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// Link makes a sign-in link's token for a person: one use, 24 hours.
func (s *Store) Link(ctx context.Context, person string) (string, error) {
	return s.doors.Link(ctx, person)
}

// ByLink says whose link it is without using it up; NotFound when used or old.
func (s *Store) ByLink(ctx context.Context, token string) (Person, error) {
	id, err := s.doors.LinkOwner(ctx, token)
	if err != nil {
		return Person{}, err
	}
	return s.ByID(ctx, id)
}

// SignIn uses a link up and opens a session of 30 days.
func (s *Store) SignIn(ctx context.Context, token string) (string, error) {
	return s.doors.SignIn(ctx, token)
}

// BySession finds who is signed in; NotFound when the session is unknown or over.
func (s *Store) BySession(ctx context.Context, session string) (Person, error) {
	id, err := s.doors.SessionOwner(ctx, session)
	if err != nil {
		return Person{}, err
	}
	return s.ByID(ctx, id)
}

// SignOut ends a session.
func (s *Store) SignOut(ctx context.Context, session string) error {
	return s.doors.SignOut(ctx, session)
}

func (s *Store) one(ctx context.Context, subject, query string, args ...any) (Person, error) {
	p, err := scan(s.db.QueryRow(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return Person{}, fault.NotFound(subject)
	}
	if err != nil {
		return Person{}, fault.Internal("find "+subject, err)
	}
	return p, nil
}

func scan(r interface{ Scan(...any) error }) (Person, error) {
	var p Person
	var frozen, left int64
	var sections string
	err := r.Scan(&p.ID, &p.Name, &p.Email, &p.Role, &frozen, &left, &sections)
	p.Frozen, p.Left = db.Time(frozen), db.Time(left)
	if sections != "" {
		p.Sections = strings.Fields(sections)
	}
	return p, err
}
