package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// nominative gives a Slavic name as it stands in a register: the text may have
// it in another case first. The mention beside the verb, if it is the surname
// alone, is the better witness for the surname.
func (r *reader) nominative(full, mention []string) []string {
	if !r.free || len(full) != 2 {
		return full
	}
	given, surname := full[0], full[1]
	low := lower(given)
	if r.men[low] || r.women[low] || !strings.ContainsRune("аяуюыиіейм", last(low)) {
		return full
	}
	base, ok := r.givenName(low)
	if !ok || r.men[base] && strings.HasSuffix(surname, "ая") {
		return full // a name that the lists lack: better as it stands
	}
	name := []string{title(base), surname}
	if len(mention) == 1 && mention[0] != surname {
		name[1] = mention[0]
		return name
	}
	name[1] = straight(surname, r.men[base])
	if s := strings.TrimSuffix(name[1], "ов"); r.story.Language == "be" && s != name[1] {
		name[1] = s + "оў"
	}
	return name
}

// givenName finds the given name of which this is another case.
func (r *reader) givenName(low string) (string, bool) {
	best, length := "", 0
	for _, names := range []map[string]bool{r.men, r.women} {
		for n := range names {
			k := common(n, low)
			// What falls off before an ending is a vowel, й or ь: Марта is no Марк.
			rest := string([]rune(n)[k:])
			if k >= 3 && strings.Contains(" а я й ь ", " "+rest+" ") != (rest == "") && utf8.RuneCountInString(low)-k <= 2 && (k > length || k == length && n < best) {
				best, length = n, k
			}
		}
	}
	return best, best != ""
}

// common counts the letters that two words begin with alike.
func common(a, b string) int {
	n, x := 0, []rune(b)
	for _, c := range a {
		if n >= len(x) || x[n] != c {
			break
		}
		n++
	}
	return n
}

// straight puts a surname from the genitive into the nominative.
func straight(s string, man bool) string {
	endings := [][2]string{{"ской", "ская"}, {"цкой", "цкая"}, {"скай", "ская"}, {"цкай", "цкая"}, {"овой", "ова"}, {"евой", "ева"},
		{"авай", "ава"}, {"евай", "ева"}, {"иной", "ина"}, {"ынай", "ына"}}
	if man {
		endings = [][2]string{{"ского", "ский"}, {"цкого", "цкий"}, {"скага", "скі"}, {"цкага", "цкі"}, {"ова", "ов"}, {"ева", "ев"},
			{"ава", "аў"}, {"ёва", "ёў"}, {"ина", "ин"}, {"ына", "ын"}, {"іна", "ін"}, {"ича", "ич"}, {"іча", "іч"}, {"ка", "к"}, {"са", "с"}, {"ра", "р"}, {"та", "т"}, {"на", "н"}}
	}
	for _, e := range endings {
		if strings.HasSuffix(s, e[0]) {
			return strings.TrimSuffix(s, e[0]) + e[1]
		}
	}
	return s
}

func title(s string) string {
	c, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(c)) + s[n:]
}
