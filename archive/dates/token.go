package dates

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word, a number or a sign.
type token struct {
	start, end int
	text, low  string
	n          int  // of a number of digits; -1 else
	capital    bool // begins with one
	glued      bool // no space before it
	stop       bool // ends a sentence
}

var tokenPattern = regexp.MustCompile(`\d+|[\p{L}\p{M}]+(?:['’ʼ-][\p{L}\p{M}]+)*|[^\s]`)

func tokens(text string) []token {
	var all []token
	for _, at := range tokenPattern.FindAllStringIndex(text, -1) {
		t := token{start: at[0], end: at[1], text: text[at[0]:at[1]], n: -1}
		t.low = lower(t.text)
		if rest, ok := strings.CutPrefix(t.low, "mid-"); ok {
			t.start, t.text, t.low = t.start+len("mid-"), t.text[len("mid-"):], rest
			all = append(all, token{start: at[0], end: t.start, text: "mid-", low: "mid", n: -1})
		}
		if n, err := strconv.Atoi(t.text); err == nil {
			t.n = n
		}
		r, _ := utf8.DecodeRuneInString(t.text)
		t.capital = unicode.IsUpper(r)
		t.glued = len(all) > 0 && all[len(all)-1].end == t.start
		t.stop = strings.ContainsAny(t.text, "!?;") || t.text == "." && fresh(text[t.end:])
		all = append(all, t)
	}
	return all
}

// fresh says whether what follows a point begins a sentence.
func fresh(rest string) bool {
	trimmed := strings.TrimLeft(rest, " \n\"”»“«")
	r, _ := utf8.DecodeRuneInString(trimmed)
	return trimmed == "" || len(trimmed) < len(rest) && unicode.IsUpper(r)
}

// lower folds case, kinds of apostrophe, ё, and ў at the beginning.
func lower(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); r {
		case '’', 'ʼ':
			return '\''
		case 'ё':
			return 'е'
		case '\u0301':
			return -1
		}
		return r
	}, s)
	if strings.HasPrefix(s, "ў") {
		s = "у" + s[len("ў"):]
	}
	return s
}
