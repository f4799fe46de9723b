package story

import (
	"context"
	"slices"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Channel is where the database rings after each act on a story, and when
// somebody begins or ends to write or to look at one.
const Channel = "desk"

// Listen gives a bell that rings when Live may have something new.
func (s *Store) Listen() (bell <-chan struct{}, stop func()) { return s.db.Listen(Channel) }

// Touch is a story that an act changed.
type Touch struct {
	Number   int64 // of the act, of all acts on all stories
	Story    ID
	Revision int64
	State    State
}

// Seat is an open page of a story in a tab of somebody's browser.
type Seat struct {
	Story  ID
	Person string // id
	Tab    string
}

// Live is what the desk shows as it happens.
type Live struct {
	Last    int64   // number of the last act
	Touched []Touch // since the number that was asked from, in order
	Locks   []Lock  // that stand, by story
	Seats   []Seat  // that are taken, by story and person
}

// mostTouched bounds how many acts Live gives; whoever has missed more looks at
// everything anew.
const mostTouched = 500

// Last is the number of the last act on any story.
func (s *Store) Last(ctx context.Context) (int64, error) {
	var n int64
	if err := s.db.QueryRow(ctx, `SELECT COALESCE(MAX(touched), 0) FROM story`).Scan(&n); err != nil {
		return 0, fault.Internal("read the last act", err)
	}
	return n, nil
}

// Now reads who writes and looks at what, and the number of the last act.
func (s *Store) Now(ctx context.Context) (live Live, err error) {
	if live.Last, err = s.Last(ctx); err != nil {
		return live, err
	}
	alive := db.Millis(whole(s.now()).Add(-LockLife))
	if live.Locks, err = s.locks(ctx, alive); err != nil {
		return live, err
	}
	live.Seats, err = s.seats(ctx, alive)
	return live, err
}

// Live reads what has changed after the act of that number, and who writes and
// looks at what now.
func (s *Store) Live(ctx context.Context, after int64) (live Live, err error) {
	live.Last = after
	rows, err := s.db.Query(ctx, `SELECT touched, id, revision, state FROM story WHERE touched > ?1
		ORDER BY touched LIMIT ?2`, after, mostTouched)
	if err != nil {
		return live, fault.Internal("read the last acts", err)
	}
	err = each(rows, func() error {
		var t Touch
		err := rows.Scan(&t.Number, &t.Story, &t.Revision, &t.State)
		live.Touched, live.Last = append(live.Touched, t), t.Number
		return err
	})
	if err != nil {
		return live, err
	}
	alive := db.Millis(whole(s.now()).Add(-LockLife))
	if live.Locks, err = s.locks(ctx, alive); err != nil {
		return live, err
	}
	live.Seats, err = s.seats(ctx, alive)
	return live, err
}

func (s *Store) locks(ctx context.Context, alive int64) (all []Lock, err error) {
	rows, err := s.db.Query(ctx, `SELECT story, person, tab, since, seen FROM story_lock WHERE seen > ?1 ORDER BY story`, alive)
	if err != nil {
		return nil, fault.Internal("read the locks", err)
	}
	return all, each(rows, func() error {
		var l Lock
		var since, seen int64
		err := rows.Scan(&l.Story, &l.Person, &l.Tab, &since, &seen)
		l.Since, l.seen = db.Time(since), db.Time(seen)
		all = append(all, l)
		return err
	})
}

func (s *Store) seats(ctx context.Context, alive int64) (all []Seat, err error) {
	rows, err := s.db.Query(ctx, `SELECT story, person, tab FROM desk_presence WHERE seen > ?1 ORDER BY story, person, tab`, alive)
	if err != nil {
		return nil, fault.Internal("read who is there", err)
	}
	return all, each(rows, func() error {
		var seat Seat
		err := rows.Scan(&seat.Story, &seat.Person, &seat.Tab)
		all = append(all, seat)
		return err
	})
}

// Arrive says that somebody has opened a story's page.
func (s *Store) Arrive(ctx context.Context, seat Seat) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		tx.Notify(Channel)
		return sit(ctx, tx, seat, whole(s.now()))
	})
}

// Leave says that pages are closed.
func (s *Store) Leave(ctx context.Context, seats ...Seat) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		for _, seat := range seats {
			_, err := tx.Exec(ctx, `DELETE FROM desk_presence WHERE tab = ?1 AND story = ?2`, seat.Tab, string(seat.Story))
			if err != nil {
				return fault.Internal("leave a story", err)
			}
		}
		tx.Notify(Channel)
		return nil
	})
}

// Stay is the sign of life of pages that are open still, and of the locks that
// are held in them. It sweeps out what has given none for an hour.
func (s *Store) Stay(ctx context.Context, seats []Seat) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		now := whole(s.now())
		for _, seat := range seats {
			if err := sit(ctx, tx, seat, now); err != nil {
				return err
			}
			// A lock that has run out meanwhile is not come back for: somebody may
			// have begun in good faith.
			_, err := tx.Exec(ctx, `UPDATE story_lock SET seen = ?4 WHERE story = ?1 AND person = ?2 AND tab = ?3 AND seen > ?5`,
				string(seat.Story), seat.Person, seat.Tab, db.Millis(now), db.Millis(now.Add(-LockLife)))
			if err != nil {
				return fault.Internal("keep a lock", err)
			}
		}
		old := db.Millis(now.Add(-time.Hour))
		for _, sweep := range []string{`DELETE FROM desk_presence WHERE seen < ?1`, `DELETE FROM story_lock WHERE seen < ?1`} {
			if _, err := tx.Exec(ctx, sweep, old); err != nil {
				return fault.Internal("sweep the desk", err)
			}
		}
		return nil
	})
}

func sit(ctx context.Context, tx *db.Tx, seat Seat, now time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO desk_presence (tab, story, person, seen) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (tab) DO UPDATE SET story = ?2, person = ?3, seen = ?4`,
		seat.Tab, string(seat.Story), seat.Person, db.Millis(now))
	if err != nil {
		return fault.Internal("say who is there", err)
	}
	return nil
}

// Readers are the people who have a story's page open, each once, in order.
func (live Live) Readers(id ID) (people []string) {
	for _, seat := range live.Seats {
		if seat.Story == id && !slices.Contains(people, seat.Person) {
			people = append(people, seat.Person)
		}
	}
	return people
}
