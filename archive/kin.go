package archive

import (
	"context"
	"hash/maphash"
	"math"
	"sync"
	"time"

	"wireroom/archive/index"
	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

const (
	// kinKept is how long a story's kin are remembered: newer ones join them
	// after that. To look for them takes several times what the rest of a page
	// takes, and each release has every page made anew.
	kinKept = 5 * time.Minute
	// mostKinKept bounds what is remembered of one story, and halfKept for how
	// many stories, twice over.
	mostKinKept = 12
	halfKept    = 2048
)

// kinKey is what kin hang on: the words by which they are looked for, so that a
// rendition with more of the text has kin of its own.
type kinKey struct {
	story story.ID
	words uint64
}

var kinSeed = maphash.MakeSeed()

func keyOf(r reveal.Rendition, cues []cue, topics []register.Entry) kinKey {
	var h maphash.Hash
	h.SetSeed(kinSeed)
	for _, c := range cues {
		for _, term := range c.terms {
			_, _ = h.WriteString(term)
			_ = h.WriteByte(0)
		}
		maphash.WriteComparable(&h, math.Float64bits(c.weight))
	}
	for _, t := range topics {
		_, _ = h.WriteString(string(t.ID))
		_ = h.WriteByte(1)
	}
	return kinKey{r.ID(), h.Sum64()}
}

// kinMemory remembers kin, whether or not a viewer may have them. The half that
// was filled longest ago goes when the other is full.
type kinMemory struct {
	mu         sync.Mutex
	young, old map[kinKey]keptKin
}

type keptKin struct {
	ids []story.ID
	at  time.Time
}

func (m *kinMemory) get(k kinKey) (keptKin, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	kept, ok := m.young[k]
	if !ok {
		kept, ok = m.old[k]
	}
	return kept, ok
}

func (m *kinMemory) put(k kinKey, kept keptKin) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.young == nil || len(m.young) >= halfKept {
		m.young, m.old = map[kinKey]keptKin{}, m.young
	}
	m.young[k] = kept
}

// stillOut leaves those of the stories that anybody may find at this instant as
// what they were found as.
func (f *finder) stillOut(ids []story.ID) []story.ID {
	c := f.holding.catalogue
	c.mu.RLock()
	defer c.mu.RUnlock()
	var out []story.ID
	for _, id := range ids {
		if i := c.stories[id]; i != nil && f.may(i, index.Open) {
			out = append(out, id)
		}
	}
	return out
}

// Recall gives related stories that are remembered, and looks for none: it is
// for when something was just sent, and the index does not know it yet.
func (a *Archive) Recall(ctx context.Context, r reveal.Rendition, v reveal.Viewer, limit int) ([]reveal.Rendition, error) {
	return a.related(ctx, r, v, limit, false)
}
