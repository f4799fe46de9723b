package register

import (
	"context"
	"maps"
	"slices"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Merge has one entry go into another: its names become aliases there, its
// roles are taken over, and its address leads there.
func (s *Store) Merge(ctx context.Context, by staff.Person, from, into ID) (Entry, error) {
	if err := May(by); err != nil {
		return Entry{}, err
	}
	var kept Entry
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		one, err := get(ctx, tx, from)
		if err != nil {
			return err
		}
		if kept, err = get(ctx, tx, into); err != nil {
			return err
		}
		switch {
		case from == into:
			return fault.Invalid("into", "an entry cannot go into itself")
		case one.Kind != kept.Kind:
			return fault.Invalid("into", "two of different kinds are never one")
		case one.Merged != "" || !kept.Stands():
			return fault.Conflict("register", "one of the two is out of use meanwhile")
		}
		kept.Facts, kept.By = joined(kept.Facts, one.Facts), by.ID
		if err := kept.check(); err != nil {
			return err
		}
		if err := s.put(ctx, tx, &kept, deed{Took, from}); err != nil {
			return err
		}
		one.Merged, one.By = into, by.ID
		return s.put(ctx, tx, &one, deed{Merged, into})
	})
	return kept, err
}

// joined is what two entries say of one, the first first.
func joined(a, b Facts) Facts {
	a.Aliases = append(slices.Clone(a.Aliases), Entry{Facts: b}.Spellings()...)
	a.Roles = slices.Clone(a.Roles)
	for _, r := range b.Roles {
		if !slices.ContainsFunc(a.Roles, r.Same) {
			a.Roles = append(a.Roles, r)
		}
	}
	if a.Since == "" {
		a.Since = b.Since
	}
	if a.Until == "" {
		a.Until = b.Until
	}
	a.Names = maps.Clone(a.Names)
	for lang, n := range b.Names {
		if a.Names[lang] == "" {
			a.Names[lang] = n
		}
	}
	return a.tidy()
}

// Remove takes an entry out of use.
func (s *Store) Remove(ctx context.Context, by staff.Person, id ID) (Entry, error) {
	return s.turn(ctx, by, id, Removed, func(e *Entry) { e.Removed = db.Time(db.Millis(s.now())) })
}

// PutBack takes it into use again.
func (s *Store) PutBack(ctx context.Context, by staff.Person, id ID) (Entry, error) {
	return s.turn(ctx, by, id, Returned, func(e *Entry) { e.Removed = time.Time{} })
}

func (s *Store) turn(ctx context.Context, by staff.Person, id ID, act Act, change func(*Entry)) (Entry, error) {
	if err := May(by); err != nil {
		return Entry{}, err
	}
	var kept Entry
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if kept, err = get(ctx, tx, id); err != nil {
			return err
		}
		if kept.Merged != "" || kept.Removed.IsZero() != (act == Removed) {
			return fault.Conflict("register", "the entry is not in that state any more")
		}
		change(&kept)
		kept.By = by.ID
		return s.put(ctx, tx, &kept, deed{act: act})
	})
	return kept, err
}
