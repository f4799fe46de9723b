package archive

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/ext/fts5"

	"wireroom/db/dbtest"
	"wireroom/reveal"
	"wireroom/story"
)

// TestTheBestComeFirstAsOftenAsWithAnotherRanking asks for each topic of real
// news by its name and weighs the order of what is found by the stories that
// editors filed under it. Beside it stands FTS5's own bm25 with English stems.
func TestTheBestComeFirstAsOftenAsWithAnotherRanking(t *testing.T) {
	news := realNews(t)
	n := open(t, dbtest.SQLite(t))
	plain, err := driver.Open("file:"+filepath.Join(t.TempDir(), "plain.db"), fts5.Register)
	n.ok(err)
	t.Cleanup(func() { plain.Close() })
	plain.SetMaxOpenConns(1)
	_, err = plain.Exec(`CREATE VIRTUAL TABLE plain USING fts5(headline, text, tokenize='porter unicode61'); PRAGMA synchronous=off`)
	n.ok(err)
	filed, at := map[string]map[string]bool{}, map[story.ID]string{}
	for from := 0; from < len(news); from += 500 {
		var batch []story.Arrival
		for i, d := range news[from:min(from+500, len(news))] {
			name := fmt.Sprint(from + i + 1)
			for _, topic := range d.topics {
				if filed[topic] == nil {
					filed[topic] = map[string]bool{}
				}
				filed[topic][name] = true
			}
			batch = append(batch, story.Arrival{Source: name, Lang: "en", Sent: n.now.Add(-1e15), Silent: true,
				Content: story.Content{Headline: d.headline, Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain(d.text))}}}})
		}
		outcomes, err := n.stories.Import(n.ctx, batch)
		n.ok(err)
		tx, err := plain.Begin()
		n.ok(err)
		for i, o := range outcomes {
			at[o.ID] = batch[i].Source
			_, err := tx.Exec(`INSERT INTO plain (rowid, headline, text) VALUES (?1, ?2, ?3)`, from+i+1, batch[i].Content.Headline, news[from+i].text)
			n.ok(err)
		}
		n.ok(tx.Commit())
	}
	n.indexes()
	var ours, theirs float64
	topics := 0
	for topic, wanted := range filed {
		if len(wanted) < 5 {
			continue
		}
		topics++
		query := strings.ReplaceAll(topic, "-", " ")
		ours += precision(n.ranked(query, at), wanted)
		var names []string
		rows, err := plain.Query(`SELECT rowid FROM plain WHERE plain MATCH ?1 ORDER BY bm25(plain)`, quotedWords(query))
		n.ok(err)
		for rows.Next() {
			var id int
			n.ok(rows.Scan(&id))
			names = append(names, fmt.Sprint(id))
		}
		n.ok(rows.Close())
		theirs += precision(names, wanted)
	}
	ours, theirs = ours/float64(topics), theirs/float64(topics)
	t.Logf("mean average precision over %d topics: ours %.4f, FTS5 bm25 with porter %.4f", topics, ours, theirs)
	if ours < theirs {
		t.Errorf("the archive's order (%.4f) is worse than FTS5's own (%.4f)", ours, theirs)
	}
}

func quotedWords(query string) string {
	return `"` + strings.Join(strings.Fields(query), `" "`) + `"`
}

// ranked are the names of the stories found, the best first.
func (n *newsroom) ranked(query string, at map[story.ID]string) []string {
	n.Helper()
	f := finder{archive: n.archive, holding: n.holding, question: parse(query, n.house, n.now), most: mostCounted, judge: n.archive.door.Judge(reveal.Viewer{})}
	f.weigh()
	n.ok(f.begin(n.ctx))
	items, err := f.find(n.ctx)
	n.ok(err)
	n.ok(f.order(n.ctx, items))
	var names []string
	for _, i := range items {
		names = append(names, at[i.story])
	}
	return names
}

// precision is the average precision of an order.
func precision(names []string, wanted map[string]bool) float64 {
	found, sum := 0, 0.0
	for i, name := range names {
		if wanted[name] {
			found++
			sum += float64(found) / float64(i+1)
		}
	}
	return sum / float64(len(wanted))
}

type filedNews struct {
	headline, text string
	topics         []string
}

var tags = regexp.MustCompile(`<[^>]+>`)

func realNews(t *testing.T) []filedNews {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("WIREROOM_TESTDATA names no folder of real news: the order is not weighed against it")
	}
	f, err := os.Open(filepath.Join(dir, "reuters21578", "stories.ninjs.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []filedNews
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var d struct {
			Headlines, Bodies []struct{ Value string }
			Subjects          []struct{ Name string }
		}
		if err := json.Unmarshal(s.Bytes(), &d); err != nil {
			t.Fatal(err)
		}
		if len(d.Headlines) == 0 || len(d.Bodies) == 0 {
			continue
		}
		news := filedNews{headline: d.Headlines[0].Value, text: strings.TrimSpace(tags.ReplaceAllString(d.Bodies[0].Value, " "))}
		for _, topic := range d.Subjects {
			news.topics = append(news.topics, topic.Name)
		}
		all = append(all, news)
	}
	return all
}
