package dates

// reader goes through one text.
type reader struct {
	*lexicon
	text string
	at   []token
	line Day // the dateline
}

// rule tries to read a date that begins at token i: what it is and the token
// behind it.
type rule func(r *reader, i int) (when, int, bool)

// rules in the order in which they are tried: the longest readings first.
var rules = []rule{
	(*reader).numeric, (*reader).fullDate, (*reader).partOfYear, (*reader).relative, (*reader).counted,
	(*reader).dayWord, (*reader).monthAlone, (*reader).seasonAlone, (*reader).weekdayAlone, (*reader).decades,
	(*reader).yearAlone, (*reader).endOf,
}

// Find gives the dates of a text in a language (en, ru or be), seen from the
// story's dateline.
func Find(text, language string, dateline Day) []Date {
	r := &reader{lexicon: english, text: text, at: tokens(text), line: dateline}
	switch language {
	case "ru":
		r.lexicon = russian
	case "be":
		r.lexicon = belarusian
	}
	var all []Date
	for i := 0; i < len(r.at); {
		w, end, ok := r.read(i)
		if !ok {
			i++
			continue
		}
		all = append(all, Date{r.at[i].start, r.at[end-1].end, w.value, w.from, w.to})
		i = end
	}
	return all
}

func (r *reader) read(i int) (when, int, bool) {
	for _, rule := range rules {
		if w, end, ok := rule(r, i); ok {
			return w, end, true
		}
	}
	return when{}, i, false
}

// low gives the word at i, "" outside the text.
func (r *reader) low(i int) string {
	if i < 0 || i >= len(r.at) {
		return ""
	}
	return r.at[i].low
}

func (r *reader) number(i int) int {
	if i < 0 || i >= len(r.at) {
		return -1
	}
	return r.at[i].n
}

func (r *reader) is(i int, m map[string]bool) bool { return i >= 0 && i < len(r.at) && m[r.at[i].low] }

func (r *reader) in1(i int, m map[string]int) (int, bool) {
	if i < 0 || i >= len(r.at) {
		return 0, false
	}
	n, ok := m[r.at[i].low]
	return n, ok
}

// month reads the name of a month at i. In English it has a capital.
func (r *reader) month(i int) (int, int, bool) {
	m, ok := r.in1(i, r.months)
	if !ok || !r.free && !r.at[i].capital {
		return 0, i, false
	}
	end := i + 1
	if !r.free && r.low(end) == "." && len(r.at[i].text) <= 4 && !r.whole[r.low(i)] {
		end++
	}
	return m, end, true
}

func (r *reader) weekday(i int) (int, bool) {
	d, ok := r.in1(i, r.weekdays)
	return d, ok && (r.free || r.at[i].capital)
}

// count reads a number in digits or words.
func (r *reader) count(i int) (int, bool) {
	if n := r.number(i); n >= 0 {
		return n, n < 1000
	}
	return r.in1(i, r.numbers)
}

// dayNumber reads 3, 3rd, 3-го.
func (r *reader) dayNumber(i int) (int, int, bool) {
	n := r.number(i)
	if n < 1 || n > 31 || len(r.at[i].text) > 2 {
		if o, ok := r.in1(i, r.ordinals); ok && r.free && o <= 31 && len(r.low(i)) > 4 {
			return o, i + 1, true
		}
		return 0, i, false
	}
	return n, r.suffix(i + 1), true
}

// suffix steps over the letters glued to a number: rd, -го.
func (r *reader) suffix(i int) int {
	if i < len(r.at) && r.at[i].glued {
		switch r.low(i) {
		case "st", "nd", "rd", "th":
			return i + 1
		}
		if r.low(i) == "-" && i+1 < len(r.at) && r.at[i+1].glued && r.free && r.at[i+1].n < 0 && len(r.at[i+1].text) <= 6 {
			return i + 2
		}
	}
	return i
}

// yearNumber reads 2020, 2020-го, with "года" behind it.
func (r *reader) yearNumber(i int) (int, int, bool) {
	n := r.number(i)
	if n < 1500 || n > 2100 || len(r.at[i].text) != 4 {
		return 0, i, false
	}
	end := r.suffix(i + 1)
	if r.is(end, r.yearWords) {
		end++
		if r.low(end) == "." && len(r.low(end-1)) <= 4 && !r.at[end].stop {
			end++
		}
	}
	return n, end, true
}

// ofYear reads the year behind a month or a season: ", 2020", "of 2020", "of
// last year", "прошлого года", "летась".
func (r *reader) ofYear(i int) (int, int, bool) {
	k := i
	if r.low(k) == "," && !r.free {
		k++
	}
	if r.is(k, r.of) {
		k++
	}
	if y, end, ok := r.yearNumber(k); ok {
		return y, end, true
	}
	if n, ok := r.in1(k, r.years); ok {
		return r.line.Year + n, k + 1, true
	}
	if r.is(k, r.articles) {
		k++
	}
	if n, ok := r.in1(k, r.directions); ok {
		if u, ok := r.in1(k+1, r.units); ok && unit(u) == year {
			return r.line.Year + n, k + 2, true
		}
	}
	return 0, i, false
}
