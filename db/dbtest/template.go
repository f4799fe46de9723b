package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"

	"wireroom/db"
)

// bare is what a database is made of that has no table.
const bare = "template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"

// copied makes a database of the one with our tables, which is far quicker than
// making the tables anew. That one is named by the migrations and made once on a
// server, by whoever comes first.
func copied(ctx context.Context, admin *sql.DB, server, name string) error {
	root, err := module()
	if err != nil {
		return err
	}
	sum, err := fingerprint(root)
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
	// One of the packages that are tested at once builds it, the others wait.
	lock, err := os.Open(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	defer lock.Close() // gives the lock back
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
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

// module is the folder of go.mod: a test runs in its package's folder.
func module() (string, error) {
	dir, err := os.Getwd()
	for ; err == nil; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("no go.mod above the test's folder")
		}
	}
	return "", err
}

// fingerprint tells one set of migrations from another.
func fingerprint(root string) (string, error) {
	files, err := filepath.Glob(filepath.Join(root, "db", "migrations", "*.sql"))
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
