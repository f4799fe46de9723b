package archive

import (
	"math"
	"slices"
	"strings"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/wire"
)

func compare(a, b string) int { return strings.Compare(a, b) }

func numberOf(cursor int64) wire.Number { return wire.Number(cursor) }

// words gives a reader of words for as long as it is not put back.
func (a *Archive) words() *lexis.Reader { return a.readers.Get().(*lexis.Reader) }

// The constants of BM25, as everyone has them.
const (
	saturation = 1.2
	lengthBias = 0.75
	// looseWeight is what a name counts that only sounds like the one typed.
	looseWeight = 0.25
)

// weighs has what is found weighed.
func (f *finder) weighs() {
	f.weighed = map[int64]index.Weighed{}
	phrases := index.Phrases(f.question.what)
	if one := len(phrases) == 1 || len(phrases) == 2 && phrases[1].Loose; one && len(phrases[0].Steps) == 1 {
		f.most = mostWeighed
	}
}

// counts is what a word counts in the order.
func counts(w index.Words) float64 {
	switch {
	case len(w.Fields) == 1 && w.Fields[0] == index.Marks:
		return 0 // a filter, which all that is found has
	case w.Loose:
		return looseWeight
	}
	return 1
}

// order puts the stories that fit best first, the newest of equals first. How
// rare a word is, is judged by the stories found, all of which the viewer may
// have, and never by what else the index holds.
func (f *finder) order(found []*item) {
	score := f.scores(found, f.weighed)
	slices.SortStableFunc(found, func(a, b *item) int {
		switch x, y := score[a.row], score[b.row]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
}

func (f *finder) scores(found []*item, weighed map[int64]index.Weighed) map[int64]float64 {
	c := f.holding.catalogue
	c.mu.RLock()
	texts := max(c.texts[index.Open], 1)
	mean := c.length[index.Open] / texts
	c.mu.RUnlock()
	rare := rarity(weighed, texts)
	phrases := index.Phrases(f.question.what)
	for word := range min(len(phrases), len(rare)) {
		rare[word] *= counts(phrases[word])
	}
	scores := make(map[int64]float64, len(found))
	for _, i := range found {
		w := weighed[i.row]
		if w.Counts == nil {
			scores[i.row] = w.Score
			continue
		}
		length := i.Length[index.Open]
		if i.Shut && f.may(i, index.Shut) {
			length = i.Length[index.Shut]
		}
		bias := saturation * (1 - lengthBias + lengthBias*float64(length)/max(mean, 1))
		for word, n := range w.Counts {
			if word > 0 && word < len(phrases) && phrases[word].Loose {
				// What is spelled as it was typed sounds like it too.
				n[0], n[1] = max(n[0]-w.Counts[word-1][0], 0), max(n[1]-w.Counts[word-1][1], 0)
			}
			often := float64(n[0] + n[1])
			scores[i.row] += rare[word] * often * (saturation + 1) / (often + bias)
		}
	}
	return scores
}

// rarity weighs each word of the query by how few stories have it: of those
// found, against all that anyone may find.
func rarity(weighed map[int64]index.Weighed, texts float64) []float64 {
	var have []float64
	for _, w := range weighed {
		for len(have) < len(w.Counts) {
			have = append(have, 0)
		}
		for word, n := range w.Counts {
			if n[0]+n[1] > 0 {
				have[word]++
			}
		}
	}
	for word, n := range have {
		have[word] = math.Log(1 + (max(texts-n, 0)+0.5)/(n+0.5))
	}
	return have
}
