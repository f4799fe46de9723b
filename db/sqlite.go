package db

import (
	"context"
	"database/sql"
	"net/url"
	"path/filepath"

	// The driver registers itself as "sqlite3".
	_ "github.com/ncruces/go-sqlite3/driver"

	"wireroom/fault"
)

// readers is small because each connection keeps some megabytes of its own.
const readers = 3

func openSQLite(ctx context.Context, path string) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Internal("database "+path, err)
	}
	// FULL and not NORMAL: in WAL mode NORMAL loses acknowledged commits in a
	// power cut.
	write, err := sql.Open("sqlite3", sqliteName(abs, "immediate",
		"busy_timeout(20000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "cache_size(-8000)"))
	if err != nil {
		return nil, fault.Internal("database "+path, err)
	}
	write.SetMaxOpenConns(1)
	if err := migrate(ctx, SQLite, write); err != nil {
		write.Close()
		return nil, err
	}
	read, err := sql.Open("sqlite3", sqliteName(abs, "deferred",
		"busy_timeout(20000)", "query_only(on)", "cache_size(-4000)"))
	if err != nil {
		write.Close()
		return nil, fault.Internal("database "+path, err)
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &DB{engine: SQLite, write: write, read: read, reads: keepStatements(read)}, nil
}

func sqliteName(path, lock string, pragmas ...string) string {
	q := url.Values{"_txlock": {lock}, "_pragma": pragmas}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: q.Encode()}).String()
}
