// Package dbtest gives a test a fresh database of each engine that is there.
//
// It promises that the database is empty but for its tables and is gone when
// the test ends. SQLite is always there; PostgreSQL when the environment
// names a server in WIREROOM_TEST_POSTGRES (scripts/with-postgres does).
package dbtest

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	// The driver registers itself as "pgx".
	_ "github.com/jackc/pgx/v5/stdlib"

	"wireroom/db"
)

// Each runs the test once on SQLite and once on PostgreSQL.
func Each(t *testing.T, test func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Open(t, PostgresURL(t))) })
}

// SQLite is a fresh SQLite database, closed when the test ends.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return Open(t, filepath.Join(t.TempDir(), "wireroom.db"))
}

// Open opens the database at the address and closes it when the test ends.
func Open(t testing.TB, address string) *db.DB {
	t.Helper()
	d, err := db.Open(context.Background(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// PostgresURL makes a fresh PostgreSQL database with our tables, drops it when
// the test ends and gives its address; without a server the test is skipped, and
// says so.
func PostgresURL(t testing.TB) string {
	t.Helper()
	return fresh(t, true)
}

// BarePostgresURL is PostgresURL without any table.
func BarePostgresURL(t testing.TB) string {
	t.Helper()
	return fresh(t, false)
}

func fresh(t testing.TB, tables bool) string {
	t.Helper()
	server := os.Getenv("WIREROOM_TEST_POSTGRES")
	if server == "" {
		t.Skip("NOT TESTED ON POSTGRESQL: WIREROOM_TEST_POSTGRES names no server")
	}
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	name := "test_" + strings.ReplaceAll(db.NewID(), "-", "")
	if tables {
		err = copied(t.Context(), admin, server, name)
	} else {
		_, err = admin.ExecContext(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+bare)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := admin.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		admin.Close()
	})
	address, err := at(server, name)
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// at is the address of another database of the server.
func at(server, name string) (string, error) {
	u, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	u.Path = "/" + name
	return u.String(), nil
}
