package archive

import (
	"strconv"
	"strings"
	"time"
)

// period reads a date or a span of time in numbers or words, in any of the
// three languages, as [from, until). today is an instant in the agency's zone.
func period(text string, today time.Time) (from, until time.Time, ok bool) {
	text = strings.ToLower(strings.Join(strings.Fields(strings.NewReplacer("_", " ", ",", " ").Replace(text)), " "))
	if first, last, isRange := strings.Cut(text, ".."); isRange {
		a, _, okA := span(first, today)
		_, b, okB := span(last, today)
		switch {
		case first == "" && okB:
			return time.Time{}, b, true
		case last == "" && okA:
			return a, time.Time{}, true
		}
		return a, b, okA && okB && a.Before(b)
	}
	return span(text, today)
}

func span(text string, today time.Time) (from, until time.Time, ok bool) {
	y, m, d := today.Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, today.Location())
	if n, ok := relativeDays[text]; ok {
		from = day.AddDate(0, 0, n)
		return from, from.AddDate(0, 0, 1), true
	}
	if u, ok := units[text]; ok {
		from, until = u.around(day)
		return from, until, true
	}
	return calendar(text, day)
}

var relativeDays = map[string]int{
	"today": 0, "сегодня": 0, "сёння": 0, "yesterday": -1, "вчера": -1, "учора": -1, "ўчора": -1,
}

// unit is a week, a month or a year, this one or so many before.
type unit struct {
	kind byte // w, m, y
	back int
}

var units = map[string]unit{
	"this week": {'w', 0}, "last week": {'w', 1}, "this month": {'m', 0}, "last month": {'m', 1}, "this year": {'y', 0}, "last year": {'y', 1},
	"эта неделя": {'w', 0}, "прошлая неделя": {'w', 1}, "этот месяц": {'m', 0}, "прошлый месяц": {'m', 1}, "этот год": {'y', 0}, "прошлый год": {'y', 1},
	"на этой неделе": {'w', 0}, "на прошлой неделе": {'w', 1}, "в этом месяце": {'m', 0}, "в прошлом месяце": {'m', 1}, "в этом году": {'y', 0}, "в прошлом году": {'y', 1},
	"гэты тыдзень": {'w', 0}, "мінулы тыдзень": {'w', 1}, "гэты месяц": {'m', 0}, "мінулы месяц": {'m', 1}, "гэты год": {'y', 0}, "мінулы год": {'y', 1},
	"на гэтым тыдні": {'w', 0}, "на мінулым тыдні": {'w', 1}, "у гэтым месяцы": {'m', 0}, "у мінулым месяцы": {'m', 1}, "сёлета": {'y', 0}, "летась": {'y', 1},
}

func (u unit) around(day time.Time) (from, until time.Time) {
	y, m, _ := day.Date()
	switch u.kind {
	case 'w':
		monday := day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
		return monday.AddDate(0, 0, -7*u.back), monday.AddDate(0, 0, 7-7*u.back)
	case 'm':
		from = time.Date(y, m-time.Month(u.back), 1, 0, 0, 0, 0, day.Location())
		return from, from.AddDate(0, 1, 0)
	}
	from = time.Date(y-u.back, 1, 1, 0, 0, 0, 0, day.Location())
	return from, from.AddDate(1, 0, 0)
}

// calendar reads 2020, 2020-05, 2020-05-17, 17.05.2020, May 2020, 17 May 2020,
// May 17 2020 and a month alone, which is the last one of the name.
func calendar(text string, today time.Time) (from, until time.Time, ok bool) {
	var year, month, day int
	for i, part := range dateParts(text) {
		n, err := strconv.Atoi(part)
		switch {
		case err != nil && month == 0 && monthOf(part) > 0:
			month = monthOf(part)
		case err != nil && i > 0 && yearWords[part]:
		case err != nil:
			return from, until, false
		case len(part) == 4 && year == 0:
			year = n
		case len(part) > 2:
			return from, until, false
		case month == 0 && year > 0:
			month = n
		case day == 0:
			day = n
		case month == 0:
			month = n
		default:
			return from, until, false
		}
	}
	if year == 0 && month == 0 || day > 0 && month == 0 || month > 12 || day > 31 {
		return from, until, false
	}
	if year == 0 {
		year = today.Year()
		if time.Month(month) > today.Month() {
			year--
		}
	}
	if year < 1800 || year > 2200 {
		return from, until, false
	}
	from = time.Date(year, time.Month(max(month, 1)), max(day, 1), 0, 0, 0, 0, today.Location())
	switch {
	case day > 0:
		return from, from.AddDate(0, 0, 1), from.Day() == day
	case month > 0:
		return from, from.AddDate(0, 1, 0), true
	}
	return from, from.AddDate(1, 0, 0), true
}

func dateParts(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == '.' || r == '/' })
}

var yearWords = map[string]bool{"года": true, "год": true, "году": true, "годзе": true, "г": true}

// monthOf is a month by the beginning of its name; 0 is none.
func monthOf(word string) int {
	if len([]rune(word)) < 3 {
		return 0
	}
	for i, starts := range monthStarts {
		for _, s := range starts {
			if strings.HasPrefix(word, s) {
				return i + 1
			}
		}
	}
	return 0
}

var monthStarts = [12][]string{
	{"jan", "январ", "студз"}, {"feb", "феврал", "лют"}, {"mar", "март", "сакав"}, {"apr", "апрел", "красав"},
	{"may", "май", "мая", "мае", "трав", "траўн"}, {"jun", "июн", "чэрв"}, {"jul", "июл", "ліп"}, {"aug", "август", "жні"},
	{"sep", "сентяб", "верас"}, {"oct", "октяб", "кастр"}, {"nov", "нояб", "ліст"}, {"dec", "декаб", "снеж"},
}
