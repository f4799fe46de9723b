package demo

import (
	"fmt"
	"regexp"
	"strings"

	"wireroom/story"
)

var (
	pictureLine = regexp.MustCompile(`^!\[([^|\]]*)\|([^|\]]*)\|([^|\]]*)\]\(([a-z-]+)\)$`)
	inlineMark  = regexp.MustCompile(`\*\*(.+?)\*\*|\*(.+?)\*|\{\{(.+?)\}\}`)
)

// parse reads the light markup of the story files. Blocks are parted by empty
// lines; a line break inside a block is a space.
func parse(text string) (story.Body, error) {
	var b story.Body
	for block := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		block = strings.TrimSpace(block)
		if block == "" {
			continue
		}
		n, err := parseBlock(block)
		if err != nil {
			return story.Body{}, err
		}
		b.Blocks = append(b.Blocks, n)
	}
	return b, nil
}

func parseBlock(block string) (story.Node, error) {
	lines := strings.Split(block, "\n")
	switch {
	case strings.HasPrefix(block, "## "):
		return story.Node{Type: story.Heading, Attrs: &story.Attrs{Level: 2}, Content: inline(joined(lines, "## "))}, nil
	case strings.HasPrefix(block, "!["):
		return picture(block)
	case strings.HasPrefix(block, "> "):
		p := story.Para(inline(joined(lines, "> "))...)
		return story.Node{Type: story.BlockQuote, Content: []story.Node{p}}, nil
	case strings.HasPrefix(block, "- "):
		return list(lines), nil
	case strings.HasPrefix(block, "|"):
		return table(lines), nil
	}
	return story.Para(inline(joined(lines, ""))...), nil
}

func joined(lines []string, mark string) string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = strings.TrimSpace(strings.TrimPrefix(l, mark))
	}
	return strings.Join(out, " ")
}

func picture(block string) (story.Node, error) {
	m := pictureLine.FindStringSubmatch(block)
	if m == nil {
		return story.Node{}, fmt.Errorf("a picture is written ![caption|credit|alt](name), not %q", block)
	}
	attrs := &story.Attrs{Caption: m[1], Credit: m[2], Alt: m[3], Picture: m[4]}
	return story.Node{Type: story.PictureNode, Attrs: attrs}, nil
}

func list(lines []string) story.Node {
	n := story.Node{Type: story.BulletList}
	for _, l := range lines {
		p := story.Para(inline(strings.TrimPrefix(l, "- "))...)
		n.Content = append(n.Content, story.Node{Type: story.ListItem, Content: []story.Node{p}})
	}
	return n
}

func table(lines []string) story.Node {
	n := story.Node{Type: story.Table}
	for i, l := range lines {
		row := story.Node{Type: story.TableRow}
		for cell := range strings.SplitSeq(strings.Trim(strings.TrimSpace(l), "|"), "|") {
			c := story.Node{Type: story.TableCell, Content: inline(strings.TrimSpace(cell))}
			if i == 0 {
				c.Attrs = &story.Attrs{Header: true}
			}
			row.Content = append(row.Content, c)
		}
		n.Content = append(n.Content, row)
	}
	return n
}

func inline(s string) []story.Node {
	var out []story.Node
	for s != "" {
		m := inlineMark.FindStringSubmatchIndex(s)
		if m == nil {
			return append(out, story.Plain(s))
		}
		if m[0] > 0 {
			out = append(out, story.Plain(s[:m[0]]))
		}
		for i, mark := range []story.MarkType{story.Strong, story.Emphasis, story.Insertion} {
			if from, to := m[2+2*i], m[3+2*i]; from >= 0 {
				out = append(out, story.Marked(s[from:to], mark))
			}
		}
		s = s[m[1]:]
	}
	return out
}
