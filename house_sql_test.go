package wireroom_test

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var (
	writesPublished = regexp.MustCompile(`(?i)\b(insert\s+into|update|delete\s+from|replace\s+into|truncate(\s+table)?)\s+published(_body|_section)?\b`)
	readsPublished  = regexp.MustCompile(`(?i)\b(from|join|,)\s+published(_body|_section)?\b`)
	namesPublished  = regexp.MustCompile(`^published(_body|_section)?$`)

	// A statement begins with its verb; a sentence of English that begins so
	// goes on in small letters.
	statement = regexp.MustCompile(`^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|PRAGMA|VACUUM|LISTEN|NOTIFY|BEGIN|SET|LOCK)\b`)
	// What one engine has and the other has not, or has with another meaning.
	oneEngine = regexp.MustCompile(`(?i)\bpragma\b|\bvacuum\b|\bsqlite_|\bpg_|\bautoincrement\b|\b(big)?serial\b|\bjsonb?\b|` +
		`\blisten\b|\bnotify\b|\bfor\s+update\b|\bskip\s+locked\b|\w::\w|\bilike\b|\bstrftime\b|\bdate_trunc\b|\bnow\(|` +
		`\binsert\s+or\b|\breplace\s+into\b|\bjson_|->>|\bmatch\b|\bglob\b|\browid\b|\bctid\b|\blateral\b|\bdistinct\s+on\b|` +
		`=\s*any\s*\(|\bstring_agg\b|\bgroup_concat\b|\bbegin\s+(immediate|exclusive)\b|\$\d|\block\s+table\b|\bset\s+(local|session)\b`)
)

// texts gives the string constants of a file, those joined by + as one.
func texts(f *ast.File) []string {
	var all []string
	ast.Inspect(f, func(n ast.Node) bool {
		if e, ok := n.(ast.Expr); ok {
			if s, ok := text(e); ok {
				all = append(all, s)
				return false
			}
		}
		_, isImport := n.(*ast.ImportSpec)
		return !isImport
	})
	return all
}

// text gives a string with a space for each part that only the running program
// knows; ok if any part of it is written here.
func text(e ast.Expr) (s string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			s, err := strconv.Unquote(e.Value)
			return s, err == nil
		}
	case *ast.ParenExpr:
		return text(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			left, l := text(e.X)
			right, r := text(e.Y)
			return left + right, l || r
		}
	}
	return " ", false
}

func TestOnlyStoryWritesWhatIsPublishedAndOnlyRevealReadsIt(t *testing.T) {
	for _, s := range sources(t) {
		for _, q := range texts(s.ast) {
			if s.room != "story" && writesPublished.MatchString(q) {
				t.Errorf("%s writes what is published:\n%s", s.path, q)
			}
			reads := readsPublished.MatchString(writesPublished.ReplaceAllString(q, ""))
			if s.room != "reveal" && reads {
				t.Errorf("%s reads what is published:\n%s", s.path, q)
			}
			// A table's bare name is the start of a statement put together
			// elsewhere; the list of tables for a backup is the one use.
			mayName := s.room == "db" || strings.HasPrefix(s.room, "format/")
			if !mayName && namesPublished.MatchString(q) {
				t.Errorf("%s names the table %s outside a statement", s.path, q)
			}
		}
	}
}

// The rule above is only as good as its eyes.
func TestAStatementPutTogetherIsStillSeen(t *testing.T) {
	for _, q := range []string{"SELECT body FROM published_body", "select 1 from\n\tpublished_section", "SELECT 1 FROM story, published", "LEFT JOIN published p"} {
		if !readsPublished.MatchString(q) {
			t.Errorf("reads unseen: %s", q)
		}
	}
	for _, q := range []string{"UPDATE published SET pin = 0", "DELETE FROM published_section", "DELETE FROM published_body", "INSERT INTO published (a)"} {
		if !writesPublished.MatchString(q) || readsPublished.MatchString(writesPublished.ReplaceAllString(q, "")) {
			t.Errorf("writes unseen: %s", q)
		}
	}
}

func TestSQLForOneEngineStandsInDBAndTheIndexAlone(t *testing.T) {
	const most = 10
	var exceptions, searches []string // of db, and of the index that has no common tongue
	for _, s := range sources(t) {
		for _, q := range texts(s.ast) {
			if !statement.MatchString(q) || !oneEngine.MatchString(q) {
				continue
			}
			if s.room == "archive/index" {
				searches = append(searches, s.path+": "+q)
				continue
			}
			if s.room != "db" {
				t.Errorf("%s: only one engine understands\n%s", s.path, q)
			}
			exceptions = append(exceptions, s.path+": "+q)
		}
		if s.room != "db" && s.room != "archive/index" && usesEngine(s.ast) {
			t.Errorf("%s asks which engine it is; only db may know", s.path)
		}
	}
	if len(searches) > most {
		t.Errorf("%d statements of the index for one engine, at most %d:\n%s", len(searches), most, strings.Join(searches, "\n"))
	}
	if len(exceptions) > most {
		t.Errorf("%d statements for one engine, at most %d:\n%s", len(exceptions), most, strings.Join(exceptions, "\n"))
	}
}

func usesEngine(f *ast.File) (found bool) {
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			x, isName := s.X.(*ast.Ident)
			found = found || s.Sel.Name == "Engine" ||
				isName && x.Name == "db" && slices.Contains([]string{"SQLite", "Postgres"}, s.Sel.Name)
		}
		return true
	})
	return found
}

func TestMigrationsAreWrittenOnceForBothEngines(t *testing.T) {
	columnType := regexp.MustCompile(`(?im)^\s+\w+\s+(integer|int|real|blob|bytea|boolean|timestamp\w*|jsonb?|uuid|serial|bigserial|varchar|numeric)\b`)
	// An INTEGER as the key alone is where SQLite lays a row; the program draws
	// it so that the order of rows tells nothing.
	place := regexp.MustCompile(`(?m)^\tplace\s+INTEGER PRIMARY KEY\b`)
	walk(t, ".sql", func(file string, data []byte) {
		data = place.ReplaceAll(data, nil)
		if m := columnType.Find(data); m != nil {
			t.Errorf("%s: columns are BIGINT or TEXT, not %q", file, m)
		}
		code := regexp.MustCompile(`--[^\n]*`).ReplaceAllString(string(data), "")
		if m := oneEngine.FindString(code); m != "" {
			t.Errorf("%s: only one engine understands %q", file, m)
		}
	})
}
