package archive

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"

	"wireroom/archive/index"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
)

// facts are what is kept of a story besides its terms.
type facts struct {
	Rule   reveal.Rule `json:"rule"`
	Lang   story.Lang  `json:"lang"`
	Shut   bool        `json:"shut,omitempty"`   // the whole stands on the shut shelf
	Sealed bool        `json:"sealed,omitempty"` // nothing stands on either, for it is under embargo
	Length [2]int      `json:"length"`           // in words, by shelf
}

// item is a story of the catalogue.
type item struct {
	facts
	story story.ID
	row   int64
}

func (i *item) sent() time.Time { return db.Time(i.Rule.Sent) }

// catalogue holds the facts of all stories in memory, so that thousands can be
// judged and counted within a search.
type catalogue struct {
	mu      sync.RWMutex
	seq     int64
	rows    map[int64]*item
	first   int64 // the least row there ever was
	stories map[story.ID]*item
	words   map[string]string   // one copy of each language and plan
	lists   map[string][]string // and of each list of sections
	room    []item              // for those to come
	ids     strings.Builder     // of the latest
	length  [2]float64          // of all texts, by shelf
	texts   [2]float64          // how many there are
}

func newCatalogue() *catalogue {
	return &catalogue{rows: map[int64]*item{}, stories: map[story.ID]*item{}, words: map[string]string{}, lists: map[string][]string{}}
}

// refresh takes in what changed in the index since the last time.
func (c *catalogue) refresh(ctx context.Context, ix index.Index) error {
	c.mu.RLock()
	seq := c.seq
	c.mu.RUnlock()
	changed, err := ix.Since(ctx, seq)
	if err != nil || len(changed) == 0 {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range changed {
		c.seq = max(c.seq, k.Seq)
		if err := c.take(k); err != nil {
			return err
		}
	}
	return nil
}

func (c *catalogue) take(k index.Known) error {
	if old := c.rows[k.Row]; old != nil {
		c.weigh(old, -1)
		delete(c.rows, k.Row)
		if c.stories[old.story] == old {
			delete(c.stories, old.story)
		}
	}
	if k.Facts == nil {
		return nil
	}
	made := c.add(k)
	if err := json.Unmarshal(k.Facts, &made.facts); err != nil {
		return fault.Internal("read the index", err)
	}
	made.Rule.Plan, made.Lang = c.once(made.Rule.Plan), story.Lang(c.once(string(made.Lang)))
	made.Rule.Sections = c.onceAll(made.Rule.Sections)
	c.weigh(made, 1)
	if !made.Sealed && (c.first == 0 || k.Row < c.first) {
		c.first = k.Row
	}
	c.rows[k.Row], c.stories[made.story] = made, made
	return nil
}

const (
	// itemsAtOnce and bytesAtOnce are for how many items and their ids room is
	// made at one time: the fewer pieces there are, the sooner Go has looked for
	// garbage among them, which searches would wait for.
	itemsAtOnce = 256
	bytesAtOnce = 16 << 10
)

// add gives an item of its own.
func (c *catalogue) add(k index.Known) *item {
	if len(c.room) == 0 {
		c.room = make([]item, itemsAtOnce)
	}
	made := &c.room[0]
	c.room = c.room[1:]
	if c.ids.Cap()-c.ids.Len() < len(k.Story) {
		c.ids = strings.Builder{}
		c.ids.Grow(max(bytesAtOnce, len(k.Story)))
	}
	c.ids.WriteString(k.Story)
	made.story, made.row = story.ID(c.ids.String()[c.ids.Len()-len(k.Story):]), k.Row
	return made
}

func (c *catalogue) weigh(i *item, n float64) {
	for shelf, length := range i.Length {
		if length > 0 {
			c.length[shelf] += n * float64(length)
			c.texts[shelf] += n
		}
	}
}

// item is the story of a row; nil is none.
func (c *catalogue) item(row int64) *item {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rows[row]
}

func (c *catalogue) once(s string) string {
	if known, ok := c.words[s]; ok {
		return known
	}
	c.words[s] = s
	return s
}

func (c *catalogue) onceAll(list []string) []string {
	key := strings.Join(list, "\x00")
	known, ok := c.lists[key]
	if !ok {
		known = slices.Clip(list)
		c.lists[key] = known
	}
	return known
}

// perSecond is how many rows one second has. When more stories were sent in
// it, they run over into the next.
const perSecond = 8

// firstRow is the least row of an instant.
func firstRow(at time.Time) int64 { return max(at.Unix(), 0) * perSecond }

// free finds a row for a story sent at an instant: behind those of the same
// time that are there already. taken are rows given away but not yet written.
func (c *catalogue) free(at time.Time, taken map[int64]bool) int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	row, step := firstRow(at), int64(1)
	// An import may bring thousands of one second: steps that double find the
	// end of a long run, and single steps from there the first free row.
	for used := func(r int64) bool { return c.rows[r] != nil || taken[r] }; used(row); {
		if used(row + step) {
			row, step = row+step, step*2
			continue
		}
		if step == 1 {
			row++
			continue
		}
		step = 1
	}
	return row
}
