package db

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
)

// Engine says which database keeps the data.
type Engine int

const (
	// SQLite is one file beside the program.
	SQLite Engine = iota
	// Postgres is a PostgreSQL server, for several machines.
	Postgres
)

func (e Engine) String() string {
	if e == Postgres {
		return "postgres"
	}
	return "sqlite"
}

// Reader asks. Close the rows of a Query before the next one: each open set
// holds one of very few connections.
type Reader interface {
	Query(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRow(ctx context.Context, query string, args ...any) *sql.Row
}

// Writer asks and changes; only a transaction is one.
type Writer interface {
	Reader
	Exec(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// DB is an open database. Its own reads see what is committed; every change
// goes through Do.
type DB struct {
	engine Engine
	write  *sql.DB
	read   *sql.DB
	reads  *statements // nil on PostgreSQL, as is the next
	writes *statements
	wakes  wakes
	ears   func() // stops listening to the server; nil where there is none
	once   sync.Once
	closed error
}

// Open opens the database at url, which is the path of a SQLite file (made
// when missing, its folder must exist) or a postgres:// address, and brings
// its tables up to date. Close it when done.
func Open(ctx context.Context, url string) (*DB, error) { return OpenAt(ctx, url, Latest()) }

// OpenAt is Open, but brings the tables up to an earlier version only, so that
// rows of that time can be put back; then call Upgrade.
func OpenAt(ctx context.Context, url string, version int64) (*DB, error) {
	if strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://") {
		return openPostgres(ctx, url, version)
	}
	return openSQLite(ctx, url, version)
}

// Close ends all connections; a second call does nothing.
func (d *DB) Close() error {
	d.once.Do(func() {
		if d.ears != nil {
			d.ears()
		}
		d.closed = errors.Join(d.read.Close(), d.write.Close())
	})
	return d.closed
}

// Engine says which database this is.
func (d *DB) Engine() Engine { return d.engine }

// Query reads rows outside a transaction.
func (d *DB) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	query = d.engine.dialect(query)
	if stmt := d.reads.get(ctx, query); stmt != nil {
		return stmt.QueryContext(ctx, plain(args)...)
	}
	return d.read.QueryContext(ctx, query, plain(args)...)
}

// QueryRow reads one row outside a transaction.
func (d *DB) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	query = d.engine.dialect(query)
	if stmt := d.reads.get(ctx, query); stmt != nil {
		return stmt.QueryRowContext(ctx, plain(args)...)
	}
	return d.read.QueryRowContext(ctx, query, plain(args)...)
}
