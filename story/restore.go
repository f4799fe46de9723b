package story

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"strconv"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Restore goes back: what an older revision says becomes the newest. The ones
// between stay. base is the newest that the person saw; a *Stale when there is
// a newer one.
func (s *Store) Restore(ctx context.Context, by staff.Person, id ID, base, number int64) (Story, error) {
	m, err := s.masthead.Load(ctx)
	if err != nil {
		return Story{}, err
	}
	return s.act(ctx, by, id, ActRestore, strconv.FormatInt(number, 10), func(tx *db.Tx, st *Story) error {
		if st.Revision != base {
			return &Stale{Theirs: *st}
		}
		old, err := revision(ctx, tx, id, number)
		if err != nil {
			return err
		}
		if err := old.Content.check(m); err != nil {
			return err
		}
		if err := reach(by, *st, old.Content.Sections); err != nil {
			return err
		}
		if same(old.Content, st.Content) {
			return fault.Conflict("story", "the newest revision says the same")
		}
		return addRevision(ctx, tx, st, old.Content, by.ID, st.Changed)
	})
}

func same(a, b Content) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}

// Revision reads one revision of a story; NotFound.
func (s *Store) Revision(ctx context.Context, id ID, number int64) (Revision, error) {
	return revision(ctx, s.db, id, number)
}

func revision(ctx context.Context, q db.Reader, id ID, number int64) (Revision, error) {
	r := Revision{Number: number}
	var at int64
	var content string
	err := q.QueryRow(ctx, `SELECT at, person, content FROM story_revision WHERE story = ?1 AND number = ?2`,
		string(id), number).Scan(&at, &r.By, &content)
	if errors.Is(err, sql.ErrNoRows) {
		return r, fault.NotFound("the revision")
	}
	if err == nil {
		err = json.Unmarshal([]byte(content), &r.Content)
	}
	if err != nil {
		return r, fault.Internal("read a revision", err)
	}
	r.At = db.Time(at)
	return r, nil
}
