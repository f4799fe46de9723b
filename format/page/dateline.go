package page

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wireroom/story"
)

// datelines reads datelines in one language: "Vilnius, October 25, Pozirk."
type datelines struct {
	form   *regexp.Regexp
	months map[string]time.Month
	saved  story.Date
	agency string
}

func newDatelines(spec Spec) datelines {
	d := datelines{months: map[string]time.Month{}, saved: spec.Saved, agency: spec.Agency}
	var names []string
	dayFirst := false
	for m := time.January; m <= time.December; m++ {
		// The words that the house itself would print are those to be read.
		words := story.Day(story.Date{Year: 2000, Month: m, Day: 1}, spec.Lang)
		dayFirst = strings.HasPrefix(words, "1")
		name := strings.TrimSpace(strings.Trim(words, "1"))
		d.months[strings.ToLower(name)] = m
		names = append(names, regexp.QuoteMeta(name))
	}
	month, day := `(?P<month>(?i:`+strings.Join(names, "|")+`))`, `(?P<day>\d{1,2})`
	date := month + " " + day
	if dayFirst {
		date = day + " " + month
	}
	d.form = regexp.MustCompile(`^(?:(?P<place>.{1,80}?), )?` + date + `(?:,? (?P<year>\d{4})(?: г\.)?)?, (?P<credit>[^.]{1,60})\.(?:\s+|$)`)
	return d
}

// take moves a dateline from the front of the text into the draft.
func (d datelines) take(draft *Draft, text string) string {
	m := d.form.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	part := func(name string) string { return m[d.form.SubexpIndex(name)] }
	place, credit := part("place"), part("credit")
	if place != "" && !isName(place) || credit != d.agency && !isName(credit) {
		return text
	}
	day, _ := strconv.Atoi(part("day"))
	year, _ := strconv.Atoi(part("year"))
	date := d.day(year, d.months[strings.ToLower(part("month"))], day)
	if date.IsZero() {
		return text
	}
	if credit == d.agency {
		credit = ""
	}
	draft.Place, draft.Credit, draft.Date = place, credit, date
	return text[len(m[0]):]
}

// day is the latest such day that is not after the day of saving; year 0 is
// any. There is none for October 35; February 29 may lie eight years back.
func (d datelines) day(year int, month time.Month, day int) story.Date {
	first, last := d.saved.Year, d.saved.Year-8
	if year != 0 {
		first, last = year, year
	}
	for y := first; y >= last; y-- {
		t := time.Date(y, month, day, 0, 0, 0, 0, time.UTC)
		if t.Day() == day && t.Month() == month && !t.After(d.saved.In(time.UTC)) {
			return story.DateOf(t)
		}
	}
	return story.Date{}
}

// isName tells the name of a place or an agency from the words of a sentence:
// few words, the first and the last with a capital.
func isName(s string) bool {
	w := strings.Fields(s)
	return len(w) > 0 && len(w) <= 5 && capital(w[0]) && capital(w[len(w)-1])
}

func capital(word string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, `“"«„(`))
	return unicode.IsUpper(r) || unicode.IsTitle(r)
}
