package archive

import (
	"context"
	"slices"
	"sync"

	"wireroom/archive/background"
	"wireroom/archive/dates"
	"wireroom/archive/index"
	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

// mostTold bounds the stories whose background is gathered, the newest of a
// topic: what is still told of earlier ones stands in these.
const mostTold = 300

// Told is a paragraph of background with the newest story that tells it.
type Told struct {
	background.Paragraph
	By    reveal.Rendition // brief
	Times int              // how many stories tell it
}

// Background gives what the stories of topics tell of the past, the earliest
// first, in one language and of what the viewer has of them.
func (a *Archive) Background(ctx context.Context, topics []register.Entry, lang story.Lang, v reveal.Viewer) ([]Told, error) {
	h := a.current()
	if h == nil {
		return nil, ErrBusy
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	f := finder{archive: a, holding: h, question: ofTopics(topics, lang), viewer: v, judge: a.door.Judge(v), most: mostTold}
	if err := f.begin(ctx); err != nil {
		return nil, err
	}
	found, err := f.find(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]story.ID, len(found))
	for i, it := range found {
		ids[i] = it.story
	}
	return a.tells(ctx, topics, ids, v, false)
}

// BackgroundInHouse is the same for the agency's own people, of whole texts that
// are out and under no embargo. No reader and no client is ever answered from it.
func (a *Archive) BackgroundInHouse(ctx context.Context, topics []register.Entry, lang story.Lang, but story.ID) ([]Told, error) {
	ids, err := a.inHouse(ctx, Sieve{ofTopics(topics, lang)}, mostTold)
	if err != nil {
		return nil, err
	}
	ids = slices.DeleteFunc(ids, func(id story.ID) bool { return id == but })
	return a.tells(ctx, topics, ids, reveal.Viewer{}, true)
}

// ofTopics asks for the stories of topics.
func ofTopics(topics []register.Entry, lang story.Lang) question {
	return question{what: index.And{mark(langMark(lang)), tied(same(topics))}}
}

// same are all ids that mean the topics.
func same(topics []register.Entry) (ids []string) {
	for _, e := range topics {
		for _, id := range e.Same() {
			ids = append(ids, string(id))
		}
	}
	return ids
}

// tells gathers what some stories tell, the newest first.
func (a *Archive) tells(ctx context.Context, topics []register.Entry, ids []story.ID, v reveal.Viewer, inHouse bool) ([]Told, error) {
	heads, err := a.door.Several(ctx, ids, v, true)
	if err != nil {
		return nil, err
	}
	texts, err := a.unread(ctx, heads, v, inHouse)
	if err != nil {
		return nil, err
	}
	words, meant := a.words(), same(topics)
	defer a.putBack(words)
	var paragraphs []background.Paragraph
	var by []reveal.Rendition
	for _, id := range ids {
		r, ok := heads[id]
		if ok = ok && slices.ContainsFunc(r.Topics(), func(t string) bool { return slices.Contains(meant, t) }); !ok {
			continue
		}
		told, known := a.tellings.of(r, inHouse)
		if text, ok := texts[id]; ok && !known {
			told = background.Of(background.Story{Lang: text.Lang(), Day: dates.Day(text.Day()), Blocks: text.Blocks()}, words)
			a.tellings.keep(text, told)
		}
		for _, p := range told {
			paragraphs, by = append(paragraphs, p), append(by, r)
		}
	}
	return folded(paragraphs, by), nil
}

// unread reads the texts that are not remembered, as the viewer has them.
func (a *Archive) unread(ctx context.Context, heads map[story.ID]reveal.Rendition, v reveal.Viewer, inHouse bool) (map[story.ID]reveal.Rendition, error) {
	var ids []story.ID
	for id, r := range heads {
		if _, known := a.tellings.of(r, inHouse); !known {
			ids = append(ids, id)
		}
	}
	if !inHouse {
		return a.door.Several(ctx, ids, v, false)
	}
	texts := map[story.ID]reveal.Rendition{}
	for some := range slices.Chunk(ids, together) {
		matters, err := a.door.Matters(ctx, some)
		if err != nil {
			return nil, err
		}
		for id, m := range matters {
			texts[id] = m.Whole
		}
	}
	return texts, nil
}

// folded makes one of paragraphs that tell the same.
func folded(paragraphs []background.Paragraph, by []reveal.Rendition) []Told {
	var all []Told
	for _, group := range background.Fold(paragraphs) {
		t, stories := Told{Paragraph: paragraphs[group[0]], By: by[group[0]]}, map[story.ID]bool{}
		for _, i := range group {
			stories[by[i].ID()] = true
		}
		t.Times = len(stories)
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(x, y Told) int { return background.Order(x.Paragraph, y.Paragraph) })
	return all
}

// tellings remembers what texts tell of the past: to find the dates in hundreds
// of them takes a while. A text is one release of a story, whole or as far as all
// may read it, and never changes.
type tellings struct {
	mu   sync.Mutex
	kept map[telling][]background.Paragraph
}

type telling struct {
	story   story.ID
	release int64
	whole   bool
}

// mostTellings bounds how many texts are remembered.
const mostTellings = 2000

func (t *tellings) of(r reveal.Rendition, inHouse bool) ([]background.Paragraph, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	told, known := t.kept[telling{r.ID(), r.Release(), inHouse || r.Full()}]
	return told, known
}

func (t *tellings) keep(r reveal.Rendition, told []background.Paragraph) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.kept == nil || len(t.kept) >= mostTellings {
		t.kept = map[telling][]background.Paragraph{}
	}
	t.kept[telling{r.ID(), r.Release(), r.Full()}] = told
}
