package planning

import (
	"context"
	"database/sql"
	"errors"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

const coverageColumns = `SELECT c.id, c.event, c.status, c.person, c.lang, c.slug, c.desk, c.section, c.due, c.note, c.story, c.version
	FROM plan_coverage c`

func (s *Store) coverages(ctx context.Context, query string, args ...any) ([]Coverage, error) {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault.Internal("read the coverages", err)
	}
	return db.Collect(rows, "read the coverages", scanCoverage)
}

func scanCoverage(r db.Scanner) (Coverage, error) {
	var c Coverage
	var due int64
	err := r.Scan(&c.ID, &c.Event, &c.Status, &c.Person, &c.Lang, &c.Slug, &c.Desk, &c.Section, &due, &c.Note, &c.Story, &c.Version)
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.NotFound("the coverage")
	}
	if err != nil {
		return c, fault.Internal("read a coverage", err)
	}
	c.Due = db.Time(due)
	return c, nil
}

func coverage(ctx context.Context, r db.Reader, event, id ID) (Coverage, error) {
	if !db.IsID(string(id)) || !db.IsID(string(event)) {
		return Coverage{}, fault.NotFound("the coverage")
	}
	return scanCoverage(r.QueryRow(ctx, coverageColumns+` WHERE c.id = ?1 AND c.event = ?2`, string(id), string(event)))
}

// Of finds the event and the coverage that a story came of; NotFound when it
// was not planned.
func (s *Store) Of(ctx context.Context, id story.ID) (Event, Coverage, error) {
	if !db.IsID(string(id)) {
		return Event{}, Coverage{}, fault.NotFound("the coverage")
	}
	c, err := scanCoverage(s.db.QueryRow(ctx, coverageColumns+` WHERE c.story = ?1`, string(id)))
	if err != nil {
		return Event{}, c, err
	}
	e, err := get(ctx, s.db, c.Event)
	return e, c, err
}

// Cover orders a coverage of an event.
func (s *Store) Cover(ctx context.Context, by staff.Person, event ID, o Order) (Coverage, error) {
	return s.order(ctx, by, o, func(tx *db.Tx) (Coverage, error) {
		_, err := get(ctx, tx, event)
		return Coverage{ID: ID(db.NewID()), Event: event}, err
	})
}

// Reorder writes a coverage anew. base is the version that the person had open;
// a *Stale when it is no longer the newest.
func (s *Store) Reorder(ctx context.Context, by staff.Person, event, id ID, base int64, o Order) (Coverage, error) {
	return s.order(ctx, by, o, func(tx *db.Tx) (Coverage, error) {
		c, err := coverage(ctx, tx, event, id)
		if err == nil && c.Version != base {
			err = &Stale{Subject: "coverage"}
		}
		return c, err
	})
}

func (s *Store) order(ctx context.Context, by staff.Person, o Order, open func(*db.Tx) (Coverage, error)) (Coverage, error) {
	if err := May(by); err != nil {
		return Coverage{}, err
	}
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return Coverage{}, err
	}
	o = o.tidy()
	if err := o.check(m); err != nil {
		return Coverage{}, err
	}
	if o.Person != "" {
		if _, err := s.staff.ByID(ctx, o.Person); fault.Is(err, fault.KindNotFound) {
			return Coverage{}, fault.Invalid("person", "nobody of that name works here")
		} else if err != nil {
			return Coverage{}, err
		}
	}
	var kept Coverage
	err = s.db.Do(ctx, func(tx *db.Tx) error {
		c, err := open(tx)
		if err != nil {
			return err
		}
		c.Order = o
		c.Version++
		kept = c
		return putCoverage(ctx, tx, c)
	})
	return kept, err
}

func putCoverage(ctx context.Context, tx *db.Tx, c Coverage) error {
	_, err := tx.Exec(ctx, `INSERT INTO plan_coverage (id, event, status, person, lang, slug, desk, section, due, note, story, version)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
		ON CONFLICT (id) DO UPDATE SET status = ?3, person = ?4, lang = ?5, slug = ?6, desk = ?7, section = ?8, due = ?9,
			note = ?10, story = ?11, version = ?12`,
		string(c.ID), string(c.Event), string(c.Status), c.Person, string(c.Lang), c.Slug, c.Desk, c.Section, c.Due, c.Note, string(c.Story), c.Version)
	if err != nil {
		return fault.Internal("save a coverage", err)
	}
	return nil
}

// Begin makes a coverage a story, with its slug, language, section and person
// filled in. It is one of a language group with what was begun for the same
// event under the same slug. Conflict when it is a story already.
func (s *Store) Begin(ctx context.Context, by staff.Person, event, id ID) (story.Story, error) {
	e, err := s.Get(ctx, event)
	if err != nil {
		return story.Story{}, err
	}
	c, err := coverage(ctx, s.db, event, id)
	if err != nil {
		return story.Story{}, err
	}
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return story.Story{}, err
	}
	b := story.Beginning{Lang: c.Lang, Desk: c.Desk, Assigned: c.Person}
	b.Content = story.Content{Slug: c.Slug, Note: e.Title, Date: story.DateOf(e.Starts.In(m.Zone))}
	if c.Note != "" {
		b.Content.Note += "\n" + c.Note
	}
	if c.Section != "" {
		b.Content.Sections = []string{c.Section}
	}
	if b.Group, err = s.group(ctx, e, c); err != nil {
		return story.Story{}, err
	}
	return s.stories.Begin(ctx, by, b, func(tx *db.Tx, st story.Story) error {
		now, err := coverage(ctx, tx, event, id)
		if err != nil {
			return err
		}
		if now.Story != "" {
			return fault.Conflict("coverage", "it is a story already")
		}
		now.Story = st.ID
		now.Version++
		return putCoverage(ctx, tx, now)
	})
}

// group is the language group that a coverage belongs to; "" is one of its own.
func (s *Store) group(ctx context.Context, e Event, c Coverage) (story.Group, error) {
	for _, other := range e.Coverages {
		if other.Story == "" || other.Slug != c.Slug || c.Slug == "" {
			continue
		}
		st, err := s.stories.Get(ctx, other.Story)
		if err != nil {
			return "", err
		}
		family, err := s.stories.Family(ctx, st.Group)
		if err != nil {
			return "", err
		}
		free := true
		for _, member := range family {
			free = free && member.Lang != c.Lang
		}
		if free {
			return st.Group, nil
		}
	}
	return "", nil
}

// Drop takes a coverage away; Conflict when it is a story already.
func (s *Store) Drop(ctx context.Context, by staff.Person, event, id ID) error {
	if err := May(by); err != nil {
		return err
	}
	return s.db.Do(ctx, func(tx *db.Tx) error {
		c, err := coverage(ctx, tx, event, id)
		if err != nil {
			return err
		}
		if c.Story != "" {
			return fault.Conflict("coverage", "it is a story already")
		}
		if _, err := tx.Exec(ctx, `DELETE FROM plan_coverage WHERE id = ?1`, string(id)); err != nil {
			return fault.Internal("drop a coverage", err)
		}
		return nil
	})
}
