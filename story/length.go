package story

import "strings"

// Length is how many words the body has.
func (b Body) Length() int {
	n := 0
	for _, block := range b.Blocks {
		n += block.length()
	}
	return n
}

// length counts what stands in one block; a word may change its looks midway.
func (n Node) length() int {
	var text strings.Builder
	sum := 0
	for _, c := range n.Content {
		switch {
		case c.Text != "":
			text.WriteString(c.Text)
		case c.Type == HardBreak:
			text.WriteByte(' ')
		default:
			sum += c.length()
		}
	}
	return sum + len(strings.Fields(text.String()))
}
