package story

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Working is what a person has typed over a revision and not yet saved: the
// fields of a form as they stood, whether or not they make a content.
type Working struct {
	Story  ID
	Person string // id
	Base   int64  // the revision that it was typed over
	At     time.Time
	Tab    string // of the browser that typed it
	Typed  map[string][]string
}

// None reports whether there is no working copy.
func (w Working) None() bool { return w.Person == "" }

// TwoTabs says that the person types the story in another tab too, whose words
// these would have written over. Taking the lock in one of them settles it.
type TwoTabs struct{ Lock Lock }

func (*TwoTabs) Error() string { return "story: it is being typed in another tab" }

// Unwrap makes it a Conflict.
func (*TwoTabs) Unwrap() error {
	return fault.Conflict("story", "you are writing it in another tab")
}

// KeepWorking keeps what a person typed, in place of what they typed before,
// and says who holds the lock then: they themselves if nobody did. Whoever may
// not write the story is refused; but a person who has a working copy of it
// gets the new words kept too, with the refusal beside it, for the story may
// have moved on while they typed. *TwoTabs (Conflict) keeps nothing.
func (s *Store) KeepWorking(ctx context.Context, by staff.Person, w Working) (kept Working, l Lock, err error) {
	typed, err := json.Marshal(w.Typed)
	if err != nil {
		return Working{}, Lock{}, fault.Internal("keep what was typed", err)
	}
	var refused error
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		st, err := load(ctx, tx, w.Story)
		if err != nil {
			return err
		}
		before, err := working(ctx, tx, w.Story, by.ID)
		if err != nil {
			return err
		}
		if refused = May(by, ActRevise, st); refused != nil && before.None() {
			return refused
		}
		now := whole(s.now())
		if l, err = lockOn(ctx, tx, w.Story, now); err != nil {
			return err
		}
		other := before.Tab != "" && w.Tab != "" && before.Tab != w.Tab
		if other && now.Sub(before.At) < LockLife {
			return &TwoTabs{l}
		}
		if refused == nil && w.Tab != "" {
			if l, err = s.hold(ctx, tx, by, l, w.Story, w.Tab, now); err != nil {
				return err
			}
		}
		kept = w
		kept.Person, kept.At = by.ID, now
		_, err = tx.Exec(ctx, `INSERT INTO story_working (story, person, base, at, tab, typed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (story, person) DO UPDATE SET base = ?3, at = ?4, tab = ?5, typed = ?6`,
			string(w.Story), by.ID, w.Base, db.Millis(now), w.Tab, string(typed))
		if err != nil {
			return fault.Internal("keep what was typed", err)
		}
		if before.None() {
			tx.Notify(Channel)
		}
		return nil
	})
	if err != nil {
		return Working{}, l, err
	}
	return kept, l, refused
}

// WorkingOf reads a person's working copy of a story; it is None when there is
// none.
func (s *Store) WorkingOf(ctx context.Context, id ID, person string) (Working, error) {
	return working(ctx, s.db, id, person)
}

// Workings reads all working copies of a story, the newest first, without what
// was typed.
func (s *Store) Workings(ctx context.Context, id ID) ([]Working, error) {
	rows, err := s.db.Query(ctx, `SELECT person, base, at FROM story_working WHERE story = ?1 ORDER BY at DESC`, string(id))
	if err != nil {
		return nil, fault.Internal("read what was typed", err)
	}
	var all []Working
	return all, each(rows, func() error {
		w := Working{Story: id}
		var at int64
		err := rows.Scan(&w.Person, &w.Base, &at)
		w.At = db.Time(at)
		all = append(all, w)
		return err
	})
}

// DropWorking throws a person's working copy away, because they said so.
func (s *Store) DropWorking(ctx context.Context, by staff.Person, id ID) error {
	if !db.IsID(string(id)) {
		return fault.NotFound("the story")
	}
	return s.db.Do(ctx, func(tx *db.Tx) error { return dropWorking(ctx, tx, id, by.ID) })
}

func dropWorking(ctx context.Context, tx *db.Tx, id ID, person string) error {
	_, err := tx.Exec(ctx, `DELETE FROM story_working WHERE story = ?1 AND person = ?2`, string(id), person)
	if err != nil {
		return fault.Internal("drop what was typed", err)
	}
	return nil
}

func working(ctx context.Context, r db.Reader, id ID, person string) (Working, error) {
	w := Working{Story: id, Person: person}
	var at int64
	var typed string
	if !db.IsID(string(id)) {
		return Working{}, nil
	}
	err := r.QueryRow(ctx, `SELECT base, at, tab, typed FROM story_working WHERE story = ?1 AND person = ?2`,
		string(id), person).Scan(&w.Base, &at, &w.Tab, &typed)
	if errors.Is(err, sql.ErrNoRows) {
		return Working{}, nil
	}
	if err != nil {
		return Working{}, fault.Internal("read what was typed", err)
	}
	w.At = db.Time(at)
	if err := json.Unmarshal([]byte(typed), &w.Typed); err != nil {
		return Working{}, fault.Internal("read what was typed", err)
	}
	return w, nil
}
