package ninjs_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/ninjs"
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

func files(t *testing.T, pattern ...string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(append([]string{realData(t)}, pattern...)...))
	if err != nil || len(all) == 0 {
		t.Fatalf("no file fits %v: %v", pattern, err)
	}
	return all
}

func read(t *testing.T, file, version string) (items []format.Item, bad []error) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, err := range ninjs.DecodeAs(f, version) {
		if err != nil {
			bad = append(bad, err)
			continue
		}
		items = append(items, i)
	}
	return items, bad
}

func TestAllThatTheStandardHoldsValidIsRead(t *testing.T) {
	all := files(t, "ninjs", "validation", "test_suite", "*", "should_pass", "*.json")
	all = append(all, files(t, "ninjs", "examples", "[123].*", "*.json")...)
	all = append(all, files(t, "ninjs", "examples", "3.0", "collection", "*.json")...)
	for _, name := range []string{"ninjs1.json", "ninjs3.json", "ninjs6.json", "ninjsExSimpleText1.json", "bbc-ninjs-text-test.json",
		"ap_media_item.json", "ap_media_text_feed.json"} {
		all = append(all, files(t, "wire-fixtures", name)...)
	}
	for _, file := range all {
		items, bad := read(t, file, "")
		if len(items) == 0 || len(bad) > 0 {
			t.Errorf("%s: %d items, %v", file, len(items), bad)
		}
		for _, i := range items {
			if err := i.Content.Body.Check(); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
}

func TestAllThatTheStandardHoldsInvalidIsRefusedWithItsField(t *testing.T) {
	for _, file := range files(t, "ninjs", "validation", "test_suite", "*", "should_fail", "*.json") {
		version := strings.TrimSuffix(filepath.Base(filepath.Dir(filepath.Dir(file))), ".x_dev")
		if len(version) == 1 {
			version = "" // of work on the next version
		}
		_, bad := read(t, file, version)
		var e *format.Error
		if len(bad) != 1 || !errors.As(bad[0], &e) {
			t.Errorf("%s: %v", file, bad)
			continue
		}
		if e.Field == "" && !strings.Contains(e.Reason, "JSON") {
			t.Errorf("%s: no field: %v", file, e)
		}
		t.Logf("%s: %v", strings.TrimPrefix(file, realData(t)), e)
	}
}

func TestOldNewswireLosesNothing(t *testing.T) {
	items, bad := read(t, files(t, "reuters21578", "*.gz")[0], "")
	if len(items) != 13184 || len(bad) > 0 {
		t.Fatalf("%d items, %v", len(items), bad)
	}
	for _, i := range items {
		if len(i.Lost) > 0 || i.Content.Note != "" || i.Content.Headline == "" || len(i.Content.Body.Blocks) == 0 || i.Created.Year() != 1987 {
			t.Fatalf("%+v", i)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	data, err := os.ReadFile(filepath.Join(realData(b), "reuters21578", "stories.ninjs.jsonl.gz"))
	if err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		for _, err := range ninjs.Decode(strings.NewReader(string(data))) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "items/s")
}
