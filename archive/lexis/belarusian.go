package lexis

import "strings"

// endings are what declension and conjugation add in Belarusian. Which of them
// to take off was weighed against what that merges: an ending that brings
// forms together but makes one of many words is not here.
var endings = set(`а е й у ы ю я і ай ам ах ая аў ем еш еў ла лі ой ом оў ую ць ці ым ых юю яй ях яя яў ім іх ія
	іі іў ага аму амі аны сць сцю сці тая ыла ылі ымі ыце ыць юць ючы яга ямі імі анае анай аная анне
	ання анні аную аным аных аныя енне ення енні еныя ыўшы анага аннем анняў анымі еннем енняў`)

const (
	// longestEnding is in letters.
	longestEnding = 5
	// leastStem is how many letters an ending leaves.
	leastStem = 3
)

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// Belarusian takes a folded word to the stem that its forms share: the longest
// ending comes off, and what changes before endings is evened out (сад/садзе,
// рот/роце, воўк/ваўкі, рубель/рубля, both orthographies' soft signs).
func Belarusian(word string) string {
	s := []rune(strings.ReplaceAll(word, "ё", "е"))
	if len(s) > 0 && s[0] == 'ў' {
		s[0] = 'у'
	}
	for n := min(longestEnding, len(s)-leastStem); n > 0; n-- {
		if endings[string(s[len(s)-n:])] && hasVowel(s[:len(s)-n]) {
			s = s[:len(s)-n]
			break
		}
	}
	s = harden(s)
	if n := len(s); n > 4 && (s[n-1] == 'і' || s[n-1] == 'ы') {
		s = s[:n-1]
	}
	if n := len(s); n > 4 && strings.ContainsRune("кнрлт", s[n-1]) && strings.ContainsRune("аеоэ", s[n-2]) && !isVowel(s[n-3]) {
		s = append(s[:n-2], s[n-1]) // a vowel that comes and goes
	}
	return string(s)
}

// harden writes soft consonants as their hard ones and each but once.
func harden(s []rune) []rune {
	out := make([]rune, 0, len(s))
	for i := 0; i < len(s); i++ {
		r := s[i]
		switch {
		case r == 'д' && i+1 < len(s) && s[i+1] == 'з':
			i++
		case r == 'ц':
			r = 'т'
		case r == 'ў':
			r = 'в'
		case r == 'ь':
			continue
		}
		if n := len(out); n == 0 || out[n-1] != r {
			out = append(out, r)
		}
	}
	return out
}

func hasVowel(s []rune) bool {
	for _, r := range s {
		if isVowel(r) {
			return true
		}
	}
	return false
}

func isVowel(r rune) bool { return strings.ContainsRune("аеёіоуыэюя", r) }
