package archive

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"wireroom/archive/index"
	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

const (
	// mostCounted bounds what one search looks at: the newest that match.
	mostCounted = 2000
	// mostWeighed is the same for a single word by relevance, of which there
	// may be very many and which costs little to weigh.
	mostWeighed = 8000
	// pageSize is how many stories a page of answers has.
	pageSize = 20
	// longest is how long a search may take, so that nobody can keep the
	// machine at work with a few letters and a star.
	longest = 3 * time.Second
)

var (
	// ErrBusy is that there is no index yet to ask.
	ErrBusy = errors.New("the archive is not open yet")
	// ErrBroad is that an answer would take too long.
	ErrBroad = errors.New("the search is too broad")
)

// Ask is a search.
type Ask struct {
	Query       string
	About       register.Entry // whom or what besides; the zero Entry is anybody
	ByRelevance bool           // else the newest first
	Page        int            // from 1
}

// Result is what a viewer is answered.
type Result struct {
	Hits      []Hit
	Total     int
	More      bool     // there are more than Total, which were not counted
	Pages     int      // how many pages Hits has
	Wrong     []string // parts of the query that say nothing to us
	Empty     bool     // nothing was asked for
	Sections  []Count
	Languages []Count
	Years     []Count
}

// Hit is a story found.
type Hit struct {
	reveal.Rendition
	Title   []Mark // the headline
	Snippet []Mark // the part of the text that was found
}

// Count is how many of the stories found have a section, a language or a year.
type Count struct {
	ID string
	N  int
}

// Search answers a reader.
func (a *Archive) Search(ctx context.Context, ask Ask, v reveal.Viewer) (Result, error) {
	m := a.masthead()
	book, err := a.book(ctx)
	if err != nil {
		return Result{}, err
	}
	q := parseBy(book, ask.Query, m, a.now().In(m.Zone))
	q.narrowed(ask.About)
	r := Result{Wrong: q.wrong}
	if q.what == nil && q.from.IsZero() && q.until.IsZero() {
		r.Empty = true
		return r, nil
	}
	h := a.current()
	if h == nil {
		return r, ErrBusy
	}
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	r, err = a.answer(ctx, h, q, ask, v, r)
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return r, ErrBroad
	}
	return r, err
}

func (a *Archive) answer(ctx context.Context, h *holding, q question, ask Ask, v reveal.Viewer, r Result) (Result, error) {
	m := a.masthead()
	f := finder{archive: a, holding: h, question: q, viewer: v, judge: a.door.Judge(v), most: mostCounted}
	if ask.ByRelevance {
		f.weigh()
	}
	if err := f.begin(ctx); err != nil {
		return r, err
	}
	found, err := f.find(ctx)
	if err != nil {
		return r, err
	}
	r.Total, r.More = len(found), f.more
	r.count(found, m.Zone)
	if ask.ByRelevance {
		if err := f.order(ctx, found); err != nil {
			return r, err
		}
	}
	r.Pages = (len(found) + pageSize - 1) / pageSize
	first := min((max(ask.Page, 1)-1)*pageSize, len(found))
	return r, f.show(ctx, &r, found[first:min(first+pageSize, len(found))])
}

// finder is one search.
type finder struct {
	archive  *Archive
	holding  *holding
	question question
	viewer   reveal.Viewer
	judge    reveal.Judge
	changed  func(story string) bool
	most     int // how many stories are looked at
	weighs   bool
	weighed  [2][]index.Weighed // by shelf, the greatest row first
	more     bool
}

// begin looks how far the index is: what it does not know yet must not be found.
func (f *finder) begin(ctx context.Context) error {
	cursor, err := f.holding.index.Cursor(ctx)
	if err == nil {
		err = f.holding.catalogue.refresh(ctx, f.holding.index)
	}
	if err == nil {
		f.changed, err = f.archive.behind.catchUp(ctx, f.archive.wire, numberOf(cursor))
	}
	return err
}

// find gives the stories that the viewer may find, the newest first.
func (f *finder) find(ctx context.Context) ([]*item, error) {
	found, err := f.shelf(ctx, index.Open)
	if err != nil || !f.viewer.Holds() {
		return found, err
	}
	whole, err := f.shelf(ctx, index.Shut)
	if err != nil {
		return nil, err
	}
	found = append(found, whole...)
	slices.SortFunc(found, func(a, b *item) int { return int(min(max(b.row-a.row, -1), 1)) })
	if len(found) > f.most {
		found, f.more = found[:f.most], true
	}
	return found, nil
}

// shelf gives what one shelf has for the viewer. It goes on until there is
// enough that they may have, so what they may not have changes no count.
func (f *finder) shelf(ctx context.Context, shelf index.Shelf) ([]*item, error) {
	var found []*item
	s := f.search(shelf, f.most+1)
	for {
		rows, err := f.rows(ctx, s)
		if err != nil {
			return nil, err
		}
		found = f.admit(found, shelf, rows)
		if len(found) > f.most {
			f.more = true
			return found[:f.most], nil
		}
		if len(rows) < s.Limit {
			return found, nil
		}
		s.High = rows[len(rows)-1] - 1
	}
}

// rows asks the index, and keeps what it weighed.
func (f *finder) rows(ctx context.Context, s index.Search) ([]int64, error) {
	if !f.weighs {
		return f.holding.index.Find(ctx, s)
	}
	all, err := f.holding.index.Weigh(ctx, s)
	f.weighed[s.Shelf] = append(f.weighed[s.Shelf], all...)
	rows := make([]int64, len(all))
	for i, w := range all {
		rows[i] = w.Row
	}
	return rows, err
}

func (f *finder) search(shelf index.Shelf, limit int) index.Search {
	s := index.Search{Shelf: shelf, What: f.question.what, High: 1 << 60, Limit: limit}
	if s.What == nil {
		s.What = f.anything()
	}
	if !f.question.from.IsZero() {
		s.Low = firstRow(f.question.from)
	}
	if !f.question.until.IsZero() {
		s.High = max(firstRow(f.question.until)-1, 0) + slack
	}
	return s
}

// slack allows for rows that ran over into later seconds; the instant itself
// is looked at with each story.
const slack = 100_000 * perSecond

// anything matches all stories, for a query of dates alone.
func (f *finder) anything() index.Expr {
	var all index.Or
	for _, lang := range f.archive.masthead().Languages {
		all = append(all, mark(langMark(story.Lang(lang))))
	}
	return all
}

// admit adds the stories of rows that the viewer may find on the shelf.
func (f *finder) admit(found []*item, shelf index.Shelf, rows []int64) []*item {
	c := f.holding.catalogue
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, row := range rows {
		if i := c.rows[row]; i != nil && f.may(i, shelf) {
			found = append(found, i)
		}
	}
	return found
}

// may is whether the viewer may find a story by its text on the shelf. Who may
// have the whole finds it by the whole alone.
func (f *finder) may(i *item, shelf index.Shelf) bool {
	q := f.question
	if !(Sieve{q}).at(i.sent()) {
		return false
	}
	known, whole := f.judge.May(i.story, i.Rule)
	if !known || f.changed(string(i.story)) {
		return false
	}
	if i.Shut && f.viewer.Holds() {
		return whole == (shelf == index.Shut)
	}
	if i.Shut {
		return shelf == index.Open
	}
	return whole && shelf == index.Open
}

// show makes the hits of a page.
func (f *finder) show(ctx context.Context, r *Result, page []*item) error {
	ids := make([]story.ID, len(page))
	for i, it := range page {
		ids[i] = it.story
	}
	renditions, err := f.archive.door.These(ctx, ids, f.viewer)
	if err != nil {
		return err
	}
	r.Hits = f.archive.hits(renditions, sought(f.question.marks))
	return nil
}

// abreast is how many read the texts of a page at one time.
const abreast = 2

// hits makes what is shown of each rendition.
func (a *Archive) hits(renditions []reveal.Rendition, marks marks) []Hit {
	all := make([]Hit, len(renditions))
	var reading sync.WaitGroup
	for first := range min(abreast, len(all)) {
		reading.Go(func() {
			words := a.words()
			defer a.putBack(words)
			for i := first; i < len(all); i += abreast {
				all[i] = hit(words, renditions[i], marks)
			}
		})
	}
	reading.Wait()
	return all
}

// count tells how the stories found are spread.
func (r *Result) count(found []*item, zone *time.Location) {
	sections, languages, byYear, years := map[string]int{}, map[string]int{}, map[int]int{}, map[string]int{}
	for _, i := range found {
		for _, s := range i.Rule.Sections {
			sections[s]++
		}
		languages[string(i.Lang)]++
		byYear[i.sent().In(zone).Year()]++
	}
	for year, n := range byYear {
		years[strconv.Itoa(year)] = n
	}
	r.Sections, r.Languages, r.Years = tallied(sections), tallied(languages), tallied(years)
	slices.SortFunc(r.Years, func(a, b Count) int { return compare(b.ID, a.ID) })
}

// tallied gives the greatest first.
func tallied(all map[string]int) []Count {
	var list []Count
	for id, n := range all {
		list = append(list, Count{id, n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return compare(a.ID, b.ID)
	})
	return list
}
