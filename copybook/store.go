package copybook

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// Store keeps the copybook.
type Store struct {
	db       *db.DB
	now      func() time.Time
	masthead *masthead.Store
}

// New opens the copybook's table.
func New(d *db.DB, now func() time.Time) *Store {
	return &Store{db: d, now: now, masthead: masthead.New(d)}
}

// Stale says that somebody saved the entry since the person opened it.
type Stale struct{ Theirs Entry }

func (s *Stale) Error() string { return "copybook: somebody saved it since you opened it" }

// Unwrap makes it a Conflict.
func (s *Stale) Unwrap() error {
	return fault.Conflict("copybook", "somebody saved it since you opened it")
}

const columns = `SELECT id, kind, lang, name, topic, headline, body, version, changed, person, removed FROM copybook`

// List gives the texts in a language, "" for all: those in use, or those out of
// use, templates first, then by topic and name.
func (s *Store) List(ctx context.Context, lang story.Lang, removed bool) ([]Entry, error) {
	rows, err := s.db.Query(ctx, columns+` WHERE (CAST(?1 AS TEXT) = '' OR lang = CAST(?1 AS TEXT)) AND (removed > 0) = (?2 > 0)
		ORDER BY kind DESC, lang, topic, name, id`, string(lang), flag(removed))
	if err != nil {
		return nil, fault.Internal("list the copybook", err)
	}
	return db.Collect(rows, "list the copybook", scan)
}

func flag(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// Get reads an entry; NotFound.
func (s *Store) Get(ctx context.Context, id ID) (Entry, error) { return get(ctx, s.db, id) }

func get(ctx context.Context, r db.Reader, id ID) (Entry, error) {
	if !db.IsID(string(id)) {
		return Entry{}, fault.NotFound("the text")
	}
	return scan(r.QueryRow(ctx, columns+` WHERE id = ?1`, string(id)))
}

// Add writes a new entry; Conflict when the name is taken in its language.
func (s *Store) Add(ctx context.Context, by staff.Person, t Text) (Entry, error) {
	e := Entry{ID: ID(db.NewID()), Text: t.tidy()}
	return s.write(ctx, by, e.Text, func(*db.Tx) (Entry, error) { return e, nil })
}

// Save writes an entry anew. base is the version that the person had open; a
// *Stale when it is no longer the newest.
func (s *Store) Save(ctx context.Context, by staff.Person, id ID, base int64, t Text) (Entry, error) {
	t = t.tidy()
	return s.write(ctx, by, t, func(tx *db.Tx) (Entry, error) {
		e, err := get(ctx, tx, id)
		if err != nil {
			return e, err
		}
		if e.Version != base {
			return e, &Stale{Theirs: e}
		}
		e.Text = t
		return e, nil
	})
}

// write checks a text and keeps the entry that open makes of it.
func (s *Store) write(ctx context.Context, by staff.Person, t Text, open func(*db.Tx) (Entry, error)) (Entry, error) {
	if err := May(by); err != nil {
		return Entry{}, err
	}
	if err := t.check(); err != nil {
		return Entry{}, err
	}
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return Entry{}, err
	}
	if !m.Has(t.Lang) {
		return Entry{}, fault.Invalid("language", "there is no edition in %.50q", t.Lang)
	}
	var kept Entry
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		e, err := open(tx)
		if err == nil {
			kept, err = s.put(ctx, tx, by, e)
		}
		return err
	})
	return kept, err
}

// put keeps an entry under the next version, where its name is free.
func (s *Store) put(ctx context.Context, tx *db.Tx, by staff.Person, e Entry) (Entry, error) {
	if e.Removed.IsZero() {
		if err := vacant(ctx, tx, e); err != nil {
			return e, err
		}
	}
	body, err := json.Marshal(e.Body)
	if err != nil {
		return e, fault.Internal("write a text", err)
	}
	e.Version, e.Changed, e.By = e.Version+1, db.Time(db.Millis(s.now())), by.ID
	_, err = tx.Exec(ctx, `INSERT INTO copybook (id, kind, lang, name, topic, headline, body, version, changed, person, removed)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
		ON CONFLICT (id) DO UPDATE SET kind = ?2, lang = ?3, name = ?4, topic = ?5, headline = ?6, body = ?7,
			version = ?8, changed = ?9, person = ?10, removed = ?11`,
		string(e.ID), string(e.Kind), string(e.Lang), e.Name, e.Topic, e.Headline, string(body), e.Version, e.Changed, e.By, e.Removed)
	if err != nil {
		return e, fault.Internal("save a text", err)
	}
	return e, nil
}

// vacant is a Conflict when another text in use has the name in the language.
func vacant(ctx context.Context, tx *db.Tx, e Entry) error {
	rows, err := tx.Query(ctx, `SELECT name FROM copybook WHERE lang = ?1 AND id <> ?2 AND removed = 0`, string(e.Lang), string(e.ID))
	if err != nil {
		return fault.Internal("look for a name", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return fault.Internal("look for a name", err)
		}
		if strings.EqualFold(name, e.Name) {
			return fault.Conflict("name", "there is a text of this name already")
		}
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("look for a name", err)
	}
	return nil
}

// Remove takes an entry out of use.
func (s *Store) Remove(ctx context.Context, by staff.Person, id ID) (Entry, error) {
	return s.turn(ctx, by, id, func(e *Entry) { e.Removed = db.Time(db.Millis(s.now())) })
}

// PutBack takes an entry into use again; Conflict when another has its name now.
func (s *Store) PutBack(ctx context.Context, by staff.Person, id ID) (Entry, error) {
	return s.turn(ctx, by, id, func(e *Entry) { e.Removed = time.Time{} })
}

func (s *Store) turn(ctx context.Context, by staff.Person, id ID, change func(*Entry)) (Entry, error) {
	if err := May(by); err != nil {
		return Entry{}, err
	}
	var kept Entry
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		e, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		change(&e)
		kept, err = s.put(ctx, tx, by, e)
		return err
	})
	return kept, err
}

func scan(r db.Scanner) (Entry, error) {
	var e Entry
	var body string
	var changed, removed int64
	err := r.Scan(&e.ID, &e.Kind, &e.Lang, &e.Name, &e.Topic, &e.Headline, &body, &e.Version, &changed, &e.By, &removed)
	if errors.Is(err, sql.ErrNoRows) {
		return Entry{}, fault.NotFound("the text")
	}
	if err != nil {
		return Entry{}, fault.Internal("read a text", err)
	}
	e.Changed, e.Removed = db.Time(changed), db.Time(removed)
	if err := json.Unmarshal([]byte(body), &e.Body); err != nil {
		return Entry{}, fault.Internal("read a text", err)
	}
	return e, nil
}
