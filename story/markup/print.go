package markup

import (
	"strconv"
	"strings"

	"wireroom/story"
)

// Print writes the body in the desk's text form, without a line end after the
// last block. The empty body is "".
func Print(b story.Body) string {
	return strings.Join(printBlocks(b.Blocks, true), "\n")
}

// printBlocks gives lines. Blank lines part blocks, except within an item
// where a list follows its paragraph at once.
func printBlocks(blocks []story.Node, spaced bool) []string {
	var lines []string
	for i, n := range blocks {
		if i > 0 {
			before := blocks[i-1].Type
			if spaced || !isList(n.Type) || isList(before) {
				lines = append(lines, "")
			}
			if isList(n.Type) && n.Type == before {
				lines = append(lines, "---", "")
			}
		}
		lines = append(lines, printBlock(n)...)
	}
	return lines
}

func isList(t story.NodeType) bool { return t == story.BulletList || t == story.OrderedList }

func printBlock(n story.Node) []string {
	attrs := n.Attrs
	if attrs == nil {
		attrs = &story.Attrs{}
	}
	switch n.Type {
	case story.Heading:
		level := min(max(attrs.Level, 2), 4)
		return []string{strings.Repeat("#", level) + " " + oneLine(n.Content)}
	case story.BulletList, story.OrderedList:
		return printList(n)
	case story.BlockQuote:
		return printQuote(n)
	case story.Table:
		return printTable(n)
	case story.PictureNode:
		return []string{printFields("!picture ", attrs.Picture, attrs.Caption, attrs.Credit, attrs.Alt, printFocus(*attrs))}
	case story.Embed:
		return []string{printFields("!embed ", attrs.Provider, attrs.Ref)}
	}
	return printParagraph(n.Content)
}

func printParagraph(inline []story.Node) []string {
	lines := strings.Split(printInline(inline, "\n"), "\n")
	for i, l := range lines {
		lines[i] = plainStart(fenced(l))
	}
	return lines
}

// oneLine prints inline content where no line may end, as in a heading.
func oneLine(inline []story.Node) string { return fenced(printInline(inline, `\/`)) }

// fenced keeps spaces at both ends, which Parse would trim, and empty lines,
// which would part blocks.
func fenced(line string) string {
	if strings.HasPrefix(line, " ") {
		line = `\` + line
	}
	if strings.HasSuffix(line, " ") && line != `\ ` {
		line = line[:len(line)-1] + `\ `
	}
	if line == "" {
		return nothing
	}
	return line
}

// plainStart keeps a line of text from being read as the start of a block.
func plainStart(line string) string {
	if n := numberWidth(line); n > 0 {
		dot := strings.IndexByte(line, '.')
		return line[:dot] + `\` + line[dot:]
	}
	if startsBlock(line, true) {
		return `\` + line
	}
	return line
}

func printList(n story.Node) []string {
	var lines []string
	for i, item := range n.Content {
		marker := "- "
		if n.Type == story.OrderedList {
			// Markers of more than three digits would be read as a year.
			marker = strconv.Itoa(i%999+1) + ". "
		}
		indent := strings.Repeat(" ", len(marker))
		for j, l := range printBlocks(item.Content, false) {
			switch {
			case j == 0:
				l = marker + l
			case l != "":
				l = indent + l
			}
			lines = append(lines, l)
		}
	}
	return lines
}

func printQuote(n story.Node) []string {
	var lines []string
	for i, p := range n.Content {
		if i > 0 {
			lines = append(lines, ">")
		}
		for _, l := range printParagraph(p.Content) {
			lines = append(lines, "> "+l)
		}
	}
	return lines
}

func printTable(n story.Node) []string {
	lines := make([]string, 0, len(n.Content))
	for _, row := range n.Content {
		var b strings.Builder
		for _, cell := range row.Content {
			text := oneLine(cell.Content)
			b.WriteByte('|')
			if cell.Attrs != nil && cell.Attrs.Header {
				b.WriteByte('=')
			} else if strings.HasPrefix(text, "=") {
				text = `\` + text
			}
			b.WriteString(" " + text + " ")
		}
		lines = append(lines, b.String()+"|")
	}
	return lines
}

// printFields writes plain texts with bars between, without empty ones at the end.
func printFields(head string, fields ...string) string {
	for len(fields) > 1 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	for i, f := range fields {
		fields[i] = fenced(escape(f))
	}
	return head + strings.Join(fields, " | ")
}
