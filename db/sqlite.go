package db

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"

	"wireroom/fault"
)

// readers is small because each connection keeps some megabytes of its own.
const readers = 3

func openSQLite(ctx context.Context, path string, version int64) (*DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Internal("database "+path, err)
	}
	if err := reserve(abs); err != nil {
		return nil, fault.Internal("database "+path, err)
	}
	// FULL and not NORMAL: in WAL mode NORMAL loses acknowledged commits in a
	// power cut. What a statement may have to undo stays in memory; as a file it
	// takes a fifth of an import's time. What is deleted is overwritten: a reader
	// who leaves is not to be found in a free page.
	write, err := openPool(sqliteName(abs, "immediate",
		"busy_timeout(20000)", "journal_mode(wal)", "synchronous(full)", "foreign_keys(on)", "cache_size(-8000)", "temp_store(memory)",
		"secure_delete(on)"))
	if err != nil {
		return nil, fault.Internal("database "+path, err)
	}
	write.SetMaxOpenConns(1)
	if err := migrate(ctx, SQLite, write, version); err != nil {
		write.Close()
		return nil, err
	}
	read, err := openPool(sqliteName(abs, "deferred",
		"busy_timeout(20000)", "query_only(on)", "cache_size(-4000)"))
	if err != nil {
		write.Close()
		return nil, fault.Internal("database "+path, err)
	}
	read.SetMaxOpenConns(readers)
	read.SetMaxIdleConns(readers)
	return &DB{engine: SQLite, write: write, read: read, reads: keepStatements(read), writes: keepStatements(write)}, nil
}

func openPool(name string) (*sql.DB, error) { return driver.Open(name, Steady) }

// Steady has a connection plan each statement once. Else SQLite looks at the
// values that are bound, and plans whatever has a number for its LIMIT anew each
// time it is run.
func Steady(c *sqlite3.Conn) error {
	_, err := c.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true)
	return err
}

// reserve makes the file, which SQLite would let everybody on the machine read.
func reserve(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

func sqliteName(path, lock string, pragmas ...string) string {
	// The log beside the file holds news too: it takes the file's rights.
	q := url.Values{"_txlock": {lock}, "_pragma": pragmas, "modeof": {path}}
	query := strings.ReplaceAll(q.Encode(), "+", "%20") // SQLite knows no plus
	return (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: query}).String()
}
