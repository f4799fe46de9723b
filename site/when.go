package site

import (
	"time"
	"unicode"
	"unicode/utf8"

	"wireroom/web/words"
)

// moment is one rendering of a page: the instant it shows, in the agency's
// zone, and until when what it says stays true.
type moment struct {
	words *words.Words
	lang  string
	now   time.Time
	until time.Time // zero is for ever
}

// when is a time as a page shows it.
type when struct {
	ISO   string // for machines
	Words string // "12 minutes ago", "Today, 14:20", "October 25"
	Clock string // "14:20"; "" when only the day is known
	Full  string // "October 25, 2024, 14:20 (UTC+3)"
	near  bool   // Words begins with a word such as "Today", not with a name
}

// Within is Words as they stand inside a sentence: "today, 14:20".
func (w when) Within() string {
	if !w.near {
		return w.Words
	}
	first, size := utf8.DecodeRuneInString(w.Words)
	return string(unicode.ToLower(first)) + w.Words[size:]
}

// holds notes that the page must be made anew at t.
func (m *moment) holds(t time.Time) {
	if !t.IsZero() && t.After(m.now) && (m.until.IsZero() || t.Before(m.until)) {
		m.until = t
	}
}

// brief is t for a list: how long ago within the hour, then the day.
func (m *moment) brief(t time.Time, dateOnly bool) when {
	w := m.exact(t, dateOnly)
	if past := m.now.Sub(t); !dateOnly && past >= 0 && past < time.Hour {
		w.Words = m.words.Ago(m.lang, t, m.now)
		m.holds(words.AgoChanges(t, m.now))
	}
	return w
}

// exact is t with its clock, and the day in words while it is near.
func (m *moment) exact(t time.Time, dateOnly bool) when {
	if t.IsZero() {
		return when{}
	}
	t = t.In(m.now.Location())
	w := when{ISO: t.Format(time.RFC3339), Clock: words.Clock(t), Full: words.Moment(m.lang, t)}
	if dateOnly {
		w = when{ISO: t.Format(time.DateOnly), Full: words.Day(m.lang, t)}
	}
	w.Words = m.day(t)
	w.near = w.Words == m.words.T(m.lang, "today") || w.Words == m.words.T(m.lang, "yesterday")
	if w.Clock != "" {
		w.Words += ", " + w.Clock
	}
	return w
}

// day names t's day: "Today", "Yesterday", "October 25", "October 25, 2023".
func (m *moment) day(t time.Time) string {
	midnight := words.DayAfter(m.now)
	switch t.Format(time.DateOnly) {
	case m.now.Format(time.DateOnly):
		m.holds(midnight)
		return m.words.T(m.lang, "today")
	case m.now.AddDate(0, 0, -1).Format(time.DateOnly):
		m.holds(midnight)
		return m.words.T(m.lang, "yesterday")
	}
	if t.Year() == m.now.Year() {
		m.holds(time.Date(m.now.Year()+1, 1, 1, 0, 0, 0, 0, m.now.Location()))
		return words.DayOfYear(m.lang, t)
	}
	return words.Day(m.lang, t)
}
