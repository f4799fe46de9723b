package record

import (
	"context"
	"slices"
	"strings"
	"time"

	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
)

const columns = `SELECT q.id, q.story, q.lang, q.words, q.speaker, q.said, q.person, q.at, q.speaker_terms, q.words_terms, q.known
	FROM quotation q JOIN story st ON st.id = q.story`

// found is an entry with what it is found by.
type found struct {
	Entry
	speakerTerms, wordsTerms string
}

func (s *Store) read(ctx context.Context, each func(found) bool, query string, args ...any) error {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return fault.Internal("read the record", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f found
		var said, at int64
		err := rows.Scan(&f.ID, &f.Story, &f.Lang, &f.Words, &f.Speaker, &said, &f.By, &at, &f.speakerTerms, &f.wordsTerms, &f.Known)
		if err != nil {
			return fault.Internal("read the record", err)
		}
		f.Said, f.At = db.Time(said), db.Time(at)
		if !each(f) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("read the record", err)
	}
	return nil
}

// Of is what the record says of a story's words, what was confirmed first first.
func (s *Store) Of(ctx context.Context, id story.ID) (all []Entry, err error) {
	err = s.read(ctx, func(f found) bool { all = append(all, f.Entry); return true },
		columns+` WHERE q.story = ?1 ORDER BY q.at, q.id`, string(id))
	return all, err
}

// Question is what somebody has said about something since a day.
type Question struct {
	Speaker, About string        // in any spelling; "" is anybody, anything
	Known          []register.ID // who that is in the register, under all its ids; none is anybody
	Unknown        bool          // only what is linked to nobody of the register
	Since          time.Time     // zero is ever
	Limit          int           // 0 is a hundred
}

// Said answers a question, the latest first, from stories that stand: none that
// was killed or spiked.
func (s *Store) Said(ctx context.Context, q Question) (all []Entry, err error) {
	speaker, about := lexis.Ask(q.Speaker), lexis.Ask(q.About)
	if q.Limit <= 0 {
		q.Limit = 100
	}
	err = s.read(ctx, func(f found) bool {
		linked := (len(q.Known) == 0 || slices.Contains(q.Known, f.Known)) && !(q.Unknown && f.Known != "")
		if linked && answers(f.speakerTerms, speaker) && answers(f.wordsTerms, about) {
			all = append(all, f.Entry)
		}
		return len(all) < q.Limit
	}, columns+` WHERE q.speaker <> '' AND q.said >= ?1 AND st.state <> ?2 AND st.state <> ?3
		AND (CAST(?4 AS TEXT) = '' OR q.known = CAST(?4 AS TEXT)) ORDER BY q.said DESC, q.id DESC`,
		db.Millis(q.Since), string(story.Killed), string(story.Spiked), single(q.Known))
	return all, err
}

// single is the one id that the database can look for; "" where there are several.
func single(ids []register.ID) string {
	if len(ids) != 1 {
		return ""
	}
	return string(ids[0])
}

// answers says whether each word asked for is among the terms.
func answers(terms string, asked []lexis.Asked) bool {
	return !slices.ContainsFunc(asked, func(a lexis.Asked) bool {
		return !slices.ContainsFunc(a.Terms(), func(t string) bool { return strings.Contains(terms, " "+t+" ") })
	})
}
