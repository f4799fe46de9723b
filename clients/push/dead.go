package push

import (
	"context"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/wire"
)

// Trouble is a record that does not arrive at an endpoint.
type Trouble struct {
	Endpoint ID
	Express  bool
	Number   wire.Number
	Tries    int       // since something last arrived there
	Since    time.Time // the first of them
	Next     time.Time // when it is tried again
	Error    string
}

// Dead is a record that was given up after three days, or set aside by hand.
type Dead struct {
	Endpoint ID
	Number   wire.Number
	At       time.Time
	Error    string
	Again    bool // it is about to be tried again
}

// Troubles are the records that do not arrive now.
func (s *Store) Troubles(ctx context.Context) ([]Trouble, error) {
	rows, err := s.db.Query(ctx, `SELECT endpoint, express, wire, tries, since, next, error FROM push_lane ORDER BY endpoint, express`)
	if err != nil {
		return nil, fault.Internal("read what does not arrive", err)
	}
	return db.Collect(rows, "read what does not arrive", func(r db.Scanner) (Trouble, error) {
		var t Trouble
		var since, next int64
		if err := r.Scan(&t.Endpoint, &t.Express, &t.Number, &t.Tries, &since, &next, &t.Error); err != nil {
			return t, fault.Internal("read what does not arrive", err)
		}
		t.Since, t.Next = db.Time(since), db.Time(next)
		return t, nil
	})
}

// Dead are the records that were given up for an endpoint, the newest first.
func (s *Store) Dead(ctx context.Context, id ID, limit int) ([]Dead, error) {
	rows, err := s.db.Query(ctx, `SELECT endpoint, wire, at, error, again FROM push_dead WHERE endpoint = ?1 ORDER BY wire DESC LIMIT ?2`, id, limit)
	if err != nil {
		return nil, fault.Internal("read what was given up", err)
	}
	return db.Collect(rows, "read what was given up", func(r db.Scanner) (Dead, error) {
		var d Dead
		var at int64
		if err := r.Scan(&d.Endpoint, &d.Number, &at, &d.Error, &d.Again); err != nil {
			return d, fault.Internal("read what was given up", err)
		}
		d.At = db.Time(at)
		return d, nil
	})
}

// Replay has what was given up be tried once more: one record, or all for 0.
func (s *Store) Replay(ctx context.Context, client string, id ID, n wire.Number) error {
	return s.change(ctx, staff.DidSaveEndpoint, client, id, func(tx *db.Tx) error {
		if _, err := scan(tx.QueryRow(ctx, columns+` WHERE id = ?1 AND client = ?2`, id, client)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE push_dead SET again = 1 WHERE endpoint = ?1 AND (CAST(?2 AS BIGINT) = 0 OR wire = ?2)`, id, n)
		if err != nil {
			return fault.Internal("replay", err)
		}
		return nil
	})
}

// SetAside gives up a record that does not arrive, so that those behind it have
// their turn. It is kept among the dead.
func (s *Store) SetAside(ctx context.Context, client string, id ID, n wire.Number) error {
	return s.change(ctx, staff.DidSaveEndpoint, client, id, func(tx *db.Tx) error {
		if _, err := scan(tx.QueryRow(ctx, columns+` WHERE id = ?1 AND client = ?2`, id, client)); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO push_dead (endpoint, wire, at, error, again)
			SELECT endpoint, wire, CAST(?3 AS BIGINT), error, 0 FROM push_lane WHERE endpoint = ?1 AND wire = ?2
			ON CONFLICT (endpoint, wire) DO NOTHING`, id, n, s.now())
		if err != nil {
			return fault.Internal("set a record aside", err)
		}
		for _, move := range []string{
			`UPDATE push_endpoint SET cursor = ?2, resumed = ?3 WHERE id = ?1 AND cursor < ?2
				AND EXISTS (SELECT 1 FROM push_lane WHERE endpoint = ?1 AND express = 0 AND wire = ?2)`,
			`UPDATE push_endpoint SET express = ?2, resumed = ?3 WHERE id = ?1 AND express < ?2
				AND EXISTS (SELECT 1 FROM push_lane WHERE endpoint = ?1 AND express = 1 AND wire = ?2)`,
		} {
			if _, err := tx.Exec(ctx, move, id, n, s.now()); err != nil {
				return fault.Internal("set a record aside", err)
			}
		}
		if _, err := tx.Exec(ctx, `DELETE FROM push_lane WHERE endpoint = ?1 AND wire = ?2`, id, n); err != nil {
			return fault.Internal("set a record aside", err)
		}
		return nil
	})
}

// again are the records that are to be tried once more, in order.
func (s *Store) again(ctx context.Context, id ID) ([]wire.Number, error) {
	rows, err := s.db.Query(ctx, `SELECT wire FROM push_dead WHERE endpoint = ?1 AND again = 1 ORDER BY wire`, id)
	if err != nil {
		return nil, fault.Internal("read what is to be replayed", err)
	}
	return db.Collect(rows, "read what is to be replayed", func(r db.Scanner) (n wire.Number, err error) {
		return n, r.Scan(&n)
	})
}
