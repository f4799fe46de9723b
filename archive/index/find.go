package index

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"wireroom/fault"
)

// sinks take what FTS5 finds without a detour through rows of the driver,
// which would cost more than the finding. Each search has its own, by number.
type sinks struct {
	mu   sync.Mutex
	next int64
	open map[int64]*sink
}

type sink struct {
	rows    []int64
	weighed []Weighed
	spare   [][2]int // room for counts, which are too many to ask for one by one
}

// counts gives room for the counts of a row.
func (s *sink) counts(phrases int) [][2]int {
	if len(s.spare) < phrases {
		s.spare = make([][2]int, max(256, phrases))
	}
	given := s.spare[:phrases:phrases]
	s.spare = s.spare[phrases:]
	return given
}

func (s *sinks) add() (int64, *sink) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = map[int64]*sink{}
	}
	s.next++
	made := &sink{}
	s.open[s.next] = made
	return s.next, made
}

func (s *sinks) drop(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, n)
}

func (s *sinks) get(arg []sqlite3.Value) *sink {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open[arg[0].Int64()]
}

func (s *sinks) row(fts fts5.Context, ctx sqlite3.Context, arg ...sqlite3.Value) {
	to := s.get(arg)
	to.rows = append(to.rows, fts.RowID())
	ctx.ResultInt64(1)
}

func (s *sinks) weight(fts fts5.Context, ctx sqlite3.Context, arg ...sqlite3.Value) {
	to := s.get(arg)
	w := Weighed{Row: fts.RowID(), Counts: to.counts(fts.PhraseCount())}
	n, err := fts.InstCount()
	for i := 0; i < n && err == nil; i++ {
		var phrase, column int
		if phrase, column, _, err = fts.Inst(i); err == nil {
			w.Counts[phrase][min(column, 1)]++
		}
	}
	if err != nil {
		ctx.ResultError(err)
		return
	}
	to.weighed = append(to.weighed, w)
	ctx.ResultInt64(1)
}

func (l *lite) Find(ctx context.Context, s Search) ([]int64, error) {
	n, to := l.sinks.add()
	defer l.sinks.drop(n)
	err := l.ask(ctx, "row_to", n, s)
	return to.rows, err
}

func (l *lite) Weigh(ctx context.Context, s Search) ([]Weighed, error) {
	n, to := l.sinks.add()
	defer l.sinks.drop(n)
	err := l.ask(ctx, "weight_to", n, s)
	return to.weighed, err
}

func (l *lite) ask(ctx context.Context, function string, to int64, s Search) error {
	table := tables[s.Shelf]
	var found int64
	err := l.read.QueryRowContext(ctx, `SELECT COUNT(hit) FROM (SELECT `+function+`(`+table+`, ?1) AS hit FROM `+table+`
		WHERE `+table+` MATCH ?2 AND rowid BETWEEN ?3 AND ?4 ORDER BY rowid DESC LIMIT ?5)`,
		to, match(s.What), s.Low, s.High, s.Limit).Scan(&found)
	if err != nil {
		return fault.Internal("search the index", hush(ctx, err))
	}
	return nil
}

// hush is what may be said of a search that failed: engines quote the query,
// and no reader's query may stand in a log.
func hush(ctx context.Context, err error) error {
	var lite *sqlite3.Error
	var server *pgconn.PgError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &lite):
		return fmt.Errorf("SQLite error %d", lite.ExtendedCode())
	case errors.As(err, &server):
		return fmt.Errorf("PostgreSQL error %s", server.Code)
	}
	return errors.New("the engine failed")
}
