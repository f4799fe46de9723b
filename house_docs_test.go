package wireroom_test

import (
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
)

var (
	inBackticks = regexp.MustCompile("`([^`\\s]+)`")
	inLink      = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	inComment   = regexp.MustCompile(`\b(?:docs|scripts|db|cmd|format)/[\w./-]*\w`)
	modulePath  = regexp.MustCompile(`^[\w.-]+\.\w+/`) // github.com/…, example.org/…
)

// isPath reports whether a word in backticks means a file or folder of ours:
// it has a slash, and is no address, pattern, module or thing that is built.
func isPath(word string) bool {
	return strings.Contains(word, "/") && !strings.HasPrefix(word, "/") && !strings.HasPrefix(word, "../") &&
		!strings.HasPrefix(word, "bin/") && !strings.ContainsAny(word, "*{}:=<>…@") && !strings.HasSuffix(word, "...") &&
		!modulePath.MatchString(word)
}

func mustExist(t *testing.T, doc, name string) {
	t.Helper()
	if _, err := os.Stat(name); err != nil {
		t.Errorf("%s names %s, which does not exist", doc, name)
	}
}

func TestEveryPathThatTheDocumentsNameExists(t *testing.T) {
	walk(t, ".md", func(file string, data []byte) {
		for _, m := range inBackticks.FindAllStringSubmatch(string(data), -1) {
			if isPath(m[1]) {
				mustExist(t, file, m[1])
			}
		}
		for _, m := range inLink.FindAllStringSubmatch(string(data), -1) {
			target, _, _ := strings.Cut(m[1], "#")
			if target != "" && !strings.Contains(target, ":") {
				mustExist(t, file, path.Join(path.Dir(file), target))
			}
		}
	})
}

func TestEveryPathThatAPackageCommentNamesExists(t *testing.T) {
	for _, s := range sources(t) {
		if s.ast.Doc == nil {
			continue
		}
		for _, m := range inComment.FindAllString(s.ast.Doc.Text(), -1) {
			mustExist(t, s.path, m)
		}
	}
}

func TestEveryDirectDependencyIsExplained(t *testing.T) {
	mod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("docs/dependencies.md")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, i := range imports(s.ast) {
			used[i] = true
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^(?:require )?\s*(\S+\.\S+/?\S*) v\S+`).FindAllStringSubmatch(string(mod), -1) {
		for i := range used {
			if (i == m[1] || strings.HasPrefix(i, m[1]+"/")) && !strings.Contains(string(page), "`"+m[1]+"`") {
				t.Errorf("docs/dependencies.md does not say why %s is here", m[1])
				break
			}
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(page), -1) {
		if !regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(m[1]) + ` v\S+$`).Match(mod) {
			t.Errorf("docs/dependencies.md explains %s, which go.mod does not require directly", m[1])
		}
	}
}
