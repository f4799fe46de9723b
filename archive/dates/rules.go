package dates

import (
	"strings"
	"time"
)

// numeric reads 2020-03-08, 08.03.2020 and 3/8/2020.
func (r *reader) numeric(i int) (when, int, bool) {
	if i+4 >= len(r.at) || r.number(i) < 0 || r.number(i+2) < 0 || r.number(i+4) < 0 || r.low(i+1) != r.low(i+3) {
		return when{}, i, false
	}
	for k := i + 1; k < i+5; k++ {
		if !r.at[k].glued {
			return when{}, i, false
		}
	}
	a, b, c := r.number(i), r.number(i+2), r.number(i+4)
	y, m, d := c, b, a
	switch {
	case r.low(i+1) == "-" && len(r.at[i].text) == 4:
		y, d = a, c
	case r.low(i+1) == "/" && !r.free:
		m, d = a, b
	case r.low(i+1) != "." && r.low(i+1) != "/":
		return when{}, i, false
	}
	if y < 100 && len(r.at[i+4].text) == 2 {
		y += 2000
	}
	if y < 1500 || y > 2100 {
		return when{}, i, false
	}
	return r.real(y, m, d, i+5)
}

// real gives the day if the calendar has it.
func (r *reader) real(y, m, d, end int) (when, int, bool) {
	day := DayOf(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC))
	if m < 1 || m > 12 || day.Day != d || d < 1 {
		return when{}, end, false
	}
	return onDay(day), end, true
}

// fullDate reads a day of a month, a stretch of days, and a weekday before.
func (r *reader) fullDate(i int) (when, int, bool) {
	k := i
	if _, ok := r.weekday(k); ok {
		k++
		if r.low(k) == "," {
			k++
		}
	}
	from, to, m, end, ok := r.monthAndDays(k)
	if !ok {
		return when{}, i, false
	}
	y, after, given := r.ofYear(end)
	if given {
		end = after
	} else {
		y = r.nearest(m, from, i, end)
	}
	w, _, ok := r.real(y, m, from, end)
	if ok && to > from {
		var last when
		if last, _, ok = r.real(y, m, to, end); ok {
			w = span(w, last)
		}
	}
	return w, end, ok
}

// monthAndDays reads "March 3", "3 March", "3–5 марта", "с 3 по 5 марта".
func (r *reader) monthAndDays(i int) (from, to, m, end int, ok bool) {
	if m, k, ok := r.month(i); ok && !r.free {
		if r.is(k, r.articles) {
			k++
		}
		d, k, ok := r.dayNumber(k)
		if !ok {
			return 0, 0, 0, i, false
		}
		if d2, k2, ok := r.stretch(k); ok && d2 > d {
			if _, _, month := r.month(k2); !month {
				return d, d2, m, k2, true
			}
		}
		return d, d, m, k, true
	}
	if r.is(i, r.articles) {
		i++
	}
	d, k, ok := r.dayNumber(i)
	if !ok {
		return 0, 0, 0, i, false
	}
	d2 := d
	if n, k2, ok := r.stretch(k); ok && n > d {
		d2, k = n, k2
	}
	if r.is(k, r.of) && !r.free {
		k++
	}
	m, k, ok = r.month(k)
	if !ok || r.shy[r.low(k-1)] && r.number(i) < 0 {
		return 0, 0, 0, i, false
	}
	return d, d2, m, k, true
}

// stretch reads the second day of "3–5" and "3 to 5".
func (r *reader) stretch(i int) (int, int, bool) {
	switch r.low(i) {
	case "-", "–", "—":
	default:
		if !r.is(i, r.to) {
			return 0, i, false
		}
	}
	return r.dayNumber(i + 1)
}

// partOfYear reads quarters and halves: "the first quarter of 2020", "Q3 2020",
// "II квартал".
func (r *reader) partOfYear(i int) (when, int, bool) {
	k := i
	if r.low(k) == "q" && r.number(k+1) >= 1 && r.number(k+1) <= 4 && r.at[k+1].glued {
		return r.part(quarter, r.number(k+1), i, k+2)
	}
	n, ok := r.in1(k, r.ordinals)
	if !ok {
		n = r.number(k)
		ok = n >= 1 && n <= 21 && (r.free || r.suffix(k+1) > k+1)
	}
	if !ok {
		return when{}, i, false
	}
	k = r.suffix(k + 1)
	u, ok := r.in1(k, r.units)
	if ok && unit(u) == century && n > 4 && n < 22 {
		return inCentury(n), k + 1, true
	}
	if !ok || n > 4 || unit(u) != quarter && (unit(u) != half || n > 2) {
		return when{}, i, false
	}
	return r.part(unit(u), n, i, k+1)
}

func (r *reader) part(u unit, n, i, end int) (when, int, bool) {
	y, after, ok := r.ofYear(end)
	if !ok {
		y, after = r.line.Year, end
		if r.is(end, r.of) && r.is(end+1, r.articles) && r.units[r.low(end+2)] == int(year) {
			after = end + 3
		} else if r.units[r.low(end)] == int(year) && r.free {
			after = end + 1
		} else if u == half {
			return when{}, i, false // a match has a second half too
		}
		months := 3
		if u == half {
			months = 6
		}
		// A quarter of this year that has not begun is one of the last year, unless
		// something is planned.
		if int(r.line.Month) <= months*(n-1) && r.tense(i, after) <= 0 {
			y--
		}
	}
	if u == quarter {
		return inQuarter(y, n), after, true
	}
	return inHalf(y, n), after, true
}

// relative reads a direction with a unit, a weekday, a month or a season: "last
// week", "next Tuesday", "прошлой весной".
func (r *reader) relative(i int) (when, int, bool) {
	k := i
	if n, ok := r.in1(k, r.years); ok { // летась улетку
		if s, ok := r.in1(k+1, r.seasons); ok {
			return inSeason(r.line.Year+n, s), k + 2, true
		}
		if _, yes := r.in1(k+1, r.units); !yes {
			return inYear(r.line.Year + n), k + 1, true
		}
		return inYear(r.line.Year + n), k + 2, r.units[r.low(k+1)] == int(year)
	}
	n, ok := r.in1(k, r.directions)
	if !ok {
		return when{}, i, false
	}
	if r.is(k, r.definite) && !r.is(k-1, r.articles) {
		return when{}, i, false
	}
	if d, ok := r.weekday(k + 1); ok {
		return onDay(r.weekdayBy(d, n, i)), k + 2, true
	}
	if m, end, ok := r.month(k + 1); ok {
		if y, after, ok := r.ofYear(end); ok {
			return inMonth(y, time.Month(m)), after, true
		}
		return inMonth(r.yearBy(m, n), time.Month(m)), end, true
	}
	if s, ok := r.in1(k+1, r.seasons); ok {
		return r.seasonBy(s, n), k + 2, true
	}
	if r.is(k+1, r.hours) {
		return onDay(r.line.plus(0, 0, min(n, 0))), k + 2, n <= 0
	}
	u, ok := r.in1(k+1, r.units)
	if !ok || r.is(k+1, r.many) {
		return when{}, i, false
	}
	if y, end, ok := r.ofYear(k + 2); ok && n == -1 && unit(u) == quarter {
		return inQuarter(y, 4), end, true // the last of that year
	}
	end := k + 2
	w, ok := r.unitBy(unit(u), n)
	return w, end, ok
}

// unitBy moves from the dateline by n units.
func (r *reader) unitBy(u unit, n int) (when, bool) {
	first := Day{r.line.Year, r.line.Month, 1}
	switch u {
	case day:
		return onDay(r.line.plus(0, 0, n)), true
	case week:
		return inWeek(r.line.plus(0, 0, 7*n)), true
	case month:
		d := first.plus(0, n, 0)
		return inMonth(d.Year, d.Month), true
	case quarter:
		d := first.plus(0, 3*n, 0)
		return inQuarter(d.Year, (int(d.Month)+2)/3), true
	case year:
		return inYear(r.line.Year + n), r.line.Year+n > 0
	case decade:
		return inDecade(r.line.Year + 10*n), true
	case century:
		return inCentury(r.line.Year/100 + 1 + n), true
	}
	return when{}, false
}

// counted reads "three weeks ago", "два года назад", "in two days".
func (r *reader) counted(i int) (when, int, bool) {
	k, sign := i, 0
	if r.is(k, r.within) {
		sign = 1
		k++
	}
	n, ok := r.count(k)
	if r.is(k, r.halfYears) && r.is(k+1, r.ago) {
		w, _ := r.unitBy(month, -6)
		return w, k + 2, true
	}
	if ok {
		k++
	} else if r.free {
		n = 1 // год назад
	} else {
		return when{}, i, false
	}
	u, ok := r.in1(k, r.units)
	if !ok || unit(u) == half {
		return when{}, i, false
	}
	k++
	if sign == 0 && r.is(k, r.ago) {
		sign = -1
		k++
	} else if sign == 0 && r.low(k) == "from" && r.low(k+1) == "now" {
		sign = 1
		k += 2
	} else if sign == 1 && (!r.free && r.tense(i, k) <= 0 || r.low(k) == "'") {
		return when{}, i, false // "built in two years" tells how long
	}
	if sign == 0 {
		return when{}, i, false
	}
	if sign > 0 && r.is(k, r.after) {
		return when{}, i, false // "через два года после ареста": not from now
	}
	if unit(u) == decade {
		return inYear(r.line.Year + 10*n*sign), k, true
	}
	w, ok := r.unitBy(unit(u), n*sign)
	return w, k, ok
}

// dayWord reads today, позавчера, and "the day before yesterday".
func (r *reader) dayWord(i int) (when, int, bool) {
	if r.low(i) == "the" && r.low(i+1) == "day" && (r.low(i+2) == "before" && r.low(i+3) == "yesterday" || r.low(i+2) == "after" && r.low(i+3) == "tomorrow") {
		n := 2
		if r.low(i+2) == "before" {
			n = -2
		}
		return onDay(r.line.plus(0, 0, n)), i + 4, true
	}
	if r.low(i) == "the" && r.low(i+1) == "year" && r.low(i+2) == "before" && r.low(i+3) == "last" {
		return inYear(r.line.Year - 2), i + 4, true
	}
	n, ok := r.in1(i, r.days)
	// "USA Today" is a newspaper.
	if !ok || !r.free && r.at[i].capital && i > 0 && r.at[i-1].capital {
		return when{}, i, false
	}
	return onDay(r.line.plus(0, 0, n)), i + 1, true
}

// monthAlone reads a month with or without its year.
func (r *reader) monthAlone(i int) (when, int, bool) {
	m, end, ok := r.month(i)
	if !ok {
		return r.months2(i)
	}
	if y, after, ok := r.ofYear(end); ok && !(r.low(end) == "," && r.number(end+1) < 0) {
		return inMonth(y, time.Month(m)), after, true
	}
	if r.shy[r.low(i)] && !r.is(i-1, r.in) || !r.free && !r.is(i-1, r.in) && !r.is(i-1, r.parts) {
		return when{}, i, false
	}
	if r.low(i-1) == "or" || !r.free && r.low(i-1) == "and" && !r.date(i-2) {
		return when{}, i, false
	}
	n := r.tense(i, end)
	return inMonth(r.yearOf(m, n), time.Month(m)), end, true
}

// months2 reads "октябре-ноябре".
func (r *reader) months2(i int) (when, int, bool) {
	a, b, ok := strings.Cut(r.low(i), "-")
	if !ok || r.months[a] == 0 || r.months[b] == 0 {
		return when{}, i, false
	}
	y, end, ok := r.ofYear(i + 1)
	if !ok {
		y, end = r.yearOf(r.months[a], r.tense(i, i+1)), i+1
	}
	return span(inMonth(y, time.Month(r.months[a])), inMonth(y, time.Month(r.months[b]))), end, true
}

// date says whether the token names a month or a year.
func (r *reader) date(i int) bool {
	_, m := r.in1(i, r.months)
	return m || r.number(i) > 1500
}
