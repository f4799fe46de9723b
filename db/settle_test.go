package db_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"wireroom/db"
)

func TestWhatIsDeletedIsNowhereInTheFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "wireroom.db")
	d, err := db.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	const word = "Qxdeletedzq"
	do := func(statement string) {
		t.Helper()
		err := d.Do(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), statement, word)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	found := func() bool {
		t.Helper()
		for _, ending := range []string{"", "-wal"} {
			if data, err := os.ReadFile(path + ending); err == nil && bytes.Contains(data, []byte(word)) {
				return true
			}
		}
		return false
	}
	do(`INSERT INTO reader (id, name) VALUES ('r', ?1)`)
	if !found() {
		t.Fatal("what is written is not in the files: nothing could be found")
	}
	do(`DELETE FROM reader WHERE name = ?1`)
	if err := d.Settle(t.Context()); err != nil {
		t.Fatal(err)
	}
	if found() {
		t.Error("what was deleted is still there")
	}
}
