package dates

import (
	"fmt"
	"time"
)

// Date is a date that a text mentions.
type Date struct {
	Start, End int    // bytes of the text
	Value      string // 2020, 2020-03, 2020-03-08, 2020-W10, 2020-Q1, 2020-H1, 2020-SU, 199X, 19XX, or two with a slash
	From, To   Day    // the first and the last day that it covers
}

// Day is a day of the calendar, in no zone: what a dateline has.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf gives the day on the clock of the time's own zone.
func DayOf(t time.Time) Day {
	y, m, d := t.Date()
	return Day{y, m, d}
}

func (d Day) time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

func (d Day) plus(years, months, days int) Day { return DayOf(d.time().AddDate(years, months, days)) }

// Before says whether the day is earlier than another.
func (d Day) Before(o Day) bool { return d.time().Before(o.time()) }

// Back is so many days earlier.
func (d Day) Back(days int) Day { return d.plus(0, 0, -days) }

// days counts the days from d to o.
func (d Day) days(o Day) int { return int(o.time().Sub(d.time()).Hours() / 24) }

// weekday counts from Monday, 1, to Sunday, 7.
func (d Day) weekday() int { return (int(d.time().Weekday())+6)%7 + 1 }

// when is a resolved expression before it has a place in a text.
type when struct {
	value    string
	from, to Day
}

func onDay(d Day) when {
	return when{fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day), d, d}
}

func inMonth(y int, m time.Month) when {
	from := Day{y, m, 1}.plus(0, 0, 0)
	return when{fmt.Sprintf("%04d-%02d", from.Year, from.Month), from, from.plus(0, 1, -1)}
}

func inYear(y int) when {
	return when{fmt.Sprintf("%04d", y), Day{y, 1, 1}, Day{y, 12, 31}}
}

func inWeek(d Day) when {
	y, w := d.time().ISOWeek()
	from := d.plus(0, 0, 1-d.weekday())
	return when{fmt.Sprintf("%04d-W%02d", y, w), from, from.plus(0, 0, 6)}
}

func inQuarter(y, q int) when {
	from := Day{y, time.Month(3*q - 2), 1}
	return when{fmt.Sprintf("%04d-Q%d", y, q), from, from.plus(0, 3, -1)}
}

func inHalf(y, h int) when {
	from := Day{y, time.Month(6*h - 5), 1}
	return when{fmt.Sprintf("%04d-H%d", y, h), from, from.plus(0, 6, -1)}
}

// inSeason takes 1 for spring to 4 for winter, which begins in December of the
// year.
func inSeason(y, s int) when {
	from := Day{y, time.Month(3 * s), 1}
	return when{fmt.Sprintf("%04d-%s", y, [...]string{"SP", "SU", "FA", "WI"}[s-1]), from, from.plus(0, 3, -1)}
}

func inDecade(y int) when {
	y -= y % 10
	return when{fmt.Sprintf("%03dX", y/10), Day{y, 1, 1}, Day{y + 9, 12, 31}}
}

func inCentury(c int) when {
	return when{fmt.Sprintf("%02dXX", c-1), Day{100 * (c - 1), 1, 1}, Day{100*c - 1, 12, 31}}
}

// span joins the first and the last of a stretch.
func span(a, b when) when { return when{a.value + "/" + b.value, a.from, b.to} }
