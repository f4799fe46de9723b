package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Op says which of the texts has a span.
type Op int

// The ops.
const (
	Both  Op = iota
	Gone     // the older alone
	Added    // the newer alone
)

// Span is a run of words.
type Span struct {
	Op   Op
	Text string
}

// Words sets a newer text into an older one: struck out, what it has no more;
// put in, what is new.
func Words(was, now string) []Span {
	a, b := split(was), split(now)
	gone, added := apart(a, b)
	var all spans
	var out, in strings.Builder
	flush := func() {
		all.add(Gone, out.String())
		all.add(Added, in.String())
		out.Reset()
		in.Reset()
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && gone[i]:
			out.WriteString(a[i])
			i++
		case j < len(b) && added[j]:
			in.WriteString(b[j])
			j++
		case out.Len() > 0 && in.Len() > 0 && blank(a[i]) && changes(gone, i+1) && changes(added, j+1):
			// A blank between two changes would tear a phrase into pieces.
			out.WriteString(a[i])
			in.WriteString(b[j])
			i, j = i+1, j+1
		default:
			flush()
			all.add(Both, a[i])
			i, j = i+1, j+1
		}
	}
	flush()
	return all
}

func changes(of []bool, i int) bool { return i < len(of) && of[i] }

type spans []Span

func (s *spans) add(op Op, text string) {
	if text == "" {
		return
	}
	if n := len(*s); n > 0 && (*s)[n-1].Op == op {
		(*s)[n-1].Text += text
		return
	}
	*s = append(*s, Span{op, text})
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

// split cuts a text into words, blanks and single signs; together they are the
// text.
func split(s string) []string {
	var all []string
	for s != "" {
		n := first(s)
		all = append(all, s[:n])
		s = s[n:]
	}
	return all
}

// first is the length of the first word, blanks or sign.
func first(s string) int {
	r, size := utf8.DecodeRuneInString(s)
	kind := kindOf(r)
	if kind == sign {
		return size
	}
	for size < len(s) {
		r, n := utf8.DecodeRuneInString(s[size:])
		switch {
		case kindOf(r) == kind:
		case kind == word && joins(r) && inWord(s[size+n:]):
		default:
			return size
		}
		size += n
	}
	return size
}

const (
	sign = iota
	word
	space
)

func kindOf(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return space
	case r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r)):
		return word
	}
	return sign
}

// joins reports whether the sign within a word belongs to it: "don’t",
// "сям’я", "1.5", "чёрно-белый".
func joins(r rune) bool { return strings.ContainsRune("'’ʼ-‑.,", r) }

func inWord(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return rest != "" && kindOf(r) == word
}
