package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is what a token is to the grammar.
type kind uint8

const (
	word   kind = iota
	number      // digits, with what hangs on them
	mark        // one sign of punctuation
	ending      // the possessive 's
	speech      // words between quotation marks, as one token
)

// token is a word, a sign or a whole quoted region of a paragraph.
type token struct {
	kind       kind
	start, end int    // bytes in the paragraph
	text       string // as it stands
	low        string // in lower case
	region     int    // of speech: its index in the paragraph
}

func (t token) is(s string) bool { return t.low == s && t.kind != speech }

// capital says whether the token begins like a name.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.kind == word && unicode.IsUpper(r)
}

func (t token) dash() bool {
	return t.kind == mark && (t.text == "—" || t.text == "–" || t.text == "-" || t.text == "--" || t.text == "−" || t.text == "―")
}

// tokens cuts a paragraph; the regions become one token each.
func tokens(text string, regions []region) []token {
	var all []token
	for at, next := 0, 0; at < len(text); {
		if next < len(regions) && at >= regions[next].open {
			r := regions[next]
			all = append(all, token{kind: speech, start: r.open, end: r.close, text: text[r.start:r.end], region: next})
			at, next = r.close, next+1
			continue
		}
		limit := len(text)
		if next < len(regions) {
			limit = regions[next].open
		}
		t := one(text[:limit], at)
		if t.end > at && strings.TrimSpace(t.text) != "" {
			t.low = lower(t.text)
			all = append(all, t)
		}
		at = max(t.end, at+1)
	}
	return all
}

// one reads the token at the place.
func one(text string, at int) token {
	r, size := utf8.DecodeRuneInString(text[at:])
	switch {
	case unicode.IsLetter(r):
		return letters(text, at)
	case unicode.IsDigit(r) || r == '$':
		end := at + size
		for end < len(text) {
			r, n := utf8.DecodeRuneInString(text[end:])
			inside := (r == '.' || r == ',') && end+1 < len(text) && unicode.IsDigit(rune(text[end+1]))
			after, _ := utf8.DecodeRuneInString(text[end+n:])
			inside = inside || r == '-' && unicode.IsLetter(after)
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !inside && r != '%' {
				break
			}
			end += n
		}
		return token{kind: number, start: at, end: end, text: text[at:end]}
	case isApostrophe(r) && possessive(text[at+size:]):
		return token{kind: ending, start: at, end: at + size + 1, text: text[at : at+size+1]}
	case strings.HasPrefix(text[at:], "--"):
		return token{kind: mark, start: at, end: at + 2, text: "--"}
	}
	return token{kind: mark, start: at, end: at + size, text: text[at : at+size]}
}

// letters reads a word: hyphens and apostrophes inside belong to it, and the
// points of U.S. and D-Mass.
func letters(text string, at int) token {
	end := at
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		after, _ := utf8.DecodeRuneInString(text[end+n:])
		join := isApostrophe(r) || r == '-' || r == '‑'
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '\u00ad':
		case join && unicode.IsLetter(after) && !(isApostrophe(r) && possessive(text[end+n:])):
		case r == '.' && initials(text[at:end]):
		default:
			return token{kind: word, start: at, end: end, text: text[at:end]}
		}
		end += n
	}
	return token{kind: word, start: at, end: end, text: text[at:end]}
}

// initials says whether a point after these letters belongs to them: one
// capital, as in "U." of "U.S.", or "J.".
func initials(s string) bool {
	if i := strings.LastIndexAny(s, ".-"); i >= 0 {
		s = s[i+1:]
	}
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && n == len(s) && unicode.IsUpper(r)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' }

// possessive says whether an s stands here alone.
func possessive(rest string) bool {
	if rest == "" || rest[0] != 's' {
		return false
	}
	r, _ := utf8.DecodeRuneInString(rest[1:])
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// lower folds what the grammar does not tell apart: case, kinds of apostrophe,
// soft hyphens.
func lower(s string) string {
	low := strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); r {
		case '’', 'ʼ':
			return '\''
		case '\u00ad', '\u0301':
			return -1
		case 'ё':
			return 'е'
		}
		return r
	}, s)
	if strings.HasPrefix(low, "ў") {
		low = "у" + low[len("ў"):]
	}
	return low
}
