package bulletin

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
	"wireroom/wire"
)

// Kind is why a story stands in an issue.
type Kind string

// The kinds.
const (
	News       Kind = "story"
	Correction Kind = "correction" // of what an earlier issue told
	Kill       Kind = "kill"       // an earlier issue told it, and it is withdrawn
)

// Item is one story of an issue.
type Item struct {
	Kind   Kind
	Story  story.ID
	Number story.Number
	Wire   wire.Number
}

// Issue is one issue of a bulletin, whose stories stand fast.
type Issue struct {
	Number   int64
	Bulletin ID
	At       time.Time
	Place    wire.Number
	More     int       // stories that the rules left out
	Done     time.Time // zero is under way
	Sent     int
	Bounced  int
	Lapsed   int
	Quit     int
	Error    string
	Waiting  int // letters that are still to be sent
	Items    []Item
}

const issueColumns = `SELECT number, bulletin, at, place, more, done, sent, bounced, lapsed, quit, error,
	(SELECT COUNT(*) FROM bulletin_letter l WHERE l.issue = number) FROM bulletin_issue`

func scanIssue(row db.Scanner) (i Issue, err error) {
	var at, done int64
	err = row.Scan(&i.Number, &i.Bulletin, &at, &i.Place, &i.More, &done, &i.Sent, &i.Bounced, &i.Lapsed, &i.Quit, &i.Error, &i.Waiting)
	if errors.Is(err, sql.ErrNoRows) {
		return Issue{}, fault.NotFound("the issue")
	}
	if err != nil {
		return Issue{}, fault.Internal("read an issue", err)
	}
	i.At, i.Done = db.Time(at), db.Time(done)
	return i, nil
}

// Issue finds an issue with its stories; NotFound.
func (s *Store) Issue(ctx context.Context, number int64) (Issue, error) {
	i, err := scanIssue(s.db.QueryRow(ctx, issueColumns+` WHERE number = ?1`, number))
	if err != nil {
		return i, err
	}
	rows, err := s.db.Query(ctx, `SELECT kind, story, number, wire FROM bulletin_item WHERE issue = ?1 ORDER BY rank`, number)
	if err != nil {
		return i, fault.Internal("read an issue", err)
	}
	i.Items, err = db.Collect(rows, "read an issue", func(row db.Scanner) (t Item, err error) {
		err = row.Scan(&t.Kind, &t.Story, &t.Number, &t.Wire)
		return t, err
	})
	return i, err
}

// Issues are a bulletin's, the latest first, without their stories.
func (s *Store) Issues(ctx context.Context, id ID, limit int) ([]Issue, error) {
	return s.issues(ctx, ` WHERE bulletin = ?1 ORDER BY number DESC LIMIT ?2`, string(id), limit)
}

// underWay are the issues with letters to send.
func (s *Store) underWay(ctx context.Context) ([]Issue, error) {
	return s.issues(ctx, ` WHERE done = 0 ORDER BY number`)
}

func (s *Store) issues(ctx context.Context, rest string, args ...any) ([]Issue, error) {
	rows, err := s.db.Query(ctx, issueColumns+rest, args...)
	if err != nil {
		return nil, fault.Internal("list the issues", err)
	}
	return db.Collect(rows, "list the issues", scanIssue)
}

// told are those of the stories that the bulletin has told already.
func (s *Store) told(ctx context.Context, id ID, stories []story.ID) (map[story.ID]bool, error) {
	all := map[story.ID]bool{}
	for _, one := range stories {
		var n int
		err := s.db.QueryRow(ctx, `SELECT COUNT(*) FROM bulletin_item t JOIN bulletin_issue i ON i.number = t.issue
			WHERE t.story = ?1 AND i.bulletin = ?2`, string(one), string(id)).Scan(&n)
		if err != nil {
			return nil, fault.Internal("look into the issues", err)
		}
		all[one] = n > 0
	}
	return all, nil
}
