package print

import (
	"strconv"
	"strings"

	"wireroom/story"
)

// Text writes the blocks as plain text with a blank line between them: for
// search, previews, mails and screen readers' summaries.
func Text(blocks []story.Node) string {
	var all []string
	for _, n := range blocks {
		if s := plain(n); s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, "\n\n")
}

func plain(n story.Node) string {
	switch n.Type {
	case story.BulletList, story.OrderedList:
		return plainList(n)
	case story.BlockQuote:
		return Text(n.Content)
	case story.Table:
		return plainTable(n)
	case story.PictureNode:
		a := attrs(n)
		return join(" ", a.Caption, a.Credit)
	case story.Embed:
		a := attrs(n)
		name, address := Embed(a.Provider, a.Ref)
		if address == "" {
			address = a.Ref
		}
		return join(" ", name, address)
	}
	return plainInline(n.Content)
}

func plainList(n story.Node) string {
	var lines []string
	for i, item := range n.Content {
		marker := "– "
		if n.Type == story.OrderedList {
			marker = strconv.Itoa(i+1) + ". "
		}
		var blocks []string
		for _, b := range item.Content {
			blocks = append(blocks, plain(b))
		}
		text := strings.ReplaceAll(strings.Join(blocks, "\n"), "\n", "\n  ")
		lines = append(lines, marker+text)
	}
	return strings.Join(lines, "\n")
}

func plainTable(n story.Node) string {
	var rows []string
	for _, row := range n.Content {
		var cells []string
		for _, c := range row.Content {
			cells = append(cells, plainInline(c.Content))
		}
		rows = append(rows, strings.Join(cells, "\t"))
	}
	return strings.Join(rows, "\n")
}

func plainInline(nodes []story.Node) string {
	var b strings.Builder
	for i, n := range nodes {
		if n.Type == story.HardBreak {
			b.WriteByte('\n')
			continue
		}
		b.WriteString(bracketed(nodes, i, "[", "]"))
	}
	return b.String()
}

// join leaves out what is empty.
func join(sep string, parts ...string) string {
	var full []string
	for _, p := range parts {
		if p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, sep)
}
