package markup

import (
	"fmt"
	"strings"

	"wireroom/story"
)

// signs are the characters that mean something within a line.
const signs = `\*[]|`

// escape makes each sign and control character of a text plain.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u{%x}`, r)
		case strings.ContainsRune(signs, r):
			b.WriteByte('\\')
			fallthrough
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inlinePrinter writes marked text. Stars wait until what follows is known,
// for it decides whether they need nothing between them to be read as they are meant.
type inlinePrinter struct {
	out    strings.Builder
	last   byte // last byte written, 0 at the start
	open   []story.Mark
	stars  []int // widths of the stars that wait
	inner  []bool
	broken string // how a hard break is written
}

func printInline(inline []story.Node, hardBreak string) string {
	p := &inlinePrinter{broken: hardBreak}
	for _, n := range inline {
		p.marks(n.Marks)
		if n.Type == story.HardBreak {
			p.write(hardBreak)
			continue
		}
		text := escape(n.Text)
		if p.last == ']' && len(p.stars) == 0 && strings.HasPrefix(text, "(") {
			text = `\` + text
		}
		p.write(text)
	}
	p.marks(nil)
	p.flush(true)
	return p.out.String()
}

func (p *inlinePrinter) write(s string) {
	if s == "" {
		return
	}
	p.flush(s[0] == ' ' || s[0] == '\n')
	p.out.WriteString(s)
	p.last = s[len(s)-1]
}

// marks closes what the next node does not carry and opens what it does.
func (p *inlinePrinter) marks(next []story.Mark) {
	same := 0
	for same < len(p.open) && same < len(next) && sameMark(p.open[same], next[same]) {
		same++
	}
	for len(p.open) > same {
		m := p.open[len(p.open)-1]
		p.sign(m, false)
		p.open = p.open[:len(p.open)-1]
	}
	for _, m := range next[same:] {
		p.sign(m, true)
		p.open = append(p.open, m)
	}
}

func (p *inlinePrinter) sign(m story.Mark, opens bool) {
	switch {
	case m.Type == story.Strong:
		p.star(2)
	case m.Type == story.Emphasis:
		p.star(1)
	case opens:
		p.write("[")
	case m.Type == story.Link:
		p.write("](" + address(href(m)) + ")")
	default:
		p.write("]")
	}
}

// star lets a star sign wait, with whether emphasis is innermost before it.
func (p *inlinePrinter) star(width int) {
	inEmphasis := len(p.open) > 0 && p.open[len(p.open)-1].Type == story.Emphasis
	p.stars = append(p.stars, width)
	p.inner = append(p.inner, inEmphasis)
}

// flush writes the stars that wait.
func (p *inlinePrinter) flush(beforeSpace bool) {
	if len(p.stars) == 0 {
		return
	}
	apart := ""
	rest := 0
	for _, w := range p.stars {
		rest += w
	}
	for i, w := range p.stars {
		if starWidth(rest, p.inner[i]) != w {
			apart = nothing
		}
		rest -= w
	}
	if beforeSpace && isSpace(p.last) {
		p.out.WriteString(nothing)
	}
	for i, w := range p.stars {
		if i > 0 {
			p.out.WriteString(apart)
		}
		p.out.WriteString("**"[:w])
	}
	p.last = '*'
	p.stars, p.inner = p.stars[:0], p.inner[:0]
}

// starWidth says how many of a run of stars are read as one sign: two mean
// strong; one means emphasis, where it is the innermost mark and closes first.
func starWidth(run int, inEmphasis bool) int {
	if run == 1 || inEmphasis && run%2 == 1 {
		return 1
	}
	return 2
}

// isSpace holds for 0 too, which stands for the edge of the text.
func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == 0 }

// address writes a link's address so that no sign or space ends it.
func address(href string) string {
	return strings.NewReplacer(`(`, `\(`, `)`, `\)`, ` `, `\ `).Replace(escape(href))
}

func href(m story.Mark) string {
	if m.Attrs == nil {
		return ""
	}
	return m.Attrs.Href
}

func sameMark(a, b story.Mark) bool { return a.Type == b.Type && href(a) == href(b) }
