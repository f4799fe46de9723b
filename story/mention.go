package story

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// Mentioned are the people whom the words call by @Name: the whole name, or the
// first where only one here has it.
func Mentioned(words string, people []staff.Person) []staff.Person {
	type call struct {
		name string
		who  staff.Person
	}
	var calls []call
	first := map[string]int{}
	for _, p := range people {
		if p.Here() && strings.TrimSpace(p.Name) != "" {
			calls = append(calls, call{strings.ToLower(p.Name), p})
			first[strings.ToLower(strings.Fields(p.Name)[0])]++
		}
	}
	for _, c := range slices.Clone(calls) {
		if name := strings.Fields(c.name)[0]; first[name] == 1 && name != c.name {
			calls = append(calls, call{name, c.who})
		}
	}
	slices.SortStableFunc(calls, func(a, b call) int { return cmp.Compare(len(b.name), len(a.name)) })
	var found []staff.Person
	for _, rest := range strings.Split(strings.ToLower(words), "@")[1:] {
		i := slices.IndexFunc(calls, func(c call) bool {
			after, ok := strings.CutPrefix(rest, c.name)
			next, _ := utf8.DecodeRuneInString(after)
			return ok && (after == "" || !unicode.IsLetter(next) && !unicode.IsNumber(next))
		})
		if i >= 0 && !slices.ContainsFunc(found, func(p staff.Person) bool { return p.ID == calls[i].who.ID }) {
			found = append(found, calls[i].who)
		}
	}
	return found
}

// Mention is a comment in which somebody is called by name.
type Mention struct {
	Comment
	Number   Number
	Headline string
	Lang     Lang
	Read     time.Time // zero is not yet
}

// Mentions reads the comments that mention a person, the latest first.
func (s *Store) Mentions(ctx context.Context, person string, limit int) ([]Mention, error) {
	rows, err := s.db.Query(ctx, `SELECT m.read_at, st.number, st.lang, r.content, `+commentColumns+`
		FROM story_mention m JOIN story_comment c ON c.id = m.comment JOIN story st ON st.id = c.story
		JOIN story_revision r ON r.story = st.id AND r.number = st.revision
		WHERE m.person = ?1 ORDER BY m.at DESC, c.id DESC LIMIT ?2`, person, limit)
	if err != nil {
		return nil, fault.Internal("read the mentions", err)
	}
	var all []Mention
	return all, each(rows, func() error {
		var m Mention
		var read int64
		var content string
		if err := m.scan(rows, &read, &m.Number, &m.Lang, &content); err != nil {
			return err
		}
		c, err := decode(content)
		m.Read, m.Headline = db.Time(read), c.Headline
		all = append(all, m)
		return err
	})
}

// Unread counts the mentions that a person has not read.
func (s *Store) Unread(ctx context.Context, person string) (int, error) {
	var n int
	err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM story_mention WHERE person = ?1 AND read_at = 0`, person).Scan(&n)
	if err != nil {
		return 0, fault.Internal("count the mentions", err)
	}
	return n, nil
}

// ReadMentions notes that a person has read the mention in a comment; "" is all
// of theirs.
func (s *Store) ReadMentions(ctx context.Context, person, comment string) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE story_mention SET read_at = ?3 WHERE person = ?1 AND read_at = 0
			AND (CAST(?2 AS TEXT) = '' OR comment = CAST(?2 AS TEXT))`, person, comment, db.Millis(s.now()))
		if err != nil {
			return fault.Internal("note a mention as read", err)
		}
		return nil
	})
}
