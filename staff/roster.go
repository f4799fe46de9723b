package staff

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Member is a person as the list of the staff shows them.
type Member struct {
	Person
	Passkeys int
	Codes    bool
	Seen     time.Time // when a session of theirs was last seen; zero is never, or none is left
}

// Roster lists everyone by name, those who have left as well.
func (s *Store) Roster(ctx context.Context, by Person) ([]Member, error) {
	if err := May(by, ActSee, by); err != nil {
		return nil, err
	}
	people, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	more := map[string]Member{}
	rows, err := s.db.Query(ctx, `SELECT p.id, (SELECT COUNT(*) FROM person_passkey k WHERE k.person = p.id),
		(SELECT COUNT(*) FROM person_code c WHERE c.person = p.id AND c.proven > 0),
		(SELECT COALESCE(MAX(s.seen), 0) FROM person_session s WHERE s.person = p.id) FROM person p`)
	if err != nil {
		return nil, fault.Internal("list the staff", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Member
		var id string
		var codes, seen int64
		if err := rows.Scan(&id, &m.Passkeys, &codes, &seen); err != nil {
			return nil, fault.Internal("list the staff", err)
		}
		m.Codes, m.Seen = codes > 0, db.Time(seen)
		more[id] = m
	}
	all := make([]Member, len(people))
	for i, p := range people {
		all[i] = more[p.ID]
		all[i].Person = p
	}
	return all, rows.Err()
}
