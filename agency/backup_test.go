package agency

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestABackupThatIsNotOnTheDiskGetsNoName(t *testing.T) {
	dir := t.TempDir()
	draft, err := os.Create(filepath.Join(dir, "draft"))
	if err != nil {
		t.Fatal(err)
	}
	if err := draft.Close(); err != nil { // it cannot be brought to the disk now
		t.Fatal(err)
	}
	path := filepath.Join(dir, "backup.zip")
	if err := bestow(draft, path); err == nil {
		t.Error("nothing was said of it")
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it has its name: %v", err)
	}
}
