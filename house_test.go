package wireroom_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// floors is the house from the ground up. A room may use the rooms below it:
// those of lower floors and those before it on its own. A room without a line
// here, such as web/words, stands where its parent stands.
var floors = [][]string{
	{"fault", "courier", "db", "db/dbtest", "mail", "mail/mailtest", "web", "wire"},
	{"masthead", "staff", "media", "story", "story/markup", "copybook", "reveal"},
	{
		"archive/names", "archive/lexis", "archive/index", "archive/register", "archive/dates", "archive/background", "archive", "archive/quote", "archive/record",
		"format/print", "format",
		"format/prose", "format/tree",
		"format/ninjs", "format/nitf", "format/newsml", "format/telex", "format/letter", "format/sheet",
		"format/wxr", "format/ghost", "format/saved",
		"format/page", "format/feed", "format/invoice", "format/ical",
		"format/choice",
		"audience", "planning", "bulletin", "clients", "clients/push", "sources", "hub",
	},
	{"intake", "site", "desk", "ticker/tape", "ticker", "portal"},
	{"agency/export", "agency", "agency/demo"},
	{"cmd/wireroom", "bench"},
}

const module = "wireroom"

// source is one Go file of the house that is not a test.
type source struct {
	room, path string
	lines      int
	ast        *ast.File
}

// sources parses the house once for each test that asks.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, ".go", func(file string, data []byte) {
		if strings.HasSuffix(file, "_test.go") {
			return
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, data, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, source{path.Dir(file), file, strings.Count(string(data), "\n"), f})
	})
	if len(all) == 0 {
		t.Fatal("the house is empty: this test looks in the wrong place")
	}
	return all
}

// walk gives each file of the module with the ending.
func walk(t *testing.T, ending string, fn func(file string, data []byte)) {
	t.Helper()
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			_, other := os.Stat(filepath.Join(p, "go.mod"))
			hidden := strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "bin" || d.Name() == "node_modules"
			if p != "." && (hidden || other == nil) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ending) {
			return nil
		}
		data, err := os.ReadFile(p)
		if err == nil {
			fn(filepath.ToSlash(p), data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// place finds the floor of a room and its rank among all; -1 if it has none.
func place(room string) (floor, rank int) {
	for r := room; r != "."; r = path.Dir(r) {
		rank = 0
		for floor, rooms := range floors {
			if i := slices.Index(rooms, r); i >= 0 {
				return floor, rank + i
			}
			rank += len(rooms)
		}
	}
	return -1, -1
}

func imports(f *ast.File) []string {
	var all []string
	for _, i := range f.Imports {
		all = append(all, strings.Trim(i.Path.Value, `"`))
	}
	return all
}

func TestEachRoomUsesOnlyRoomsBelowIt(t *testing.T) {
	for _, s := range sources(t) {
		if s.room == "." {
			continue
		}
		floor, rank := place(s.room)
		if floor < 0 {
			t.Errorf("%s: room %s has no place in the house; give it one in floors", s.path, s.room)
			continue
		}
		for _, i := range imports(s.ast) {
			used, ours := strings.CutPrefix(i, module+"/")
			if !ours {
				continue
			}
			_, other := place(used)
			family := strings.HasPrefix(used, s.room+"/") || strings.HasPrefix(s.room, used+"/")
			if other > rank || (other == rank && !family) {
				t.Errorf("%s: %s stands below %s and may not use it", s.path, s.room, used)
			}
			if used == "db/dbtest" || used == "mail/mailtest" {
				t.Errorf("%s: %s is for tests", s.path, used)
			}
			if isWeb(used) && !isWeb(s.room) && floor < 3 {
				t.Errorf("%s: %s is no face and may not use %s", s.path, s.room, used)
			}
		}
	}
}

func isWeb(room string) bool { return room == "web" || strings.HasPrefix(room, "web/") }

func TestRoomsBelowTheFacesKnowNothingOfPages(t *testing.T) {
	for _, s := range sources(t) {
		floor, _ := place(s.room)
		if s.room == "." || floor > 2 || isWeb(s.room) || s.room == "courier" {
			continue
		}
		for _, i := range imports(s.ast) {
			if i == "net/http" || strings.HasPrefix(i, "net/http/") || i == "html/template" {
				t.Errorf("%s: room %s may not use %s", s.path, s.room, i)
			}
		}
	}
}

// goesOut are the rooms that may reach for the network by themselves. The mail
// carrier, Stripe and PostgreSQL are reached by libraries of their own, at
// addresses that only whoever runs the program can set.
var goesOut = []string{"courier", "bench"}

// reaches are the names by which Go's own packages go out.
var reaches = map[string][]string{
	"http": {"Client", "Transport", "Get", "Head", "Post", "PostForm", "DefaultClient", "DefaultTransport"},
	"net":  {"Dial", "DialTimeout", "Dialer", "DialTCP", "DialUDP", "DialIP", "DialUnix"},
	"tls":  {"Dial", "DialWithDialer", "Dialer"},
	"ssh":  {"Dial"},
	"smtp": {"Dial", "SendMail"},
}

func TestOnlyTheCourierGoesOut(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range sources(t) {
		ast.Inspect(s.ast, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if ok && slices.Contains(reaches[x.Name], sel.Sel.Name) {
				seen[s.room] = true
				if !slices.Contains(goesOut, s.room) {
					t.Errorf("%s: %s.%s goes out without the courier", s.path, x.Name, sel.Sel.Name)
				}
			}
			return true
		})
	}
	if !seen["courier"] {
		t.Error("the courier is not seen to go out: this test is blind")
	}
}

func TestEachRoomSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	for _, s := range sources(t) {
		said[s.room] = said[s.room] || s.ast.Doc != nil
	}
	for room, ok := range said {
		if !ok {
			t.Errorf("room %s has no package comment", room)
		}
	}
}

func TestNoFileGrowsPastReading(t *testing.T) {
	const most = 400
	for _, s := range sources(t) {
		if s.lines > most {
			t.Errorf("%s has %d lines; more than %d are two things", s.path, s.lines, most)
		}
	}
}
