package story

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
)

// Get reads a story; NotFound.
func (s *Store) Get(ctx context.Context, id ID) (Story, error) { return load(ctx, s.db, id) }

// ByNumber reads a story by its public number; NotFound.
func (s *Store) ByNumber(ctx context.Context, n Number) (Story, error) {
	return scan(s.db.QueryRow(ctx, columns+` WHERE s.number = ?1`, int64(n)))
}

// Family reads the stories of a language group, this story among them.
func (s *Store) Family(ctx context.Context, g Group) ([]Story, error) {
	return s.many(ctx, columns+` WHERE s.grp = ?1 ORDER BY s.lang`, string(g))
}

// MostCounted is how far Counts counts: an archive has far more than anybody
// reads off a number.
const MostCounted = 1000

// Counts tells how many stories stand in each state, MostCounted when there are
// as many or more.
func (s *Store) Counts(ctx context.Context) (map[State]int, error) {
	var parts []string
	args := []any{MostCounted}
	for i, st := range States() {
		args = append(args, string(st))
		parts = append(parts, fmt.Sprintf(`SELECT ?%d, COUNT(*) FROM (SELECT 1 FROM story WHERE state = ?%[1]d LIMIT ?1) AS s%d`, len(args), i))
	}
	rows, err := s.db.Query(ctx, strings.Join(parts, " UNION ALL "), args...)
	if err != nil {
		return nil, fault.Internal("count the stories", err)
	}
	counts := map[State]int{}
	return counts, each(rows, func() error {
		var st State
		var n int
		if err := rows.Scan(&st, &n); err != nil {
			return err
		}
		counts[st] = n
		return nil
	})
}

// Revision is one saved state of a story.
type Revision struct {
	Number  int64
	At      time.Time
	By      string // id of a person; "" is an import
	Content Content
}

// Revisions reads all of a story's revisions, the newest first.
func (s *Store) Revisions(ctx context.Context, id ID) ([]Revision, error) {
	rows, err := s.db.Query(ctx, `SELECT number, at, person, content FROM story_revision
		WHERE story = ?1 ORDER BY number DESC`, string(id))
	if err != nil {
		return nil, fault.Internal("read the revisions", err)
	}
	var all []Revision
	return all, each(rows, func() error {
		var r Revision
		var at int64
		var content string
		if err := rows.Scan(&r.Number, &at, &r.By, &content); err != nil {
			return err
		}
		r.At = db.Time(at)
		all = append(all, r)
		return json.Unmarshal([]byte(content), &all[len(all)-1].Content)
	})
}

// Past reads all of a story's revisions without what they say, the newest first.
func (s *Store) Past(ctx context.Context, id ID) ([]Revision, error) {
	rows, err := s.db.Query(ctx, `SELECT number, at, person FROM story_revision WHERE story = ?1 ORDER BY number DESC`, string(id))
	if err != nil {
		return nil, fault.Internal("read the revisions", err)
	}
	var all []Revision
	return all, each(rows, func() error {
		var r Revision
		var at int64
		if err := rows.Scan(&r.Number, &at, &r.By); err != nil {
			return err
		}
		r.At = db.Time(at)
		all = append(all, r)
		return nil
	})
}

// Sending is one release of a story as the desk sees it.
type Sending struct {
	Number   int64
	Revision int64
	Signal   Signal
	Note     string // the words that readers find
	Short    string // of a correction or a kill, in one line
	Desk     string // for the staff alone
	At       time.Time
	By       string
	Wire     int64
}

// Releases reads all of a story's releases, the newest first.
func (s *Store) Releases(ctx context.Context, id ID) ([]Sending, error) {
	rows, err := s.db.Query(ctx, `SELECT number, revision, signal, note, short, desk_note, at, person, wire FROM story_release
		WHERE story = ?1 ORDER BY number DESC`, string(id))
	if err != nil {
		return nil, fault.Internal("read the releases", err)
	}
	var all []Sending
	return all, each(rows, func() error {
		var r Sending
		var at int64
		if err := rows.Scan(&r.Number, &r.Revision, &r.Signal, &r.Note, &r.Short, &r.Desk, &at, &r.By, &r.Wire); err != nil {
			return err
		}
		r.At = db.Time(at)
		all = append(all, r)
		return nil
	})
}

// Done is an act as the log of the desk has it.
type Done struct {
	At   time.Time
	By   string
	Act  string
	Note string
}

// Log reads what was done to a story, the latest first.
func (s *Store) Log(ctx context.Context, id ID) ([]Done, error) {
	rows, err := s.db.Query(ctx, `SELECT at, person, act, note FROM story_act WHERE story = ?1 ORDER BY at DESC, number DESC`, string(id))
	if err != nil {
		return nil, fault.Internal("read the log", err)
	}
	var all []Done
	return all, each(rows, func() error {
		var d Done
		var at int64
		if err := rows.Scan(&at, &d.By, &d.Act, &d.Note); err != nil {
			return err
		}
		d.At = db.Time(at)
		all = append(all, d)
		return nil
	})
}

func (s *Store) many(ctx context.Context, query string, args ...any) ([]Story, error) {
	rows, err := s.db.Query(ctx, query, args...)
	if err != nil {
		return nil, fault.Internal("list stories", err)
	}
	var all []Story
	return all, each(rows, func() error {
		st, err := scan(rows)
		all = append(all, st)
		return err
	})
}

// each calls fn for every row and closes rows.
func each(rows *sql.Rows, fn func() error) error {
	defer rows.Close()
	for rows.Next() {
		if err := fn(); err != nil {
			return fault.Internal("read a row", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fault.Internal("read rows", err)
	}
	return nil
}
