package planning

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// Store keeps the calendar.
type Store struct {
	db       *db.DB
	now      func() time.Time
	masthead *masthead.Store
	staff    *staff.Store
	stories  *story.Store
}

// New opens the calendar's tables; what is begun becomes one of the stories.
func New(d *db.DB, now func() time.Time, stories *story.Store) *Store {
	return &Store{db: d, now: now, masthead: masthead.New(d), staff: staff.New(d, now), stories: stories}
}

// Stale says that somebody saved the event or the coverage since the person
// opened it.
type Stale struct{ Subject string }

func (s *Stale) Error() string { return "planning: somebody saved it since you opened it" }

// Unwrap makes it a Conflict.
func (s *Stale) Unwrap() error {
	return fault.Conflict(s.Subject, "somebody saved it since you opened it")
}

const (
	eventColumns = `SELECT id, title, place, note, status, starts, ends, whole, version, changed, person, removed FROM plan_event`
	// longest bounds how far back a list looks for what goes on still.
	longest = 366 * 24 * time.Hour
)

// Between gives the events that go on at some time from an instant up to
// another, in order, with their coverages.
func (s *Store) Between(ctx context.Context, from, to time.Time) ([]Event, error) {
	events, err := s.events(ctx, eventColumns+` WHERE ends >= ?1 AND ends < ?3 AND starts < ?2 AND removed = 0 ORDER BY starts, whole DESC, title, id`,
		from, to, to.Add(longest))
	if err != nil {
		return nil, err
	}
	// What ends at midnight is not of the day that begins then.
	var all []Event
	for _, e := range events {
		if e.Ends.After(from) || e.Starts.Equal(from) {
			all = append(all, e)
		}
	}
	coverages, err := s.coverages(ctx, coverageColumns+` JOIN plan_event e ON e.id = c.event WHERE e.ends >= ?1 AND e.ends < ?3 AND e.starts < ?2
		ORDER BY c.due, c.lang, c.id`, from, to, to.Add(longest))
	if err != nil {
		return nil, err
	}
	by := map[ID][]Coverage{}
	for _, c := range coverages {
		by[c.Event] = append(by[c.Event], c)
	}
	for i := range all {
		all[i].Coverages = by[all[i].ID]
	}
	return all, nil
}

// Removed gives the events taken off the calendar last.
func (s *Store) Removed(ctx context.Context, limit int) ([]Event, error) {
	return s.events(ctx, eventColumns+` WHERE removed > 0 ORDER BY removed DESC, id LIMIT ?1`, limit)
}

func (s *Store) events(ctx context.Context, query string, args ...any) ([]Event, error) {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault.Internal("read the calendar", err)
	}
	return db.Collect(rows, "read the calendar", scan)
}

// Get reads an event with its coverages; NotFound.
func (s *Store) Get(ctx context.Context, id ID) (Event, error) {
	e, err := get(ctx, s.db, id)
	if err != nil {
		return e, err
	}
	e.Coverages, err = s.coverages(ctx, coverageColumns+` WHERE c.event = ?1 ORDER BY c.due, c.lang, c.id`, string(id))
	return e, err
}

func get(ctx context.Context, r db.Reader, id ID) (Event, error) {
	if !db.IsID(string(id)) {
		return Event{}, fault.NotFound("the event")
	}
	return scan(r.QueryRow(ctx, eventColumns+` WHERE id = ?1`, string(id)))
}

// Add puts an event on the calendar.
func (s *Store) Add(ctx context.Context, by staff.Person, e Entry) (Event, error) {
	return s.write(ctx, by, e, func(*db.Tx) (Event, error) { return Event{ID: ID(db.NewID())}, nil })
}

// Save writes an event anew. base is the version that the person had open; a
// *Stale when it is no longer the newest.
func (s *Store) Save(ctx context.Context, by staff.Person, id ID, base int64, e Entry) (Event, error) {
	return s.write(ctx, by, e, func(tx *db.Tx) (Event, error) {
		was, err := get(ctx, tx, id)
		if err == nil && was.Version != base {
			err = &Stale{Subject: "event"}
		}
		return was, err
	})
}

func (s *Store) write(ctx context.Context, by staff.Person, entry Entry, open func(*db.Tx) (Event, error)) (Event, error) {
	if err := May(by); err != nil {
		return Event{}, err
	}
	entry = entry.tidy()
	if err := entry.check(); err != nil {
		return Event{}, err
	}
	var kept Event
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		e, err := open(tx)
		if err != nil {
			return err
		}
		e.Entry = entry
		kept, err = s.put(ctx, tx, by, e)
		return err
	})
	return kept, err
}

// Remove takes an event off the calendar.
func (s *Store) Remove(ctx context.Context, by staff.Person, id ID) (Event, error) {
	return s.turn(ctx, by, id, whole(s.now()))
}

// PutBack puts an event on the calendar again.
func (s *Store) PutBack(ctx context.Context, by staff.Person, id ID) (Event, error) {
	return s.turn(ctx, by, id, time.Time{})
}

func (s *Store) turn(ctx context.Context, by staff.Person, id ID, removed time.Time) (Event, error) {
	if err := May(by); err != nil {
		return Event{}, err
	}
	var kept Event
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		e, err := get(ctx, tx, id)
		if err != nil {
			return err
		}
		e.Removed = removed
		kept, err = s.put(ctx, tx, by, e)
		return err
	})
	return kept, err
}

func (s *Store) put(ctx context.Context, tx *db.Tx, by staff.Person, e Event) (Event, error) {
	e.Version, e.Changed, e.By = e.Version+1, whole(s.now()), by.ID
	_, err := tx.Exec(ctx, `INSERT INTO plan_event (id, title, place, note, status, starts, ends, whole, version, changed, person, removed)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
		ON CONFLICT (id) DO UPDATE SET title = ?2, place = ?3, note = ?4, status = ?5, starts = ?6, ends = ?7, whole = ?8,
			version = ?9, changed = ?10, person = ?11, removed = ?12`,
		string(e.ID), e.Title, e.Place, e.Note, string(e.Status), e.Starts, e.Ends, e.Whole, e.Version, e.Changed, e.By, e.Removed)
	if err != nil {
		return e, fault.Internal("save an event", err)
	}
	return e, nil
}

func scan(r db.Scanner) (Event, error) {
	var e Event
	var starts, ends, changed, removed int64
	err := r.Scan(&e.ID, &e.Title, &e.Place, &e.Note, &e.Status, &starts, &ends, &e.Whole, &e.Version, &changed, &e.By, &removed)
	if errors.Is(err, sql.ErrNoRows) {
		return Event{}, fault.NotFound("the event")
	}
	if err != nil {
		return Event{}, fault.Internal("read an event", err)
	}
	e.Starts, e.Ends, e.Changed, e.Removed = db.Time(starts), db.Time(ends), db.Time(changed), db.Time(removed)
	return e, nil
}
