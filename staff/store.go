package staff

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

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

const columns = `SELECT p.id, p.name, p.email, p.role, p.frozen, p.left_at, p.sections, p.lang FROM person p`

// Add takes someone on; Conflict when the address is taken.
func (s *Store) Add(ctx context.Context, p Person) (Person, error) {
	p, err := checked(p)
	if err != nil {
		return Person{}, err
	}
	p.ID = db.NewID()
	return p, s.db.Do(ctx, func(tx *db.Tx) error { return insert(ctx, tx, p) })
}

// longest name or address, in characters.
const longest = 200

// checked is the person with blanks trimmed; Invalid names what is wrong.
func checked(p Person) (Person, error) {
	p.Name, p.Email = strings.Join(strings.Fields(p.Name), " "), strings.ToLower(strings.TrimSpace(p.Email))
	switch {
	case p.Name == "":
		return p, fault.Invalid("name", "a person needs a name")
	case unreadable(p.Name):
		return p, fault.Invalid("name", "a name has at most %d characters of UTF-8 and no control characters", longest)
	case !isAddress(p.Email):
		return p, fault.Invalid("email", "%q is no address", p.Email)
	case !p.Role.Known():
		return p, fault.Invalid("role", "roles are translator, reporter, editor, chief and administrator, not %q", p.Role)
	}
	for _, id := range p.Sections {
		if unreadable(id) || strings.ContainsFunc(id, unicode.IsSpace) || id == "" {
			return p, fault.Invalid("sections", "%q is no section", id)
		}
	}
	return p, nil
}

// unreadable reports whether a line of text cannot be kept or shown.
func unreadable(s string) bool {
	return !utf8.ValidString(s) || utf8.RuneCountInString(s) > longest || strings.ContainsFunc(s, unicode.IsControl)
}

// isAddress is a first look; whether anybody reads there only a letter tells.
func isAddress(s string) bool {
	at := strings.LastIndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !unreadable(s) && !strings.ContainsAny(s, " <>,;\"\\")
}

func insert(ctx context.Context, tx *db.Tx, p Person) error {
	done, err := tx.Exec(ctx, `INSERT INTO person (id, name, email, role, sections, lang) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
		ON CONFLICT (email) DO NOTHING`, p.ID, p.Name, p.Email, string(p.Role), strings.Join(p.Sections, " "), p.Lang)
	if err != nil {
		return fault.Internal("add "+p.Email, err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.Conflict(p.Email, "this address is taken"), err)
	}
	return nil
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

func (s *Store) one(ctx context.Context, subject, query string, args ...any) (Person, error) {
	return one(ctx, s.db, subject, query, args...)
}

func one(ctx context.Context, q db.Reader, subject, query string, args ...any) (Person, error) {
	p, err := scan(q.QueryRow(ctx, query, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return Person{}, fault.NotFound(subject)
	}
	if err != nil {
		return Person{}, fault.Internal("find "+subject, err)
	}
	return p, nil
}

func scan(r db.Scanner) (Person, error) {
	var p Person
	var frozen, left int64
	var sections string
	err := r.Scan(&p.ID, &p.Name, &p.Email, &p.Role, &frozen, &left, &sections, &p.Lang)
	p.Frozen, p.Left = db.Time(frozen), db.Time(left)
	p.Sections = fields(sections)
	if !p.Left.IsZero() {
		p.Email = "" // what stands there instead only keeps the column unique
	}
	return p, err
}

// fields are the ids in a column that keeps several; nil when there are none.
func fields(column string) []string {
	if column == "" {
		return nil
	}
	return strings.Fields(column)
}
