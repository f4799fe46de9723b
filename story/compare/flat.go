package compare

import (
	"encoding/json"
	"strings"

	"wireroom/story"
)

// flat is a line of a text: a paragraph, a heading, an item of a list, a row of
// a table, a picture, an embed.
type flat struct {
	kind  story.NodeType
	level int    // of a heading; how deep an item stands
	block int    // of the body, from 0
	para  int    // among the paragraphs that readers count, from 1; 0 is none
	text  string // what is read
	key   string // what makes it another line, besides its text
	style string // marks and links
	attrs story.Attrs
}

// flatten gives the lines of a body in order.
func flatten(body story.Body) []flat {
	var all []flat
	para := 0
	for i, n := range body.Blocks {
		f := flat{block: i}
		if counts(n) {
			para++
			f.para = para
		}
		all = f.lines(n, all)
	}
	return all
}

// counts reports whether readers count the block as a paragraph.
func counts(n story.Node) bool {
	switch n.Type {
	case story.Paragraph, story.BlockQuote, story.BulletList, story.OrderedList:
		return true
	}
	return false
}

func (f flat) lines(n story.Node, all []flat) []flat {
	f.kind = n.Type
	if n.Attrs != nil {
		f.attrs = *n.Attrs
	}
	switch n.Type {
	case story.BulletList, story.OrderedList:
		for _, item := range n.Content {
			inner := f
			inner.level++
			for _, c := range item.Content {
				if c.Type == story.Paragraph {
					all = append(all, inner.inline(story.ListItem, c.Content))
				} else {
					all = inner.lines(c, all)
				}
			}
		}
		return all
	case story.BlockQuote:
		for _, p := range n.Content {
			all = append(all, f.inline(story.BlockQuote, p.Content))
		}
		return all
	case story.Table:
		for _, row := range n.Content {
			all = append(all, f.row(row))
		}
		return all
	case story.PictureNode:
		f.text, f.key = f.attrs.Caption, f.attrs.Picture
		f.style = f.attrs.Credit + "\x00" + f.attrs.Alt
	case story.Embed:
		f.text = strings.TrimSpace(f.attrs.Provider + " " + f.attrs.Ref)
	case story.Heading:
		f = f.inline(story.Heading, n.Content)
		f.level = f.attrs.Level
	default:
		f = f.inline(n.Type, n.Content)
	}
	return append(all, f)
}

func (f flat) row(row story.Node) flat {
	var cells, styles []string
	for _, c := range row.Content {
		cells = append(cells, inline(c.Content))
		styles = append(styles, styled(c.Content))
	}
	f.kind, f.text, f.style = story.TableRow, strings.Join(cells, " | "), strings.Join(styles, "|")
	return f
}

func (f flat) inline(kind story.NodeType, nodes []story.Node) flat {
	f.kind, f.text, f.style = kind, inline(nodes), styled(nodes)
	return f
}

// inline is a line as it is read: an editor's insertion has its brackets.
func inline(nodes []story.Node) string {
	var b strings.Builder
	inside := false
	for _, n := range nodes {
		if now := n.Has(story.Insertion); now != inside {
			b.WriteString(map[bool]string{true: "[", false: "]"}[now])
			inside = now
		}
		if n.Type == story.HardBreak {
			b.WriteByte('\n')
		}
		b.WriteString(n.Text)
	}
	if inside {
		b.WriteByte(']')
	}
	return b.String()
}

// styled are the marks of a line and the words that carry them.
func styled(nodes []story.Node) string {
	var marked []story.Node
	for _, n := range nodes {
		if len(n.Marks) > 0 {
			marked = append(marked, n)
		}
	}
	if marked == nil {
		return ""
	}
	data, err := json.Marshal(marked)
	if err != nil {
		return ""
	}
	return string(data)
}
