package archive

import (
	"context"
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

// The constants of BM25, as everyone has them, and what a headline counts.
const (
	saturation = 1.2
	lengthBias = 0.75
	headWeight = 3
)

// order puts the stories that fit best first, the newest of equals first. Only
// the newest are weighed. How rare a word is, is judged by the stories found,
// all of which the viewer may have, and never by what else the index holds.
func (f *finder) order(ctx context.Context, found []*item) ([]*item, error) {
	if len(found) > mostWeighed {
		found, f.more = found[:mostWeighed], true
	}
	weighed := map[int64]index.Weighed{}
	shelves := []index.Shelf{index.Open}
	if f.viewer.Holds() {
		shelves = append(shelves, index.Shut)
	}
	for _, shelf := range shelves {
		if err := f.weigh(ctx, shelf, found, weighed); err != nil {
			return nil, err
		}
	}
	score := f.scores(found, weighed)
	slices.SortStableFunc(found, func(a, b *item) int {
		switch x, y := score[a.row], score[b.row]; {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return found, nil
}

// weigh weighs those of the stories found that were found on the shelf.
func (f *finder) weigh(ctx context.Context, shelf index.Shelf, found []*item, into map[int64]index.Weighed) error {
	wanted := map[int64]bool{}
	for _, i := range found {
		if f.may(i, shelf) {
			wanted[i.row] = true
		}
	}
	s := f.search(shelf, mostWeighed)
	for len(wanted) > 0 {
		all, err := f.holding.index.Weigh(ctx, s)
		if err != nil {
			return err
		}
		for _, w := range all {
			if wanted[w.Row] {
				into[w.Row] = w
				delete(wanted, w.Row)
			}
		}
		if len(all) < s.Limit {
			return nil
		}
		s.High = all[len(all)-1].Row - 1
	}
	return nil
}

func (f *finder) scores(found []*item, weighed map[int64]index.Weighed) map[int64]float64 {
	rare := rarity(weighed)
	c := f.holding.catalogue
	c.mu.RLock()
	mean := c.length[index.Open] / max(c.texts[index.Open], 1)
	c.mu.RUnlock()
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
			often := float64(headWeight*n[0] + n[1])
			scores[i.row] += rare[word] * often * (saturation + 1) / (often + bias)
		}
	}
	return scores
}

// rarity weighs each word of the query by how few of the stories have it.
func rarity(weighed map[int64]index.Weighed) []float64 {
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
		have[word] = math.Log(1 + (float64(len(weighed))-n+0.5)/(n+0.5))
		have[word] = max(have[word], 0.05) // a word that all have still tells how much
	}
	return have
}
