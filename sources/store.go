package sources

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"wireroom/courier"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// Channel rings after a change of a source.
const Channel = "sources"

// Store keeps the sources.
type Store struct {
	db       *db.DB
	masthead *masthead.Store
	courier  *courier.Courier
	now      func() time.Time
}

// New opens the tables of the sources; now is the agency's clock.
func New(d *db.DB, c *courier.Courier, now func() time.Time) *Store {
	return &Store{db: d, masthead: masthead.New(d), courier: c, now: now}
}

const columns = `SELECT id, kind, name, address, lang, section, desk, keep, drops, minutes, made, stopped,
	etag, modified, next, looked, failures, error, taken, passed FROM source`

func scan(r db.Scanner) (Source, error) {
	var s Source
	var keep, drops string
	var made, next, looked int64
	err := r.Scan(&s.ID, &s.Kind, &s.Name, &s.Address, &s.Lang, &s.Section, &s.Desk, &keep, &drops, &s.Minutes, &made, &s.Stopped,
		&s.ETag, &s.Modified, &next, &looked, &s.Failures, &s.Error, &s.Taken, &s.Passed)
	if errors.Is(err, sql.ErrNoRows) {
		return Source{}, fault.NotFound("the source")
	}
	if err != nil {
		return Source{}, fault.Internal("read a source", err)
	}
	s.Keep, s.Drop = tidy(strings.Split(keep, "\n")), tidy(strings.Split(drops, "\n"))
	s.Made, s.Next, s.Looked = db.Time(made), db.Time(next), db.Time(looked)
	return s, nil
}

// All are all sources by name.
func (s *Store) All(ctx context.Context) ([]Source, error) {
	rows, err := s.db.Query(ctx, columns+` ORDER BY name, made, id`)
	if err != nil {
		return nil, fault.Internal("read the sources", err)
	}
	return db.Collect(rows, "read the sources", scan)
}

// Source is one source; NotFound.
func (s *Store) Source(ctx context.Context, id ID) (Source, error) {
	return scan(s.db.QueryRow(ctx, columns+` WHERE id = ?1`, id))
}

// due are the sources that are to be looked at by now.
func (s *Store) due(ctx context.Context) ([]Source, error) {
	rows, err := s.db.Query(ctx, columns+` WHERE stopped = 0 AND next <= ?1 ORDER BY next, id`, s.now())
	if err != nil {
		return nil, fault.Internal("read the sources", err)
	}
	return db.Collect(rows, "read the sources", scan)
}

// next is when a source is to be looked at; zero is never.
func (s *Store) next(ctx context.Context) (time.Time, error) {
	var at int64
	if err := s.db.QueryRow(ctx, `SELECT COALESCE(MIN(next), 0) FROM source WHERE stopped = 0`).Scan(&at); err != nil {
		return time.Time{}, fault.Internal("read the sources", err)
	}
	return db.Time(at), nil
}

// Keeper keeps the sources for one of the staff. What they do stands in the
// list of acts.
type Keeper struct {
	*Store
	staff *staff.Store
	by    staff.Person
}

// Keeper lets those in who keep the house; Forbidden.
func (s *Store) Keeper(people *staff.Store, by staff.Person) (*Keeper, error) {
	if !by.Role.KeepsHouse() {
		return nil, fault.Forbidden("sources", "chiefs and administrators keep them")
	}
	return &Keeper{s, people, by}, nil
}

// Save keeps a source as it was typed; without an ID it is a new one. It is
// looked at at once.
func (k *Keeper) Save(ctx context.Context, s Source) (Source, error) {
	m, err := k.masthead.Load(ctx)
	if err != nil {
		return s, err
	}
	if s, err = s.checked(m, k.courier); err != nil {
		return s, err
	}
	now := k.now()
	return s, k.act(ctx, staff.DidSaveSource, s.Name, func(tx *db.Tx) error {
		if s.ID != "" {
			return one(tx.Exec(ctx, `UPDATE source SET name = ?2, address = ?3, lang = ?4, section = ?5, desk = ?6, keep = ?7, drops = ?8,
				minutes = ?9, next = ?10, etag = '', modified = '', failures = 0 WHERE id = ?1 AND kind = ?11`, s.ID, s.Name, s.Address, s.Lang, s.Section, s.Desk,
				strings.Join(s.Keep, "\n"), strings.Join(s.Drop, "\n"), s.Minutes, now, s.Kind))
		}
		var n int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM source`).Scan(&n); err != nil {
			return fault.Internal("keep a source", err)
		}
		if n >= maxSource {
			return fault.Conflict("sources", "there are at most %d", maxSource)
		}
		s.ID = ID(db.NewID())
		_, err := tx.Exec(ctx, `INSERT INTO source (id, kind, name, address, lang, section, desk, keep, drops, minutes, made, stopped,
			etag, modified, next, looked, failures, error, taken, passed)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, '', '', ?11, 0, 0, '', 0, 0)`, s.ID, s.Kind, s.Name, s.Address, s.Lang,
			s.Section, s.Desk, strings.Join(s.Keep, "\n"), strings.Join(s.Drop, "\n"), s.Minutes, now)
		if err != nil {
			return fault.Internal("keep a source", err)
		}
		return nil
	})
}

// Stop has a source left alone, or looked at again, and at once.
func (k *Keeper) Stop(ctx context.Context, id ID, stopped bool) error {
	s, err := k.Source(ctx, id)
	if err != nil {
		return err
	}
	return k.act(ctx, staff.DidSaveSource, s.Name, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `UPDATE source SET stopped = ?2, next = ?3, failures = 0 WHERE id = ?1`, id, stopped, k.now()))
	})
}

// Remove forgets a source. The drafts that came of it stay.
func (k *Keeper) Remove(ctx context.Context, id ID) error {
	s, err := k.Source(ctx, id)
	if err != nil {
		return err
	}
	return k.act(ctx, staff.DidDropSource, s.Name, func(tx *db.Tx) error {
		return one(tx.Exec(ctx, `DELETE FROM source WHERE id = ?1`, id))
	})
}

func (k *Keeper) act(ctx context.Context, act staff.Act, note string, work func(*db.Tx) error) error {
	return k.db.Do(ctx, func(tx *db.Tx) error {
		if err := work(tx); err != nil {
			return err
		}
		tx.Notify(Channel)
		return k.staff.NoteWith(ctx, tx, k.by, act, note)
	})
}

// looked keeps what came of a look.
func (s *Store) looked(ctx context.Context, id ID, r result) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE source SET etag = ?2, modified = ?3, next = ?4, looked = ?5, failures = ?6, error = ?7,
			taken = ?8, passed = ?9, stopped = CASE WHEN ?10 = 1 THEN 1 ELSE stopped END WHERE id = ?1`,
			id, r.etag, r.modified, r.next, r.at, r.failures, r.wrong, r.taken, r.passed, r.gone)
		if err != nil {
			return fault.Internal("note a look", err)
		}
		return nil
	})
}

// one says that a change must have met the source.
func one(done sql.Result, err error) error {
	if err != nil {
		return fault.Internal("change a source", err)
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.NotFound("the source"))
	}
	return nil
}
