package db

import (
	"context"
	"database/sql"
	"sync"
)

// mostStatements bounds what is kept. The program has far fewer texts of SQL;
// only lists of ids make more of one.
const mostStatements = 400

// statements keeps the statements of a SQLite pool prepared, for parsing them
// takes as long as a short read. PostgreSQL's driver does so by itself.
type statements struct {
	mu     sync.Mutex
	pool   *sql.DB
	kept   map[string]*sql.Stmt
	wanted map[string]bool
}

func keepStatements(pool *sql.DB) *statements {
	return &statements{pool: pool, kept: map[string]*sql.Stmt{}, wanted: map[string]bool{}}
}

// get gives the statement of a query; nil where none is kept and where
// preparing fails, for then running the query tells why.
func (s *statements) get(ctx context.Context, query string) *sql.Stmt {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	stmt, full := s.kept[query], len(s.kept) >= mostStatements
	s.mu.Unlock()
	if stmt != nil || full {
		return stmt
	}
	made, err := s.pool.PrepareContext(ctx, query)
	if err != nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if first := s.kept[query]; first != nil {
		made.Close()
		return first
	}
	s.kept[query] = made
	return made
}

// ready gives the statement of a query if it is kept. Else it is prepared by
// the next prepare: within a transaction that cannot be done, for it has the
// pool's only connection.
func (s *statements) ready(query string) *sql.Stmt {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	stmt := s.kept[query]
	if stmt == nil && len(s.kept)+len(s.wanted) < mostStatements {
		s.wanted[query] = true
	}
	return stmt
}

// prepare prepares what ready did not find.
func (s *statements) prepare(ctx context.Context) {
	if s == nil {
		return
	}
	s.mu.Lock()
	wanted := s.wanted
	if len(wanted) > 0 {
		s.wanted = map[string]bool{}
	}
	s.mu.Unlock()
	for query := range wanted {
		s.get(ctx, query)
	}
}
