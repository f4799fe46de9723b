package story

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// LockLife is how long a lock stands after the holder's last sign of life.
const LockLife = time.Minute

// Lock says who writes a story now, in which tab of a browser. It guards
// against writing unawares beside somebody and against nothing else: the base
// of a revision decides what is saved, and an act needs no lock.
type Lock struct {
	Story  ID
	Person string // id; "" is nobody
	Tab    string
	Since  time.Time
	seen   time.Time
}

// Free reports whether nobody holds it.
func (l Lock) Free() bool { return l.Person == "" }

// HeldBy reports whether the person holds it in the tab.
func (l Lock) HeldBy(person, tab string) bool {
	return !l.Free() && l.Person == person && l.Tab == tab
}

// Reading makes a content of what somebody typed over another.
type Reading func(typed map[string][]string, over Content) (Content, error)

// LockOn says who writes the story now.
func (s *Store) LockOn(ctx context.Context, id ID) (Lock, error) {
	return lockOn(ctx, s.db, id, whole(s.now()))
}

// TakeLock gives the person the lock when it is free, and says who holds it
// then. Whoever may not write the story is refused.
func (s *Store) TakeLock(ctx context.Context, by staff.Person, id ID, tab string) (l Lock, err error) {
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		st, err := load(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := May(by, ActRevise, st); err != nil {
			return err
		}
		now := whole(s.now())
		if l, err = lockOn(ctx, tx, id, now); err != nil {
			return err
		}
		l, err = s.hold(ctx, tx, by, l, id, tab, now)
		return err
	})
	return l, err
}

// TakeOver gives the person the lock whoever holds it, and gives the story as
// it stands then. What the holder had typed becomes a revision in their name
// when it makes a content, is over the newest revision and is theirs to save;
// otherwise it stays theirs as a working copy.
func (s *Store) TakeOver(ctx context.Context, by staff.Person, id ID, tab string, read Reading) (l Lock, st Story, err error) {
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return Lock{}, Story{}, err
	}
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		if st, err = load(ctx, tx, id); err != nil {
			return err
		}
		if err := May(by, ActRevise, st); err != nil {
			return err
		}
		now := whole(s.now())
		before, err := lockOn(ctx, tx, id, now)
		if err != nil {
			return err
		}
		if !before.Free() && before.Person != by.ID {
			mend := func(typed map[string][]string, over Content) (Content, error) {
				c, err := read(typed, over)
				if err != nil {
					return c, err
				}
				c = c.tidy()
				return c, c.check(m)
			}
			if err := s.saveFor(ctx, tx, before.Person, &st, mend, now); err != nil {
				return err
			}
		}
		if _, err := tx.Exec(ctx, `UPDATE story_working SET tab = ?3 WHERE story = ?1 AND person = ?2`, string(id), by.ID, tab); err != nil {
			return fault.Internal("take a story over", err)
		}
		l, err = s.hold(ctx, tx, by, Lock{Story: id}, id, tab, now)
		return err
	})
	return l, st, err
}

// saveFor saves the working copy of the one whose story is taken over.
func (s *Store) saveFor(ctx context.Context, tx *db.Tx, person string, st *Story, read Reading, now time.Time) error {
	w, err := working(ctx, tx, st.ID, person)
	if err != nil || w.None() || w.Base != st.Revision {
		return err
	}
	writer, err := staff.New(s.db, s.now).ByID(ctx, person)
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	if err != nil || May(writer, ActRevise, *st) != nil {
		return nil
	}
	c, err := read(w.Typed, st.Content)
	if err != nil || reach(writer, *st, c.Sections) != nil {
		return nil // it stays a working copy, as it was typed
	}
	if !same(c, st.Content) {
		found := *st
		st.Changed = now
		if err := addRevision(ctx, tx, st, c, person, now); err != nil {
			return err
		}
		if err := note(ctx, tx, st.ID, person, string(ActRevise), "", now); err != nil {
			return err
		}
		if err := lapse(ctx, tx, writer, found, st); err != nil {
			return err
		}
		if err := save(ctx, tx, *st); err != nil {
			return err
		}
	}
	return dropWorking(ctx, tx, st.ID, person)
}

// ReleaseLock lets the lock go if the person holds it in the tab.
func (s *Store) ReleaseLock(ctx context.Context, by staff.Person, id ID, tab string) error {
	if !db.IsID(string(id)) {
		return fault.NotFound("the story")
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM story_lock WHERE story = ?1 AND person = ?2 AND tab = ?3`, string(id), by.ID, tab)
		if err != nil {
			return fault.Internal("let a lock go", err)
		}
		tx.Notify(Channel)
		return nil
	})
}

// hold gives the person the lock, if it is free or theirs in that tab; now is
// then its last sign of life.
func (s *Store) hold(ctx context.Context, tx *db.Tx, by staff.Person, l Lock, id ID, tab string, now time.Time) (Lock, error) {
	switch {
	case l.Free():
		l = Lock{Story: id, Person: by.ID, Tab: tab, Since: now}
		tx.Notify(Channel)
	case !l.HeldBy(by.ID, tab):
		return l, nil
	}
	l.seen = now
	_, err := tx.Exec(ctx, `INSERT INTO story_lock (story, person, tab, since, seen) VALUES (?1, ?2, ?3, ?4, ?5)
		ON CONFLICT (story) DO UPDATE SET person = ?2, tab = ?3, since = ?4, seen = ?5`,
		string(id), by.ID, tab, db.Millis(l.Since), db.Millis(now))
	if err != nil {
		return l, fault.Internal("take a lock", err)
	}
	return l, nil
}

// lockOn reads the lock as it is at the instant: one without a sign of life
// for too long is free.
func lockOn(ctx context.Context, r db.Reader, id ID, now time.Time) (Lock, error) {
	l := Lock{Story: id}
	if !db.IsID(string(id)) {
		return l, nil
	}
	var since, seen int64
	err := r.QueryRow(ctx, `SELECT person, tab, since, seen FROM story_lock WHERE story = ?1 AND seen > ?2`,
		string(id), db.Millis(now.Add(-LockLife))).Scan(&l.Person, &l.Tab, &since, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return l, nil
	}
	if err != nil {
		return l, fault.Internal("read a lock", err)
	}
	l.Since, l.seen = db.Time(since), db.Time(seen)
	return l, nil
}
