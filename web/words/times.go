package words

import (
	"fmt"
	"time"
)

var months = map[string][12]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"be": {"студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня", "жніўня", "верасня", "кастрычніка", "лістапада", "снежня"},
}

var weekdays = map[string][7]string{
	"en": {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	"ru": {"воскресенье", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота"},
	"be": {"нядзеля", "панядзелак", "аўторак", "серада", "чацвер", "пятніца", "субота"},
}

// Day writes the civil day of t in its zone: "October 25, 2024",
// "25 октября 2024", "25 кастрычніка 2024".
func Day(lang string, t time.Time) string {
	lang = Spoken(lang)
	if lang == "en" {
		return fmt.Sprintf("%s %d, %d", months[lang][t.Month()-1], t.Day(), t.Year())
	}
	return fmt.Sprintf("%d %s %d", t.Day(), months[lang][t.Month()-1], t.Year())
}

// DayOfYear is Day without the year, which the context knows: "October 25",
// "25 октября".
func DayOfYear(lang string, t time.Time) string {
	lang = Spoken(lang)
	if lang == "en" {
		return fmt.Sprintf("%s %d", months[lang][t.Month()-1], t.Day())
	}
	return fmt.Sprintf("%d %s", t.Day(), months[lang][t.Month()-1])
}

// Date says a date as fine as it is written: 2020-03-08 as Day does, 2020-03 as
// the month and its year, and 2020 as it is. A face that writes months has their
// names as month-1 to month-12.
func (w *Words) Date(lang, date string) string {
	if t, err := time.Parse(time.DateOnly, date); err == nil {
		return Day(lang, t)
	}
	if t, err := time.Parse("2006-01", date); err == nil {
		return w.T(lang, "month-"+t.Format("1")) + " " + t.Format("2006")
	}
	return date
}

// LongDay is Day with the weekday before it.
func LongDay(lang string, t time.Time) string {
	return weekdays[Spoken(lang)][t.Weekday()] + ", " + Day(lang, t)
}

// Clock writes the time of day: "14:05".
func Clock(t time.Time) string { return t.Format("15:04") }

// Moment writes day, clock and zone: "October 25, 2024, 14:05 (UTC+3)".
func Moment(lang string, t time.Time) string {
	return Day(lang, t) + ", " + Clock(t) + " (" + Zone(t) + ")"
}

// Zone writes t's offset as a person says it: "UTC+3", "UTC+5:30", "UTC".
func Zone(t time.Time) string {
	_, offset := t.Zone()
	if offset == 0 {
		return "UTC"
	}
	sign := '+'
	if offset < 0 {
		sign, offset = '−', -offset
	}
	hours, minutes := offset/3600, offset%3600/60
	if minutes == 0 {
		return fmt.Sprintf("UTC%c%d", sign, hours)
	}
	return fmt.Sprintf("UTC%c%d:%02d", sign, hours, minutes)
}

const week = 7

// Ago says how long t is past at now, by the civil days of now's zone once it
// is past midnight: "5 minutes ago", "yesterday", "3 days ago". It is "" for
// a time more than a week past, where the day itself says more, and for one
// to come.
func (w *Words) Ago(lang string, t, now time.Time) string {
	past := now.Sub(t)
	days := daysBetween(t, now)
	switch {
	case past < 0 || days >= week:
		return ""
	case past < time.Minute:
		return w.T(lang, "ago-now")
	case past < time.Hour:
		return w.T(lang, "ago-minutes", "n", int(past/time.Minute))
	case days == 0 || past < 6*time.Hour:
		return w.T(lang, "ago-hours", "n", int(past/time.Hour))
	case days == 1:
		return w.T(lang, "ago-day")
	}
	return w.T(lang, "ago-days", "n", days)
}

// AgoChanges is the next instant at which Ago may say something else; zero
// when it never will.
func AgoChanges(t, now time.Time) time.Time {
	past := now.Sub(t)
	midnight := DayAfter(now)
	switch {
	case past < 0:
		return t
	case daysBetween(t, now) >= week:
		return time.Time{}
	case past < time.Hour:
		return t.Add(past.Truncate(time.Minute) + time.Minute)
	case daysBetween(t, now) == 0 || past < 6*time.Hour:
		next := t.Add(past.Truncate(time.Hour) + time.Hour)
		if midnight.Before(next) {
			return midnight
		}
		return next
	}
	return midnight
}

// DayAfter is the first instant of the day after t's, in t's zone.
func DayAfter(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d+1, 0, 0, 0, 0, t.Location())
}

func daysBetween(t, now time.Time) int {
	y1, m1, d1 := t.In(now.Location()).Date()
	y2, m2, d2 := now.Date()
	a := time.Date(y1, m1, d1, 0, 0, 0, 0, time.UTC)
	b := time.Date(y2, m2, d2, 0, 0, 0, 0, time.UTC)
	return int(b.Sub(a) / (24 * time.Hour))
}
