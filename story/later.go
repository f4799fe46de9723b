package story

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// later looks at what a source sends again. Nothing is done where it says what
// it said before, or where it is older than what came last. A draft that nobody
// has touched gets a new revision; beside any other story stands what has
// changed, for a person to see to.
func (s *Store) later(ctx context.Context, tx *db.Tx, is Outcome, o Offer) (Outcome, error) {
	st, err := load(ctx, tx, is.ID)
	if err != nil {
		return is, err
	}
	known, err := offered(ctx, tx, st.ID)
	if err != nil || o.Version > 0 && o.Version <= known.version || same(known.content, o.Content) {
		return is, err
	}
	now := whole(s.now())
	if st.State == Draft && !known.touched {
		if err := addRevision(ctx, tx, &st, o.Content, "", now); err != nil {
			return is, err
		}
		st.Changed = now
		if err := save(ctx, tx, st); err != nil {
			return is, err
		}
	} else if told, err := tellChange(ctx, tx, st.ID, changes(known.content, o.Content), db.Millis(now)); err != nil || !told {
		return is, err
	}
	tx.Notify(Channel)
	is.Known = false
	return is, note(ctx, tx, st.ID, "", "import", o.version(), now)
}

// version is how the list of acts names which of the source's versions it was.
func (o Offer) version() string {
	if o.Version <= 0 {
		return ""
	}
	return strconv.FormatInt(o.Version, 10)
}

// sofar is what a source has offered of a story.
type sofar struct {
	content Content
	version int64 // the greatest that came; 0 is none that was numbered
	touched bool  // a person has written something, or is about to
}

func offered(ctx context.Context, tx *db.Tx, id ID) (sofar, error) {
	var f sofar
	var content string
	var people int
	err := tx.QueryRow(ctx, `SELECT content, (SELECT COUNT(*) FROM story_revision WHERE story = ?1 AND person <> '')
			+ (SELECT COUNT(*) FROM story_lock WHERE story = ?1)
		FROM story_revision WHERE story = ?1 AND person = '' ORDER BY number DESC LIMIT 1`, string(id)).Scan(&content, &people)
	if err == nil {
		f.content, err = decode(content)
	}
	if err != nil {
		return f, fault.Internal("read what was offered", err)
	}
	f.touched = people > 0
	rows, err := tx.Query(ctx, `SELECT note FROM story_act WHERE story = ?1 AND act = 'import'`, string(id))
	if err != nil {
		return f, fault.Internal("read what was offered", err)
	}
	return f, each(rows, func() error {
		var words string
		if err := rows.Scan(&words); err != nil {
			return err
		}
		if n, err := strconv.ParseInt(words, 10, 64); err == nil {
			f.version = max(f.version, n)
		}
		return nil
	})
}

// tellChange puts a comment of nobody's beside a story, once.
func tellChange(ctx context.Context, tx *db.Tx, id ID, words string, at int64) (told bool, err error) {
	var n int
	err = tx.QueryRow(ctx, `SELECT COUNT(*) FROM story_comment WHERE story = ?1 AND person = '' AND words = ?2`, string(id), words).Scan(&n)
	if err == nil && n == 0 {
		told = true
		_, err = tx.Exec(ctx, `INSERT INTO story_comment (id, story, parent, block, quote, at, person, words, resolved, resolver)
			VALUES (?1, ?2, '', -1, '', ?3, '', ?4, 0, '')`, db.NewID(), string(id), at, words)
	}
	if err != nil {
		return false, fault.Internal("tell that a source has changed its text", err)
	}
	return told, nil
}

// changes says what has changed between two texts, line by line: those that are
// gone, and those that have come.
func changes(before, after Content) string {
	old, now := lines(before), lines(after)
	text := "CHANGED BY THE SOURCE"
	for _, l := range old {
		if !slices.Contains(now, l) {
			text += "\n− " + l
		}
	}
	for _, l := range now {
		if !slices.Contains(old, l) {
			text += "\n+ " + l
		}
	}
	if r := []rune(text); len(r) > MaxText {
		text = string(r[:MaxText-1]) + "…"
	}
	return text
}

func lines(c Content) []string {
	all := []string{c.Headline, c.Teaser, c.Byline}
	all = append(all, strings.Split(c.Note, "\n")...)
	for _, n := range c.Body.Blocks {
		all = append(all, strings.Join(strings.Fields(BlockText(n)), " "))
	}
	return slices.DeleteFunc(all, func(s string) bool { return strings.TrimSpace(s) == "" })
}
