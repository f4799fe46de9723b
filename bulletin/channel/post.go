package channel

import (
	"context"
	"database/sql"
	"errors"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
	"wireroom/wire"
)

// The states of a post.
const (
	waiting = "waiting" // for an embargo's end
	begun   = "begun"   // it may be out: nobody has heard yet
	out     = "out"
)

// post is what stands in a channel of a story.
type post struct {
	story   story.ID
	number  story.Number
	message int64
	state   string
	wire    wire.Number
}

const postColumns = `SELECT story, number, message, state, wire FROM channel_post`

func scanPost(row db.Scanner) (p post, err error) {
	err = row.Scan(&p.story, &p.number, &p.message, &p.state, &p.wire)
	return p, err
}

// post finds what stands of a story; false is nothing.
func (s *Store) post(ctx context.Context, c ID, id story.ID) (p post, there bool, err error) {
	p, err = scanPost(s.db.QueryRow(ctx, postColumns+` WHERE channel = ?1 AND story = ?2`, string(c), string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return post{}, false, nil
	}
	if err != nil {
		return post{}, false, fault.Internal("read what stands in a channel", err)
	}
	return p, true, nil
}

// embargoed are the posts that wait for their hour.
func (s *Store) embargoed(ctx context.Context, c ID) ([]post, error) {
	rows, err := s.db.Query(ctx, postColumns+` WHERE channel = ?1 AND state = ?2 ORDER BY wire`, string(c), waiting)
	if err != nil {
		return nil, fault.Internal("read what waits for a channel", err)
	}
	return db.Collect(rows, "read what waits for a channel", scanPost)
}

func (s *Store) keep(ctx context.Context, c ID, p post) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO channel_post (channel, story, number, message, state, wire) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
			ON CONFLICT (channel, story) DO UPDATE SET message = ?4, state = ?5, wire = ?6`,
			string(c), string(p.story), int64(p.number), p.message, p.state, p.wire)
		if err != nil {
			return fault.Internal("note what stands in a channel", err)
		}
		return nil
	})
}

func (s *Store) forget(ctx context.Context, c ID, id story.ID) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM channel_post WHERE channel = ?1 AND story = ?2`, string(c), string(id)); err != nil {
			return fault.Internal("note what stands in a channel", err)
		}
		return nil
	})
}
