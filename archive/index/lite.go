package index

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"wireroom/db"
	"wireroom/fault"
)

// readers is how many searches are answered at one time.
const readers = 2

// lite is the index in a file.
type lite struct {
	write, read *sql.DB
	sinks       *sinks
}

// File opens the index in a SQLite file, which it makes when it is missing.
func File(ctx context.Context, path string) (Index, error) {
	l := &lite{sinks: &sinks{}}
	// SQLite would let everybody on the machine read the file.
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, fault.Internal("the index "+path, err)
	}
	// The file can be made again, so it may lag behind the disk: in the log's
	// mode NORMAL a power cut loses the last changes and breaks nothing.
	l.write, err = l.open(path, "immediate", "busy_timeout(20000)", "journal_mode(wal)", "synchronous(normal)", "cache_size(-16000)", "temp_store(memory)", "secure_delete(on)")
	if err == nil {
		l.write.SetMaxOpenConns(1)
		l.write.SetConnMaxIdleTime(writerRests)
		_, err = l.write.ExecContext(ctx, schema)
	}
	for _, table := range tables {
		if err == nil {
			_, err = l.write.ExecContext(ctx, `INSERT INTO `+table+` (`+table+`, rank) VALUES ('hashsize', ?1)`, gathered)
		}
	}
	if err == nil {
		l.read, err = l.open(path, "deferred", "busy_timeout(20000)", "query_only(on)", "cache_size(-8000)")
	}
	if err != nil {
		return nil, fault.Internal("the index "+path, errors.Join(err, l.Close()))
	}
	l.read.SetMaxOpenConns(readers)
	l.read.SetMaxIdleConns(readers)
	return l, nil
}

// gathered is how many bytes of terms are held before they are written: more
// than one change of an index that is being built has, so that it leaves one
// piece to merge and not ten.
const gathered = 16 << 20

// writerRests is how long the writing connection stays open with nothing to do.
// What it has held it never gives back before it is closed, and to open one takes
// some milliseconds for which nobody waits.
const writerRests = 20 * time.Second

// schema: the texts themselves are not kept, for reveal has them.
const schema = `CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, cursor BIGINT NOT NULL, seq BIGINT NOT NULL);
	INSERT INTO place (id, cursor, seq) VALUES (1, 0, 0) ON CONFLICT DO NOTHING;
	CREATE TABLE IF NOT EXISTS entry (row INTEGER PRIMARY KEY, seq BIGINT NOT NULL, story TEXT NOT NULL, facts TEXT NOT NULL);
	CREATE INDEX IF NOT EXISTS entry_seq ON entry (seq);
	CREATE VIRTUAL TABLE IF NOT EXISTS text_open USING fts5(head, body, place, marks, content='', contentless_delete=1, tokenize='terms');
	CREATE VIRTUAL TABLE IF NOT EXISTS text_shut USING fts5(head, body, place, marks, content='', contentless_delete=1, tokenize='terms')`

func (l *lite) open(path, lock string, pragmas ...string) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": pragmas, "modeof": {path}}
	name := (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: strings.ReplaceAll(q.Encode(), "+", "%20")}).String()
	return driver.Open(name, func(c *sqlite3.Conn) error {
		if err := db.Steady(c); err != nil {
			return err
		}
		return fts5.RegisterCustom(c, func(api *fts5.API) error {
			return errors.Join(
				api.CreateTokenizer("terms", func([]string) (fts5.Tokenizer, error) { return tokenizer{}, nil }),
				api.CreateFunction("row_to", l.sinks.row),
				api.CreateFunction("weight_to", l.sinks.weight))
		})
	})
}

func (l *lite) Close() error {
	var all []error
	for _, d := range []*sql.DB{l.read, l.write} {
		if d != nil {
			all = append(all, d.Close())
		}
	}
	return errors.Join(all...)
}

var tables = [...]string{Open: "text_open", Shut: "text_shut"}

func (l *lite) Apply(ctx context.Context, c Change) error {
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return fault.Internal("write to the index", err)
	}
	defer tx.Rollback()
	if err := l.apply(ctx, tx, c); err != nil {
		return fault.Internal("write to the index", err)
	}
	if err := tx.Commit(); err != nil {
		return fault.Internal("write to the index", err)
	}
	return nil
}

func (l *lite) apply(ctx context.Context, tx *sql.Tx, c Change) error {
	var seq int64
	if err := tx.QueryRowContext(ctx, `UPDATE place SET cursor = ?1, seq = seq + 1 RETURNING seq`, c.Cursor).Scan(&seq); err != nil {
		return err
	}
	w, err := prepare(ctx, tx)
	if err != nil {
		return err
	}
	defer w.close()
	for _, row := range c.Gone {
		if err := w.clear(ctx, row); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE entry SET seq = ?1, facts = '' WHERE row = ?2`, seq, row); err != nil {
			return err
		}
	}
	for _, e := range c.Put {
		if err := w.clear(ctx, e.Row); err != nil {
			return err
		}
		if _, err := w.put.ExecContext(ctx, e.Row, seq, e.Story, string(e.Facts)); err != nil {
			return err
		}
		for shelf, t := range e.Texts {
			if t == nil {
				continue
			}
			if _, err := w.add[shelf].ExecContext(ctx, e.Row, encoded(t.Head), encoded(t.Body), encoded(t.Place), encoded([][]string{safely(t.Marks)})); err != nil {
				return err
			}
		}
	}
	return nil
}

// writing has the statements of one change.
type writing struct {
	known, put  *sql.Stmt
	add, remove [2]*sql.Stmt
}

func prepare(ctx context.Context, tx *sql.Tx) (*writing, error) {
	w := &writing{}
	var all []error
	get := func(query string) *sql.Stmt {
		s, err := tx.PrepareContext(ctx, query)
		all = append(all, err)
		return s
	}
	w.known = get(`SELECT EXISTS (SELECT 1 FROM entry WHERE row = ?1)`)
	w.put = get(`INSERT INTO entry (row, seq, story, facts) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (row) DO UPDATE SET seq = excluded.seq, story = excluded.story, facts = excluded.facts`)
	for shelf, table := range tables {
		w.add[shelf] = get(`INSERT INTO ` + table + ` (rowid, head, body, place, marks) VALUES (?1, ?2, ?3, ?4, ?5)`)
		w.remove[shelf] = get(`DELETE FROM ` + table + ` WHERE rowid = ?1`)
	}
	if err := errors.Join(all...); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *writing) close() {
	for _, s := range []*sql.Stmt{w.known, w.put, w.add[Open], w.add[Shut], w.remove[Open], w.remove[Shut]} {
		if s != nil {
			s.Close()
		}
	}
}

// clear takes the texts of a row off both shelves.
func (w *writing) clear(ctx context.Context, row int64) error {
	var known bool
	if err := w.known.QueryRowContext(ctx, row).Scan(&known); err != nil || !known {
		return err
	}
	for _, s := range w.remove {
		if _, err := s.ExecContext(ctx, row); err != nil {
			return err
		}
	}
	return nil
}

func (l *lite) Cursor(ctx context.Context) (n int64, err error) {
	if err := l.read.QueryRowContext(ctx, `SELECT cursor FROM place`).Scan(&n); err != nil {
		return 0, fault.Internal("read the index", err)
	}
	return n, nil
}

func (l *lite) Since(ctx context.Context, seq int64) ([]Known, error) {
	rows, err := l.read.QueryContext(ctx, `SELECT row, seq, story, facts FROM entry WHERE seq > ?1`, seq)
	if err != nil {
		return nil, fault.Internal("read the index", err)
	}
	return known(rows)
}

// Tidy merges what a great change left in pieces, some at a time, so that
// searches come between.
func (l *lite) Tidy(ctx context.Context) error {
	for _, table := range tables {
		pages := -mergedAtOnce // negative: begin to merge whatever there is
		for {
			var before, after int64
			err := errors.Join(
				l.write.QueryRowContext(ctx, `SELECT total_changes()`).Scan(&before),
				l.exec(ctx, `INSERT INTO `+table+` (`+table+`, rank) VALUES ('merge', ?1)`, pages),
				l.write.QueryRowContext(ctx, `SELECT total_changes()`).Scan(&after))
			if err != nil {
				return fault.Internal("tidy the index", err)
			}
			if after-before < 2 { // nothing was left to merge
				break
			}
			pages = mergedAtOnce
		}
	}
	return nil
}

// mergedAtOnce is in pages of FTS5.
const mergedAtOnce = 500

func (l *lite) exec(ctx context.Context, query string, args ...any) error {
	_, err := l.write.ExecContext(ctx, query, args...)
	return err
}
