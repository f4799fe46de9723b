package names

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// customs are spellings of one name each, in every custom we know.
var customs = []string{
	"Лукашэнка Лукашенко Łukašenka Lukashenko Lukashenka Loukachenko Lukasjenko Łukaszenka Lukaschenko Lukasenka Lukašenko",
	"Ціханоўская Тихановская Cichanoŭskaja Tsikhanouskaya Tikhanovskaya Cichanouskaja Tichanowskaja Cichanouska Tihanovskaja",
	"Бяляцкі Беляцкий Bialacki Bialiatski Beliatsky Belyatsky",
	"Дабравольскі Добровольский Dabravolski Dabravolsky Dobrovolsky Dobrowolski",
	"Казлоўскі Козловский Kazłoŭski Kazlouski Kozlovsky Kozłowski",
	"Ваўчок Волчок Vaŭčok Vauchok Volchok",
	"Шчарбакоў Щербаков Ščarbakoŭ Shcharbakou Shcherbakov Szczerbakow Schtscherbakow",
	"Хведарэнка Фёдоренко Chviedarenka Khvedarenka Fyodorenko",
	"Мікіценка Никитенко Mikicienka Mikitsenka Nikitenko",
	"Зянковіч Зенькович Ziankovič Ziankovich Zenkovich Zienkowicz",
	"Юркевіч Юркевич Jurkievič Yurkevich Jurkiewicz Iurkevich",
	"Жыжэнка Жиженко Žyženka Zhyzhenka Zhizhenko Żyżenka",
}

// kin are words for one given name or place that no rule brings together.
var kin = []string{
	"Мікалай Николай Mikałaj Nikolai Mikalai",
	"Кацярына Екатерина Kaciaryna Ekaterina Catherine",
	"Ганна Анна Hanna Anna",
	"Алена Елена Alena Elena Helena",
	"Брэст Брест Bierascie Brześć Brest Бярэсце",
	"Вільня Вильнюс Vilnia Vilnius Wilno",
	"Масква Москва Maskva Moscow Moskau",
	"Кіеў Киев Київ Kyiv Kiev",
}

func TestEachCustomaryQueryFindsEachSpellingOfAName(t *testing.T) {
	for _, line := range append(slices.Clone(customs), kin...) {
		words := strings.Fields(line)
		for _, written := range words[:3] { // Belarusian, Russian, Belarusian Latin
			for _, asked := range words {
				if !meet(Keys(written, Written), Query(asked)) {
					t.Errorf("%s does not find %s: %v, %v", asked, written, Query(asked), Keys(written, Written))
				}
			}
		}
	}
}

func TestNamesThatAreNotOneAreKeptApart(t *testing.T) {
	for i, line := range customs {
		for j, other := range customs {
			for _, asked := range strings.Fields(line) {
				for _, written := range strings.Fields(other)[:3] {
					if i != j && meet(Keys(written, Written), Query(asked)) {
						t.Errorf("%s finds %s", asked, written)
					}
				}
			}
		}
	}
	for _, word := range []string{"Government", "Parliament", "President", "Tuesday", "Bank", "Uruguay"} {
		for _, line := range customs {
			if meet(Keys(word, Written), Query(strings.Fields(line)[0])) {
				t.Errorf("%s finds %s", line, word)
			}
		}
	}
}

func TestADeclinedNameIsFoundByItsLemma(t *testing.T) {
	for _, line := range []string{
		"Лукашэнка Лукашэнкам Лукашэнку Лукашэнкі", "Ціханоўская Ціханоўскай Ціханоўскую", "Лукашенко Лукашенко",
		"Тихановская Тихановской Тихановскую", "Бяляцкі Бяляцкага Бяляцкаму Бяляцкім", "Казлоў Казлова Казлову Казловым",
		"Мінск Мінску Мінска Мінскам", "Вольга Вользе Вольгай Вольгу", "Амерыка Амерыцы Амерыкай", "Рига Риге Ригой", "Гомель Гомеля Гомелем",
	} {
		words := strings.Fields(line)
		for _, form := range words {
			if !meet(Keys(form, Written), Query(words[0])) {
				t.Errorf("%s does not find %s", words[0], form)
			}
		}
	}
}

func TestAListedNameMayBeTypedInLowerCase(t *testing.T) {
	for _, c := range [][2]string{{"sergey", "Сергея"}, {"siarhiej", "Сяргею"}, {"andrei", "Андрею"}, {"irina", "Ирины"}, {"vera", "Веры"}, {"yury", "Юрия"}, {"hanna", "Ганны"}, {"brest", "Брэсце"}} {
		if !meet(Keys(c[1], Written), QueryLower(c[0])) {
			t.Errorf("%s does not find %s: %v, %v", c[0], c[1], QueryLower(c[0]), Keys(c[1], Written))
		}
	}
	for _, word := range []string{"mark", "jury", "walk", "place", "alone"} {
		if keys := QueryLower(word); slices.ContainsFunc(keys, func(k string) bool { return given[k] }) {
			t.Errorf("%s is taken for a name: %v", word, keys)
		}
	}
}

func TestALatinLetterInACyrillicNameDoesNoHarm(t *testing.T) {
	if !meet(Keys("Цiханоўскaя", Written), Query("Ціханоўская")) { // a Latin i and a
		t.Error("a name with Latin letters in it is lost")
	}
}

func TestTheHouseSpelling(t *testing.T) {
	for word, want := range map[string]string{
		"Лукашэнка": "Łukašenka", "Ціханоўская": "Cichanoŭskaja", "Бяляцкі": "Bialacki", "Уладзімір": "Uładzimir", "Яўген": "Jaŭhien",
		"Кацярына": "Kaciaryna", "Аляксандр": "Alaksandr", "Магілёў": "Mahiloŭ", "Гродна": "Hrodna", "Слонім": "Słonim",
		"Сьвятлана": "Śviatłana", "Юры": "Jury", "Наталля": "Natalla", "Ёсіп": "Josip", "Ружаны": "Ružany", "ЮНЕСКА": "JUNIESKA",
	} {
		if got := House(word); !strings.EqualFold(got, want) {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

// FuzzKeys holds the promises that are for any word.
func FuzzKeys(f *testing.F) {
	for _, line := range customs {
		f.Add(strings.Fields(line)[0])
		f.Add(strings.Fields(line)[2])
	}
	f.Add("ў'\u0301ŭŭ\xff")
	f.Add("ouououououououou")
	f.Fuzz(func(t *testing.T, word string) {
		for _, side := range []Side{Written, Asked} {
			keys := Keys(word, side)
			if len(keys) > mostKeys {
				t.Fatalf("%d keys", len(keys))
			}
			for _, k := range keys {
				if k == "" || strings.Trim(k, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
					t.Fatalf("key %q", k)
				}
			}
			if utf8.ValidString(word) && !slices.Equal(keys, Keys(norm.NFD.String(word), side)) {
				t.Fatalf("%q has other keys when its marks are apart", word)
			}
		}
		House(word)
		Query(word)
	})
}
