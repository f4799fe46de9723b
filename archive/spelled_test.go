package archive

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"wireroom/archive/names"
	"wireroom/db/dbtest"
	"wireroom/reveal"
	"wireroom/story"
)

// spelled is a person's surname or given name, or a place, in its spellings.
type spelled struct {
	entity, part string
	spellings    []string
	written      map[story.Lang][]string // as each edition writes it
}

// family is whether two surnames are one: spelled alike by somebody, or a
// man's and a woman's of one family, which should find each other.
func (s *spelled) family(other *spelled) bool {
	root := func(word string) string { return strings.TrimRight(word, "аяыійaiyj") }
	return slices.ContainsFunc(s.spellings, func(w string) bool {
		return slices.ContainsFunc(other.spellings, func(o string) bool { return root(o) == root(w) })
	})
}

// TestRealNamesAreFoundThroughTheRunningSearch asks the archive for each spelling of
// some hundreds of people and places, against stories of each edition, and
// beside it SQLite's own tokenizer over the same stories.
func TestRealNamesAreFoundThroughTheRunningSearch(t *testing.T) {
	all := realNames(t)
	n := open(t, dbtest.SQLite(t))
	n.house.Plans = nil
	plain, server := beside(t), besideServer(t)
	about := map[story.ID]*spelled{}
	n.prints(all, about, plain, server)
	n.indexes()
	found, pairs, plainly, served := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	right, shown := 0, 0
	for _, s := range all {
		for _, query := range s.spellings {
			hits := n.hits(query)
			bare, there := plain.hits(query), server.hits(query)
			for id, other := range about {
				if other == s && !slices.Contains(s.written[n.lang(id)], query) {
					pairs[s.part]++
					if hits[id] {
						found[s.part]++
					}
					if bare[string(id)] {
						plainly[s.part]++
					}
					if there[string(id)] {
						served[s.part]++
					}
				}
			}
			if s.part == "surname" {
				for id := range hits {
					shown++
					if other := about[id]; other == s || other.family(s) {
						right++
					}
				}
			}
		}
	}
	for part, floor := range map[string]float64{"surname": 98.5, "given": 99, "place": 96} {
		share := 100 * float64(found[part]) / float64(pairs[part])
		t.Logf("%-8s %.2f %% of %d pairs found; by FTS5 unicode61 %.2f %%, by PostgreSQL simple and unaccent %.2f %%", part, share, pairs[part],
			100*float64(plainly[part])/float64(pairs[part]), 100*float64(served[part])/float64(pairs[part]))
		if share < floor {
			t.Errorf("%s: %.2f %% found, the floor is %.1f", part, share, floor)
		}
	}
	precision := 100 * float64(right) / float64(shown)
	t.Logf("of what surnames find, %.2f %% is meant", precision)
	if precision < 96 {
		t.Errorf("precision %.2f %%, the floor is 96", precision)
	}
}

// sentences are what a story says about a name.
var sentences = map[story.Lang]string{
	"be": "Пра гэта ўчора паведамілі журналістам: %s названы ў рашэнні суда.",
	"ru": "Об этом вчера сообщили журналистам: %s упоминается в решении суда.",
	"en": "The decision was announced on Tuesday, and %s is named in it.",
}

// prints sends a story in each edition for each way in which it writes a name.
func (n *newsroom) prints(all []*spelled, about map[story.ID]*spelled, plain ...*bare) {
	n.Helper()
	sent := n.now.Add(-1000 * time.Hour)
	for _, s := range all {
		var batch []story.Arrival
		for lang, words := range s.written {
			for _, word := range words {
				sent = sent.Add(time.Minute)
				batch = append(batch, story.Arrival{Source: "test " + s.entity + s.part + word, Lang: lang, Sent: sent, Silent: true,
					Content: story.Content{Headline: "News", Sections: []string{"politics"},
						Body: story.Body{Blocks: []story.Node{story.Para(story.Plain(fmt.Sprintf(sentences[lang], word)))}}}})
			}
		}
		outcomes, err := n.stories.Import(n.ctx, batch)
		n.ok(err)
		for i, o := range outcomes {
			about[o.ID] = s
			for _, p := range plain {
				p.add(n.T, string(o.ID), batch[i].Content.Body.Blocks[0].Content[0].Text)
			}
			n.langs[o.ID] = batch[i].Lang
		}
	}
}

func (n *newsroom) lang(id story.ID) story.Lang { return n.langs[id] }

// hits are all stories that a query finds.
func (n *newsroom) hits(query string) map[story.ID]bool {
	n.Helper()
	f := finder{archive: n.archive, holding: n.holding, question: parse(query, n.house, n.now), most: 1 << 20, judge: n.archive.door.Judge(reveal.Viewer{})}
	n.ok(f.begin(n.ctx))
	items, err := f.find(n.ctx)
	n.ok(err)
	all := map[story.ID]bool{}
	for _, i := range items {
		all[i.story] = true
	}
	return all
}

// bare is the same stories in an index that knows nothing of names.
type bare struct {
	*sql.DB
	insert, find string
	quote        string
}

func beside(t *testing.T) *bare {
	t.Helper()
	d, err := driver.Open("file:"+filepath.Join(t.TempDir(), "plain.db"), fts5.Register)
	if err != nil {
		t.Fatal(err)
	}
	d.SetMaxOpenConns(1)
	return (&bare{d, `INSERT INTO plain (story, text) VALUES ($1, $2)`, `SELECT story FROM plain WHERE plain MATCH $1`, `"`}).
		opens(t, `CREATE VIRTUAL TABLE plain USING fts5(story UNINDEXED, text, tokenize='unicode61 remove_diacritics 2')`)
}

// besideServer is the same in PostgreSQL; without a server nothing is found.
func besideServer(t *testing.T) *bare {
	t.Helper()
	if os.Getenv("WIREROOM_TEST_POSTGRES") == "" {
		t.Log("NOT COMPARED WITH POSTGRESQL: WIREROOM_TEST_POSTGRES names no server")
		return &bare{}
	}
	d, err := sql.Open("pgx", dbtest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	return (&bare{d, `INSERT INTO plain (story, text) VALUES ($1, to_tsvector('simple', unaccent($2)))`,
		`SELECT story FROM plain WHERE text @@ phraseto_tsquery('simple', unaccent($1))`, ""}).
		opens(t, `CREATE EXTENSION unaccent; CREATE TABLE plain (story TEXT, text TSVECTOR)`)
}

func (b *bare) opens(t *testing.T, schema string) *bare {
	t.Helper()
	t.Cleanup(func() { b.Close() })
	if _, err := b.Exec(schema); err != nil {
		t.Fatal(err)
	}
	return b
}

func (b *bare) add(t *testing.T, id, text string) {
	t.Helper()
	if b.DB == nil {
		return
	}
	if _, err := b.Exec(b.insert, id, text); err != nil {
		t.Fatal(err)
	}
}

func (b *bare) hits(query string) map[string]bool {
	all := map[string]bool{}
	if b.DB == nil {
		return all
	}
	rows, err := b.QueryContext(context.Background(), b.find, b.quote+strings.ReplaceAll(query, `"`, "")+b.quote)
	if err != nil {
		return all
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if rows.Scan(&id) == nil {
			all[id] = true
		}
	}
	return all
}

func realNames(t *testing.T) []*spelled {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("WIREROOM_TESTDATA names no folder of real names: the search is not weighed against them")
	}
	data, err := os.ReadFile(filepath.Join(dir, "names", "names.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var all []*spelled
	by := map[string]*spelled{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		c := strings.Split(line, "\t")
		entity, lang, part, word := c[0], c[3], c[5], c[6]
		s := by[entity+part]
		if s == nil {
			s = &spelled{entity: entity, part: part, written: map[story.Lang][]string{}}
			by[entity+part] = s
			all = append(all, s)
		}
		if !slices.Contains(s.spellings, word) {
			s.spellings = append(s.spellings, word)
		}
		put := func(lang story.Lang, word string) {
			if !slices.Contains(s.written[lang], word) {
				s.written[lang] = append(s.written[lang], word)
			}
		}
		switch lang {
		case "be":
			put("be", word)
			put("en", names.House(word))
		case "ru", "cyrl":
			put("ru", word)
		}
	}
	return all
}
