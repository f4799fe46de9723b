package words

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

func face(en, ru, be string) fstest.MapFS {
	return fstest.MapFS{"w/en.toml": {Data: []byte(en)}, "w/ru.toml": {Data: []byte(ru)}, "w/be.toml": {Data: []byte(be)}}
}

func TestTimesAreSaidInTheReadersWords(t *testing.T) {
	w := Must(face("a = 'A'", "a = 'А'", "a = 'А'"), "w")
	zone := time.FixedZone("", 3*3600)
	now := time.Date(2024, 10, 25, 14, 0, 0, 0, zone)
	for _, c := range []struct {
		past       time.Duration
		en, ru, be string
	}{
		{20 * time.Second, "just now", "только что", "толькі што"},
		{time.Minute, "1 minute ago", "1 минуту назад", "1 хвіліну таму"},
		{3 * time.Minute, "3 minutes ago", "3 минуты назад", "3 хвіліны таму"},
		{11 * time.Minute, "11 minutes ago", "11 минут назад", "11 хвілін таму"},
		{21 * time.Minute, "21 minutes ago", "21 минуту назад", "21 хвіліну таму"},
		{5 * time.Hour, "5 hours ago", "5 часов назад", "5 гадзін таму"},
		{15 * time.Hour, "yesterday", "вчера", "учора"},
		{72 * time.Hour, "3 days ago", "3 дня назад", "3 дні таму"},
		{5 * 24 * time.Hour, "5 days ago", "5 дней назад", "5 дзён таму"},
		{8 * 24 * time.Hour, "", "", ""},
		{-time.Hour, "", "", ""},
	} {
		at := now.Add(-c.past)
		for lang, want := range map[string]string{"en": c.en, "ru": c.ru, "be": c.be} {
			if got := w.Ago(lang, at, now); got != want {
				t.Errorf("%s, %v ago: %q, not %q", lang, c.past, got, want)
			}
		}
	}
	if got := Moment("be", now); got != "25 кастрычніка 2024, 14:00 (UTC+3)" {
		t.Error(got)
	}
	if got := Moment("en", now); got != "October 25, 2024, 14:00 (UTC+3)" {
		t.Error(got)
	}
}

func TestADateIsSaidAsFineAsItIsWritten(t *testing.T) {
	w := Must(face("month-3 = 'March'", "month-3 = 'март'", "month-3 = 'сакавік'"), "w")
	for _, c := range []struct{ lang, date, want string }{
		{"en", "2020-03-08", "March 8, 2020"}, {"be", "2020-03-08", "8 сакавіка 2020"},
		{"en", "2020-03", "March 2020"}, {"ru", "2020-03", "март 2020"},
		{"be", "2020", "2020"}, {"ru", "", ""},
	} {
		if got := w.Date(c.lang, c.date); got != c.want {
			t.Errorf("%s in %s is %q, not %q", c.date, c.lang, got, c.want)
		}
	}
}

func TestAgoHoldsUntilItChanges(t *testing.T) {
	w := Must(face("a = 'A'", "a = 'А'", "a = 'А'"), "w")
	zone := time.FixedZone("", 3*3600)
	now := time.Date(2024, 10, 25, 14, 0, 30, 0, zone)
	for past := -time.Hour; past < 9*24*time.Hour; past += 7 * time.Minute {
		at := now.Add(-past)
		next := AgoChanges(at, now)
		if next.IsZero() {
			next = now.Add(30 * 24 * time.Hour)
		}
		if !next.After(now) {
			t.Fatalf("%v ago changes at once", past)
		}
		if a, b := w.Ago("en", at, now), w.Ago("en", at, next.Add(-time.Nanosecond)); a != b {
			t.Errorf("%v ago: %q became %q before %v", past, a, b, next)
		}
	}
}

func TestAMissingSentenceIsFoundAtTheStart(t *testing.T) {
	if _, err := Load(face("a = 'A'\nb = 'B'", "a = 'А'\nb = 'Б'", "a = 'А'"), "w"); err == nil || err.Error() != "words missing: be:b" {
		t.Errorf("Load says %v", err)
	}
}

func TestASentenceThatCountsHasEachFormOfThePlural(t *testing.T) {
	counted := "[a]\none = '{{.n}} a'\nother = '{{.n}} b'"
	slavic := "[a]\none = '{{.n}} a'\nfew = '{{.n}} b'\nmany = '{{.n}} c'\nother = '{{.n}} d'"
	if _, err := Load(face(counted, slavic, slavic), "w"); err != nil {
		t.Error(err)
	}
	for lang, f := range map[string]fstest.MapFS{
		"en": face("a = '{{.n}} a'", slavic, slavic), "ru": face(counted, counted, slavic), "be": face(counted, slavic, counted),
	} {
		if _, err := Load(f, "w"); err == nil || !strings.Contains(err.Error(), "w/"+lang+".toml: a ") {
			t.Errorf("%s lacks a form: %v", lang, err)
		}
	}
}
