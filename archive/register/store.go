package register

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// Channel rings after the register was changed, for whoever shows it.
const Channel = "register"

// Store keeps the register.
type Store struct {
	db  *db.DB
	now func() time.Time

	mu   sync.Mutex
	book *Book // as it was last read
}

// New opens the register's tables.
func New(d *db.DB, now func() time.Time) *Store { return &Store{db: d, now: now} }

// Stale says that somebody saved the entry since the person opened it.
type Stale struct{ Theirs Entry }

func (s *Stale) Error() string { return "register: somebody saved it since you opened it" }

// Unwrap makes it a Conflict.
func (s *Stale) Unwrap() error {
	return fault.Conflict("register", "somebody saved it since you opened it")
}

const columns = `SELECT id, kind, facts, version, changed, person, merged, removed, seq FROM known`

func scan(r db.Scanner) (Entry, error) {
	e, _, err := scanSeq(r)
	return e, err
}

func scanSeq(r db.Scanner) (Entry, int64, error) {
	var e Entry
	var facts string
	var changed, removed, seq int64
	err := r.Scan(&e.ID, &e.Kind, &facts, &e.Version, &changed, &e.By, &e.Merged, &removed, &seq)
	if errors.Is(err, sql.ErrNoRows) {
		return e, 0, fault.NotFound("the entry of the register")
	}
	if err != nil {
		return e, 0, fault.Internal("read the register", err)
	}
	e.Changed, e.Removed = db.Time(changed), db.Time(removed)
	if err := json.Unmarshal([]byte(facts), &e.Facts); err != nil {
		return e, 0, fault.Internal("read the register", err)
	}
	return e, seq, nil
}

// Get reads an entry, be it in use or not; NotFound.
func (s *Store) Get(ctx context.Context, id ID) (Entry, error) { return get(ctx, s.db, id) }

func get(ctx context.Context, r db.Reader, id ID) (Entry, error) {
	if !db.IsID(string(id)) {
		return Entry{}, fault.NotFound("the entry of the register")
	}
	return scan(r.QueryRow(ctx, columns+` WHERE id = ?1`, string(id)))
}

// Add writes a new entry. Where no address is given one is made of the name;
// Conflict when the one given is another's.
func (s *Store) Add(ctx context.Context, by staff.Person, kind Kind, f Facts) (Entry, error) {
	if err := May(by); err != nil {
		return Entry{}, err
	}
	chosen := f.Slug != ""
	e := Entry{ID: ID(db.NewID()), Kind: kind, Facts: f.tidy(), By: by.ID}
	if err := s.check(ctx, e); err != nil {
		return e, err
	}
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if !chosen {
			if e.Slug, err = freeSlug(ctx, tx, kind, e.Slug); err != nil {
				return err
			}
		}
		e.Version = 0
		return s.put(ctx, tx, &e, deed{act: Added})
	})
	return e, err
}

// freeSlug is the slug, or the first with a number behind it that is nobody's.
func freeSlug(ctx context.Context, tx *db.Tx, kind Kind, slug string) (string, error) {
	for n := 1; ; n++ {
		try := slug
		if n > 1 {
			end := "-" + strconv.Itoa(n)
			try = slug[:min(len(slug), MaxSlug-len(end))] + end
		}
		taken, err := owner(ctx, tx, kind, try)
		if err != nil || taken == "" {
			return try, err
		}
	}
}

func owner(ctx context.Context, r db.Reader, kind Kind, slug string) (id ID, err error) {
	err = r.QueryRow(ctx, `SELECT known FROM known_slug WHERE kind = ?1 AND slug = ?2`, string(kind), slug).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fault.Internal("look for an address of the register", err)
	}
	return id, nil
}

// Save writes an entry anew. base is the version that the person had open; a
// *Stale when it is no longer the newest.
func (s *Store) Save(ctx context.Context, by staff.Person, id ID, base int64, f Facts) (Entry, error) {
	if err := May(by); err != nil {
		return Entry{}, err
	}
	var kept Entry
	f = f.tidy()
	if err := s.check(ctx, Entry{Kind: Person, Facts: f}); err != nil {
		return kept, err
	}
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		e, err := get(ctx, tx, id)
		switch {
		case err != nil:
			return err
		case e.Version != base:
			return &Stale{Theirs: e}
		case e.Merged != "":
			return fault.Conflict("register", "it went into another entry; change that one")
		}
		e.Facts, e.By = f, by.ID
		kept = e
		return s.put(ctx, tx, &kept, deed{act: Changed})
	})
	return kept, err
}

// check holds an entry against its limits and the agency's editions.
func (s *Store) check(ctx context.Context, e Entry) error {
	m, err := masthead.Read(ctx, s.db)
	if err != nil {
		return err
	}
	return e.checkIn(m)
}

func (e Entry) checkIn(m masthead.Masthead) error {
	if !slices.Contains(Kinds(), e.Kind) {
		return fault.Invalid("kind", "an entry is a person, a place or a topic, not %.50q", e.Kind)
	}
	if err := e.check(); err != nil {
		return err
	}
	langs := []story.Lang{}
	for lang := range e.Names {
		langs = append(langs, lang)
	}
	for _, r := range e.Roles {
		for lang := range r.Texts {
			langs = append(langs, lang)
		}
	}
	for _, lang := range langs {
		if !m.Has(lang) {
			return fault.Invalid("language", "there is no edition in %.50q", lang)
		}
	}
	return nil
}

// put keeps an entry under the next version, with the deed that made it so.
func (s *Store) put(ctx context.Context, tx *db.Tx, e *Entry, d deed) error {
	taken, err := owner(ctx, tx, e.Kind, e.Slug)
	if err != nil {
		return err
	}
	if taken != "" && taken != e.ID {
		return fault.Conflict("slug", "the address %s is another's", e.Slug)
	}
	facts, err := json.Marshal(e.Facts)
	if err != nil {
		return fault.Internal("write an entry of the register", err)
	}
	e.Version, e.Changed = e.Version+1, db.Time(db.Millis(s.now()))
	_, err = tx.Exec(ctx, `INSERT INTO known (id, kind, facts, version, changed, person, merged, removed, seq)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, (SELECT COALESCE(MAX(seq), 0) + 1 FROM known))
		ON CONFLICT (id) DO UPDATE SET facts = excluded.facts, version = excluded.version, changed = excluded.changed,
			person = excluded.person, merged = excluded.merged, removed = excluded.removed, seq = excluded.seq`,
		string(e.ID), string(e.Kind), string(facts), e.Version, e.Changed, e.By, string(e.Merged), e.Removed)
	if err != nil {
		return fault.Internal("write an entry of the register", err)
	}
	if taken == "" {
		if _, err = tx.Exec(ctx, `INSERT INTO known_slug (kind, slug, known) VALUES (?1, ?2, ?3)`, string(e.Kind), e.Slug, string(e.ID)); err != nil {
			return fault.Internal("write an address of the register", err)
		}
	}
	tx.Notify(Channel)
	return note(ctx, tx, *e, d, string(facts))
}
