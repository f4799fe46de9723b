package archive

import (
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

// order puts the stories that fit best first, the newest of equals first.
func (f *finder) order(ctx context.Context, found []*item) error {
	rare, err := f.rarity(ctx)
	if err != nil {
		return err
	}
	score := f.scores(found, rare)
	slices.SortStableFunc(found, func(a, b *item) int {
		switch x, y := score[a.row], score[b.row]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return nil
}

func (f *finder) scores(found []*item, rare []float64) map[int64]float64 {
	c := f.holding.catalogue
	c.mu.RLock()
	mean := c.length[index.Open] / max(c.texts[index.Open], 1)
	c.mu.RUnlock()
	phrases := index.Phrases(f.question.what)
	scores := make(map[int64]float64, len(found))
	for _, i := range found {
		w := f.weighed[i.row]
		if w.Counts == nil {
			scores[i.row] = w.Score
			continue
		}
		length := i.Length[index.Open]
		if i.Shut && f.may(i, index.Shut) {
			length = i.Length[index.Shut]
		}
		bias := saturation * (1 - lengthBias + lengthBias*float64(length)/max(mean, 1))
		for word, n := range w.Counts[:min(len(w.Counts), len(rare))] {
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
