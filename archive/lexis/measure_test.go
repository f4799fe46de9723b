package lexis

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestRealBelarusianMeetsItsLemmas weighs the stemmer against annotated news:
// how many forms share the stem of their lemma, and how many lemmas share one
// with another. The inflected names of the same text must find their lemma.
func TestRealBelarusianMeetsItsLemmas(t *testing.T) {
	words := treebank(t)
	met, total, names, named := 0, 0, 0, 0
	byStem := map[string]map[string]bool{}
	var r Reader
	for _, w := range words {
		form, lemma := Belarusian(fold(w.form)), Belarusian(fold(w.lemma))
		total++
		if form == lemma {
			met++
		}
		if byStem[lemma] == nil {
			byStem[lemma] = map[string]bool{}
		}
		byStem[lemma][w.lemma] = true
		if !w.name {
			continue
		}
		names++
		if finds(&r, "x "+w.form, w.lemma) {
			named++
		}
	}
	lemmas, shared := 0, 0
	for _, all := range byStem {
		lemmas += len(all)
		if len(all) > 1 {
			shared += len(all)
		}
	}
	recall, sharing := percent(met, total), percent(shared, lemmas)
	t.Logf("%d content words: %.1f %% meet their lemma, %.1f %% of %d lemmas share a stem; %d names: %.1f %%", total, recall, sharing, lemmas, names, percent(named, names))
	if recall < 83 || sharing > 8 {
		t.Errorf("%.1f %% met and %.1f %% shared; the floor is 83 and 8", recall, sharing)
	}
	if p := percent(named, names); p < 97 {
		t.Errorf("%.1f %% of inflected names find their lemma; the floor is 97", p)
	}
}

func percent(n, of int) float64 { return 100 * float64(n) / float64(of) }

// finds is whether the query finds a word of the text.
func finds(r *Reader, text, query string) bool {
	for _, a := range Ask(query) {
		if !slices.ContainsFunc(r.Text(text, "be"), func(t Token) bool {
			return slices.ContainsFunc(t.Terms, func(term string) bool { return slices.Contains(a.Terms(), term) })
		}) {
			return false
		}
	}
	return true
}

type annotated struct {
	form, lemma string
	name        bool
}

// treebank gives the content words of the annotated news.
func treebank(t *testing.T) []annotated {
	t.Helper()
	dir := os.Getenv("WIREROOM_TESTDATA")
	if dir == "" {
		t.Skip("WIREROOM_TESTDATA names no folder of real news: the stemmer is not weighed against it")
	}
	f, err := os.Open(filepath.Join(dir, "ud-belarusian", "be_hse-ud-test.conllu"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var words []annotated
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		c := strings.Split(s.Text(), "\t")
		if len(c) < 5 || !slices.Contains([]string{"NOUN", "ADJ", "VERB", "ADV", "PROPN"}, c[3]) {
			continue
		}
		if tongueOf(fold(c[1])) == latin || tongueOf(fold(c[2])) == latin || fold(c[1]) == "" {
			continue
		}
		words = append(words, annotated{c[1], strings.ToLower(c[2]), c[3] == "PROPN" && strings.Contains(c[5], "NameType=")})
	}
	if s.Err() != nil || len(words) == 0 {
		t.Fatal("nothing annotated", s.Err())
	}
	return words
}
