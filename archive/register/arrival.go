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
	if known, ok := here.has(e, chosen, l.ID != ""); ok {
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
		here.taken[e.ID] = here.taken[e.ID] || l.ID != ""
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

// cast is who is here, by each spelling. Those are taken whom an entry of the list
// with an id was found to be: no other one with an id is them too.
type cast struct {
	house, aliases map[spelt][]Entry
	taken          map[ID]bool
}

func readCast(ctx context.Context, tx *db.Tx) (cast, error) {
	c := cast{map[spelt][]Entry{}, map[spelt][]Entry{}, map[ID]bool{}}
	rows, err := tx.Query(ctx, columns+` WHERE merged = '' ORDER BY id`)
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
	put := func(to map[spelt][]Entry, name string) {
		key := spelt{kind: e.Kind, key: nameKey(name)}
		to[key] = append(to[key], e)
	}
	for _, n := range e.houseNames() {
		put(c.house, n)
	}
	for _, n := range e.Aliases {
		put(c.aliases, n)
	}
}

// has gives the entry that another one is: of several the one of its address, if
// the list has chosen any. apart is whether the list tells its namesakes apart.
func (c cast) has(e Entry, chosen, apart bool) (Entry, bool) {
	found := slices.DeleteFunc(c.alike(e), func(known Entry) bool { return apart && c.taken[known.ID] })
	if len(found) == 0 {
		return Entry{}, false
	}
	at := slices.IndexFunc(found, func(known Entry) bool { return chosen && known.Slug == e.Slug })
	known := found[max(at, 0)]
	c.taken[known.ID] = c.taken[known.ID] || apart
	return known, true
}

// alike are those who have a name of the entry. A nickname alone, which two people
// may share, makes nobody the same.
func (c cast) alike(e Entry) (all []Entry) {
	for _, n := range e.houseNames() {
		key := spelt{kind: e.Kind, key: nameKey(n)}
		all = append(append(all, c.house[key]...), c.aliases[key]...)
	}
	for _, n := range e.Aliases {
		all = append(all, c.house[spelt{kind: e.Kind, key: nameKey(n)}]...)
	}
	return all
}

func (e Entry) houseNames() []string {
	all := slices.Sorted(maps.Values(e.Names))
	return once(append(all, e.House("en")))
}
