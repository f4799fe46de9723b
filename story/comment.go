package story

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/staff"
)

// MaxQuote is how many characters of a passage a comment keeps.
const MaxQuote = 500

// Comment is what somebody of the staff says about a passage. It never leaves
// the desk.
type Comment struct {
	ID       string
	Story    ID
	Parent   string // the comment that it answers; "" is none
	Block    int    // where the passage stood, from 0; -1 is the whole story
	Quote    string // the passage; "" is the whole story
	At       time.Time
	By       string
	Words    string
	Resolved time.Time // zero is open
	Resolver string
	Replies  []Comment // in order
}

// Open reports whether somebody still has to see to it.
func (c Comment) Open() bool { return c.Resolved.IsZero() }

const commentColumns = `c.id, c.story, c.parent, c.block, c.quote, c.at, c.person, c.words, c.resolved, c.resolver`

// scan reads a row of the columns, with others before them.
func (c *Comment) scan(r row, before ...any) error {
	var at, resolved int64
	err := r.Scan(append(before, &c.ID, &c.Story, &c.Parent, &c.Block, &c.Quote, &at, &c.By, &c.Words, &resolved, &c.Resolver)...)
	c.At, c.Resolved = db.Time(at), db.Time(resolved)
	return err
}

func decode(content string) (c Content, err error) {
	err = json.Unmarshal([]byte(content), &c)
	return c, err
}

// Comments reads what was said about a story: the comments in order, each with
// its replies.
func (s *Store) Comments(ctx context.Context, id ID) ([]Comment, error) {
	rows, err := s.db.Query(ctx, `SELECT `+commentColumns+` FROM story_comment c WHERE c.story = ?1 ORDER BY c.at, c.id`, string(id))
	if err != nil {
		return nil, fault.Internal("read the comments", err)
	}
	var all []Comment
	return all, each(rows, func() error {
		var c Comment
		if err := c.scan(rows); err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(first Comment) bool { return c.Parent != "" && first.ID == c.Parent })
		if i >= 0 {
			all[i].Replies = append(all[i].Replies, c)
		} else {
			all = append(all, c)
		}
		return nil
	})
}

// Comment says something about a passage of a story, or in answer to a comment.
// Whoever is mentioned finds it among their mentions. Who answers has read what
// they answer.
func (s *Store) Comment(ctx context.Context, by staff.Person, c Comment, mentioned []staff.Person) (Comment, error) {
	c.Words = strings.TrimSpace(c.Words)
	if c.Words == "" {
		return Comment{}, fault.Invalid("text", "a comment needs words")
	}
	if err := checkText("text", c.Words, MaxText, true); err != nil {
		return Comment{}, err
	}
	c.Quote = short(strings.TrimSpace(strings.ToValidUTF8(c.Quote, "")))
	if c.Quote == "" {
		c.Block = -1
	}
	c.Block = min(max(c.Block, -1), 1<<20)
	c.ID, c.At, c.By, c.Resolved, c.Resolver = db.NewID(), whole(s.now()), by.ID, time.Time{}, ""
	err := s.db.Do(ctx, func(tx *db.Tx) error {
		if err := s.mayComment(ctx, tx, by, c.Story); err != nil {
			return err
		}
		if c.Parent != "" {
			first, err := comment(ctx, tx, c.Story, c.Parent)
			if err != nil {
				return err
			}
			if first.Parent != "" {
				return fault.Invalid("parent", "one answers a comment, not its answer")
			}
			c.Block, c.Quote = first.Block, first.Quote
		}
		_, err := tx.Exec(ctx, `INSERT INTO story_comment (id, story, parent, block, quote, at, person, words, resolved, resolver)
			VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, '')`,
			c.ID, string(c.Story), c.Parent, c.Block, c.Quote, db.Millis(c.At), c.By, c.Words)
		if err != nil {
			return fault.Internal("write a comment", err)
		}
		return s.mention(ctx, tx, c, mentioned)
	})
	if err != nil {
		return Comment{}, err
	}
	return c, nil
}

func short(quote string) string {
	if utf8.RuneCountInString(quote) <= MaxQuote {
		return quote
	}
	return string([]rune(quote)[:MaxQuote])
}

func (s *Store) mayComment(ctx context.Context, tx *db.Tx, by staff.Person, id ID) error {
	st, err := load(ctx, tx, id)
	if err != nil {
		return err
	}
	return May(by, ActComment, st)
}

func (s *Store) mention(ctx context.Context, tx *db.Tx, c Comment, mentioned []staff.Person) error {
	for _, who := range mentioned {
		if who.ID == c.By {
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO story_mention (comment, person, at, read_at) VALUES (?1, ?2, ?3, 0)
			ON CONFLICT (comment, person) DO NOTHING`, c.ID, who.ID, db.Millis(c.At))
		if err != nil {
			return fault.Internal("mention somebody", err)
		}
	}
	if c.Parent == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE story_mention SET read_at = ?3 WHERE person = ?1 AND read_at = 0
		AND comment IN (SELECT id FROM story_comment WHERE id = ?2 OR parent = ?2)`, c.By, c.Parent, db.Millis(c.At))
	if err != nil {
		return fault.Internal("note a mention as read", err)
	}
	return nil
}

// Resolve closes a comment, or opens it again. It stays where it is.
func (s *Store) Resolve(ctx context.Context, by staff.Person, id ID, name string, open bool) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := s.mayComment(ctx, tx, by, id); err != nil {
			return err
		}
		c, err := comment(ctx, tx, id, name)
		if err != nil {
			return err
		}
		if c.Parent != "" {
			return fault.Invalid("comment", "a comment is closed with its answers")
		}
		at, who := db.Millis(s.now()), by.ID
		if open {
			at, who = 0, ""
		}
		if _, err = tx.Exec(ctx, `UPDATE story_comment SET resolved = ?2, resolver = ?3 WHERE id = ?1`, name, at, who); err != nil {
			return fault.Internal("close a comment", err)
		}
		return nil
	})
}

func comment(ctx context.Context, q db.Reader, id ID, name string) (Comment, error) {
	var c Comment
	err := c.scan(q.QueryRow(ctx, `SELECT `+commentColumns+` FROM story_comment c WHERE c.id = ?1 AND c.story = ?2`, name, string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return c, fault.NotFound("the comment")
	}
	if err != nil {
		return c, fault.Internal("read a comment", err)
	}
	return c, nil
}
