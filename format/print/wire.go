package print

import (
	"strings"

	"wireroom/story"
)

// carried gives what XML can carry of a character: itself, or else U+FFFD.
func carried(r rune) rune {
	switch {
	case r == '\t' || r == '\n' || r == '\r', r >= 0x20 && r <= 0xd7ff, r >= 0xe000 && r <= 0xfffd, r >= 0x10000:
		return r
	}
	return '\ufffd'
}

// Carried is s without what XML can't carry; each such character becomes
// U+FFFD.
func Carried(s string) string { return strings.Map(carried, strings.ToValidUTF8(s, "\ufffd")) }

// Collapsible reports whether inline content reads the same where each run of
// blanks counts as one, and none at the ends of a line, as HTML has it.
func Collapsible(inline []story.Node) bool {
	blank := true // the start of a line
	for _, n := range inline {
		if n.Type == story.HardBreak {
			if blank {
				return false
			}
			blank = true
			continue
		}
		for _, r := range n.Text {
			next := strings.ContainsRune(" \t\n\r\f", r)
			if next && (blank || r != ' ') {
				return false
			}
			blank = next
		}
	}
	return len(inline) == 0 || !blank
}

// Rounded gives the blocks with each editor's insertion in parentheses, as
// plain text: for clients whose systems lose square brackets.
func Rounded(blocks []story.Node) []story.Node {
	all := make([]story.Node, len(blocks))
	for i, n := range blocks {
		all[i] = n
		if n.Type == story.Text && n.Has(story.Insertion) {
			all[i].Text = bracketed(blocks, i, "(", ")")
			all[i].Marks = without(n.Marks, story.Insertion)
		}
		if n.Content != nil {
			all[i].Content = Rounded(n.Content)
		}
	}
	return all
}

func without(marks []story.Mark, unwanted story.MarkType) []story.Mark {
	var rest []story.Mark
	for _, m := range marks {
		if m.Type != unwanted {
			rest = append(rest, m)
		}
	}
	return rest
}

// Inline is inline content as XHTML for others' systems.
func Inline(nodes []story.Node) string {
	p := &page{Options: Options{Wire: true}}
	p.inline(nodes)
	return p.b.String()
}
