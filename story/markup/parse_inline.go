package markup

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"wireroom/story"
)

type tokenKind int

const (
	text tokenKind = iota
	hardBreak
	stars        // a run of stars; later one sign
	openBracket  // of an insertion or a link
	closeBracket // the same; raw holds ](address) for a link
)

// token is a piece of a line. What opens or closes nothing becomes text.
type token struct {
	kind    tokenKind
	raw     string     // what stands in the source, or the text that it means
	pair    int        // brackets: where the other is, -1 if there is none
	mark    story.Mark // of a sign that opens or closes
	spaced  bool       // stars: with space on both sides
	opens   bool
	isPlain bool // a sign that is text
}

func parseInline(s string) []story.Node {
	tokens := nest(pairBrackets(tokenise(s)))
	var out []story.Node
	var open []story.Mark
	for i, t := range tokens {
		switch {
		case t.kind == text || t.isPlain:
			out = addText(out, t.raw, open)
		case t.kind == hardBreak:
			out = append(out, story.Node{Type: story.HardBreak, Marks: slices.Clone(open)})
		case t.opens && i+1 < len(tokens) && closes(tokens[i+1], t.mark):
			out = addText(out, t.raw+tokens[i+1].raw, open)
			open = append(open, t.mark)
		case t.opens:
			open = append(open, t.mark)
		default:
			open = open[:len(open)-1]
		}
	}
	return out
}

func closes(t token, m story.Mark) bool {
	return t.kind != text && t.kind != hardBreak && !t.isPlain && !t.opens && t.mark.Type == m.Type
}

func addText(out []story.Node, s string, marks []story.Mark) []story.Node {
	if s == "" {
		return out
	}
	if last := len(out) - 1; last >= 0 && out[last].Type == story.Text && slices.EqualFunc(out[last].Marks, marks, sameMark) {
		out[last].Text += s
		return out
	}
	return append(out, story.Node{Type: story.Text, Text: s, Marks: slices.Clone(marks)})
}

// tokenise cuts a line into texts and signs.
func tokenise(s string) []token {
	var out []token
	var plain strings.Builder
	add := func(t token) {
		if plain.Len() > 0 {
			out = append(out, token{kind: text, raw: plain.String()})
			plain.Reset()
		}
		out = append(out, t)
	}
	noAddress := 0 // up to here no address of a link ends
	for i := 0; i < len(s); {
		width := 1
		switch c := s[i]; {
		case strings.HasPrefix(s[i:], `\/`):
			width = 2
			add(token{kind: hardBreak})
		case strings.HasPrefix(s[i:], nothing):
			width = len(nothing)
		case c == '\\':
			var meant string
			meant, width = escaped(s[i:])
			plain.WriteString(meant)
		case c == '\n':
			add(token{kind: hardBreak})
		case c == '*':
			width = len(s) - i - len(strings.TrimLeft(s[i:], "*"))
			add(token{kind: stars, raw: s[i : i+width], spaced: isSpace(byteAt(s, i-1)) && isSpace(byteAt(s, i+width))})
		case c == '[':
			add(token{kind: openBracket, raw: "[", pair: -1})
		case c == ']':
			t := token{kind: closeBracket, raw: "]", pair: -1, mark: story.Mark{Type: story.Insertion}}
			if byteAt(s, i+1) == '(' && i >= noAddress {
				to, ok := addressEnd(s, i+2)
				if ok {
					t.raw = s[i:to]
					t.mark = story.Mark{Type: story.Link, Attrs: &story.MarkAttrs{Href: unescape(s[i+2 : to-1])}}
					width = len(t.raw)
				} else {
					noAddress = to
				}
			}
			add(t)
		default:
			plain.WriteByte(c)
		}
		i += width
	}
	add(token{})
	return out[:len(out)-1]
}

// byteAt is 0 beyond the ends.
func byteAt(s string, i int) byte {
	if i < 0 || i >= len(s) {
		return 0
	}
	return s[i]
}

// addressEnd finds the end of a link's address behind its bracket, or where
// the search failed: an address is not empty and has no bare space.
func addressEnd(s string, from int) (end int, ok bool) {
	for i := from; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case ')':
			return i + 1, i > from
		case ' ', '\t', '\n':
			return i, false
		}
	}
	return len(s), false
}

// escaped reads what a backslash and the next sign mean; a backslash before a
// letter or digit is one.
func escaped(s string) (meant string, width int) {
	if strings.HasPrefix(s, `\u{`) {
		end := strings.IndexByte(s[:min(len(s), 11)], '}')
		if end > 0 {
			if n, err := strconv.ParseUint(s[3:end], 16, 32); err == nil && n <= utf8.MaxRune && utf8.ValidRune(rune(n)) {
				return string(rune(n)), end + 1
			}
		}
	}
	if len(s) > 1 && s[1] < utf8.RuneSelf && s[1] >= ' ' && !alphanumeric(s[1]) {
		return s[1:2], 2
	}
	return `\`, 1
}

func alphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// unescape reads plain text in which signs are escaped.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		if strings.HasPrefix(s[i:], nothing) {
			i += len(nothing)
			continue
		}
		if s[i] == '\\' {
			meant, width := escaped(s[i:])
			b.WriteString(meant)
			i += width
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}
