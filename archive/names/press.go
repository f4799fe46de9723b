package names

import "strings"

// romanised are the ways in which a Cyrillic word is written in Latin letters
// without marks: as newspapers and passports have it, and as the house spells.
func romanised(word string) []string {
	letters := []rune(strings.ToLower(word))
	all := []string{simple(House(string(letters)))}
	for _, g := range []string{"g", "h"} {
		for _, open := range []bool{false, true} {
			all = append(all, press(letters, g, "y", open), press(letters, g, "i", open))
		}
	}
	return all
}

// press writes each letter as newspapers do; j is how they write й and begin ю and
// я, open whether they begin е so where no consonant stands before it.
func press(letters []rune, g, j string, open bool) string {
	var b strings.Builder
	for i, r := range letters {
		switch {
		case r == 'г':
			b.WriteString(g)
		case r == 'й':
			b.WriteString(j)
		case r == 'ю' || r == 'я':
			b.WriteString(j + map[rune]string{'ю': "u", 'я': "a"}[r])
		case r == 'е' && open && (i == 0 || !isConsonant(letters[i-1])):
			b.WriteString("ye")
		default:
			b.WriteString(pressed[r])
		}
	}
	return short.Replace(b.String())
}

// short is how names end that end in -ий or -ый.
var short = strings.NewReplacer("iy", "y", "yy", "y", "ii", "i", "yi", "y")

var pressed = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'д': "d", 'е': "e", 'ё': "e", 'ж': "zh", 'з': "z", 'и': "i", 'і': "i", 'к': "k", 'л': "l", 'м': "m", 'н': "n",
	'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ы': "y", 'э': "e",
}

func isConsonant(r rune) bool { return pressed[r] != "" && !isCyrillicVowel(r) || r == 'г' }

// simple takes the marks off a Latin word.
func simple(word string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(word, "ł", "l") {
		b.WriteString(strings.ToLower(strings.Join(plainLetter(r), "")))
	}
	return b.String()
}
