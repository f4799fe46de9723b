package archive

import (
	"context"
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

const (
	// mostCues bounds the words by which a story's kin are looked for, of its
	// headline and of the rest each.
	mostCues = 14
	// mostKin is how many of the newest stories with a word are looked at.
	mostKin = 300
	// nameWeight is what a name counts beside another word, headWeight what a
	// word of the headline counts beside one of the text.
	nameWeight, headWeight = 1.6, 1.8
	// leastShare is how much of what the story is about its kin must share.
	leastShare = 0.17
	// commonShare of all stories may have a word that still tells something, and
	// fewest of them whatever the share.
	commonShare, fewest = 0.06, 6
	// fading is the distance in time at which kin count half.
	fading = 180 * 24 * time.Hour
	// longestKin is how long it may take: a page is not to wait for it.
	longestKin = 500 * time.Millisecond
)

// cue is a word of a story by which its kin are found.
type cue struct {
	terms  []string
	weight float64
	often  int
	order  int
}

// Related gives the stories nearest to one that the viewer has, in its
// language, those of its topics first. The others are found by words of the
// rendition alone, on the open shelf alone, so that neither what the viewer may
// not have nor what others may not have tells in the answer.
func (a *Archive) Related(ctx context.Context, r reveal.Rendition, v reveal.Viewer, limit int) ([]reveal.Rendition, error) {
	return a.related(ctx, r, v, limit, true)
}

func (a *Archive) related(ctx context.Context, r reveal.Rendition, v reveal.Viewer, limit int, look bool) ([]reveal.Rendition, error) {
	topics, err := a.topicsOf(ctx, r)
	if err != nil {
		return nil, err
	}
	words := a.words()
	told := cues(words, r)
	a.putBack(words)
	near, err := a.kin(ctx, told, topics, r, look)
	if err != nil || len(near) == 0 {
		return nil, err
	}
	// Some may be changed since they were taken in; a few more fill their place.
	found, err := a.door.These(ctx, near[:min(len(near), 2*limit)], v)
	return found[:min(len(found), limit)], err
}

// topicsOf are the topics of a story that readers may know of.
func (a *Archive) topicsOf(ctx context.Context, r reveal.Rendition) ([]register.Entry, error) {
	if len(r.Topics()) == 0 {
		return nil, nil
	}
	book, err := a.book(ctx)
	if err != nil || book == nil {
		return nil, err
	}
	return book.Public(r.Topics()), nil
}

// cues are the telling words of a story: those of its headline, and the names
// and repeated words of its text.
func cues(words *lexis.Reader, r reveal.Rendition) []cue {
	head, body := words.Story(r.Headline(), prose(r), string(r.Lang()))
	top := tally(head, headWeight)
	rest := tally(body, 1)
	rest = slices.DeleteFunc(rest, func(c cue) bool {
		return slices.ContainsFunc(top, func(t cue) bool { return t.terms[0] == c.terms[0] })
	})
	slices.SortStableFunc(rest, func(a, b cue) int {
		if x, y := a.weight*float64(a.often), b.weight*float64(b.often); x != y {
			return int(math.Copysign(1, y-x))
		}
		return a.order - b.order
	})
	return append(top[:min(len(top), mostCues)], rest[:min(len(rest), mostCues)]...)
}

// tally gathers the words of a text. The shortest words say nothing.
func tally(tokens []lexis.Token, weight float64) []cue {
	at := map[string]int{}
	var all []cue
	for _, t := range tokens {
		stem := t.Terms[0]
		if utf8.RuneCountInString(stem) < 3 {
			continue
		}
		i, known := at[stem]
		if !known {
			i = len(all)
			at[stem] = i
			all = append(all, cue{terms: t.Terms, weight: weight, order: i})
		}
		all[i].often++
		if len(t.Terms) > len(all[i].terms) || isNamed(t) && all[i].weight == weight {
			all[i].terms = t.Terms
		}
		if isNamed(t) {
			all[i].weight = weight * nameWeight
		}
	}
	return all
}

// isNamed is whether a word may be a name: it has the keys of one.
func isNamed(t lexis.Token) bool { return len(t.Terms) > 1 }

// kin gives the stories that share most with the cues, the nearest first, as
// they are remembered or as they are found, if they may be looked for.
func (a *Archive) kin(ctx context.Context, cues []cue, topics []register.Entry, of reveal.Rendition, look bool) ([]story.ID, error) {
	h := a.current()
	if h == nil {
		return nil, ErrBusy
	}
	key, now := keyOf(of, cues, topics), a.now()
	kept, known := h.kin.get(key)
	if !known && !look {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, longestKin)
	defer cancel()
	// What anyone may find is what is counted and weighed, as in a search.
	f := finder{archive: a, holding: h, viewer: reveal.Viewer{}, judge: a.door.Judge(reveal.Viewer{}), most: mostKin}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	if known && (!look || now.Sub(kept.at) < kinKept) {
		return f.stillOut(kept.ids), nil
	}
	g := gathering{finder: &f, but: of.ID(), lang: of.Lang(), at: of.Sent(), score: map[*item]float64{}, shared: map[*item]int{}, tied: map[*item]bool{}}
	if err := g.tie(ctx, topics); err != nil {
		return nil, err
	}
	for _, c := range cues {
		if err := g.add(ctx, c); err != nil {
			return nil, err
		}
	}
	near := g.nearest()
	h.kin.put(key, keptKin{near[:min(len(near), mostKinKept)], now})
	return near, nil
}

// gathering adds up what stories share with one.
type gathering struct {
	*finder
	but    story.ID
	lang   story.Lang
	at     time.Time
	score  map[*item]float64
	shared map[*item]int
	tied   map[*item]bool // of a topic of its own
	all    float64        // what a story would have that shares everything
}

func (g *gathering) add(ctx context.Context, c cue) error {
	s := newest(index.Words{Fields: index.Fields{index.Head, index.Body}, Steps: [][]string{c.terms}})
	rows, err := g.holding.index.Find(ctx, s)
	if err != nil {
		return err
	}
	rare, common := g.rare(rows)
	if common {
		return nil
	}
	if rows, err = g.also(ctx, s, rows); err != nil {
		return err
	}
	worth := c.weight * rare
	g.all += worth
	for _, i := range g.admit(nil, index.Open, rows) {
		if i.Lang == g.lang && i.story != g.but {
			g.score[i] += worth
			g.shared[i]++
		}
	}
	return nil
}

// newest asks for what is on the open shelf.
func newest(what index.Expr) index.Search {
	return index.Search{Shelf: index.Open, What: what, High: 1 << 60, Limit: mostKin}
}

// also adds, of what many have, those of the story's own time.
func (g *gathering) also(ctx context.Context, s index.Search, rows []int64) ([]int64, error) {
	own := firstRow(g.at.Add(fading))
	if len(rows) < mostKin || own >= rows[len(rows)-1] {
		return rows, nil
	}
	s.High = own
	older, err := g.holding.index.Find(ctx, s)
	return append(rows, older...), err
}

// tie finds the stories of the same topics.
func (g *gathering) tie(ctx context.Context, topics []register.Entry) error {
	if len(topics) == 0 {
		return nil
	}
	s := newest(ofTopics(topics, g.lang).what)
	rows, err := g.holding.index.Find(ctx, s)
	if err != nil {
		return err
	}
	if rows, err = g.also(ctx, s, rows); err != nil {
		return err
	}
	for _, i := range g.admit(nil, index.Open, rows) {
		if i.story != g.but {
			g.tied[i], g.score[i] = true, 1
		}
	}
	return nil
}

// rare weighs a word by how few stories have it, and says whether so many have
// it that it tells nothing of what a story is about.
func (g *gathering) rare(rows []int64) (weight float64, common bool) {
	c := g.holding.catalogue
	c.mu.RLock()
	texts, first := c.texts[index.Open], c.first
	c.mu.RUnlock()
	have := float64(len(g.admit(nil, index.Open, rows)))
	if len(rows) == mostKin {
		now := firstRow(g.archive.now())
		have *= max(float64(now-first)/max(float64(now-rows[mostKin-1]), 1), 1)
	}
	return math.Log(1 + (max(texts-have, 0)+0.5)/(have+0.5)), have > max(fewest, texts*commonShare)
}

// nearest orders what shares a topic, and then what shares enough: two words at
// least, of some weight.
func (g *gathering) nearest() []story.ID {
	var near []*item
	for i, score := range g.score {
		if g.tied[i] || g.shared[i] > 1 && score >= leastShare*g.all {
			near = append(near, i)
		}
	}
	rank := func(i *item) float64 {
		apart := math.Abs(float64(i.sent().Sub(g.at)))
		return g.score[i] / (1 + apart/float64(fading))
	}
	slices.SortFunc(near, func(a, b *item) int {
		if g.tied[a] != g.tied[b] {
			return map[bool]int{true: -1, false: 1}[g.tied[a]]
		}
		if x, y := rank(a), rank(b); x != y {
			return int(math.Copysign(1, y-x))
		}
		return int(min(max(b.row-a.row, -1), 1))
	})
	ids := make([]story.ID, len(near))
	for i, it := range near {
		ids[i] = it.story
	}
	return ids
}
