package index

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"wireroom/db"
)

// Beside opens the index of a version that goes with the agency's database: a
// file in its folder beside SQLite, tables of its own within PostgreSQL.
func Beside(ctx context.Context, d *db.DB, folder string, version int) (Index, error) {
	if d.Engine() == db.Postgres {
		return Server(ctx, d, version)
	}
	return File(ctx, fileName(folder, version))
}

// Filled reports whether there is an index of the version.
func Filled(ctx context.Context, d *db.DB, folder string, version int) bool {
	if d.Engine() != db.Postgres {
		_, err := os.Stat(fileName(folder, version))
		return err == nil
	}
	var there bool
	err := d.QueryRow(ctx, `SELECT to_regclass(CAST(?1 AS TEXT)) IS NOT NULL`, fmt.Sprintf("archive.place_%d", version)).Scan(&there)
	return err == nil && there
}

// Drop forgets the index of a version.
func Drop(ctx context.Context, d *db.DB, folder string, version int) error {
	if d.Engine() != db.Postgres {
		return dropFile(fileName(folder, version))
	}
	return d.Do(ctx, func(tx *db.Tx) error {
		for _, table := range []string{"place", "entry", "text"} {
			if _, err := tx.Exec(ctx, fmt.Sprintf("DROP TABLE IF EXISTS archive.%s_%d", table, version)); err != nil {
				return err
			}
		}
		return nil
	})
}

func fileName(folder string, version int) string {
	return filepath.Join(folder, fmt.Sprintf("search-%d.db", version))
}

func dropFile(name string) error {
	for _, part := range []string{"-wal", "-shm", ""} {
		if err := os.Remove(name + part); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
