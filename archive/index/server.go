package index

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// server is the index in the agency's PostgreSQL database, in tables of its
// own: one set for each version, so that a new one grows beside the old.
type server struct {
	db     *db.DB
	suffix string
}

// Server opens the index in the database, which is PostgreSQL.
func Server(ctx context.Context, d *db.DB, version int) (Index, error) {
	s := &server{d, "_" + strconv.Itoa(version)}
	err := d.Do(ctx, func(tx *db.Tx) error {
		for _, statement := range strings.Split(serverSchema, ";") {
			if _, err := tx.Exec(ctx, s.named(statement)); err != nil {
				return fault.Internal("make the index", err)
			}
		}
		return nil
	})
	return s, err
}

// serverSchema stands outside the migrations: what it holds can be made again,
// and a version that is no longer asked for goes as a whole.
const serverSchema = `CREATE SCHEMA IF NOT EXISTS archive;
	CREATE TABLE IF NOT EXISTS archive.place# (id BIGINT PRIMARY KEY, cursor BIGINT NOT NULL, seq BIGINT NOT NULL);
	INSERT INTO archive.place# (id, cursor, seq) VALUES (1, 0, 0) ON CONFLICT DO NOTHING;
	CREATE TABLE IF NOT EXISTS archive.entry# (place BIGINT PRIMARY KEY, seq BIGINT NOT NULL, story TEXT NOT NULL, facts TEXT NOT NULL);
	CREATE INDEX IF NOT EXISTS entry_seq# ON archive.entry# (seq);
	CREATE TABLE IF NOT EXISTS archive.text# (shelf BIGINT NOT NULL, place BIGINT NOT NULL, terms TSVECTOR NOT NULL, PRIMARY KEY (shelf, place));
	CREATE INDEX IF NOT EXISTS text_terms# ON archive.text# USING gin (terms)`

// named puts the version into the names of the tables.
func (s *server) named(query string) string { return strings.ReplaceAll(query, "#", s.suffix) }

func (s *server) Apply(ctx context.Context, c Change) error {
	return s.db.Do(ctx, func(tx *db.Tx) error {
		if err := s.apply(ctx, tx, c); err != nil {
			return fault.Internal("write to the index", err)
		}
		return nil
	})
}

func (s *server) apply(ctx context.Context, tx *db.Tx, c Change) error {
	// Of several machines that follow, one is quicker; what the others bring
	// is as new, so it does no harm, but the cursor never goes back.
	var seq int64
	err := tx.QueryRow(ctx, s.named(`UPDATE archive.place# SET cursor = GREATEST(cursor, CAST(?1 AS BIGINT)), seq = seq + 1 RETURNING seq`), c.Cursor).Scan(&seq)
	if err != nil {
		return err
	}
	for _, row := range c.Gone {
		if _, err := tx.Exec(ctx, s.named(`DELETE FROM archive.text# WHERE place = ?1`), row); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, s.named(`UPDATE archive.entry# SET seq = ?1, facts = '' WHERE place = ?2`), seq, row); err != nil {
			return err
		}
	}
	for _, e := range c.Put {
		if err := s.put(ctx, tx, seq, e); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) put(ctx context.Context, tx *db.Tx, seq int64, e Entry) error {
	_, err := tx.Exec(ctx, s.named(`INSERT INTO archive.entry# (place, seq, story, facts) VALUES (?1, ?2, ?3, ?4)
		ON CONFLICT (place) DO UPDATE SET seq = excluded.seq, story = excluded.story, facts = excluded.facts`), e.Row, seq, e.Story, string(e.Facts))
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, s.named(`DELETE FROM archive.text# WHERE place = ?1`), e.Row); err != nil {
		return err
	}
	for shelf, t := range e.Texts {
		if t == nil {
			continue
		}
		if _, err := tx.Exec(ctx, s.named(`INSERT INTO archive.text# (shelf, place, terms) VALUES (?1, ?2, CAST(CAST(?3 AS TEXT) AS tsvector))`),
			int64(shelf), e.Row, vector(*t)); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) Cursor(ctx context.Context) (n int64, err error) {
	if err := s.db.QueryRow(ctx, s.named(`SELECT cursor FROM archive.place# WHERE id = 1`)).Scan(&n); err != nil {
		return 0, fault.Internal("read the index", err)
	}
	return n, nil
}

func (s *server) Since(ctx context.Context, seq int64) ([]Known, error) {
	rows, err := s.db.Query(ctx, s.named(`SELECT place, seq, story, facts FROM archive.entry# WHERE seq > ?1`), seq)
	if err != nil {
		return nil, fault.Internal("read the index", err)
	}
	return known(rows)
}

func (s *server) Find(ctx context.Context, q Search) ([]int64, error) {
	rows, err := s.db.Query(ctx, s.named(`SELECT place FROM archive.text# WHERE shelf = ?1 AND terms @@ CAST(CAST(?2 AS TEXT) AS tsquery)
		AND place BETWEEN ?3 AND ?4 ORDER BY place DESC LIMIT ?5`), int64(q.Shelf), query(q.What), q.Low, q.High, q.Limit)
	if err != nil {
		return nil, fault.Internal("search the index", hush(ctx, err))
	}
	return quietly(ctx, rows, func(r db.Scanner) (row int64, err error) {
		return row, r.Scan(&row)
	})
}

func (s *server) Weigh(ctx context.Context, q Search) ([]Weighed, error) {
	// The newest that match are weighed, like in the file: weighing all would
	// take longer with each year of the archive.
	rows, err := s.db.Query(ctx, s.named(`SELECT place, ts_rank('{0.1, 0.1, 0.2, 0.4}', terms, CAST(CAST(?2 AS TEXT) AS tsquery), 1) FROM (
		SELECT place, terms FROM archive.text# WHERE shelf = ?1 AND terms @@ CAST(CAST(?2 AS TEXT) AS tsquery)
		AND place BETWEEN ?3 AND ?4 ORDER BY place DESC LIMIT ?5) AS newest ORDER BY place DESC`), int64(q.Shelf), query(q.What), q.Low, q.High, q.Limit)
	if err != nil {
		return nil, fault.Internal("search the index", hush(ctx, err))
	}
	return quietly(ctx, rows, func(r db.Scanner) (w Weighed, err error) {
		return w, r.Scan(&w.Row, &w.Score)
	})
}

// quietly collects the rows; what fails on the way is not quoted either.
func quietly[T any](ctx context.Context, rows *sql.Rows, scan func(db.Scanner) (T, error)) ([]T, error) {
	all, err := db.Collect(rows, "search the index", scan)
	if err != nil {
		return nil, fault.Internal("search the index", hush(ctx, err))
	}
	return all, nil
}

// Tidy has nothing to do: the server tidies by itself.
func (s *server) Tidy(context.Context) error { return nil }

// Close leaves the database to whoever opened it.
func (s *server) Close() error { return nil }
