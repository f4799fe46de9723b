package story

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/wire"
)

// Verify holds each text that was sent against the sum in its wire record and
// says how many there were. The first that differs or is missing is an error
// that names the record, a *wire.Broken.
func (s *Store) Verify(ctx context.Context) (texts int64, err error) {
	var broken *wire.Broken
	err = s.db.Snapshot(ctx, func(q db.Reader) error {
		rows, err := q.Query(ctx, `SELECT w.number, w.payload, COALESCE(r.content, '') FROM wire_record w
			LEFT JOIN story_revision r ON r.story = w.story AND CAST(r.number AS TEXT) = w.revision
			WHERE w.signal IN ('new', 'update', 'correction') ORDER BY w.number`)
		if err != nil {
			return fault.Internal("read what was sent", err)
		}
		return each(rows, func() error {
			var n wire.Number
			var told, content string
			if err := rows.Scan(&n, &told, &content); err != nil {
				return err
			}
			texts++
			if why := differs(told, content); why != "" && broken == nil {
				broken = &wire.Broken{Number: n, Why: why}
			}
			return nil
		})
	})
	if err == nil && broken != nil {
		err = broken
	}
	return texts, err
}

// differs says why a text is not the one that a payload tells of; "" if it is.
func differs(told, content string) string {
	var p payload
	if err := json.Unmarshal([]byte(told), &p); err != nil {
		return "what it tells of its text cannot be read"
	}
	if content == "" {
		return "its text is missing"
	}
	if sum := sha256.Sum256([]byte(content)); hex.EncodeToString(sum[:]) != p.Sum {
		return "its text is not what it was when it went out"
	}
	return ""
}

// PicturesNamed are the ids of all pictures in any revision, each with the
// number of a story that it stands in.
func (s *Store) PicturesNamed(ctx context.Context) (map[string]Number, error) {
	rows, err := s.db.Query(ctx, `SELECT s.number, r.content FROM story_revision r JOIN story s ON s.id = r.story
		WHERE r.content LIKE '%"type":"picture"%'`)
	if err != nil {
		return nil, fault.Internal("read the revisions", err)
	}
	named := map[string]Number{}
	return named, each(rows, func() error {
		var n Number
		var content string
		if err := rows.Scan(&n, &content); err != nil {
			return err
		}
		var c Content
		if err := json.Unmarshal([]byte(content), &c); err != nil {
			return err
		}
		for _, id := range Pictures(c.Body.Blocks) {
			named[id] = n
		}
		return nil
	})
}
