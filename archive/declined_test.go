package archive

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/archive/names"
	"wireroom/db/dbtest"
	"wireroom/story"
)

// TestAnOrdinaryNameIsFoundInEachCase asks the archive for names that stand on no
// list of ours against each form of theirs.
func TestAnOrdinaryNameIsFoundInEachCase(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.house.Plans = nil
	for _, lang := range []story.Lang{"be", "ru"} {
		all := ordinaryNames(lang)
		n.declines(all)
		n.indexes()
		n.weighs(all, "ordinary "+string(lang), 98, nil)
	}
}

// TestARealNameIsFoundInEachCase asks the archive for the lemma of each name
// of a person or place, as a reader types it, against stories that have a form
// of it: sentences of our own with the declensions of real surnames, given names
// and places, and sentences of real Belarusian news.
func TestARealNameIsFoundInEachCase(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.house.Plans = nil
	for _, lang := range []story.Lang{"be", "ru"} {
		all := declensions(t, lang)
		n.declines(all)
		n.indexes()
		n.weighs(all, "declined "+string(lang), 98, nil)
		if lang == "be" {
			n.weighs(all, "declined be, asked in Belarusian Latin", 98, names.House)
		}
		n.meant(all)
	}
	news := annotatedNames(t)
	n.declines(news)
	n.indexes()
	n.weighs(news, "annotated news", 98, nil)
	n.weighs(news, "annotated news, asked in Belarusian Latin", 98, names.House)
}

// declined is a form of a name in a text.
type declined struct {
	lang        story.Lang
	lemma, form string
	text        string
	part        string
	id          story.ID
}

// declines sends a story for each form.
func (n *newsroom) declines(all []*declined) {
	n.Helper()
	sent := n.now.Add(-5000 * time.Hour)
	for batch := range slices.Chunk(all, 500) {
		var arrivals []story.Arrival
		for _, d := range batch {
			sent = sent.Add(time.Minute)
			arrivals = append(arrivals, story.Arrival{Source: "test " + sent.String() + d.lemma + d.text, Lang: d.lang, Sent: sent, Silent: true,
				Content: story.Content{Headline: "1", Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain(d.text))}}}})
		}
		outcomes, err := n.stories.Import(n.ctx, arrivals)
		n.ok(err)
		for i, o := range outcomes {
			batch[i].id = o.ID
		}
	}
}

// weighs asks for each lemma, spelled as the test wants, and wants a share of its
// stories found.
func (n *newsroom) weighs(all []*declined, what string, floor float64, spell func(string) string) {
	n.Helper()
	answers, found := map[string]map[story.ID]bool{}, 0
	var lost []string
	for _, d := range all {
		query := d.lemma
		if spell != nil {
			query = spell(query)
		}
		if answers[query] == nil {
			answers[query] = n.hits(query)
		}
		if answers[query][d.id] {
			found++
		} else {
			lost = append(lost, query+"/"+d.form)
		}
	}
	share := 100 * float64(found) / float64(len(all))
	n.Logf("%s: %.2f %% of %d forms found by their lemma; lost are %s", what, share, len(all), strings.Join(lost, " "))
	if share < floor {
		n.Errorf("%s: %.2f %% found, the floor is %.0f", what, share, floor)
	}
}

// meant asks for each surname, and wants of what is found a share that is a
// form of it or of its family's.
func (n *newsroom) meant(all []*declined) {
	n.Helper()
	about, asked := map[story.ID]*declined{}, map[string]bool{}
	for _, d := range all {
		about[d.id] = d
	}
	right, shown := 0, 0
	var wrong []string
	for _, d := range all {
		if d.part != "surname" || asked[d.lemma] {
			continue
		}
		asked[d.lemma] = true
		for id := range n.hits(d.lemma) {
			other := about[id]
			if other == nil {
				continue
			}
			shown++
			if family(d.lemma, other.lemma) {
				right++
			} else {
				wrong = append(wrong, d.lemma+"/"+other.form)
			}
		}
	}
	precision := 100 * float64(right) / float64(shown)
	n.Logf("of %d forms that surnames find, %.2f %% is meant; not so are %s", shown, precision, strings.Join(wrong, " "))
	if precision < 96 {
		n.Errorf("precision %.2f %%, the floor is 96", precision)
	}
}

// family is whether two surnames are a man's and a woman's of one.
func family(a, b string) bool {
	root := func(word string) string { return strings.TrimRight(word, "аяыіий") }
	return root(a) == root(b)
}

// annotatedNames are the people and places of annotated Belarusian news, each with
// the sentence that has it.
func annotatedNames(t *testing.T) []*declined {
	t.Helper()
	var all []*declined
	for _, part := range []string{"dev", "test"} {
		f, err := os.Open(filepath.Join(testdata(t), "ud-belarusian", "be_hse-ud-"+part+".conllu"))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		text, s := "", bufio.NewScanner(f)
		for s.Buffer(nil, 1<<20); s.Scan(); {
			if sentence, ok := strings.CutPrefix(s.Text(), "# text = "); ok {
				text = sentence
			}
			c := strings.Split(s.Text(), "\t")
			if len(c) < 6 || c[3] != "PROPN" || strings.HasSuffix(c[2], ".") || names.Keys(c[2], names.Asked) == nil {
				continue // an initial
			}
			if kind, ok := feature(c[5], "NameType"); ok && slices.Contains([]string{"Giv", "Sur", "Pat", "Prs", "Geo"}, kind) {
				all = append(all, &declined{lang: "be", lemma: c[2], text: text, part: kind, form: c[1]})
			}
		}
		if s.Err() != nil || len(all) == 0 {
			t.Fatal("nothing annotated", s.Err())
		}
	}
	return all
}

func feature(list, name string) (string, bool) {
	for f := range strings.SplitSeq(list, "|") {
		if value, ok := strings.CutPrefix(f, name+"="); ok {
			return value, true
		}
	}
	return "", false
}

func testdata(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("WIREROOM_TESTDATA names no folder of real names: the search is not weighed against them")
	}
	return dir
}

// declensions are the forms of the real names as each language spells them.
func declensions(t *testing.T, lang story.Lang) []*declined {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(testdata(t), "names", "names.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var all []*declined
	seen := map[string]bool{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		c := strings.Split(line, "\t")
		part, word := c[5], c[6]
		if c[3] != string(lang) || seen[part+word] || strings.ContainsAny(word, " -") {
			continue
		}
		seen[part+word] = true
		for _, form := range declension(lang, part, word) {
			all = append(all, &declined{lang: lang, lemma: word, form: form, part: part, text: fmt.Sprintf(sentences[lang], form)})
		}
	}
	return all
}
