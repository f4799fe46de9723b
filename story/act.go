package story

import (
	"context"
	"errors"

	"wireroom/db"
	"wireroom/staff"
)

// act is the frame of each act on a story that exists: one transaction that
// loads it, asks whether the person may, changes it, notes the act and saves.
func (s *Store) act(ctx context.Context, by staff.Person, id ID, act Act, words string,
	change func(*db.Tx, *Story) error) (Story, error) {
	return s.frame(ctx, by, id, func(*db.Tx, Story) (deed, error) {
		return deed{acts: []Act{act}, words: words, change: change}, nil
	})
}

// deed is what a frame does: one act or several at once, each of which the
// person must be allowed, and what is noted of them.
type deed struct {
	acts   []Act
	noted  string // what the log calls them; "" is by their names
	words  string
	change func(*db.Tx, *Story) error
}

// frame is act for a deed that only the story itself decides on.
func (s *Store) frame(ctx context.Context, by staff.Person, id ID, choose func(*db.Tx, Story) (deed, error)) (Story, error) {
	var st Story
	err := s.db.Do(ctx, func(tx *db.Tx) (err error) {
		if st, err = load(ctx, tx, id); err != nil {
			return err
		}
		d, err := choose(tx, st)
		if err != nil {
			return err
		}
		found := st
		for _, act := range d.acts {
			if err := May(by, act, found); err != nil {
				return err
			}
			st.State = leads(act, st.State)
		}
		if st.State != found.State {
			st.Stage = ""
		}
		st.Changed = whole(s.now())
		if err := d.change(tx, &st); err != nil {
			var stale *Stale
			if errors.As(err, &stale) {
				stale.Theirs = found
			}
			return err
		}
		if err := d.note(ctx, tx, st, by); err != nil {
			return err
		}
		if err := lapse(ctx, tx, by, found, &st); err != nil {
			return err
		}
		return save(ctx, tx, st)
	})
	if err != nil {
		return Story{}, err
	}
	return st, nil
}

func (d deed) note(ctx context.Context, tx *db.Tx, st Story, by staff.Person) error {
	for _, act := range d.acts {
		name := d.noted
		if name == "" {
			name = string(act)
		}
		if err := note(ctx, tx, st.ID, by.ID, name, d.words, st.Changed); err != nil {
			return err
		}
	}
	return nil
}
