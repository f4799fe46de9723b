package dates

// seasonAlone reads "the summer of 2020", "зимой", "улетку".
func (r *reader) seasonAlone(i int) (when, int, bool) {
	s, ok := r.in1(i, r.seasons)
	if !ok {
		return when{}, i, false
	}
	if y, end, ok := r.ofYear(i + 1); ok && (r.low(i+1) != ",") {
		return inSeason(y, s), end, true
	}
	if r.shy[r.low(i)] || !r.free && !(r.is(i-1, r.in) || r.is(i-1, r.articles) && r.is(i-2, r.in)) {
		return when{}, i, false
	}
	switch n := r.tense(i, i+1); {
	case n > 0:
		return r.seasonBy(s, 1), i + 1, true
	default:
		return r.seasonBy(s, -1), i + 1, true
	}
}

// weekdayAlone reads "on Tuesday".
func (r *reader) weekdayAlone(i int) (when, int, bool) {
	d, ok := r.weekday(i)
	if !ok || r.shy[r.low(i)] && !r.is(i-1, r.in) && r.low(i-1) != "on" {
		return when{}, i, false
	}
	if r.low(i+1) == "ticket" {
		return when{}, i, false
	}
	ahead := 0
	if r.tense(i, i+1) > 0 {
		ahead = 1
	}
	return onDay(r.weekdayNear(d, ahead)), i + 1, true
}

// decades reads "the 1990s", "'90s", "1990-е", "девяностые".
func (r *reader) decades(i int) (when, int, bool) {
	if n, ok := r.in1(i, r.decadeWords); ok {
		return inDecade(1900 + n), i + 1, true
	}
	n := r.number(i)
	if n < 0 {
		return when{}, i, false
	}
	full := len(r.at[i].text) == 4 && n >= 1500 && n <= 2100 && n%10 == 0
	short := len(r.at[i].text) == 2 && n%10 == 0 && n >= 20
	if !full && !short || i+1 >= len(r.at) || !r.at[i+1].glued {
		return when{}, i, false
	}
	end := i + 1
	switch {
	case r.low(end) == "s" && !r.free && (full || r.datesDecade(i)):
		end++
	case r.free && r.low(end) == "-" && i+2 < len(r.at) && r.at[i+2].glued && decadeEnd(r.low(i+2)):
		end += 2
		if r.is(end, r.yearWords) {
			end++
		}
	default:
		return when{}, i, false
	}
	if short {
		n += 1900
		if n < 1930 {
			n += 100
		}
	}
	return inDecade(n), end, true
}

// datesDecade says whether a short "50s" is of a century: not of somebody's age,
// nor of a scale.
func (r *reader) datesDecade(i int) bool {
	if w := r.low(i - 1); w == "'" || w == "’" || w == "‘" {
		return true
	}
	for k := i - 1; k > i-4; k-- {
		if r.is(k, r.articles) {
			return true
		}
		if !r.is(k, r.parts) && r.low(k) != "-" {
			return false
		}
	}
	return false
}

func decadeEnd(s string) bool {
	switch s {
	case "е", "х", "м", "ые", "ых", "я", "ыя", "тые", "тых", "тыя", "ми":
		return true
	}
	return false
}

// yearAlone reads a year that a preposition or the word "год" shows to be one.
func (r *reader) yearAlone(i int) (when, int, bool) {
	y, end, ok := r.yearNumber(i)
	if !ok || r.low(i-1) == "$" || r.low(i-1) == "№" || r.low(i-1) == "€" || r.low(i-1) == "." && r.at[i].glued {
		return when{}, i, false
	}
	if end < len(r.at) && (r.low(end) == "." || r.low(end) == ",") && r.number(end+1) >= 0 && r.at[end].glued && r.at[end+1].glued {
		return when{}, i, false // 2020.5
	}
	if y2, end2, ok := r.secondYear(end); ok && y2 > y {
		return span(inYear(y), inYear(y2)), end2, true
	}
	said := r.is(end-1, r.yearWords) || r.low(end-1) == "." && r.is(end-2, r.yearWords) || end > i+1
	if !said && (r.is(end, r.nouns) || !r.yearish(i)) {
		return when{}, i, false
	}
	return inYear(y), end, true
}

// secondYear reads the end of "2015–2020" and "2020/21".
func (r *reader) secondYear(i int) (int, int, bool) {
	switch r.low(i) {
	case "-", "–", "—", "/":
	default:
		return 0, i, false
	}
	if y, end, ok := r.yearNumber(i + 1); ok {
		return y, end, true
	}
	if n := r.number(i + 1); n > 0 && n < 100 && len(r.at[i+1].text) == 2 && r.at[i+1].glued && r.number(i-1) > 0 {
		return r.number(i-1)/100*100 + n, i + 2, true
	}
	return 0, i, false
}

// yearish says whether a bare number of four digits stands where years do.
func (r *reader) yearish(i int) bool {
	switch w := r.low(i - 1); {
	case w == "(" || w == "[" || w == "of" || r.is(i-1, r.parts):
		return true
	case w == "-":
		return r.low(i-2) == "mid"
	case w == ",": // "in 1953, 1961 and 1962"
		return r.number(i-2) >= 1500 && r.number(i-2) <= 2100
	case r.is(i-1, r.articles): // "the 2020 election"
		return r.number(i) >= 1900
	case r.is(i-1, r.weak): // "about 2000": a count, but "in May and 2000" goes on
		return r.is(i-1, r.joins) && r.date(i-2)
	}
	return r.is(i-1, r.in)
}

// endOf reads "the end of the year", "конца месяца": of the one that runs.
func (r *reader) endOf(i int) (when, int, bool) {
	if !r.is(i, r.parts) {
		return when{}, i, false
	}
	k := i + 1
	if !r.free && (!r.is(k, r.of) || !r.is(k+1, r.articles)) {
		return when{}, i, false
	}
	if !r.free {
		k += 2
	}
	u, ok := r.in1(k, r.units)
	if !ok || r.is(k, r.many) || unit(u) < week || unit(u) > year {
		return when{}, i, false
	}
	w, ok := r.unitBy(unit(u), 0)
	return w, k + 1, ok
}
