package masthead

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Channel rings after the masthead was saved, for whoever has it in memory.
const Channel = "masthead"

// Store keeps the masthead.
type Store struct{ db *db.DB }

// New opens the masthead's table.
func New(d *db.DB) *Store { return &Store{db: d} }

// Load gives the masthead; NotFound when the agency was never founded.
func (s *Store) Load(ctx context.Context) (Masthead, error) { return Read(ctx, s.db) }

// Read gives the masthead as r sees it: within a transaction, for whoever must
// hold an act against the rules that stand at that instant.
func Read(ctx context.Context, r db.Reader) (Masthead, error) {
	var content string
	err := r.QueryRow(ctx, `SELECT content FROM masthead WHERE id = 1`).Scan(&content)
	if errors.Is(err, sql.ErrNoRows) {
		return Masthead{}, fault.NotFound("the agency (found it with wireroom init)")
	}
	if err != nil {
		return Masthead{}, fault.Internal("load the masthead", err)
	}
	var m Masthead
	if err := json.Unmarshal([]byte(content), &m); err != nil {
		return Masthead{}, fault.Internal("read the masthead", err)
	}
	if m.Zone, err = zone(m.ZoneName); err != nil {
		return Masthead{}, fault.Internal("read the masthead's zone", err)
	}
	return m, nil
}

// zones are the zones that were read: a masthead is loaded for each page of the
// desk, and Go reads a zone from the system's files each time.
var zones sync.Map

func zone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	z, err := time.LoadLocation(name)
	if err == nil {
		zones.Store(name, z)
	}
	return z, err
}

// Found writes the first masthead; Conflict when the agency exists.
func (s *Store) Found(ctx context.Context, m Masthead) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		return put(ctx, tx, m, `INSERT INTO masthead (id, content) VALUES (1, ?1) ON CONFLICT (id) DO NOTHING`)
	})
}

// Change replaces the masthead by what change makes of it as it stands; an
// error of change leaves it so and is returned. Change may run more than once.
// What is to happen together with it runs in its transaction.
func (s *Store) Change(ctx context.Context, change func(Masthead) (Masthead, error), also ...func(*db.Tx) error) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		m, err := Read(ctx, tx)
		if err != nil {
			return err
		}
		if m, err = change(m); err != nil {
			return err
		}
		err = put(ctx, tx, m, `UPDATE masthead SET content = ?1 WHERE id = 1`)
		for _, act := range also {
			if err == nil {
				err = act(tx)
			}
		}
		return err
	})
}

func put(ctx context.Context, tx *db.Tx, m Masthead, query string) error {
	if err := m.Check(); err != nil {
		return err
	}
	content, err := json.Marshal(m)
	if err != nil {
		return fault.Internal("write the masthead", err)
	}
	done, err := tx.Exec(ctx, query, string(content))
	if err != nil {
		return fault.Internal("save the masthead", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.Conflict("the agency", "it is founded already"), err)
	}
	tx.Notify(Channel)
	return nil
}
