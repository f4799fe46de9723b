package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"
)

// line is a story in the file that others read.
type line struct {
	Headline, Text string
	Sent           time.Time
}

// lay puts the stories and the queries where others find them.
func lay(dir string, texts []printed, kinds []kindOf) error {
	asked, err := json.Marshal(kinds)
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "queries.json"), asked, 0o600)
	}
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "stories.jsonl"))
	if err != nil {
		return err
	}
	defer f.Close()
	buffered := bufio.NewWriter(f)
	lines := json.NewEncoder(buffered)
	for i, p := range texts {
		if err := lines.Encode(line{p.headline, p.text, sentAt(i, len(texts))}); err != nil {
			return err
		}
	}
	return buffered.Flush()
}

// plain measures FTS5 as it comes: English stems, texts and all in one table.
// It asks for twenty with their snippets; nobody counts, or asks who may read.
func plain(dir string, kinds []kindOf) error {
	file := filepath.Join(dir, "plain.db")
	d, err := driver.Open("file:"+file+"?_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-32000)", fts5.Register)
	if err != nil {
		return err
	}
	defer d.Close()
	d.SetMaxOpenConns(1)
	if _, err := d.Exec(`CREATE VIRTUAL TABLE plain USING fts5(headline, text, tokenize='porter unicode61')`); err != nil {
		return err
	}
	began, worked := time.Now(), processor()
	n, err := fillPlain(d, filepath.Join(dir, "stories.jsonl"))
	if err != nil {
		return err
	}
	fmt.Printf("beside it, FTS5 as it comes: %d stories in %.0f s, for which the processors worked %.0f s\n", n, time.Since(began).Seconds(), (processor() - worked).Seconds())
	if err := sizes("  its size, the texts included", file+"*", 0); err != nil {
		return err
	}
	for _, k := range kinds {
		order := "rowid DESC"
		if k.Best {
			order = "rank"
		}
		err := k.measure(0, func(q string) (int, error) {
			return rows(d, `SELECT rowid, headline, snippet(plain, 1, '', '', '…', 32) FROM plain WHERE plain MATCH ?1 ORDER BY `+order+` LIMIT 20`, plainly(q))
		})
		if err != nil {
			return err
		}
	}
	return nil
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

func fillPlain(d *sql.DB, file string) (int, error) {
	const atOnce = 500
	f, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	n, more := 0, true
	for more {
		tx, err := d.Begin()
		if err != nil {
			return n, err
		}
		for range atOnce {
			if more = lines.Scan(); !more {
				break
			}
			var l line
			if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
				return n, err
			}
			n++
			if _, err := tx.Exec(`INSERT INTO plain (rowid, headline, text) VALUES (?1, ?2, ?3)`, n, l.Headline, l.Text); err != nil {
				return n, err
			}
		}
		if err := tx.Commit(); err != nil {
			return n, err
		}
	}
	return n, lines.Err()
}

func rows(d *sql.DB, query, q string) (int, error) {
	found, err := d.Query(query, q)
	if err != nil {
		return 0, err
	}
	defer found.Close()
	n := 0
	for found.Next() {
		var row int64
		var headline, snippet string
		if err := found.Scan(&row, &headline, &snippet); err != nil {
			return n, err
		}
		n++
	}
	return n, found.Err()
}

// bleve measures Bleve in a process and a module of its own.
func bleve(dir string) error {
	folder, err := filepath.Abs(filepath.Join("bench", "bleve"))
	if err != nil {
		return err
	}
	binary := filepath.Join(dir, "bleve")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = folder
	if said, err := build.CombinedOutput(); err != nil {
		fmt.Printf("Bleve is not measured, for it does not build:\n%s\n", said)
		return nil
	}
	c := exec.Command(binary, dir)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	return c.Run()
}

// typical tells the median and the 99th of a hundred.
func typical(took []time.Duration) (median, p99 time.Duration) {
	slices.Sort(took)
	return took[len(took)/2].Round(10 * time.Microsecond), took[len(took)*99/100].Round(10 * time.Microsecond)
}
