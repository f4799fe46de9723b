package register

import (
	"slices"
	"strings"
	"unicode"
)

// Forms says whether a word may be a declined form of a name as it is spelled:
// Лукашэнку and Лукашэнкам of Лукашэнка, Łukašenka’s of Łukašenka. It is so
// generous that no right form is taken for another spelling.
func Forms(name, written string) bool {
	n, w := lower(name), lower(strip(written))
	if slices.Equal(n, w) {
		return true
	}
	if len(n) < 3 || len(w) < 2 || !cyrillic(n) || !cyrillic(w) {
		return !cyrillic(n) && plural(string(n), string(w))
	}
	for _, stem := range stemsOf(n) {
		for _, s := range softer(stem) {
			if rest, ok := cut(w, s); ok && caseEndings[string(rest)] {
				return true
			}
		}
	}
	return false
}

// Alike says whether two words may be forms of one name, of which neither need
// be the form that names it.
func Alike(a, b string) bool {
	if Forms(a, b) || Forms(b, a) {
		return true
	}
	x, y := lower(strip(a)), lower(strip(b))
	if !cyrillic(x) || !cyrillic(y) {
		return false
	}
	for _, stem := range bareStems(x) {
		for _, s := range append(softer(stem), harder(stem)...) {
			if rest, ok := cut(y, s); ok && caseEndings[string(rest)] {
				return true
			}
		}
	}
	return false
}

func lower(s string) []rune { return []rune(strings.ToLower(strings.ReplaceAll(s, "ё", "е"))) }

// strip takes the English genitive off.
func strip(word string) string {
	for _, s := range []string{"'s", "’s", "'", "’"} {
		if stem, ok := strings.CutSuffix(word, s); ok {
			return stem
		}
	}
	return word
}

func plural(name, written string) bool {
	return written == name+"s" || written == name+"es" || strings.HasSuffix(name, "y") && written == strings.TrimSuffix(name, "y")+"ies"
}

func cyrillic(s []rune) bool {
	return slices.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}

func cut(w, stem []rune) ([]rune, bool) {
	if len(w) < len(stem) || !slices.Equal(w[:len(stem)], stem) {
		return nil, false
	}
	return w[len(stem):], true
}

// namings are the endings of the form that names somebody or a place.
var namings = []string{"ая", "яя", "ый", "ий", "ой", "ое", "ее", "ые", "ие", "ае", "яе", "ыя", "ія", "ий", "ій", "ей", "ай", "эй", "уй", "я", "а", "о", "е", "э", "й", "ь", "ы", "і", "и", "ў"}

// caseEndings are what a case puts behind a stem, in Russian and Belarusian.
var caseEndings = func() map[string]bool {
	all := map[string]bool{"": true}
	for _, e := range strings.Fields(`а я у ю е и і ы ой ей ою ею ый ий ім ым им ом ем ам ям ами ями амі ямі ах ях ов ев аў яў оў еў ёў
		ого его ага яго ому ему аму яму ым ім ых іх их ымі імі ыми ими ая яя ую юю ое ее ае яе ые ие ыя ія
		аю яю ай яй эй ь й о э ью ию ію іе ии іі ии йю йя йе ём ем эм ам йом`) {
		all[e] = true
	}
	return all
}()

// stemsOf are what may be left of a name before the ending of a case.
func stemsOf(n []rune) [][]rune {
	all := [][]rune{n}
	for _, e := range namings {
		if stem, ok := strings.CutSuffix(string(n), e); ok && len([]rune(stem)) >= 2 {
			all = append(all, []rune(stem))
		}
	}
	for _, stem := range slices.Clone(all) {
		all = append(all, fleeting(stem)...)
	}
	return all
}

// bareStems are what may be left when the ending of any case is taken off.
func bareStems(w []rune) [][]rune {
	var all [][]rune
	for n := 0; n <= 3 && len(w)-n >= 3; n++ {
		if caseEndings[string(w[len(w)-n:])] {
			all = append(all, w[:len(w)-n])
			all = append(all, fleeting(w[:len(w)-n])...)
		}
	}
	return all
}

// fleeting drops a vowel that stands in the naming form alone: Павел and Паўла,
// Заяц and Зайца, Орёл and Орла.
func fleeting(stem []rune) [][]rune {
	n := len(stem)
	if n < 3 || !strings.ContainsRune("аоеэя", stem[n-2]) || vowel(stem[n-1]) {
		return nil
	}
	short := append(slices.Clone(stem[:n-2]), stem[n-1])
	all := [][]rune{short}
	switch before := stem[n-3]; {
	case before == 'в':
		all = append(all, append(append(slices.Clone(stem[:n-3]), 'ў'), stem[n-1]))
	case before == 'л':
		all = append(all, append(append(slices.Clone(stem[:n-2]), 'ь'), stem[n-1]))
	case vowel(before):
		all = append(all, append(append(slices.Clone(stem[:n-2]), 'й'), stem[n-1]))
	}
	return all
}

func vowel(r rune) bool { return strings.ContainsRune("аеёіоуыэюяи", r) }

// soft are the last consonants that change before an ending.
var soft = map[string][]string{
	"к": {"ц", "ч"}, "г": {"з", "ж"}, "х": {"с", "ш"}, "т": {"ц"}, "д": {"дз"}, "ў": {"в"}, "в": {"ў"}, "ц": {"ц"}, "ск": {"сц", "шч"},
}

// softer are the shapes that a stem takes before endings, its own the first.
func softer(stem []rune) [][]rune {
	all := [][]rune{stem}
	for hard, shapes := range soft {
		if before, ok := strings.CutSuffix(string(stem), hard); ok {
			for _, s := range shapes {
				all = append(all, []rune(before+s))
			}
		}
	}
	// Akanne: Пётр and Пятра, Сцёпа and Сцяпана have another vowel in the stem.
	if i := slices.IndexFunc(stem, vowel); i > 0 && i < len(stem)-1 && stem[i] == 'е' {
		other := slices.Clone(stem)
		other[i] = 'я'
		all = append(all, other)
	}
	return all
}

// harder is the way back from softer.
func harder(stem []rune) [][]rune {
	var all [][]rune
	for hard, shapes := range soft {
		for _, s := range shapes {
			if before, ok := strings.CutSuffix(string(stem), s); ok {
				all = append(all, []rune(before+hard))
			}
		}
	}
	return all
}
