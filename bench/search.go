package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	search "wireroom/archive"
	"wireroom/db"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

// searched is how many stories the archive has that is searched.
const searched = 200_000

// searching measures the archive: how long its index takes to build while the
// site is read, how large it is, and how soon a reader is answered, with
// counts, snippets and all.
func searching(dir string) error {
	ctx := context.Background()
	d, err := db.Open(ctx, filepath.Join(dir, "wireroom.db"))
	if err != nil {
		return err
	}
	defer d.Close()
	m := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}}, Plans: []masthead.Plan{{ID: "plus"}}}
	if err := masthead.New(d).Found(ctx, m); err != nil {
		return err
	}
	house := func() masthead.Masthead { return m }
	door := reveal.New(d, house, time.Now)
	texts, err := corpus(searched)
	if err != nil {
		return err
	}
	began := time.Now()
	if err := fill(ctx, story.New(d, time.Now), texts); err != nil {
		return err
	}
	fmt.Printf("%d stories sent in %.0f s\n", searched, time.Since(began).Seconds())
	kinds := asked(texts)
	if err := lay(dir, texts, kinds); err != nil {
		return err
	}
	texts = nil
	runtime.GC()
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // the peak counts from here

	a := search.New(d, dir, door, house, time.Now)
	if err := build(ctx, a, door); err != nil {
		return err
	}
	if err := sizes(dir); err != nil {
		return err
	}
	if err := answers(ctx, a, kinds); err != nil {
		return err
	}
	if err := memory(); err != nil {
		return err
	}
	return others(dir)
}

// answers measures each kind of query.
func answers(ctx context.Context, a *search.Archive, kinds []kindOf) error {
	follow, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		_ = a.Follow(follow)
		close(done)
	}()
	defer func() {
		stop()
		<-done
	}()
	for {
		_, err := a.Search(ctx, search.Ask{Query: "anything"}, reveal.Viewer{})
		if err == nil {
			break
		}
		if !errors.Is(err, search.ErrBusy) {
			return err
		}
	}
	for _, k := range kinds {
		err := k.measure(func(q string) (int, error) {
			r, err := a.Search(ctx, search.Ask{Query: q, ByRelevance: k.Best}, reveal.Viewer{})
			if errors.Is(err, search.ErrBroad) {
				err = nil
			}
			return r.Total, err
		})
		if err != nil {
			return err
		}
	}
	return kin(ctx, a, kinds[0].Queries)
}

// kin measures what a story's page has below it: the stories near one. Those
// that the queries find first are asked for, each once.
func kin(ctx context.Context, a *search.Archive, queries []string) error {
	began := map[string]reveal.Rendition{}
	for _, q := range queries {
		r, err := a.Search(ctx, search.Ask{Query: q}, reveal.Viewer{})
		if err != nil {
			return err
		}
		if len(r.Hits) > 0 {
			began[q] = r.Hits[len(r.Hits)-1].Rendition
		}
	}
	k := kindOf{Name: "stories near one", Queries: slices.Sorted(maps.Keys(began))}
	return k.measure(func(q string) (int, error) {
		near, err := a.Related(ctx, began[q], reveal.Viewer{}, 5)
		return len(near), err
	})
}

// build makes the index while pages are read.
func build(ctx context.Context, a *search.Archive, door *reveal.Door) error {
	follow, stop := context.WithCancel(ctx)
	defer stop()
	done := make(chan struct{})
	began, worked := time.Now(), processor()
	go func() {
		_ = a.Follow(follow)
		close(done)
	}()
	reading, enough := context.WithCancel(ctx)
	defer enough()
	var pages atomic.Int64
	go func() {
		for reading.Err() == nil {
			if _, err := door.List(reading, reveal.Query{Lang: "en", Limit: 30}, reveal.Viewer{}); err == nil {
				pages.Add(1)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}()
	for ready := false; !ready; time.Sleep(100 * time.Millisecond) {
		var err error
		if ready, err = a.Ready(ctx); err != nil {
			return err
		}
	}
	took, worked := time.Since(began), processor()-worked
	enough()
	fmt.Printf("the processors worked %.0f s for it, reading and noting it all\n", worked.Seconds())
	tell(fmt.Sprintf("index of %d stories, %d lists read meanwhile", searched, pages.Load()), took.Round(time.Second).String(), "≤ 3m", took <= 3*time.Minute)
	if err := memory(); err != nil {
		return err
	}
	time.Sleep(tidying) // what is left in pieces is merged now
	stop()
	<-done
	return nil
}

const tidying = 20 * time.Second

func memory() error {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return err
	}
	var peak int64
	if _, rest, ok := strings.Cut(string(status), "VmHWM:"); ok {
		_, _ = fmt.Sscan(rest, &peak)
	}
	tell("  peak memory, the stories' database included", mebibytes(peak<<10), "≤ 400 MiB", peak <= 400<<10)
	return nil
}

func sizes(dir string) error {
	files, err := filepath.Glob(filepath.Join(dir, "search-*"))
	var size int64
	for _, f := range files {
		if info, err := os.Stat(f); err == nil {
			size += info.Size()
		}
	}
	tell("  size of the index", mebibytes(size), "≤ 800 MiB", size <= 800<<20)
	return err
}

// kindOf is one kind of query with its bound.
type kindOf struct {
	Name    string
	Best    bool
	bound   time.Duration // 0 is none
	Queries []string
}

// measure asks each query.
func (k kindOf) measure(ask func(q string) (int, error)) error {
	took, worked := make([]time.Duration, 0, len(k.Queries)), processor()
	total := 0
	for _, q := range k.Queries {
		began := time.Now()
		n, err := ask(q)
		if err != nil {
			return err
		}
		took = append(took, time.Since(began))
		total += n
	}
	each := (processor() - worked) / time.Duration(len(took))
	median, p99 := typical(took)
	word := "none"
	if k.bound > 0 {
		word = "≤ " + k.bound.String()
	}
	tell(fmt.Sprintf("%s: median %s, %s of processors each, %d found, p99", k.Name, median, each.Round(10*time.Microsecond), total/len(took)),
		p99.String(), word, k.bound == 0 || p99 <= k.bound)
	return nil
}

const asksOfAKind = 300

// asked draws queries from the stories: words as often as they stand there.
func asked(texts []printed) []kindOf {
	r := rand.New(rand.NewPCG(7, 7))
	draw := func(n int, apart bool) (queries []string) {
		for len(queries) < asksOfAKind {
			words := strings.Fields(texts[r.IntN(len(texts))].text)
			if len(words) < 30 {
				continue
			}
			at := r.IntN(len(words) - 20)
			var q []string
			for i := range n {
				step := i
				if apart {
					step = i * 9
				}
				q = append(q, strings.Trim(words[at+step], `.,;:"()*`))
			}
			if shortest(q) >= 4 {
				queries = append(queries, strings.Join(q, " "))
			}
		}
		return queries
	}
	quoted := func(all []string) []string {
		for i := range all {
			all[i] = `"` + all[i] + `"`
		}
		return all
	}
	starred := draw(1, false)
	for i, q := range starred {
		starred[i] = string([]rune(q)[:4]) + "*"
	}
	return []kindOf{
		{"one word, newest first", false, 20 * time.Millisecond, draw(1, false)},
		{"two words, newest first", false, 20 * time.Millisecond, draw(2, true)},
		{"a phrase of two", false, 60 * time.Millisecond, quoted(draw(2, false))},
		{"a phrase of three", false, 60 * time.Millisecond, quoted(draw(3, false))},
		{"one word, by relevance", true, 90 * time.Millisecond, draw(1, false)},
		{"two words, by relevance", true, 20 * time.Millisecond, draw(2, true)},
		{"four letters and a star", false, 0, starred},
	}
}

func shortest(words []string) int {
	n := 1 << 20
	for _, w := range words {
		n = min(n, len([]rune(w)))
	}
	return n
}
