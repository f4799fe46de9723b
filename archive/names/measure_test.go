package names

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestRealSpellingsOfNamesMeet weighs the keys against the spellings of some
// hundreds of people and places: a story in Belarusian, in Russian or in
// Belarusian Latin, against every other spelling as a query.
func TestRealSpellingsOfNamesMeet(t *testing.T) {
	met, pairs := map[string]int{}, map[string]int{}
	for _, n := range spellings(t) {
		for written := range n.written {
			for _, asked := range n.spelled {
				if asked == written {
					continue
				}
				pairs[n.part]++
				if meet(Keys(written, Written), Query(asked)) {
					met[n.part]++
				}
			}
		}
	}
	for part, floor := range map[string]float64{"surname": 98.5, "given": 99, "place": 96} {
		share := 100 * float64(met[part]) / float64(pairs[part])
		t.Logf("%s: %.2f %% of %d pairs", part, share, pairs[part])
		if share < floor {
			t.Errorf("%s: %.2f %% of pairs meet; the floor is %.1f", part, share, floor)
		}
	}
}

// TestFewWordsOfTheLanguageSoundLikeASurname asks with each surname for the
// words of real English news.
func TestFewWordsOfTheLanguageSoundLikeASurname(t *testing.T) {
	names := spellings(t)
	words := map[string]int{}
	for _, word := range vocabulary(t) {
		for _, k := range Keys(word, Written) {
			words[k]++
		}
	}
	asked, hits := map[string]bool{}, 0
	for _, n := range names {
		for _, spelling := range n.spelled {
			if n.part != "surname" || asked[spelling] {
				continue
			}
			asked[spelling] = true
			for _, k := range Query(spelling) {
				hits += words[k]
			}
		}
	}
	mean := float64(hits) / float64(len(asked))
	t.Logf("%.3f words for each of %d surnames", mean, len(asked))
	if mean > 0.1 {
		t.Errorf("%.3f unrelated words for a surname; the ceiling is 0.1", mean)
	}
}

// vocabulary gives the words in lower case of some years of real news.
func vocabulary(t *testing.T) []string {
	t.Helper()
	f, err := os.Open(filepath.Join(os.Getenv("WIREROOM_TESTDATA"), "reuters21578", "stories.ninjs.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for _, word := range regexp.MustCompile(`\b[a-z]{3,}\b`).FindAllString(string(text), -1) {
		seen[word]++
	}
	var words []string
	for word, n := range seen {
		if n >= 3 {
			words = append(words, word)
		}
	}
	if len(words) < 10_000 {
		t.Fatalf("only %d words", len(words))
	}
	return words
}

// named is one part of a name with its spellings, and those that a story has.
type named struct {
	part    string
	spelled []string
	written map[string]bool
}

func spellings(t *testing.T) map[string]*named {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("WIREROOM_TESTDATA names no folder of real names: the keys are not weighed against them")
	}
	data, err := os.ReadFile(filepath.Join(dir, "names", "names.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]*named{}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		c := strings.Split(line, "\t")
		lang, part, word := c[3], c[5], c[6]
		n := all[c[0]+part]
		if n == nil {
			n = &named{part: part, written: map[string]bool{}}
			all[c[0]+part] = n
		}
		if !slices.Contains(n.spelled, word) {
			n.spelled = append(n.spelled, word)
		}
		if lang == "be" {
			n.written[word], n.written[House(word)] = true, true
		}
		if lang == "ru" || lang == "cyrl" {
			n.written[word] = true
		}
	}
	return all
}
