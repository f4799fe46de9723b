package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Side is on which side of a search a word stands.
type Side bool

const (
	// Written is a word of a story: its spelling is the house's, so fewer
	// readings of it are likely.
	Written Side = false
	// Asked is a word that a reader typed, after whatever custom.
	Asked Side = true
)

// mostKeys bounds the readings of one word.
const mostKeys = 12

// longest is the most letters that a key is made of; longer is no name.
const longest = 40

// Keys gives the keys of a word: two spellings of one name have a key in
// common. A word without letters of Latin or Cyrillic has none. Keys are
// upper-case ASCII, so no word of the language can be taken for one.
func Keys(word string, side Side) []string {
	letters := clean(word)
	keys := keysOf(letters, side)
	if side == Written && len(keys) > 0 {
		for _, k := range ofMany(letters) {
			keys = add(keys, k)
		}
	}
	if len(keys) > mostKeys {
		keys = keys[:mostKeys]
	}
	return keys
}

// keysOf are the keys that need no list of names.
func keysOf(letters []rune, side Side) []string {
	if len(letters) == 0 || len(letters) > longest {
		return nil
	}
	var spelled [][][]string
	cyrillic := mostlyCyrillic(letters)
	house := false
	if cyrillic {
		for _, lemma := range lemmas(letters, side) {
			spelled = append(spelled, readCyrillic(lemma))
		}
	} else {
		house = side == Written && strings.ContainsAny(string(letters), houseLetters)
		spelled = append(spelled, readLatin(letters, side, house))
	}
	var keys []string
	for _, s := range spelled {
		for _, raw := range expand(s) {
			keys = addForms(keys, smooth(raw), cyrillic, side)
		}
	}
	keys = addRoots(keys)
	if side == Written && (house || cyrillic || hasDigraph(letters)) {
		keys = addPlain(keys)
	}
	return keys
}

// clean takes a word to lower-case composed letters, without marks that only
// soften or stress, and repairs Latin letters typed inside a Cyrillic word.
func clean(word string) []rune {
	var out []rune
	for _, r := range norm.NFC.String(word) {
		r = unicode.ToLower(r)
		if unicode.IsLetter(r) && r != 'ʼ' && r != 'ʹ' {
			out = append(out, r)
		}
	}
	return Repair(out)
}

// lookalike gives the Cyrillic letter that a Latin one is mistaken for.
var lookalike = map[rune]rune{'a': 'а', 'c': 'с', 'e': 'е', 'i': 'і', 'o': 'о', 'p': 'р', 'x': 'х', 'y': 'у', 'k': 'к', 'm': 'м', 't': 'т', 'h': 'н', 'b': 'в'}

// Repair puts Cyrillic letters in place of Latin ones that look the same, in
// a lower-case word that is Cyrillic otherwise. It works in place.
func Repair(letters []rune) []rune {
	if !mostlyCyrillic(letters) {
		return letters
	}
	for i, r := range letters {
		if c, ok := lookalike[r]; ok {
			letters[i] = c
		}
	}
	return letters
}

func mostlyCyrillic(letters []rune) bool {
	cyrillic, latin := 0, 0
	for _, r := range letters {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case lookalike[r] == 0:
			latin++
		}
	}
	return cyrillic > latin
}

// expand multiplies out the readings of each letter, the likeliest first.
func expand(spelled [][]string) []string {
	all := []string{""}
	for _, readings := range spelled {
		if len(readings) > 1 && len(all)*len(readings) > mostKeys {
			readings = readings[:1]
		}
		next := make([]string, 0, len(all)*len(readings))
		for _, r := range readings {
			for _, s := range all {
				next = append(next, s+r)
			}
		}
		all = next
	}
	return all
}

// addForms adds the key of a smoothed reading and those of the words of which
// it may be a case form.
func addForms(keys []string, s string, cyrillic bool, side Side) []string {
	base := bare(s)
	keys = add(keys, base)
	if cyrillic {
		for _, form := range []string{s, base} {
			for _, ending := range caseEndings {
				if stem, ok := strings.CutSuffix(form, ending); ok && consonants(stem) >= 2 {
					keys = add(keys, bare(stem))
				}
			}
		}
		keys = add(keys, hard(s, base))
	} else if side == Asked {
		for _, ending := range []string{"AS", "IS", "US"} {
			if stem, ok := strings.CutSuffix(base, ending); ok {
				keys = add(keys, bare(stem))
			}
		}
	}
	return keys
}

// caseEndings are what declension adds.
var caseEndings = []string{"AMI", "IMI", "AGA", "AMU", "AM", "IM", "IX", "AX"}

// hard undoes the softening before a case ending: Амерыцы is of Амерыка, Рызе
// of Рыга, Вользе of Вольга.
func hard(s, base string) string {
	if len(base) < 3 || len(base) == len(s) {
		return ""
	}
	stem := base[:len(base)-1]
	switch base[len(base)-1] {
	case 'T':
		return stem + "K"
	case 'Z':
		return stem + "G"
	case 'S':
		return stem + "X"
	}
	return ""
}

// bare is the key without its last vowels, which declension changes and the
// customs spell in a dozen ways. Of a short name, such as Eva, any of them stays
// as one.
func bare(s string) string {
	end := len(s)
	for end > 0 && isVowel(s[end-1]) {
		end--
	}
	if end < len(s) && (consonants(s[:end]) < 2 || end < shortest) {
		return s[:end] + "A"
	}
	return string(lasts([]byte(s[:end])))
}

// shortest is how many letters of a key tell a name.
const shortest = 3

func consonants(s string) int {
	n := 0
	for i := range len(s) {
		if !isVowel(s[i]) {
			n++
		}
	}
	return n
}

func isVowel(c byte) bool { return c == 'A' || c == 'I' || c == 'U' || c == 'Y' }

// addPlain adds what becomes of a word with carons when a reader types it
// without: Łukašenka as Lukasenka.
func addPlain(keys []string) []string {
	for _, k := range slices.Clone(keys) {
		keys = add(keys, plain.Replace(k))
	}
	return keys
}

var plain = strings.NewReplacer("WQ", "ST", "W", "S", "Q", "T", "H", "Z")

func add(keys []string, k string) []string {
	if utf8.RuneCountInString(k) < 2 || slices.Contains(keys, k) {
		return keys
	}
	return append(keys, k)
}
