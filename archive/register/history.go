package register

import (
	"context"
	"encoding/json"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Act is what was done with an entry.
type Act string

// The acts.
const (
	Added    Act = "added"
	Changed  Act = "changed"
	Imported Act = "imported"
	Merged   Act = "merged" // it went into another
	Took     Act = "took"   // another went into it
	Removed  Act = "removed"
	Returned Act = "returned" // to use
)

// deed is an act with the other entry of a merger.
type deed struct {
	act   Act
	other ID
}

// Version is an entry as somebody made it.
type Version struct {
	Facts
	Number int64
	At     time.Time
	By     string // id of the person; "" is an import
	Act    Act
	Other  ID // of a merger, the other entry
}

func note(ctx context.Context, tx *db.Tx, e Entry, d deed, facts string) error {
	_, err := tx.Exec(ctx, `INSERT INTO known_version (known, version, at, person, act, other, facts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
		string(e.ID), e.Version, e.Changed, e.By, string(d.act), string(d.other), facts)
	if err != nil {
		return fault.Internal("note a change of the register", err)
	}
	return nil
}

// History is all that was done with an entry, the newest first.
func (s *Store) History(ctx context.Context, id ID) ([]Version, error) {
	if !db.IsID(string(id)) {
		return nil, fault.NotFound("the entry of the register")
	}
	rows, err := s.db.Query(ctx, `SELECT version, at, person, act, other, facts FROM known_version WHERE known = ?1 ORDER BY version DESC`, string(id))
	if err != nil {
		return nil, fault.Internal("read the history of an entry", err)
	}
	return db.Collect(rows, "read the history of an entry", func(r db.Scanner) (v Version, err error) {
		var at int64
		var facts string
		if err := r.Scan(&v.Number, &at, &v.By, &v.Act, &v.Other, &facts); err != nil {
			return v, fault.Internal("read the history of an entry", err)
		}
		v.At = db.Time(at)
		if err := json.Unmarshal([]byte(facts), &v.Facts); err != nil {
			return v, fault.Internal("read the history of an entry", err)
		}
		return v, nil
	})
}
