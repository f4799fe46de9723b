package page

import (
	"strings"

	"wireroom/story"
)

// lead reads the story above the list.
func (r *reader) lead(all []line) {
	d := &Draft{}
	all = r.marks(d, all)
	if len(all) == 0 {
		return
	}
	d.Line, d.Headline = all[0].number, all[0].text
	if len(all) == 1 {
		r.skip(all[0], NoText)
		return
	}
	first := all[1].text
	if bullet(first) == "" {
		first = r.dates.take(d, first)
	}
	if first != "" {
		r.paragraph(d, first)
	}
	for _, l := range all[2:] {
		r.paragraph(d, l.text)
	}
	r.page.Lead = d
}

// marks takes out the lines that are but section labels above the headline or
// the notice of a plan: the page shows that one above the headline and again
// where the text is cut.
func (r *reader) marks(d *Draft, all []line) []line {
	var text []line
	for i, l := range all {
		if rest, plan := r.notice(l.text); rest == "" && plan != "" {
			d.Plan = plan
			continue
		}
		if sections, rest := r.labels(l.text); text == nil && rest == "" && sections != nil && i < len(all)-1 {
			d.Sections = sections
			continue
		}
		text = append(text, l)
	}
	return text
}

func (r *reader) paragraph(d *Draft, text string) {
	p := story.Para(inline(text)...)
	item := bullet(text)
	if item == "" {
		d.Body.Blocks = append(d.Body.Blocks, p)
		return
	}
	p = story.Para(inline(strings.TrimSpace(item))...)
	last := len(d.Body.Blocks) - 1
	if last < 0 || d.Body.Blocks[last].Type != story.BulletList {
		d.Body.Blocks = append(d.Body.Blocks, story.Node{Type: story.BulletList})
		last++
	}
	list := &d.Body.Blocks[last]
	list.Content = append(list.Content, story.Node{Type: story.ListItem, Content: []story.Node{p}})
}

// inline reads the editor's square brackets as insertions. Brackets that open
// nothing or close nothing, hold nothing or touch another insertion stay text,
// so that the text can be printed again as it was.
func inline(s string) []story.Node {
	ends := pairs(s)
	var all []story.Node
	from, touches := 0, -1
	for i := 0; i < len(s); i++ {
		end := ends[i]
		if end == 0 {
			continue
		}
		if end > i+1 && i != touches {
			if i > from {
				all = append(all, story.Plain(s[from:i]))
			}
			all = append(all, story.Marked(s[i+1:end], story.Insertion))
			from, touches = end+1, end+1
		}
		i = end
	}
	if from < len(s) {
		all = append(all, story.Plain(s[from:]))
	}
	return all
}

// pairs gives for each opening bracket the place of the one that closes it.
func pairs(s string) map[int]int {
	ends := map[int]int{}
	var open []int
	for i := range len(s) {
		switch {
		case s[i] == '[':
			open = append(open, i)
		case s[i] == ']' && len(open) > 0:
			ends[open[len(open)-1]] = i
			open = open[:len(open)-1]
		}
	}
	return ends
}
