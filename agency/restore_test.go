package agency_test

import (
	"archive/zip"
	"context"
	"encoding/json"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/agency"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
)

// emptyPlaces runs the test with a new place on each engine.
func emptyPlaces(t *testing.T, test func(t *testing.T, c agency.Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, agency.Defaults(t.TempDir())) })
	t.Run("postgres", func(t *testing.T) {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("db", dbtest.BarePostgresURL(t), "the test"); err != nil {
			t.Fatal(err)
		}
		test(t, c)
	})
}

func reopen(t *testing.T, c agency.Config) *agency.Agency {
	t.Helper()
	a, err := agency.Open(context.Background(), c, agency.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func sound(t *testing.T, a *agency.Agency) {
	t.Helper()
	findings, err := a.Check(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if !f.OK {
			t.Errorf("%s: %s", f.Part, f.Error)
		}
	}
}

// Each file was written by the program of that version of the tables.
func TestABackupOfAnyVersionComesBack(t *testing.T) {
	files, err := filepath.Glob("testdata/backup-*.zip")
	if err != nil || len(files) == 0 {
		t.Fatalf("no backup of an earlier version: %v", err)
	}
	for _, file := range files {
		emptyPlaces(t, func(t *testing.T, c agency.Config) {
			if _, err := agency.Restore(context.Background(), c, file); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			a := reopen(t, c)
			sound(t, a)
			if n, err := a.DB.Version(context.Background(), a.DB); err != nil || n != db.Latest() {
				t.Errorf("%s: the tables have version %d, %v", file, n, err)
			}
			page := httptest.NewRecorder()
			a.Handler().ServeHTTP(page, httptest.NewRequest("GET", "/en/news/1", nil))
			if page.Code != 200 || !strings.Contains(page.Body.String(), "Łukašenka – «навіна»") {
				t.Errorf("%s: the first story answers %d", file, page.Code)
			}
		})
	}
}

// rewritten is a copy of a backup with another manifest.
func rewritten(t *testing.T, file string, change func(*agency.Manifest)) string {
	t.Helper()
	from, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	copied := filepath.Join(t.TempDir(), "copy.zip")
	f, err := os.Create(copied)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	to := zip.NewWriter(f)
	for _, entry := range from.File {
		if entry.Name != "manifest.json" {
			if err := to.Copy(entry); err != nil {
				t.Fatal(err)
			}
			continue
		}
		var m agency.Manifest
		r, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewDecoder(r).Decode(&m); err != nil {
			t.Fatal(err)
		}
		change(&m)
		w, err := to.Create(entry.Name)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.NewEncoder(w).Encode(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return copied
}

func TestABackupWithOtherTablesThanItsVersionHasIsRefused(t *testing.T) {
	for name, change := range map[string]func(*agency.Manifest){
		"no version":      func(m *agency.Manifest) { m.Version = 0 },
		"of the future":   func(m *agency.Manifest) { m.Version = db.Latest() + 1 },
		"another version": func(m *agency.Manifest) { m.Version = 2 },
		"a table less":    func(m *agency.Manifest) { m.Entries = m.Entries[1:] },
		"a table twice":   func(m *agency.Manifest) { m.Entries = append(m.Entries, m.Entries[0]) },
		"no table":        func(m *agency.Manifest) { m.Entries = nil },
	} {
		file := rewritten(t, "testdata/backup-1.zip", change)
		if _, err := agency.Restore(context.Background(), agency.Defaults(t.TempDir()), file); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARestoreRevivesNoLinkAndNoSession(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		err := o.DB.Do(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, "INSERT INTO reader (id, name) VALUES (?1, ?1)", "r"); err != nil {
				return err
			}
			for _, table := range []string{"person_link (token, person, until)", "person_session (token, person, until)",
				"reader_link (token, reader, until)", "reader_session (token, reader, until)"} {
				who := "r"
				if strings.HasPrefix(table, "person") {
					who = o.editor.ID
				}
				if _, err := tx.Exec(ctx, "INSERT INTO "+table+" VALUES (?1, ?2, ?3)", "secret", who, int64(1)<<50); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "backup.zip")
		if _, err := o.Backup(ctx, file); err != nil {
			t.Fatal(err)
		}
		if inside := unzipped(t, file); strings.Contains(inside, `"secret"`) || !strings.Contains(inside, "ada@example.org") {
			t.Error("the backup holds what signs somebody in, or not who may")
		}
		c := agency.Defaults(t.TempDir())
		if _, err := agency.Restore(ctx, c, file); err != nil {
			t.Fatal(err)
		}
		again := reopen(t, c)
		for _, table := range []string{"person_link", "person_session", "reader_link", "reader_session"} {
			var n int
			if err := again.DB.QueryRow(ctx, "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil || n != 0 {
				t.Errorf("%s has %d rows, %v", table, n, err)
			}
		}
	})
}

func unzipped(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestTablesOfANewerProgramAreNotBackedUp(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		ctx := context.Background()
		err := o.DB.Do(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, `INSERT INTO goose_db_version (version_id, is_applied)
				SELECT 9999, is_applied FROM goose_db_version WHERE version_id = 1`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "backup.zip")
		if _, err := o.Backup(ctx, file); !fault.Is(err, fault.KindConflict) {
			t.Errorf("it is backed up: %v", err)
		}
		if _, err := os.Stat(file); err == nil {
			t.Error("and there is a file")
		}
	})
}
