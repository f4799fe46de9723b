package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// inFTS5 keeps texts and all in one table, with Porter's stems; an answer has
// snippets.
func inFTS5(dir string, kinds []kind) error {
	folder := filepath.Join(dir, "plain")
	if err := os.Mkdir(folder, 0o700); err != nil {
		return err
	}
	d, err := driver.Open("file:"+filepath.Join(folder, "plain.db")+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-32000)", fts5.Register)
	if err != nil {
		return err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if _, err := d.Exec(`CREATE VIRTUAL TABLE plain USING fts5(headline, text, tokenize='porter unicode61')`); err != nil {
		return err
	}
	if err := fillFTS5(d, dir); err != nil {
		return err
	}
	if err := sizes(folder); err != nil {
		return err
	}
	return measure(kinds, func(k kind, q string) (int, error) {
		order := "rowid DESC"
		if k.Best {
			order = "rank"
		}
		return rows(d, `SELECT headline, snippet(plain, 1, '', '', '…', 32) FROM plain WHERE plain MATCH ?1 ORDER BY `+order+` LIMIT ?2`, plainly(q))
	})
}

func fillFTS5(d *sql.DB, dir string) error {
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return fill("FTS5 as it comes", dir, func(n int, s story) error {
		_, err := tx.Exec(`INSERT INTO plain (rowid, headline, text) VALUES (?1, ?2, ?3)`, n+1, s.Headline, s.Text)
		return err
	}, func() error {
		err := tx.Commit()
		if err == nil {
			tx, err = d.Begin()
		}
		return err
	})
}

// plainly quotes each word, unless the query is a phrase or has a star.
func plainly(q string) string {
	if strings.HasPrefix(q, `"`) {
		return q
	}
	if start, ok := strings.CutSuffix(q, "*"); ok {
		return `"` + start + `"*`
	}
	return `"` + strings.Join(strings.Fields(q), `" "`) + `"`
}

func rows(d *sql.DB, query, q string) (n int, err error) {
	found, err := d.Query(query, q, shown)
	if err != nil {
		return 0, err
	}
	defer found.Close()
	for ; found.Next(); n++ {
		var headline, snippet string
		if err := found.Scan(&headline, &snippet); err != nil {
			return n, err
		}
	}
	return n, found.Err()
}
