package lexis

import (
	"unicode"
	"unicode/utf8"
)

// split finds the words of a text: runs of letters and digits, in which an
// apostrophe and a mark of stress may stand.
func split(parts []part, text string) []part {
	opener := true
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			opener = opener || ends(r)
			i += n
			continue
		}
		end := wordEnd(text, i)
		parts = append(parts, part{start: i, end: end, word: text[i:end], capital: unicode.IsUpper(r), opener: opener})
		opener = false
		i = end
	}
	return parts
}

// ends is whether a sentence may begin after the sign.
func ends(r rune) bool {
	switch r {
	case '.', '!', '?', ':', '\n', '“', '”', '"', '«', '„', '—', '…':
		return true
	}
	return false
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) && !apostrophe(r) || unicode.IsDigit(r))
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == 'ʹ' }

// wordEnd is where the word that begins at i ends. An apostrophe belongs to it
// if a letter follows.
func wordEnd(text string, i int) int {
	end := i
	for j := i; j < len(text); {
		r, n := utf8.DecodeRuneInString(text[j:])
		switch {
		case inWord(r) || unicode.Is(unicode.Mn, r):
			end = j + n
		case !apostrophe(r):
			return end
		}
		j += n
		if apostrophe(r) {
			if next, _ := utf8.DecodeRuneInString(text[j:]); !inWord(next) {
				return end
			}
		}
	}
	return end
}
