package staff

import (
	"context"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// Pens lists the names that somebody signs with. They stand apart from the
// account: a byline is text, and nothing that leaves the house leads from a pen
// name to a person.
func (s *Store) Pens(ctx context.Context, person string) ([]string, error) {
	rows, err := s.db.Query(ctx, `SELECT name FROM person_pen WHERE person = ?1 ORDER BY name`, person)
	if err != nil {
		return nil, fault.Internal("list the pen names", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, fault.Internal("list the pen names", err)
		}
		all = append(all, name)
	}
	return all, rows.Err()
}

// AddPen adds a name to sign with; one that is there already is no fault.
func (s *Store) AddPen(ctx context.Context, person, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if name == "" || unreadable(name) {
		return fault.Invalid("pen", "a pen name has between 1 and %d characters", longest)
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO person_pen (person, name) VALUES (?1, ?2) ON CONFLICT (person, name) DO NOTHING`, person, name); err != nil {
			return fault.Internal("add a pen name", err)
		}
		return nil
	})
}

// RemovePen takes a pen name away; bylines that have it stay. NotFound.
func (s *Store) RemovePen(ctx context.Context, person, name string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `DELETE FROM person_pen WHERE person = ?1 AND name = ?2`, person, name)
		return found(done, err, "pen name")
	})
}

// Speak keeps the language of somebody's screens and letters.
func (s *Store) Speak(ctx context.Context, person, lang string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `UPDATE person SET lang = ?2 WHERE id = ?1`, person, lang)
		return found(done, err, "person")
	})
}
