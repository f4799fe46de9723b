package archive

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"time"

	"wireroom/archive/index"
	"wireroom/reveal"
	"wireroom/wire"
)

func compare(a, b string) int { return strings.Compare(a, b) }

func numberOf(cursor int64) wire.Number { return wire.Number(cursor) }

// The constants of BM25. A long story counts against a word less than is usual:
// on real news, half of the usual brings more of what was meant to the top.
const (
	saturation = 1.2
	lengthBias = 0.5
	// looseWeight is what a name counts that only sounds like the one typed.
	looseWeight = 0.25
)

// weigh has what is found weighed.
func (f *finder) weigh() {
	f.weighs = true
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

// order puts the stories that fit best first, the newest of equals first.
func (f *finder) order(ctx context.Context, found []*item) error {
	rare, err := f.rarity(ctx)
	if err != nil {
		return err
	}
	all := f.scores(found, rare)
	slices.SortFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), a.place-b.place)
	})
	byTime := slices.Clone(found)
	for i, s := range all {
		found[i] = byTime[s.place]
	}
	return nil
}

// scored is a story by its place among all that are found.
type scored struct {
	place int
	score float64
}

func (f *finder) scores(found []*item, rare []float64) []scored {
	c := f.holding.catalogue
	c.mu.RLock()
	mean := c.length[index.Open] / max(c.texts[index.Open], 1)
	c.mu.RUnlock()
	phrases := index.Phrases(f.question.what)
	all := make([]scored, len(found))
	for at, i := range found {
		all[at].place = at
		shelf := index.Open
		if i.Shut && f.may(i, index.Shut) {
			shelf = index.Shut
		}
		w := f.weights(shelf, i.row)
		if w.Counts == nil {
			all[at].score = w.Score
			continue
		}
		bias := saturation * (1 - lengthBias + lengthBias*float64(i.Length[shelf])/max(mean, 1))
		for word, n := range w.Counts[:min(len(w.Counts), len(rare))] {
			if word > 0 && word < len(phrases) && phrases[word].Loose {
				// What is spelled as it was typed sounds like it too.
				n[0], n[1] = max(n[0]-w.Counts[word-1][0], 0), max(n[1]-w.Counts[word-1][1], 0)
			}
			often := float64(n[0] + n[1])
			all[at].score += rare[word] * often * (saturation + 1) / (often + bias)
		}
	}
	return all
}

// weights is what was weighed of a row.
func (f *finder) weights(shelf index.Shelf, row int64) index.Weighed {
	all := f.weighed[shelf]
	at, ok := slices.BinarySearchFunc(all, row, func(w index.Weighed, row int64) int { return cmp.Compare(row, w.Row) })
	if !ok {
		return index.Weighed{}
	}
	return all[at]
}

// sampled is how many of the newest stories with a word tell how rare it is.
const sampled = 500

// rarity weighs each word of the query by how few stories have it, among those
// that anyone may find: what else the index holds must not tell in the order.
// Of a common word the newest are asked how close they stand.
func (f *finder) rarity(ctx context.Context) ([]float64, error) {
	phrases := index.Phrases(f.question.what)
	rare := make([]float64, len(phrases))
	c := f.holding.catalogue
	c.mu.RLock()
	texts, now := c.texts[index.Open], firstRow(f.archive.now())
	span := float64(now - c.first)
	c.mu.RUnlock()
	for word, phrase := range phrases {
		rare[word] = counts(phrase)
		if len(phrases) == 1 || rare[word] == 0 {
			continue
		}
		s := index.Search{Shelf: index.Open, What: phrase, High: 1 << 60, Limit: sampled}
		rows, err := f.holding.index.Find(ctx, s)
		if err != nil {
			return nil, err
		}
		have := float64(len(f.admitted(rows)))
		if len(rows) == sampled {
			have *= max(span/max(float64(now-rows[sampled-1]), 1), 1)
		}
		rare[word] *= math.Log(1 + (max(texts-have, 0)+0.5)/(have+0.5))
	}
	return rare, nil
}

// admitted are the rows of stories that anyone may find.
func (f *finder) admitted(rows []int64) []*item {
	anyone := *f
	anyone.viewer, anyone.judge = reveal.Viewer{}, f.archive.door.Judge(reveal.Viewer{})
	anyone.question.from, anyone.question.until = time.Time{}, time.Time{}
	return anyone.admit(nil, index.Open, rows)
}
