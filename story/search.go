package story

import (
	"context"
	"strings"
	"unicode/utf8"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Search is a way to look at the list that a person comes back to.
type Search struct {
	ID    string
	Name  string
	Query string // as an address has it
}

// What a saved search may be.
const (
	MostSearches = 30
	maxName      = 60
	maxQuery     = 2000
)

// Searches are those of a person, by name.
func (s *Store) Searches(ctx context.Context, person string) ([]Search, error) {
	rows, err := s.db.Query(ctx, `SELECT id, name, query FROM saved_search WHERE person = ?1 ORDER BY name, id`, person)
	if err != nil {
		return nil, fault.Internal("read the saved searches", err)
	}
	var all []Search
	return all, each(rows, func() error {
		var one Search
		err := rows.Scan(&one.ID, &one.Name, &one.Query)
		all = append(all, one)
		return err
	})
}

// SaveSearch keeps a search for the person; one of the same name gives way.
func (s *Store) SaveSearch(ctx context.Context, by staff.Person, name, query string) error {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "" || utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsRune(name, 0):
		return fault.Invalid("name", "a search's name has 1 to %d letters", maxName)
	case len(query) > maxQuery || !utf8.ValidString(query) || strings.ContainsRune(query, 0):
		return fault.Invalid("search", "it is too long")
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM saved_search WHERE person = ?1 AND name = ?2`, by.ID, name); err != nil {
			return fault.Internal("save a search", err)
		}
		var n int
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) FROM saved_search WHERE person = ?1`, by.ID).Scan(&n); err != nil {
			return fault.Internal("save a search", err)
		}
		if n >= MostSearches {
			return fault.Conflict("search", "you have %d already; drop one first", n)
		}
		_, err := tx.Exec(ctx, `INSERT INTO saved_search (id, person, name, query) VALUES (?1, ?2, ?3, ?4)`, db.NewID(), by.ID, name, query)
		if err != nil {
			return fault.Internal("save a search", err)
		}
		return nil
	})
}

// DropSearch forgets a search of the person's.
func (s *Store) DropSearch(ctx context.Context, by staff.Person, id string) error {
	if !db.IsID(id) {
		return fault.NotFound("the search")
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		done, err := tx.Exec(ctx, `DELETE FROM saved_search WHERE id = ?1 AND person = ?2`, id, by.ID)
		if err != nil {
			return fault.Internal("drop a search", err)
		}
		if n, err := done.RowsAffected(); err == nil && n == 0 {
			return fault.NotFound("the search")
		}
		return nil
	})
}
