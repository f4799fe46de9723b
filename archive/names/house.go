package names

import "strings"

// House spells a Belarusian word in Belarusian Latin, after the official
// orthography: Лукашэнка becomes Łukašenka. Letters that are not Belarusian
// stay as they are.
func House(word string) string {
	var out strings.Builder
	letters := []rune(word)
	for i, r := range letters {
		lower := lowerOne(r)
		var next, before rune
		if i+1 < len(letters) {
			next = lowerOne(letters[i+1])
		}
		if i > 0 {
			before = lowerOne(letters[i-1])
		}
		latin := houseLetter(lower, before, next)
		if lower != r {
			latin = capital(latin)
		}
		out.WriteString(latin)
	}
	return out.String()
}

var houseTable = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "h", 'ґ': "g", 'д': "d", 'ж': "ž", 'з': "z", 'и': "i", 'і': "i", 'й': "j", 'к': "k",
	'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u", 'ў': "ŭ", 'ф': "f", 'х': "ch", 'ц': "c",
	'ч': "č", 'ш': "š", 'щ': "šč", 'ы': "y", 'э': "e", 'ь': "", 'ъ': "", '\'': "", '’': "", 'ʼ': "",
}

// softened are the consonants whose softness has a letter of its own.
var softened = map[rune]string{'з': "ź", 'н': "ń", 'с': "ś", 'ц': "ć"}

var jotted = map[rune]string{'е': "e", 'ё': "o", 'ю': "u", 'я': "a"}

func houseLetter(r, before, next rune) string {
	if vowel, ok := jotted[r]; ok {
		switch {
		case before == 'л':
			return vowel
		case strings.ContainsRune("бвгґджзкмнпрстфхцчш", before):
			return "i" + vowel
		}
		return "j" + vowel
	}
	if s, ok := softened[r]; ok && next == 'ь' {
		return s
	}
	if r == 'л' {
		if strings.ContainsRune("еёюяіиьл", next) && next != 0 {
			return "l"
		}
		return "ł"
	}
	if latin, ok := houseTable[r]; ok {
		return latin
	}
	return string(r)
}

func lowerOne(r rune) rune { return []rune(strings.ToLower(string(r)))[0] }

func capital(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
