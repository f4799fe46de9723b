package desk

import (
	"math"
	"slices"
	"strconv"
	"time"

	"wireroom/web/words"
)

// plot is one figure: a strip for each series over the same days and the same
// scale, and the numbers themselves in a table.
type plot struct {
	ID, Title, About string
	First, Last      string // day
	Width            int    // of a strip, in its own units
	Ticks            []string
	Strips           []strip
	Columns          []string
	Rows             []tableRow
}

// strip is one series.
type strip struct {
	Label, Sum, Says string
	Marks            []mark
}

// mark is a rectangle of a strip: a count, a span or its middle.
type mark struct {
	Kind       string
	X, Y, W, H string
}

type tableRow struct {
	Day   string
	Cells []string
}

// A strip is high units high, and each day is wide units wide.
const (
	wide = 10
	high = 40
)

func unit(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) }

func rect(kind string, day int, from, to float64) mark {
	return mark{kind, unit(float64(day*wide) + 1), unit(high - to), unit(wide - 2), unit(to - from)}
}

// tally counts, by series and day.
type tally struct {
	over   days
	ids    []string
	labels map[string]string
	counts map[string][]int
}

func newTally(over days) *tally {
	return &tally{over: over, labels: map[string]string{}, counts: map[string][]int{}}
}

func (t *tally) row(id, label string) {
	if _, known := t.labels[id]; !known {
		t.ids, t.labels[id], t.counts[id] = append(t.ids, id), label, make([]int, t.over.count())
	}
}

func (t *tally) add(id string, day int) {
	t.row(id, id)
	t.counts[id][day]++
}

// counts plots how many there were a day.
func (v *visit) counts(id string, t *tally) plot {
	p := plot{ID: id, Title: v.T("figures-" + id), About: v.T("figures-" + id + "-about"), Width: t.over.count() * wide}
	most := 1
	for _, counts := range t.counts {
		most = max(most, slices.Max(counts))
	}
	p.Ticks = []string{strconv.Itoa(most), "0"}
	for _, id := range t.ids {
		s, sum, peak := strip{Label: t.labels[id]}, 0, 0
		for day, n := range t.counts[id] {
			if n > 0 {
				s.Marks = append(s.Marks, rect("count", day, 0, float64(n)*high/float64(most)))
			}
			if sum += n; n > t.counts[id][peak] {
				peak = day
			}
		}
		s.Sum = strconv.Itoa(sum)
		s.Says = v.T("figures-says-count", "label", s.Label, "sum", sum, "most", t.counts[id][peak], "day", words.DayOfYear(v.lang, t.over[peak]))
		p.Strips, p.Columns = append(p.Strips, s), append(p.Columns, s.Label)
	}
	p.rows(v, t.over, len(t.ids), func(column, day int) string {
		if n := t.counts[t.ids[column]][day]; n > 0 {
			return strconv.Itoa(n)
		}
		return ""
	})
	return p
}

// spans are times that something took, by series and day.
type spans struct {
	over   days
	ids    []string
	labels map[string]string
	took   map[string][][]time.Duration
}

func newSpans(over days) *spans {
	return &spans{over: over, labels: map[string]string{}, took: map[string][][]time.Duration{}}
}

func (s *spans) row(id, label string) {
	if _, known := s.labels[id]; !known {
		s.ids, s.labels[id], s.took[id] = append(s.ids, id), label, make([][]time.Duration, s.over.count())
	}
}

func (s *spans) add(id string, day int, d time.Duration) {
	s.row(id, id)
	s.took[id][day] = append(s.took[id][day], d)
}

// spread is the middle of some times, and what all but a twentieth kept to.
func spread(took []time.Duration) (half, most time.Duration) {
	slices.Sort(took)
	last := len(took) - 1
	return took[last/2], took[(last*95+99)/100]
}

// ranges plots from the middle of each day's times to what all but a twentieth
// kept to, on a scale of powers between the first and the last tick.
func (v *visit) ranges(id string, s *spans, ticks []time.Duration) plot {
	p := plot{ID: id, Title: v.T("figures-" + id), About: v.T("figures-" + id + "-about"), Width: s.over.count() * wide}
	for _, t := range slices.Backward(ticks) {
		p.Ticks = append(p.Ticks, v.took(t))
	}
	low, top := math.Log(float64(ticks[0])), math.Log(float64(ticks[len(ticks)-1]))
	at := func(d time.Duration) float64 {
		return min(max((math.Log(float64(max(d, 1)))-low)/(top-low), 0), 1) * (high - 2)
	}
	said := make([][]string, len(s.ids))
	for column, id := range s.ids {
		r, all := strip{Label: s.labels[id]}, []time.Duration(nil)
		said[column] = make([]string, s.over.count())
		for day, took := range s.took[id] {
			if len(took) == 0 {
				continue
			}
			half, most := spread(took)
			all = append(all, took...)
			r.Marks = append(r.Marks, rect("span", day, at(half), at(most)+2), rect("mid", day, at(half), at(half)+2))
			said[column][day] = v.took(half) + " / " + v.took(most)
		}
		if len(all) > 0 {
			half, most := spread(all)
			r.Sum = v.took(half) + " / " + v.took(most)
			r.Says = v.T("figures-says-span", "label", r.Label, "half", v.took(half), "most", v.took(most))
		} else {
			r.Sum, r.Says = "–", v.T("figures-says-none", "label", r.Label)
		}
		p.Strips, p.Columns = append(p.Strips, r), append(p.Columns, r.Label)
	}
	p.rows(v, s.over, len(s.ids), func(column, day int) string { return said[column][day] })
	return p
}

// rows fills the table with the days on which there is something, the newest
// first.
func (p *plot) rows(v *visit, over days, columns int, cell func(column, day int) string) {
	for day := over.count() - 1; day >= 0; day-- {
		r, any := tableRow{Day: words.DayOfYear(v.lang, over[day])}, false
		for column := range columns {
			c := cell(column, day)
			any = any || c != ""
			r.Cells = append(r.Cells, c)
		}
		if any {
			p.Rows = append(p.Rows, r)
		}
	}
}
