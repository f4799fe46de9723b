package intake_test

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wireroom/db/dbtest"
	"wireroom/intake"
)

// of counts how often a pattern stands in a file.
func of(pattern, text string) int { return len(regexp.MustCompile(pattern).FindAllString(text, -1)) }

// kindFor is how a file of an archive would be read by somebody who only knows
// its ending.
var kindFor = map[string]string{".xml": "wxr", ".json": "ghost", ".html": "html", ".csv": "csv", ".txt": "text", ".md": "html", ".markdown": "html"}

// real walks the files of a folder of real data.
func real(t *testing.T, dir string, try func(file, text string)) {
	t.Helper()
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(file)
		if err == nil {
			try(file, string(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryRealArchiveIsTakenOrRefusedByName rehearses each file by itself and
// counts in its text what must have been found.
func TestEveryRealArchiveIsTakenOrRefusedByName(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	files, posts := 0, 0
	real(t, realData(t, "cms-exports"), func(file, text string) {
		kind := kindFor[filepath.Ext(file)]
		if kind == "" {
			return // the licences
		}
		files++
		r, err := a.in.Wire(context.Background(), kind, []string{file}, intake.Options{DryRun: true})
		if err != nil {
			t.Errorf("%s: %v", file, err)
			return
		}
		for _, s := range r.Skipped {
			if s.File != file || s.Line < 1 || s.Reason == "" {
				t.Errorf("%s: %+v", file, s)
			}
		}
		for _, b := range r.Broken {
			if b.File != file || b.Line < 1 || b.Reason == "" {
				t.Errorf("%s: %+v", file, b)
			}
		}
		if r.Seen() == 0 && r.Names["authors"]+r.Names["terms"] == 0 {
			t.Errorf("%s: nothing is told of it", file)
		}
		posts += r.Stories
		if kind == "wxr" && strings.Contains(text, "wordpress.org/export") && len(r.Broken) == 0 {
			counted(t, file, text, r)
		}
		if kind == "ghost" {
			countedGhost(t, file, text, r)
		}
	})
	t.Logf("%d files, %d posts", files, posts)
}

// counted holds a report to what a plain search finds in the text.
func counted(t *testing.T, file, text string, r intake.Report) {
	t.Helper()
	text = regexp.MustCompile(`(?s)<!--.*?-->`).ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
	items := of(`<item\b`, text)
	if got := r.Seen(); got != items {
		t.Errorf("%s: %d items of %d", file, got, items)
	}
	logins := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?s)<wp:author_login>\s*(?:<!\[CDATA\[)?([^<\]]*)`).FindAllStringSubmatch(text, -1) {
		logins[strings.TrimSpace(m[1])] = true
	}
	if r.Names["authors"] < len(logins) {
		t.Errorf("%s: %d authors of %d", file, r.Names["authors"], len(logins))
	}
	terms := of(`<wp:category_nicename>`, text) + of(`<wp:tag_slug>`, text)
	if r.Names["terms"] < terms {
		t.Errorf("%s: %d terms of %d", file, r.Names["terms"], terms)
	}
	listed := of(`(?s)<wp:post_type>\s*(?:<!\[CDATA\[)?post\b`, text)
	if listed > 0 && r.Stories != listed+items-of(`<wp:post_type>`, text) {
		t.Errorf("%s: %d posts of %d", file, r.Stories, listed)
	}
}

func countedGhost(t *testing.T, file, text string, r intake.Report) {
	t.Helper()
	var export struct {
		Posts []json.RawMessage `json:"posts"`
	}
	if json.Unmarshal([]byte(text), &export) != nil || export.Posts == nil {
		return
	}
	if got := r.Seen(); got != len(export.Posts) {
		t.Errorf("%s: %d items of %d posts", file, got, len(export.Posts))
	}
}

// TestEveryRealFeedIsTakenOrRefusedByName rehearses all feeds in one go; each
// file leaves something in the report.
func TestEveryRealFeedIsTakenOrRefusedByName(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	dir := realData(t, "feeds")
	told := map[string]bool{}
	r, err := a.in.Wire(context.Background(), "rss", []string{dir}, intake.Options{DryRun: true, Addresses: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Skipped {
		told[s.File] = s.Line > 0 && s.Reason != ""
	}
	for _, b := range r.Broken {
		told[b.File] = b.Line > 0 && b.Reason != ""
	}
	for file, ok := range told {
		if !ok {
			t.Errorf("%s is refused without a line or a reason", file)
		}
	}
	if r.Taken == 0 || r.Unlisted > 0 {
		t.Errorf("%d taken, %d not listed", r.Taken, r.Unlisted)
	}
	t.Logf("%d taken, %d known, %d skipped, %d broken", r.Taken, r.Already, len(r.Skipped), len(r.Broken))
}
