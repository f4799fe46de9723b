package record

import (
	"context"
	"slices"
	"time"

	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
)

const columns = `SELECT q.id, q.story, q.lang, q.words, q.speaker, q.said, q.person, q.at, q.known
	FROM quotation q JOIN story st ON st.id = q.story`

func (s *Store) read(ctx context.Context, each func(Entry) bool, query string, args ...any) error {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return fault.Internal("read the record", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var said, at int64
		if err := rows.Scan(&e.ID, &e.Story, &e.Lang, &e.Words, &e.Speaker, &said, &e.By, &at, &e.Known); err != nil {
			return fault.Internal("read the record", err)
		}
		e.Said, e.At = db.Time(said), db.Time(at)
		if !each(e) {
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
	err = s.read(ctx, func(e Entry) bool { all = append(all, e); return true },
		columns+` WHERE q.story = ?1 ORDER BY q.at, q.id`, string(id))
	return all, err
}

// Question is what somebody has said about something since a day.
type Question struct {
	Speaker, About string        // in any spelling; "" is anybody, anything
	Known          []register.ID // who that is in the register, under all its ids; none is anybody
	Or             []register.ID // besides whoever is called so
	Unknown        bool          // only what is linked to nobody of the register
	Since          time.Time     // zero is ever
	Limit          int           // 0 is a hundred
}

// Said answers a question, the latest first, from stories that stand: none that
// was killed or spiked.
func (s *Store) Said(ctx context.Context, q Question) (all []Entry, err error) {
	if q.Limit <= 0 {
		q.Limit = 100
	}
	err = s.Each(ctx, q, func(e Entry) bool {
		all = append(all, e)
		return len(all) < q.Limit
	})
	return all, err
}

// Each tells all that Said would without a limit, until told to stop.
func (s *Store) Each(ctx context.Context, q Question, tell func(Entry) bool) error {
	speakers, about := called(q.Speaker), lexis.Ask(q.About)
	var words lexis.Reader
	return s.read(ctx, func(e Entry) bool {
		linked := (len(q.Known) == 0 || slices.Contains(q.Known, e.Known)) && !(q.Unknown && e.Known != "")
		meant := slices.Contains(q.Or, e.Known) || speakers(e.Speaker, e.Lang)
		if !linked || !meant || len(about) > 0 && !answers(words.Text(e.Words, string(e.Lang)), about) {
			return true
		}
		return tell(e)
	}, columns+` WHERE q.speaker <> '' AND q.said >= ?1 AND st.state <> ?2 AND st.state <> ?3
		AND (CAST(?4 AS TEXT) = '' OR q.known = CAST(?4 AS TEXT)) ORDER BY q.said DESC, q.id DESC`,
		db.Millis(q.Since), string(story.Killed), string(story.Spiked), single(q.Known))
}

// single is the one id that the database can look for; "" where there are several.
func single(ids []register.ID) string {
	if len(ids) != 1 {
		return ""
	}
	return string(ids[0])
}

// called tells who is meant by a name. Each speaker is looked at once.
func called(name string) func(speaker string, lang story.Lang) bool {
	asked, known := lexis.Ask(name), map[string]bool{}
	var words lexis.Reader
	return func(speaker string, lang story.Lang) bool {
		if len(asked) == 0 {
			return true
		}
		meant, ok := known[speaker]
		if !ok {
			// The word before keeps a name from being taken for one that opens a sentence.
			meant = answers(words.Text("x "+speaker, string(lang)), asked)
			known[speaker] = meant
		}
		return meant
	}
}

// answers says whether each word asked for is among those of a text.
func answers(text []lexis.Token, asked []lexis.Asked) bool {
	return !slices.ContainsFunc(asked, func(a lexis.Asked) bool {
		terms := a.Terms()
		return !slices.ContainsFunc(text, func(t lexis.Token) bool {
			return slices.ContainsFunc(t.Terms, func(term string) bool { return slices.Contains(terms, term) })
		})
	})
}

// NamesSpeaker reports whether a headline and the blocks that somebody may have
// name the speaker, by the last word of the name at least.
func (e Entry) NamesSpeaker(headline string, blocks []story.Node) bool {
	asked := lexis.Ask(e.Speaker)
	if len(asked) == 0 {
		return false
	}
	last := asked[len(asked)-1:]
	var words lexis.Reader
	return answers(words.Text("x "+headline, string(e.Lang)), last) || slices.ContainsFunc(blocks, func(n story.Node) bool {
		return answers(words.Text("x "+prose(n), string(e.Lang)), last)
	})
}
