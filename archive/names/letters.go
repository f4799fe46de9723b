package names

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// houseLetters tell a word in Belarusian Latin from one in any other custom.
const houseLetters = "łŭśźńćčšž"

// cyrillic gives the sound of each letter. What is not here has none.
var cyrillic = map[rune]string{
	'а': "A", 'б': "B", 'в': "V", 'г': "G", 'ґ': "G", 'д': "D", 'е': "E", 'ё': "O", 'є': "E", 'ж': "H", 'з': "Z",
	'и': "I", 'і': "I", 'ї': "I", 'й': "J", 'к': "K", 'л': "L", 'м': "M", 'н': "N", 'о': "O", 'п': "P", 'р': "R",
	'с': "S", 'т': "T", 'у': "U", 'ў': "V", 'ф': "F", 'х': "X", 'ц': "C", 'ч': "Q", 'ш': "W", 'щ': "WQ", 'ы': "I",
	'э': "E", 'ю': "U", 'я': "A",
}

// readCyrillic gives the readings of each letter of a word.
func readCyrillic(letters []rune) [][]string {
	spelled := make([][]string, 0, len(letters))
	for i, r := range letters {
		sound, ok := cyrillic[r]
		switch {
		case !ok:
			continue
		case i == 0 && r == 'ю':
			sound = "Y"
		case r == 'ў' && i > 0 && i+1 < len(letters) && !strings.ContainsRune("аеёіоуыэюяь", letters[i+1]):
			// Воўк is Волк in Russian, Сянкоўскі is Сеньковский.
			spelled = append(spelled, []string{"V", "L"})
			continue
		}
		spelled = append(spelled, []string{sound})
	}
	return spelled
}

// reading is how a group of Latin letters may sound: in any word, and, when a
// reader typed it, after the rarer customs too.
type reading struct {
	letters string
	sounds  []string
	rare    []string
}

// groups are the groups of more than one letter, the longest first.
var groups = []reading{
	{"schtsch", []string{"WQ"}, nil},
	{"chtch", []string{"WQ"}, nil},
	{"shtsh", []string{"WQ"}, nil},
	{"szcz", []string{"WQ"}, nil},
	{"shch", []string{"WQ"}, nil},
	{"tsch", []string{"Q"}, nil},
	{"shh", []string{"WQ"}, nil},
	{"šč", []string{"WQ"}, nil},
	{"tch", []string{"Q"}, nil},
	{"tsh", []string{"Q"}, nil},
	{"sch", []string{"W"}, []string{"WQ"}},
	{"dzh", []string{"DH"}, nil},
	{"dzs", []string{"DH"}, nil},
	{"rzh", []string{"RH"}, nil},
	{"tš", []string{"Q"}, nil},
	{"cz", []string{"Q"}, nil},
	{"cs", []string{"Q"}, nil},
	{"dž", []string{"DH"}, nil},
	{"dż", []string{"DH"}, nil},
	{"sh", []string{"W"}, nil},
	{"sz", []string{"W"}, []string{"S"}},
	{"zh", []string{"H"}, []string{"ZG"}},
	{"zs", []string{"H"}, nil},
	{"rz", []string{"RZ"}, []string{"H", "R"}},
	{"kh", []string{"X"}, nil},
	{"gh", []string{"G"}, nil},
	{"ph", []string{"F"}, nil},
	{"th", []string{"T"}, nil},
	{"ts", []string{"C"}, nil},
	{"tz", []string{"C"}, nil},
	{"ck", []string{"CK", "K"}, nil},
	{"ch", []string{"X", "Q"}, []string{"W"}},
	{"ou", []string{"AU"}, []string{"U"}},
}

// single are the letters that do not sound as they look, or not always.
var single = map[rune]reading{
	'č': {sounds: []string{"Q"}}, 'š': {sounds: []string{"W"}}, 'ş': {sounds: []string{"W"}}, 'ž': {sounds: []string{"H"}},
	'ż': {sounds: []string{"H"}}, 'ć': {sounds: []string{"C"}}, 'x': {sounds: []string{"KS"}, rare: []string{"X"}},
	'q': {sounds: []string{"K"}}, 'h': {sounds: []string{"G"}, rare: []string{"X"}}, 'ó': {sounds: []string{"O"}, rare: []string{"U"}},
	'w': {sounds: []string{"V"}}, 'y': {sounds: []string{"I"}}, 'ł': {sounds: []string{"L"}},
	'z': {sounds: []string{"Z"}, rare: []string{"C"}}, 'j': {sounds: []string{"J"}, rare: []string{"H"}},
}

// readLatin gives the readings of each group of letters. A word of a story
// with the letters of the house spelling is read by its rules alone.
func readLatin(letters []rune, side Side, house bool) [][]string {
	word := string(letters)
	var spelled [][]string
	for i := 0; i < len(word); {
		sounds, n := readGroup(word, i, side, house)
		if len(sounds) > 0 {
			spelled = append(spelled, sounds)
		}
		i += n
	}
	return spelled
}

// readGroup reads what begins at i and says how many bytes that was.
func readGroup(word string, i int, side Side, house bool) ([]string, int) {
	rest := word[i:]
	if i == 0 {
		for _, initial := range []string{"yu", "iu", "ju"} {
			if strings.HasPrefix(rest, initial) {
				return []string{"Y"}, 2
			}
		}
	}
	if house && strings.HasPrefix(rest, "ch") {
		return []string{"X"}, 2
	}
	for _, g := range groups {
		if strings.HasPrefix(rest, g.letters) && !(house && englishGroup(g.letters)) {
			return g.on(side), len(g.letters)
		}
	}
	r := firstRune(rest)
	n := len(string(r))
	if sounds := foreign(word, i, side); sounds != nil {
		return sounds, n
	}
	switch {
	case r == 'ŭ':
		if next := rest[n:]; i > 0 && next != "" && !strings.ContainsRune("aeiouy", firstRune(next)) {
			return []string{"V", "L"}, n
		}
		return []string{"V"}, n
	case r == 'c' && house:
		return []string{"C"}, n
	case r == 'c':
		if next := rest[n:]; next != "" && strings.ContainsRune("eiy", firstRune(next)) {
			return []string{"C"}, n
		}
		return []string{"C", "K"}, n
	}
	if s, ok := single[r]; ok {
		if house {
			return s.sounds, n
		}
		return s.on(side), n
	}
	return plainLetter(r), n
}

// englishGroup is whether the house spelling reads the letters one by one.
func englishGroup(letters string) bool {
	switch letters {
	case "dž", "šč", "ou":
		return false
	}
	return true
}

func (r reading) on(side Side) []string {
	if side == Asked && len(r.rare) > 0 {
		return append(append([]string{}, r.sounds...), r.rare...)
	}
	return r.sounds
}

// plainLetter is a letter as it looks, its marks taken off.
func plainLetter(r rune) []string {
	base := firstRune(norm.NFD.String(string(r)))
	switch {
	case base >= 'a' && base <= 'z':
		return []string{strings.ToUpper(string(base))}
	case r == 'ß':
		return []string{"S"}
	case r == 'ø':
		return []string{"O"}
	case r == 'đ':
		return []string{"D"}
	}
	return nil
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

// foreign reads a letter after a custom that shows in the rest of a typed word:
// a German s before a vowel is з, and an h after e that no vowel follows tells
// э from е in the older American tables.
func foreign(word string, i int, side Side) []string {
	if side != Asked || i+1 > len(word) {
		return nil
	}
	next := firstRune(word[i+1:])
	switch {
	case word[i] == 's' && strings.ContainsRune("aeijouy", next) && next != 0 && (strings.Contains(word, "w") || strings.Contains(word, "sch")):
		return []string{"S", "Z"}
	case word[i] == 'u' && i > 1 && strings.IndexByte("aeo", word[i-1]) >= 0 && next != 0 && !strings.ContainsRune("aeijouy", next):
		return []string{"U", "L"} // ў, as in Vauchok, who is Волчок in Russian
	case word[i] == 'h' && i > 0 && word[i-1] == 'e' && next != 0 && !strings.ContainsRune("aeijouy", next):
		return []string{"", "G"}
	}
	return nil
}

// hasDigraph is whether a Latin word has a pair of letters for a sound that the
// house spelling writes with a caron.
func hasDigraph(letters []rune) bool {
	word := string(letters)
	return strings.Contains(word, "zh") || strings.Contains(word, "sh") || strings.Contains(word, "ch")
}
