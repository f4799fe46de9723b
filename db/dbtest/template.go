package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5/pgconn"

	"wireroom/db"
)

// bare is what a database is made of that has no table.
const bare = "template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"

// copied makes a database of the one with our tables, which is far quicker than
// making the tables anew. That one is named by the migrations and made once on a
// server, by whoever comes first.
func copied(ctx context.Context, admin *sql.DB, server, name string) error {
	sum, err := fingerprint()
	if err != nil {
		return err
	}
	c, err := admin.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	template := "template_" + sum
	create := "CREATE DATABASE " + name + " TEMPLATE " + template
	if _, err := c.ExecContext(ctx, create); !lacking(err) {
		return err
	}
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('"+template+"'))"); err != nil {
		return err
	}
	defer c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtext('"+template+"'))") //nolint:errcheck // the connection's end unlocks it too
	if _, err := c.ExecContext(ctx, create); !lacking(err) {
		return err
	}
	if err := build(ctx, c, server, template); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, create)
	return err
}

// lacking reports whether there was no database to copy.
func lacking(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && e.Code == "3D000" // invalid_catalog_name
}

// build makes the template under another name first, so that one half made is
// never taken.
func build(ctx context.Context, c *sql.Conn, server, name string) error {
	half := "half_" + name
	for _, act := range []string{"DROP DATABASE IF EXISTS " + half + " WITH (FORCE)", "CREATE DATABASE " + half + " TEMPLATE " + bare} {
		if _, err := c.ExecContext(ctx, act); err != nil {
			return err
		}
	}
	address, err := at(server, half)
	if err != nil {
		return err
	}
	d, err := db.Open(ctx, address)
	if err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "ALTER DATABASE "+half+" RENAME TO "+name)
	return err
}

// fingerprint tells one set of migrations from another.
func fingerprint() (string, error) {
	dir, err := os.Getwd() // a test runs in its package's folder
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the test's folder")
		}
		dir = filepath.Dir(dir)
	}
	files, err := filepath.Glob(filepath.Join(dir, "db", "migrations", "*.sql"))
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(sum, "%s %d\n%s", filepath.Base(file), len(text), text)
	}
	return fmt.Sprintf("%x", sum.Sum(nil)[:8]), nil
}
