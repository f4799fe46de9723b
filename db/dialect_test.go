package db

import (
	"strings"
	"testing"
)

func TestNumberedArgumentsBecomeDollars(t *testing.T) {
	for in, want := range map[string]string{
		"SELECT ?1":                         "SELECT $1",
		"SELECT ?2, ?1, ?12":                "SELECT $2, $1, $12",
		"SELECT '?1', ?1":                   "SELECT '?1', $1",
		"SELECT 'it''s ?1', ?1":             "SELECT 'it''s ?1', $1",
		`SELECT "?1", ?1`:                   `SELECT "?1", $1`,
		`SELECT '"', ?1, '"'`:               `SELECT '"', $1, '"'`,
		"SELECT ?1 -- ?2 isn't\n, ?2":       "SELECT $1 -- ?2 isn't\n, $2",
		"SELECT /* ?1 ' */ ?1":              "SELECT /* ?1 ' */ $1",
		"SELECT a ? b, x?":                  "SELECT a ? b, x?",
		"SELECT 'never closed ?1":           "SELECT 'never closed ?1",
		"SELECT ?1 - -?2, ?3 / ?4, 'ў', ?5": "SELECT $1 - -$2, $3 / $4, 'ў', $5",
		"":                                  "",
	} {
		if got := Postgres.dialect(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
		if got := SQLite.dialect(in); got != in {
			t.Errorf("SQLite takes %s", got)
		}
	}
}

func FuzzDollarsChangesNothingElse(f *testing.F) {
	f.Add("SELECT ?1, '?2' -- ?3\n /* ?4 */ \"?5\"")
	f.Fuzz(func(t *testing.T, query string) {
		got := dollars(query)
		if len(got) != len(query) {
			t.Fatalf("%q became %q", query, got)
		}
		for i := range len(query) {
			if got[i] != query[i] && (query[i] != '?' || got[i] != '$') {
				t.Fatalf("%q became %q", query, got)
			}
		}
		if !strings.ContainsAny(query, `'"-/`) && strings.Contains(got, "?1") {
			t.Fatalf("%q kept an argument: %q", query, got)
		}
	})
}
