package register

import (
	"context"
	"errors"
	"maps"
	"slices"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
)

// Arrival is what became of a list.
type Arrival struct {
	Added  int    `json:"added"`
	People int    `json:"people"` // of those added
	Places int    `json:"places"`
	Topics int    `json:"topics"`
	Known  []Met  `json:"known"` // here already, and left as they are
	Flaws  []Flaw `json:"broken"`
	DryRun bool   `json:"dry_run,omitempty"` // nothing was kept
}

// Met is an entry of a list that is here already.
type Met struct {
	Line int    `json:"line"`
	Name string `json:"name"`
	Slug string `json:"address"` // of the one that is here
}

var errRehearsed = errors.New("only a rehearsal")

// Import takes in a list, whole or not at all: with one flaw nothing is kept,
// and neither is by a rehearsal. Whoever is here already stays as the editors
// have it, even out of use; so a list may be taken in again.
func (s *Store) Import(ctx context.Context, all []Listed, rehearse bool) (Arrival, error) {
	m, err := masthead.Read(ctx, s.db)
	if err != nil {
		return Arrival{}, err
	}
	var a Arrival
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		a = Arrival{Known: []Met{}, Flaws: []Flaw{}, DryRun: rehearse}
		here, err := readCast(ctx, tx)
		if err != nil {
			return err
		}
		for _, l := range all {
			if err := s.arrive(ctx, tx, m, here, l, &a); err != nil {
				return err
			}
		}
		if rehearse || len(a.Flaws) > 0 {
			return errRehearsed
		}
		return nil
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return a, err
}

func (s *Store) arrive(ctx context.Context, tx *db.Tx, m masthead.Masthead, here cast, l Listed, a *Arrival) error {
	chosen := l.Slug != ""
	e := Entry{ID: ID(db.NewID()), Kind: l.Kind, Facts: l.tidy()}
	if known, ok := here.has(e); ok {
		a.Known = append(a.Known, Met{l.Line, e.Name(m.Languages[0]), known.Slug})
		return nil
	}
	err := e.checkIn(m)
	if err == nil && !chosen {
		e.Slug, err = freeSlug(ctx, tx, e.Kind, e.Slug)
	}
	if err == nil {
		err = s.put(ctx, tx, &e, deed{act: Imported})
	}
	var f *fault.Error
	switch {
	case err == nil:
		here.add(e)
		a.Added++
		switch e.Kind {
		case Person:
			a.People++
		case Place:
			a.Places++
		default:
			a.Topics++
		}
		return nil
	case errors.As(err, &f) && (f.Kind == fault.KindInvalid || f.Kind == fault.KindConflict):
		field := f.Subject
		if field == "slug" {
			field = inAddress
		}
		a.Flaws = append(a.Flaws, Flaw{l.Line, field, f.Why})
		return nil
	}
	return err
}

// cast is who is here, by each spelling.
type cast struct{ house, aliases map[spelt]Entry }

func readCast(ctx context.Context, tx *db.Tx) (cast, error) {
	c := cast{map[spelt]Entry{}, map[spelt]Entry{}}
	rows, err := tx.Query(ctx, columns+` WHERE merged = ''`)
	if err != nil {
		return c, fault.Internal("read the register", err)
	}
	all, err := db.Collect(rows, "read the register", scan)
	for _, e := range all {
		c.add(e)
	}
	return c, err
}

func (c cast) add(e Entry) {
	for _, n := range e.houseNames() {
		c.house[spelt{kind: e.Kind, key: nameKey(n)}] = e
	}
	for _, n := range e.Aliases {
		c.aliases[spelt{kind: e.Kind, key: nameKey(n)}] = e
	}
}

// has gives the entry that another one is. A nickname alone, which two people
// may share, makes nobody the same.
func (c cast) has(e Entry) (Entry, bool) {
	for _, n := range e.houseNames() {
		key := spelt{kind: e.Kind, key: nameKey(n)}
		for _, known := range []map[spelt]Entry{c.house, c.aliases} {
			if k, ok := known[key]; ok {
				return k, true
			}
		}
	}
	for _, n := range e.Aliases {
		if k, ok := c.house[spelt{kind: e.Kind, key: nameKey(n)}]; ok {
			return k, true
		}
	}
	return Entry{}, false
}

func (e Entry) houseNames() []string {
	all := slices.Sorted(maps.Values(e.Names))
	return once(append(all, e.House("en")))
}
