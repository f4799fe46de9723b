package markup

import (
	"strings"
	"unicode/utf8"

	"wireroom/fault"
	"wireroom/story"
)

// Parse reads the desk's text form. It fails only for text that is not UTF-8.
func Parse(text string) (story.Body, error) {
	if !utf8.ValidString(text) {
		return story.Body{}, fault.Invalid("body", "the text is not UTF-8")
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	p := &parser{lines: strings.Split(text, "\n")}
	return story.Body{Blocks: p.blocks()}, nil
}

// parser walks over the lines of a body, or of an item in it.
type parser struct {
	lines []string
	at    int
	depth int // 0 at the top, then the depth of the item
}

func (p *parser) top() bool { return p.depth == 0 }

func (p *parser) more() bool { return p.at < len(p.lines) }

func (p *parser) line() string { return trim(p.lines[p.at]) }

// take gives the lines from here on that fit and steps behind them.
func (p *parser) take(fits func(line string) bool) []string {
	from := p.at
	for p.more() && fits(p.line()) {
		p.at++
	}
	taken := make([]string, 0, p.at-from)
	for _, l := range p.lines[from:p.at] {
		taken = append(taken, trim(l))
	}
	return taken
}

func (p *parser) blocks() []story.Node {
	var all []story.Node
	parted := false
	for p.more() {
		line := p.line()
		switch {
		case line == "":
			p.at++
		case line == "---" && p.parts(all):
			parted = true
			p.at++
		case marker(line) > 0 && p.depth < MaxDepth:
			list := p.list(listType(line))
			if last := len(all) - 1; !parted && last >= 0 && all[last].Type == list.Type {
				all[last].Content = append(all[last].Content, list.Content...)
			} else {
				all = append(all, list)
			}
			parted = false
		default:
			all = append(all, p.block(line))
			parted = false
		}
	}
	return all
}

// parts reports whether the line here stands between two lists of one kind.
func (p *parser) parts(before []story.Node) bool {
	if len(before) == 0 || p.depth >= MaxDepth {
		return false
	}
	for _, next := range p.lines[p.at+1:] {
		if next = trim(next); next != "" {
			return marker(next) > 0 && listType(next) == before[len(before)-1].Type
		}
	}
	return false
}

func (p *parser) block(line string) story.Node {
	switch {
	case !p.top():
	case headingLevel(line) > 0:
		p.at++
		level := headingLevel(line)
		return story.Node{Type: story.Heading, Attrs: &story.Attrs{Level: level}, Content: parseInline(trim(line[level:]))}
	case line[0] == '>':
		return quote(p.take(func(l string) bool { return strings.HasPrefix(l, ">") }))
	case line[0] == '|':
		return table(p.take(func(l string) bool { return strings.HasPrefix(l, "|") }))
	case strings.HasPrefix(line, "!picture "):
		p.at++
		return picture(line[len("!picture "):])
	case strings.HasPrefix(line, "!embed "):
		p.at++
		f := fields(line[len("!embed "):], 2)
		return story.Node{Type: story.Embed, Attrs: &story.Attrs{Provider: f[0], Ref: f[1]}}
	}
	return p.paragraph()
}

// paragraph takes the first line whatever it is, and those that start no block.
func (p *parser) paragraph() story.Node {
	first := p.line()
	p.at++
	rest := p.take(func(l string) bool {
		return l != "" && !startsBlock(l, p.top()) && (marker(l) == 0 || p.depth >= MaxDepth)
	})
	return story.Para(parseInline(strings.Join(append([]string{first}, rest...), "\n"))...)
}

// list takes the items of one list; the blank lines between items do not part it.
func (p *parser) list(kind story.NodeType) story.Node {
	list := story.Node{Type: kind}
	for p.more() {
		line := p.line()
		width := marker(line)
		if width == 0 || listType(line) != kind {
			break
		}
		lines := []string{line[width:]}
		p.at++
		for p.more() {
			if in, ok := p.inside(width); ok {
				lines = append(lines, in)
				p.at++
				continue
			}
			break
		}
		list.Content = append(list.Content, item(lines, p.depth+1))
	}
	return list
}

// inside gives the line here without its indent if it belongs to an item whose
// marker is so wide. A blank line belongs to it if what follows does.
func (p *parser) inside(width int) (string, bool) {
	line := p.lines[p.at]
	if trim(line) == "" {
		next := p.at + 1
		if next < len(p.lines) && indent(p.lines[next]) >= 2 && trim(p.lines[next]) != "" {
			return "", true
		}
		return "", false
	}
	if n := indent(line); n >= 2 {
		return strings.ReplaceAll(line, "\t", "    ")[min(width, n):], true
	}
	return "", false
}

func item(lines []string, depth int) story.Node {
	inner := &parser{lines: lines, depth: depth}
	content := inner.blocks()
	if len(content) == 0 || content[0].Type != story.Paragraph {
		content = append([]story.Node{story.Para()}, content...)
	}
	return story.Node{Type: story.ListItem, Content: content}
}

func quote(lines []string) story.Node {
	q := story.Node{Type: story.BlockQuote}
	var paragraph []string
	end := func() {
		if paragraph != nil {
			q.Content = append(q.Content, story.Para(parseInline(strings.Join(paragraph, "\n"))...))
		}
		paragraph = nil
	}
	for _, l := range lines {
		if l = trim(l[1:]); l == "" {
			end()
			continue
		}
		paragraph = append(paragraph, l)
	}
	end()
	if q.Content == nil {
		q.Content = []story.Node{story.Para()}
	}
	return q
}

func table(lines []string) story.Node {
	t := story.Node{Type: story.Table}
	for _, l := range lines {
		row := story.Node{Type: story.TableRow}
		cells := bars(l[1:])
		if last := len(cells) - 1; last > 0 && cells[last] == "" {
			cells = cells[:last]
		}
		for _, c := range cells {
			cell := story.Node{Type: story.TableCell}
			if head, ok := strings.CutPrefix(c, "="); ok {
				cell.Attrs = &story.Attrs{Header: true}
				c = trim(head)
			}
			cell.Content = parseInline(c)
			row.Content = append(row.Content, cell)
		}
		t.Content = append(t.Content, row)
	}
	return t
}

// fields reads n plain texts with bars between; what is over stays in the last.
func fields(s string, n int) []string { return texts(bars(s), n) }

func texts(all []string, n int) []string {
	if len(all) > n {
		all = append(all[:n-1], strings.Join(all[n-1:], " | "))
	}
	for i, f := range all {
		all[i] = unescape(f)
	}
	for len(all) < n {
		all = append(all, "")
	}
	return all
}
