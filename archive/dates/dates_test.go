package dates

import (
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func value(t *testing.T, language, text string, line Day) string {
	t.Helper()
	got := Find(text, language, line)
	if len(got) != 1 {
		t.Fatalf("%s: %v", text, got)
	}
	return got[0].Value
}

func TestADateCoversItsDays(t *testing.T) {
	line := Day{2024, time.March, 15}
	for text, want := range map[string][2]Day{
		"in 2020":                  {{2020, 1, 1}, {2020, 12, 31}},
		"in February 2024":         {{2024, 2, 1}, {2024, 2, 29}},
		"last week":                {{2024, 3, 4}, {2024, 3, 10}},
		"the last quarter of 2023": {{2023, 10, 1}, {2023, 12, 31}},
		"in the winter of 2023":    {{2023, 12, 1}, {2024, 2, 29}},
		"the 1990s":                {{1990, 1, 1}, {1999, 12, 31}},
		"on March 3–9":             {{2024, 3, 3}, {2024, 3, 9}},
		"from Nov. 30, 2023":       {{2023, 11, 30}, {2023, 11, 30}},
	} {
		got := Find(text, "en", line)
		if len(got) != 1 || got[0].From != want[0] || got[0].To != want[1] {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

func TestWeekdaysAreTheLatestPastUnlessSomethingIsPlanned(t *testing.T) {
	names := map[string]string{"Monday": "понедельник", "Tuesday": "вторник", "Wednesday": "среду", "Thursday": "четверг", "Friday": "пятницу", "Saturday": "субботу", "Sunday": "воскресенье"}
	for n := range 14 {
		line := Day{2024, time.February, 20}.plus(0, 0, n) // over the 29th
		for en, ru := range names {
			past, future := value(t, "en", "They met on "+en+".", line), value(t, "en", "They will meet on "+en+".", line)
			for _, v := range []string{past, future} {
				at, err := time.Parse(time.DateOnly, v)
				if err != nil || at.Weekday().String() != en {
					t.Errorf("%s from %v is %s, %v", en, line, v, at.Weekday())
				}
			}
			today := onDay(line).value
			if past > today || future < today {
				t.Errorf("%s from %s: %s was and %s will be", en, today, past, future)
			}
			if v := value(t, "ru", "Они встретились в "+ru+".", line); v != past {
				t.Errorf("%s is %s, but %s is %s", en, past, ru, v)
			}
		}
	}
}

func TestADatelineHasTheDayOfItsOwnPlace(t *testing.T) {
	minsk := time.FixedZone("Minsk", 3*60*60)
	midnight := time.Date(2025, 1, 1, 0, 30, 0, 0, minsk)
	if v := value(t, "en", "He was freed yesterday.", DayOf(midnight)); v != "2024-12-31" {
		t.Errorf("yesterday was %s", v)
	}
	if v := value(t, "en", "He was freed yesterday.", DayOf(midnight.UTC())); v != "2024-12-30" {
		t.Errorf("yesterday in London was %s", v)
	}
}

func TestWhatTheCalendarLacksIsNoDate(t *testing.T) {
	for _, text := range []string{"on February 30, 2024", "on 31.04.2024", "on 2023-02-29", "on 2024-13-01"} {
		for _, d := range Find(text, "en", Day{2024, 5, 1}) {
			if len(d.Value) == len("2024-02-30") {
				t.Errorf("%s is %s", text, d.Value)
			}
		}
	}
}

// FuzzFind looks for texts that break it, and checks that each date is a piece
// of the text, in order, and ends no earlier than it begins.
func FuzzFind(f *testing.F) {
	for _, language := range []string{"en", "ru", "be"} {
		data, err := os.ReadFile("testdata/" + language + ".txt")
		if err != nil {
			f.Fatal(err)
		}
		for i, l := range strings.Split(string(data), "\n") {
			if i%9 == 1 {
				f.Add(language, marked.ReplaceAllString(l, "$1"), 2024, 2, 29)
			}
		}
	}
	f.Add("be", "у 0000 годзе, 99 гадоў таму, XXI век, 31/31/2020 мая-маі", 0, 0, 0)
	f.Fuzz(func(t *testing.T, language, text string, y, m, d int) {
		line := DayOf(time.Date(1900+abs(y)%300, time.Month(abs(m)%12+1), abs(d)%31+1, 0, 0, 0, 0, time.UTC))
		end := 0
		for _, got := range Find(text, language, line) {
			if got.Start < end || got.End <= got.Start || got.Value == "" || got.To.Before(got.From) {
				t.Fatalf("%+v in %q", got, text)
			}
			end = got.End
			if utf8.ValidString(text) && !utf8.ValidString(text[got.Start:got.End]) {
				t.Fatalf("%+v cuts a letter of %q", got, text)
			}
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}
