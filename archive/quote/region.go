package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// region is a piece of a paragraph between quotation marks.
type region struct {
	open, close int  // bytes from the opening mark to behind the closing one
	start, end  int  // the words between them
	ajar        bool // never closed: it goes on in the next paragraph
	words       int
}

// counted gives the region with its words counted.
func counted(text string, g region) region {
	g.words = len(strings.Fields(text[g.start:g.end]))
	return g
}

// closers lists, for each opening mark, what may close it. Slavic hands close
// „ with either of the English marks.
var closers = map[rune]string{'“': "”", '„': "“”", '«': "»", '"': "\"", '”': "”"}

// regions finds what stands between quotation marks. Marks inside a quotation
// belong to it. Measures (5" pipe) and apostrophes open nothing.
func regions(text string) []region {
	var all []region
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		if closers[r] == "" || !opens(text, at, r) {
			at += n
			continue
		}
		g := region{open: at, start: at + n}
		g.end, g.close = closing(text, g.start, r)
		if g.close < 0 {
			g.end, g.close, g.ajar = len(text), len(text), true
		}
		g = counted(text, g)
		if g.words > 0 {
			all = append(all, g)
		}
		at = g.close
	}
	return all
}

// opens says whether the mark at this place can begin a quotation.
func opens(text string, at int, r rune) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
	if r == '"' || r == '”' {
		return !unicode.IsDigit(before) && !unicode.IsLetter(before) && !unicode.IsSpace(after) && (r == '"' || at == 0)
	}
	return true
}

// closing finds where the quotation opened by r ends: the end of its words and
// the end of the mark; -1 if it is not closed in this paragraph.
func closing(text string, from int, r rune) (end, after int) {
	depth, lastClose := 0, -1
	for at := from; at < len(text); {
		c, n := utf8.DecodeRuneInString(text[at:])
		switch {
		case c == r && r == '«':
			depth++
		case r == '«' && c == '„', r == '„' && c == '«':
			at = skipNested(text, at+n, c)
			continue
		case strings.ContainsRune(closers[r], c):
			if depth == 0 {
				return at, at + n
			}
			depth--
			lastClose = at
		}
		at += n
	}
	// Two openings and one closing: printers let the inner mark close both.
	if depth == 0 && lastClose >= 0 {
		return lastClose, lastClose + utf8.RuneLen(r)
	}
	return -1, -1
}

// skipNested steps behind a quotation within one, or only behind its opening
// mark if nothing closes it.
func skipNested(text string, from int, r rune) int {
	if i := strings.IndexAny(text[from:], closers[r]); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[from+i:])
		return from + i + n
	}
	return from
}
