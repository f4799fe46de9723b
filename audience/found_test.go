package audience_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wireroom/db/dbtest"
)

var lookups = regexp.MustCompile("WHERE (?:r\\.)?(words|name|number|email) = \\?1[^`]*")

// The marks of readers have indexes of the rows that have one; SQLite takes
// such an index only for a statement that says as much.
func TestAReaderIsFoundByAnIndex(t *testing.T) {
	d := dbtest.SQLite(t)
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(source), "\n") {
			m := lookups.FindStringSubmatch(line)
			if m == nil || strings.HasSuffix(file, "_test.go") || !strings.Contains(line, "readerColumns") && !strings.Contains(line, "FROM reader ") {
				continue
			}
			found[m[1]] = true
			var id, parent, unused int64
			var plan string
			err := d.QueryRow(t.Context(), "EXPLAIN QUERY PLAN SELECT r.id FROM reader r "+strings.ReplaceAll(m[0], "WHERE email", "WHERE r.email"), "x").Scan(&id, &parent, &unused, &plan)
			if err != nil || !strings.Contains(plan, "USING INDEX reader_"+m[1]) && !strings.Contains(plan, "USING COVERING INDEX reader_"+m[1]) {
				t.Errorf("%s: %q is answered by %q: %v", file, m[0], plan, err)
			}
		}
	}
	if len(found) != 4 {
		t.Errorf("only %v are looked for", found)
	}
}
