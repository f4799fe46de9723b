package lexis

import (
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/russian"
	"golang.org/x/text/unicode/norm"

	"wireroom/archive/names"
)

// longestTerm bounds what the index takes of one word, in bytes.
const longestTerm = 60

// fold takes a word to lower case and plain letters: no marks, no apostrophes,
// ё as е, and Cyrillic in place of Latin letters that only look it.
func fold(word string) string {
	if ascii(word) {
		return foldASCII(word)
	}
	word = genitive(strings.ToLower(word))
	letters := names.Repair([]rune(norm.NFC.String(word)))
	var out strings.Builder
	for _, r := range letters {
		switch {
		case plainMarks[r] != "":
			out.WriteString(plainMarks[r])
		case r >= 'а' && r <= 'я' || r == 'і' || r == 'ў' || r >= 'a' && r <= 'z':
			out.WriteRune(r)
		case unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r):
			for _, base := range norm.NFD.String(string(r)) {
				if unicode.IsLetter(base) {
					out.WriteRune(base)
				}
			}
		case unicode.IsDigit(r):
			out.WriteRune(r)
		}
	}
	return cut(out.String())
}

// plainMarks are the letters that have no base letter in Unicode's eyes.
var plainMarks = map[rune]string{'ё': "е", 'ґ': "г", 'ł': "l", 'ø': "o", 'đ': "d", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i"}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func foldASCII(word string) string {
	word = genitive(strings.ToLower(word))
	return cut(strings.ReplaceAll(word, "'", ""))
}

// genitive takes the English 's off: Russia's is Russia.
func genitive(word string) string {
	for _, s := range []string{"'s", "’s"} {
		if stem, ok := strings.CutSuffix(word, s); ok && stem != "" {
			return stem
		}
	}
	return word
}

func cut(s string) string {
	if len(s) <= longestTerm {
		return s
	}
	end := longestTerm
	for end > 0 && s[end]&0xC0 == 0x80 {
		end--
	}
	return s[:end]
}

// tongue is which stemmer a word is for.
type tongue int

const (
	latin tongue = iota
	belarusian
	russianOrNot // Cyrillic without a letter that only one of the two has
	russianOnly
)

// tongueOf judges by the letters of a folded word.
func tongueOf(folded string) tongue {
	found := latin
	for _, r := range folded {
		switch {
		case r == 'і' || r == 'ў':
			return belarusian
		case r == 'и' || r == 'щ' || r == 'ъ':
			return russianOnly
		case r >= 'а' && r <= 'я':
			found = russianOrNot
		}
	}
	return found
}

// stems gives the terms of a folded word of a text in the language; of a word
// whose language is not known, one for each that it may be of.
func stems(folded, lang string) []string {
	switch tongueOf(folded) {
	case latin:
		if folded[0] >= '0' && folded[0] <= '9' {
			return []string{folded}
		}
		return []string{english.Stem(folded, true)}
	case belarusian:
		return []string{Belarusian(folded)}
	case russianOnly:
		return []string{russian.Stem(folded, true)}
	}
	switch lang {
	case "be":
		return []string{Belarusian(folded)}
	case "":
		b, r := Belarusian(folded), russian.Stem(folded, true)
		if b == r {
			return []string{b}
		}
		return []string{b, r}
	}
	return []string{russian.Stem(folded, true)}
}
