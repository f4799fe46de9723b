package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"wireroom/db"
)

// bare is what a database is made of that has no table.
const bare = "template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"

// template names the database of which those with our tables are copied, which
// is far quicker than making the tables anew. It is named by the migrations and
// made once on a server, whoever comes first.
func template(ctx context.Context, admin *sql.DB, server string) (string, error) {
	sum, err := fingerprint()
	if err != nil {
		return "", err
	}
	name := "template_" + sum
	c, err := admin.Conn(ctx)
	if err != nil {
		return "", err
	}
	defer c.Close()
	if _, err := c.ExecContext(ctx, "SELECT pg_advisory_lock(hashtext('"+name+"'))"); err != nil {
		return "", err
	}
	defer c.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock(hashtext('"+name+"'))") //nolint:errcheck // the connection's end unlocks it too
	var there bool
	err = c.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_database WHERE datname = '"+name+"')").Scan(&there)
	if err != nil || there {
		return name, err
	}
	return name, build(ctx, c, server, name)
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
