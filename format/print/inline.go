package print

import (
	"slices"

	"wireroom/story"
)

// tag is an open element of inline content.
type tag struct {
	mark story.MarkType
	href string
}

// order is how marks that begin together nest.
var order = []story.MarkType{story.Link, story.Strong, story.Emphasis}

func (p *page) inline(nodes []story.Node) {
	var open []tag
	for i, n := range nodes {
		if n.Type == story.HardBreak {
			open = p.turn(open, nil)
			if p.Wire {
				p.b.WriteString("<br/>")
			} else {
				p.b.WriteString("<br>\n")
			}
			continue
		}
		open = p.turn(open, tags(n))
		p.text(bracketed(nodes, i, "[", "]"))
	}
	p.turn(open, nil)
}

// turn closes what does not go on and opens what begins. A mark that goes on
// stays open, so that a link with an emphasised word is one link.
func (p *page) turn(open, next []tag) []tag {
	same := 0
	for same < len(open) && slices.Contains(next, open[same]) {
		same++
	}
	for i := len(open) - 1; i >= same; i-- {
		p.b.WriteString("</" + element(open[i].mark) + ">")
	}
	open = open[:same]
	for _, t := range next {
		if slices.Contains(open, t) {
			continue
		}
		p.b.WriteString("<" + element(t.mark))
		if t.mark == story.Link {
			p.attr("href", t.href)
		}
		p.b.WriteByte('>')
		open = append(open, t)
	}
	return open
}

func tags(n story.Node) []tag {
	var all []tag
	for _, m := range order {
		switch {
		case m == story.Link:
			if href := n.Href(); story.SafeHref(href) {
				all = append(all, tag{m, href})
			}
		case n.Has(m):
			all = append(all, tag{mark: m})
		}
	}
	return all
}

func element(m story.MarkType) string {
	switch m {
	case story.Link:
		return "a"
	case story.Strong:
		return "strong"
	}
	return "em"
}

// bracketed gives the text of nodes[i] with the brackets of an insertion that
// begins or ends there.
func bracketed(nodes []story.Node, i int, open, closing string) string {
	n := nodes[i]
	if !n.Has(story.Insertion) {
		return n.Text
	}
	text := n.Text
	if i == 0 || !nodes[i-1].Has(story.Insertion) {
		text = open + text
	}
	if i == len(nodes)-1 || !nodes[i+1].Has(story.Insertion) {
		text += closing
	}
	return text
}
