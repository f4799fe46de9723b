package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"wireroom/story"
)

// widest is how long a line of a machine that breaks lines may be.
const widest = 100

// Wrapped reads plain text that a machine broke into lines of one width, as
// teleprinters did: an indented line begins a paragraph, as does one after a
// blank line. A line goes on in the next if that one's first word had no room
// in it; else it was broken by hand.
func Wrapped(s string) Reading {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	width := 0
	for l := range strings.SplitSeq(s, "\n") {
		width = max(width, utf8.RuneCountInString(strings.TrimRight(l, " \t")))
	}
	if width > widest {
		return Text(s)
	}
	var paragraphs []string
	begun, before := false, ""
	for l := range strings.SplitSeq(s, "\n") {
		text := strings.TrimSpace(l)
		switch {
		case text == "":
			begun = false
			continue
		case !begun || l[0] == ' ' || l[0] == '\t':
			paragraphs = append(paragraphs, text)
		case goesOn(before, text, width):
			paragraphs[len(paragraphs)-1] += " " + text
		default:
			paragraphs[len(paragraphs)-1] += "\n" + text
		}
		begun, before = true, strings.TrimRight(l, " \t")
	}
	return lines(paragraphs)
}

// goesOn reports whether the next line is one with that before it.
func goesOn(before, next string, width int) bool {
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(before)+1+utf8.RuneCountInString(word) > width
}

// Verbatim reads plain text in which blank lines alone part paragraphs and each
// blank of a line counts.
func Verbatim(s string) Reading {
	if s == "" {
		return Reading{}
	}
	return lines(strings.Split(s, "\n\n"))
}

// lines makes blocks of paragraphs whose lines are parted by line ends.
func lines(paragraphs []string) Reading {
	left := room(story.MaxBody)
	var blocks []story.Node
	for _, p := range paragraphs {
		var inline []story.Node
		begun := false
		for l := range strings.SplitSeq(p, "\n") {
			if !left.take(leastNode + len(l)) {
				return Reading{Size: story.MaxBody - int(left)}
			}
			if begun {
				inline = append(inline, story.Node{Type: story.HardBreak})
			}
			begun = true
			if l != "" {
				inline = append(inline, story.Plain(l))
			}
		}
		blocks = append(blocks, story.Para(inline...))
	}
	return Reading{Blocks: blocks, Size: story.MaxBody - int(left)}
}

// Printable is s without the signs that no story may hold, which machines put
// between letters; what is no UTF-8 becomes U+FFFD.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}
