package prose

import (
	"slices"

	"wireroom/story"
)

// within tells what each container stands in.
var within = map[string]story.NodeType{
	"ul": story.BulletList, "ol": story.OrderedList, "li": story.ListItem, "blockquote": story.BlockQuote,
	"table": story.Table, "tr": story.TableRow, "td": story.TableCell, "th": story.TableCell,
}

// inlineTags are those that part no paragraphs.
var inlineTags = []string{"span", "u", "s", "small", "sub", "sup", "font", "abbr", "cite", "q", "code", "mark", "time", "ins", "del",
	"label", "acronym", "tt", "big", "strike", "wbr", "person", "location", "org", "money", "chron", "num", "virtloc", "function", "event"}

// open opens a container; one that may not stand here only parts paragraphs.
func (b *builder) open(tag string) {
	if slices.Contains(inlineTags, tag) {
		return
	}
	b.flush()
	switch kind := within[tag]; kind {
	case story.BulletList, story.OrderedList:
		b.openList(kind)
	case story.ListItem:
		b.openItem()
	case story.BlockQuote, story.Table:
		if len(b.frames) == 0 {
			b.push(story.Node{Type: kind})
		}
	case story.TableRow:
		if b.innermost(story.Table) >= 0 {
			b.popTo(story.TableRow)
			b.push(story.Node{Type: story.TableRow})
		}
	case story.TableCell:
		b.openCell(tag == "th")
	}
}

func (b *builder) openList(kind story.NodeType) {
	depth := 0
	for _, f := range b.frames {
		switch f.Type {
		case story.BulletList, story.OrderedList:
			depth++
		case story.ListItem:
		default:
			return
		}
	}
	if depth >= maxLists {
		return
	}
	if n := len(b.frames); n > 0 && b.frames[n-1].Type != story.ListItem {
		b.push(story.Node{Type: story.ListItem})
	}
	b.push(story.Node{Type: kind})
}

// openItem ends the item before. Items without a list have one made for them.
func (b *builder) openItem() {
	if len(b.frames) == 0 {
		b.push(story.Node{Type: story.BulletList})
	}
	switch b.frames[len(b.frames)-1].Type {
	case story.ListItem:
		b.pop()
	case story.BulletList, story.OrderedList:
	default:
		return
	}
	b.push(story.Node{Type: story.ListItem})
}

func (b *builder) openCell(header bool) {
	if b.innermost(story.Table) < 0 {
		return
	}
	b.popTo(story.TableCell)
	if b.innermost(story.TableRow) < 0 {
		b.push(story.Node{Type: story.TableRow})
	}
	cell := story.Node{Type: story.TableCell}
	if header {
		cell.Attrs = &story.Attrs{Header: true}
	}
	b.push(cell)
}

func (b *builder) close(tag string) {
	if slices.Contains(inlineTags, tag) {
		return
	}
	b.flush()
	if kind, ok := within[tag]; ok {
		b.popTo(kind)
	}
}

func (b *builder) push(n story.Node) { b.frames = append(b.frames, n) }

func (b *builder) innermost(kind story.NodeType) int {
	for i := len(b.frames) - 1; i >= 0; i-- {
		if b.frames[i].Type == kind {
			return i
		}
	}
	return -1
}

// popTo closes the innermost container of the kind with all in it.
func (b *builder) popTo(kind story.NodeType) {
	for at := b.innermost(kind); at >= 0 && len(b.frames) > at; {
		b.pop()
	}
}

// pop closes the innermost container and puts it into its own, unless it is
// empty.
func (b *builder) pop() {
	n := b.frames[len(b.frames)-1]
	b.frames = b.frames[:len(b.frames)-1]
	if len(n.Content) == 0 && n.Type != story.TableCell {
		return
	}
	if n.Type == story.ListItem && n.Content[0].Type != story.Paragraph {
		n.Content = append([]story.Node{story.Para()}, n.Content...)
	}
	b.put(n)
}

func (b *builder) put(n story.Node) {
	b.room.take(leastNode)
	if len(b.frames) == 0 {
		b.top = append(b.top, n)
		return
	}
	into := &b.frames[len(b.frames)-1]
	into.Content = append(into.Content, n)
}

// flush ends the paragraph and puts it where it may stand.
func (b *builder) flush() {
	text := b.inline
	for len(text) > 0 && text[len(text)-1].Type == story.HardBreak {
		text = text[:len(text)-1]
	}
	level := b.level
	b.inline, b.space, b.level = nil, false, 0
	if len(text) == 0 {
		return
	}
	if len(b.frames) == 0 {
		n := story.Para(text...)
		if level > 0 {
			n.Type, n.Attrs = story.Heading, &story.Attrs{Level: level}
		}
		b.put(n)
		return
	}
	switch into := &b.frames[len(b.frames)-1]; into.Type {
	case story.TableCell:
		if len(into.Content) > 0 {
			text = append([]story.Node{{Type: story.HardBreak}}, text...)
		}
		into.Content = append(into.Content, text...)
	case story.ListItem, story.BlockQuote:
		b.put(story.Para(text...))
	case story.BulletList, story.OrderedList:
		b.put(story.Node{Type: story.ListItem, Content: []story.Node{story.Para(text...)}})
	default:
		// Text in a table but in no cell, such as its caption, comes before it.
		b.room.take(leastNode)
		b.top = append(b.top, story.Para(text...))
	}
}

func (b *builder) closeAll() {
	b.flush()
	for len(b.frames) > 0 {
		b.pop()
	}
}
