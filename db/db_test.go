package db_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestAWriteIsAllOrNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		stop := errors.New("stop")
		err := d.Do(ctx, func(tx *db.Tx) error {
			if _, err := tx.Exec(ctx, "INSERT INTO reader (id, name) VALUES (?1, ?2)", "a", "Ала"); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) || count(t, d, "reader") != 0 {
			t.Fatalf("err %v, %d rows", err, count(t, d, "reader"))
		}
		err = d.Do(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO reader (name, id) VALUES (?2, ?1)", "a", "Ала")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var name string
		if err := d.QueryRow(ctx, "SELECT name FROM reader WHERE id = ?1", "a").Scan(&name); err != nil || name != "Ала" {
			t.Fatalf("%q, %v", name, err)
		}
	})
}

func count(t *testing.T, d db.Reader, table string) int {
	t.Helper()
	var n int
	if err := d.QueryRow(context.Background(), "SELECT count(*) FROM "+table).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestReadsCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rows, err := d.Query(t.Context(), "INSERT INTO reader (id, name) VALUES ('a', 'b') RETURNING id")
		if err == nil {
			for rows.Next() {
			}
			err = errors.Join(rows.Err(), rows.Close())
		}
		if err == nil || count(t, d, "reader") != 0 {
			t.Errorf("a read wrote %d rows, err %v", count(t, d, "reader"), err)
		}
	})
}

func TestReadingBeforeWritingLosesNoUpdate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		const writers, each = 6, 15
		ctx := t.Context()
		err := d.Do(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(ctx, "INSERT INTO counter (name, last) VALUES ('story', 0)")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for range writers {
			all.Go(func() {
				for range each {
					if err := d.Do(ctx, func(tx *db.Tx) error { return count1(ctx, tx) }); err != nil {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		var n int
		if err := d.QueryRow(ctx, "SELECT last FROM counter WHERE name = 'story'").Scan(&n); err != nil || n != writers*each {
			t.Errorf("counted %d of %d, %v", n, writers*each, err)
		}
	})
}

func count1(ctx context.Context, tx *db.Tx) error {
	var n int
	if err := tx.QueryRow(ctx, "SELECT last FROM counter WHERE name = 'story'").Scan(&n); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, "UPDATE counter SET last = ?1 WHERE name = 'story'", n+1)
	return err
}

func TestASnapshotDoesNotMove(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Snapshot(t.Context(), func(r db.Reader) error {
			if n := count(t, r, "counter"); n != 0 {
				t.Errorf("%d rows at first", n)
			}
			addCounter(t, d, "between")
			if n := count(t, r, "counter"); n != 0 {
				t.Errorf("%d rows after another's commit", n)
			}
			return nil
		})
		if err != nil || count(t, d, "counter") != 1 {
			t.Errorf("%v, %d rows after the snapshot", err, count(t, d, "counter"))
		}
	})
}

func addCounter(t *testing.T, d *db.DB, name string) {
	t.Helper()
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		tx.Notify(name)
		_, err := tx.Exec(t.Context(), "INSERT INTO counter (name, last) VALUES (?1, 0)", name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheTableListIsWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		got, err := d.TablesAt(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		want := d.Tables()
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("the database has %v\nthe list has %v", got, want)
		}
	})
}

func TestTablesOfAnEarlierVersionAreBroughtUpToDate(t *testing.T) {
	stepwise := func(t *testing.T, address string) {
		d, err := db.OpenAt(t.Context(), address, 1)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		first, err := d.TablesAt(t.Context(), d)
		if err != nil || slices.Contains(first, "published_body") || !slices.Contains(first, "published") {
			t.Errorf("at first it has %v, %v", first, err)
		}
		if n, err := d.Version(t.Context(), d); err != nil || n != 1 {
			t.Errorf("at first the version is %d, %v", n, err)
		}
		if err := d.Upgrade(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n, err := d.Version(t.Context(), d); err != nil || n != db.Latest() {
			t.Errorf("then the version is %d, %v", n, err)
		}
	}
	t.Run("sqlite", func(t *testing.T) { stepwise(t, filepath.Join(t.TempDir(), "wireroom.db")) })
	t.Run("postgres", func(t *testing.T) { stepwise(t, dbtest.BarePostgresURL(t)) })
}

func TestOpeningAgainFindsTheSameData(t *testing.T) {
	again := func(t *testing.T, address string) {
		one := dbtest.Open(t, address)
		addCounter(t, one, "kept")
		if err := one.Close(); err != nil {
			t.Fatal(err)
		}
		if n := count(t, dbtest.Open(t, address), "counter"); n != 1 {
			t.Errorf("%d rows", n)
		}
	}
	t.Run("sqlite", func(t *testing.T) { again(t, filepath.Join(t.TempDir(), "a ?#% ў.db")) })
	t.Run("postgres", func(t *testing.T) { again(t, dbtest.BarePostgresURL(t)) })
}

func TestManyMayOpenANewDatabaseAtOnce(t *testing.T) {
	many := func(t *testing.T, address string) {
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				d, err := db.Open(t.Context(), address)
				if err != nil {
					t.Error(err)
					return
				}
				if err := d.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
	}
	t.Run("sqlite", func(t *testing.T) { many(t, filepath.Join(t.TempDir(), "wireroom.db")) })
	t.Run("postgres", func(t *testing.T) { many(t, dbtest.BarePostgresURL(t)) })
}

func TestTheSQLiteFilesAreTheOwnersAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wireroom.db")
	d := dbtest.Open(t, path)
	addCounter(t, d, "secret")
	for _, f := range []string{path, path + "-wal"} {
		if info, err := os.Stat(f); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", f, info.Mode(), err)
		}
	}
}

func TestSQLiteIsSetForPowerCuts(t *testing.T) {
	d := dbtest.SQLite(t)
	err := d.Do(t.Context(), func(tx *db.Tx) error {
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"} {
			var got string
			if err := tx.QueryRow(t.Context(), "PRAGMA "+pragma).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %s, %v; want %s", pragma, got, err, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
