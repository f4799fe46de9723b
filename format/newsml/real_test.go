package newsml_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/newsml"
)

// realData gives the folder of real data.
func realData(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("NOT TRIED: set WIREROOM_TESTDATA to the folder of real data")
	}
	return dir
}

func read(t testing.TB, file string) (items []format.Item, bad []error) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, err := range newsml.Decode(f) {
		if err != nil {
			bad = append(bad, err)
			continue
		}
		items = append(items, i)
	}
	return items, bad
}

func TestAllThatTheStandardHoldsValidIsRead(t *testing.T) {
	passed := 0
	err := filepath.WalkDir(filepath.Join(realData(t), "newsml-g2", "tests"), func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".xml" || !strings.Contains(file, "should_pass") {
			return err
		}
		items, bad := read(t, file)
		if len(items) == 0 || len(bad) > 0 {
			t.Errorf("%s: %d items, %v", file, len(items), bad)
			return nil
		}
		for _, i := range items {
			if err := i.Content.Body.Check(); err != nil || i.URI == "" {
				t.Errorf("%s: %v %v", file, i.URI, err)
			}
		}
		passed++
		return nil
	})
	if err != nil || passed != 151 {
		t.Errorf("%d of 151 are read, %v", passed, err)
	}
}
