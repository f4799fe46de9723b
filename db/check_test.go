package db_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
)

func TestAWholeDatabasePassesTheCheck(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Check(context.Background()); err != nil {
			t.Error(err)
		}
	})
}

func TestADamagedDatabaseIsNamed(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "wireroom.db")
	if err := dbtest.Open(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The last page belongs to a table or an index; the first says what is where.
	for i := len(data) - 4096; i < len(data); i++ {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, path)
	if err != nil {
		return // it does not even open, and says so
	}
	defer d.Close()
	if err := d.Check(ctx); err == nil {
		t.Error("a damaged database passes")
	}
}
