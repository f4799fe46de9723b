package dates

import (
	"slices"
	"strings"
	"time"
)

// tense looks at the words around a date for what is still to come: 1 for the
// future, -1 for the past, 0 if nothing tells. The nearest word decides, the
// ones before it first.
func (r *reader) tense(i, end int) int {
	for k := i - 1; k >= 0 && k > i-12 && !r.at[k].stop; k-- {
		if n := r.verb(k); n != 0 {
			return n
		}
	}
	for k := end; k < len(r.at) && k < end+8 && !r.at[k].stop; k++ {
		if n := r.verb(k); n != 0 {
			return n
		}
	}
	return 0
}

// verb weighs one word.
func (r *reader) verb(k int) int {
	w := r.low(k)
	switch {
	case r.at[k].n >= 0 || len(w) < 2:
		return 0
	case r.months[w] > 0 && r.at[k].capital:
		return 0
	case r.future[w]:
		if w == "to" && !r.infinitive(k) {
			return 0
		}
		return 1
	case r.past[w]:
		if p := r.low(k - 1); p == "be" || p == "to" || p == "been" && r.low(k-2) == "have" && r.future[r.low(k-3)] {
			return 0
		}
		return -1
	case r.at[k].capital && k > 0 && !r.at[k-1].stop || slices.Contains(r.noVerbs, w):
		return 0
	}
	for _, e := range r.pastEnds {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			if p := r.low(k - 1); p == "be" || p == "to" {
				return 0
			}
			return -1
		}
	}
	for _, e := range r.presentEnds {
		if strings.HasSuffix(w, e) {
			return 0
		}
	}
	for _, e := range r.futureEnds {
		if strings.HasSuffix(w, e) && len(w) > len(e)+2 {
			return 1
		}
	}
	return 0
}

// infinitive says whether "to" is followed by a verb rather than a thing or a
// place.
func (r *reader) infinitive(k int) bool {
	if k+1 >= len(r.at) {
		return false
	}
	n := r.at[k+1]
	return !n.capital && n.n < 0 && !r.is(k+1, r.articles) && n.low != "a" && n.low != "his" && n.low != "her" && n.low != "their"
}

// nearest gives the year of a day and a month without one: of the last year and
// the next, the one in which the day lies nearer, the past reaching further.
func (r *reader) nearest(m, d, i, end int) int {
	y := r.line.Year
	on := func(y int) int { return r.line.days(Day{y, time.Month(m), d}) }
	switch tense := r.tense(i, end); {
	case tense > 0 && on(y) < -45:
		return y + 1
	case tense > 0:
		return y
	case tense < 0 && on(y) > 0:
		return y - 1
	case tense < 0:
		return y
	}
	best := y
	for _, c := range []int{y - 1, y, y + 1} {
		far := on(c)
		if far < 0 {
			far = -far * 45 / 100
		}
		was := on(best)
		if was < 0 {
			was = -was * 45 / 100
		}
		if far < was {
			best = c
		}
	}
	return best
}

// yearOf gives the year of a month: the latest that has begun, or with a sign of
// the future the first that is not over.
func (r *reader) yearOf(m, tense int) int {
	y := r.line.Year
	switch {
	case tense > 0 && m < int(r.line.Month):
		return y + 1
	case tense <= 0 && m > int(r.line.Month):
		return y - 1
	}
	return y
}

// yearBy gives the year of "last March", "this March", "next March".
func (r *reader) yearBy(m, n int) int {
	y, now := r.line.Year, int(r.line.Month)
	switch {
	case n < 0 && m >= now:
		return y - 1
	case n > 0 && m <= now:
		return y + 1
	}
	return y
}

// seasonBy gives last, this or next summer.
func (r *reader) seasonBy(s, n int) when {
	y := r.line.Year
	w := inSeason(y, s)
	if s == 4 && r.line.Month < time.March {
		w = inSeason(y-1, s)
		y--
	}
	switch {
	case n < 0 && !w.to.Before(r.line):
		return inSeason(y+n, s)
	case n < -1:
		return inSeason(y+n+1, s)
	case n > 0 && !r.line.Before(w.from):
		return inSeason(y+1, s)
	}
	return w
}

// weekdayBy gives last, this or next Tuesday.
func (r *reader) weekdayBy(d, n, i int) Day {
	switch {
	case n < 0:
		return r.weekdayNear(d, 0).plus(0, 0, -7*btoi(d == r.line.weekday()))
	case n > 0:
		return r.weekdayNear(d, 1).plus(0, 0, 7*btoi(d == r.line.weekday()))
	}
	if r.tense(i, i+2) > 0 {
		return r.weekdayNear(d, 1)
	}
	return r.weekdayNear(d, 0)
}

// weekdayNear gives the latest such weekday, the dateline's own counted, or the
// first to come.
func (r *reader) weekdayNear(d, ahead int) Day {
	back := (r.line.weekday() - d + 7) % 7
	if ahead > 0 && back > 0 {
		return r.line.plus(0, 0, 7-back)
	}
	return r.line.plus(0, 0, -back)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
