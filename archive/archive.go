package archive

import (
	"context"
	"sync"
	"time"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/wire"
)

// format is the version of what the archive itself puts into the index.
const format = 1

// Version is that of an index: it changes with how words are read and with
// what is kept of a story.
const Version = lexis.Version*100 + format

// Archive is the index with what is known of its stories.
type Archive struct {
	door     *reveal.Door
	wire     *wire.Wire
	db       *db.DB
	folder   string
	masthead func() masthead.Masthead
	now      func() time.Time
	Register *register.Store                    // knows who else somebody is; nil is nobody
	Wrong    func(error)                        // hears what keeps the index from going on; nil is nobody
	LetPass  func(context.Context, wire.Number) // returns when whoever is in more haste has what stands there; nil is nobody

	mu      sync.RWMutex
	serving *holding // nil until there is an index to ask
	readers readers
	behind  behind

	tellings tellings
}

// holding is one version of the index.
type holding struct {
	index     index.Index
	catalogue *catalogue
	kin       kinMemory
}

// New gives the archive whose index lies in the folder, or within the database
// where that is PostgreSQL. Nothing is found before Follow has begun.
func New(d *db.DB, folder string, door *reveal.Door, masthead func() masthead.Masthead, now func() time.Time) *Archive {
	a := &Archive{door: door, wire: wire.New(d), db: d, folder: folder, masthead: masthead, now: now}
	a.behind.records = map[string]wire.Number{}
	return a
}

// Follow keeps the index until the context ends. An index of an earlier version
// serves until its successor is built.
func (a *Archive) Follow(ctx context.Context) error {
	var old *holding
	for version := Version - 1; version > 0 && version > Version-olderVersions && old == nil; version-- {
		if index.Filled(ctx, a.db, a.folder, version) {
			h, err := a.open(ctx, version)
			if err != nil {
				return err
			}
			old = h
			defer func(version int) {
				h.index.Close()
				if a.current() != h {
					_ = index.Drop(context.WithoutCancel(ctx), a.db, a.folder, version)
				}
			}(version)
		}
	}
	fresh, err := a.open(ctx, Version)
	if err != nil {
		return err
	}
	defer fresh.index.Close()
	defer a.serve(nil)
	if old == nil {
		a.serve(fresh)
		return a.follow(ctx, fresh, func() {})
	}
	a.serve(old)
	rest, stop := context.WithCancel(ctx)
	defer stop()
	var both sync.WaitGroup
	defer both.Wait()
	both.Go(func() { _ = a.follow(rest, old, func() {}) })
	return a.follow(ctx, fresh, func() {
		if a.current() != fresh {
			a.serve(fresh)
			stop()
		}
	})
}

// olderVersions is how far back an index is looked for.
const olderVersions = 150

func (a *Archive) open(ctx context.Context, version int) (*holding, error) {
	ix, err := index.Beside(ctx, a.db, a.folder, version)
	if err != nil {
		return nil, err
	}
	h := &holding{index: ix, catalogue: newCatalogue()}
	return h, h.catalogue.refresh(ctx, ix)
}

func (a *Archive) serve(h *holding) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.serving = h
}

func (a *Archive) current() *holding {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return a.serving
}

// Ready reports whether the index has taken in the whole wire.
func (a *Archive) Ready(ctx context.Context) (bool, error) {
	h := a.current()
	if h == nil {
		return false, nil
	}
	cursor, err := h.index.Cursor(ctx)
	if err != nil {
		return false, err
	}
	head, err := a.wire.Head(ctx)
	return wire.Number(cursor) >= head, err
}

// behind knows the stories whose last record the index has not taken in.
type behind struct {
	mu      sync.Mutex
	upTo    wire.Number
	records map[string]wire.Number // the last record of each
}

// catchUp reads the wire behind the cursor and gives a test for stories that
// changed since.
func (b *behind) catchUp(ctx context.Context, w *wire.Wire, cursor wire.Number) (func(story string) bool, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.upTo <= cursor {
		b.upTo, b.records = cursor, map[string]wire.Number{}
	}
	for {
		records, err := w.After(ctx, b.upTo, readAtOnce)
		if err != nil {
			return nil, err
		}
		for _, r := range records {
			b.records[r.Story], b.upTo = r.Number, r.Number
		}
		if len(records) < readAtOnce {
			break
		}
	}
	if len(b.records) == 0 {
		return func(string) bool { return false }, nil
	}
	return func(story string) bool {
		b.mu.Lock()
		defer b.mu.Unlock()
		return b.records[story] > cursor
	}, nil
}

// readAtOnce is how many records of the wire are read by one statement.
const readAtOnce = 1000
