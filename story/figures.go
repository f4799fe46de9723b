package story

import (
	"context"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// First is the first sending of a story.
type First struct {
	Lang     Lang
	Section  string    // its first; "" is none
	Begun    time.Time // when its first revision was saved
	Sent     time.Time
	Imported bool // it was not written here: when it was begun tells nothing
}

// Firsts gives the first sending of each story that was first sent since.
func (s *Store) Firsts(ctx context.Context, since time.Time, each func(First)) error {
	rows, err := s.db.Query(ctx, `SELECT s.lang, s.sections, r.at, s.first_sent, COALESCE(s.source, '')
		FROM story s JOIN story_revision r ON r.story = s.id AND r.number = 1
		WHERE s.first_sent > 0 AND s.first_sent >= ?1`, since)
	if err != nil {
		return fault.Internal("read the first sendings", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f First
		var sections, source string
		var begun, sent int64
		if err := rows.Scan(&f.Lang, &sections, &begun, &sent, &source); err != nil {
			return fault.Internal("read the first sendings", err)
		}
		if ids := strings.Fields(sections); len(ids) > 0 {
			f.Section = ids[0]
		}
		f.Begun, f.Sent, f.Imported = db.Time(begun), db.Time(sent), source != ""
		each(f)
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("read the first sendings", err)
	}
	return nil
}
