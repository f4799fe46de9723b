package print

import "wireroom/story"

// table puts a first row of nothing but headers into the table's head. The
// wrapper scrolls where the screen is narrow, so the keyboard must reach it.
func (p *page) table(n story.Node) {
	if !p.Wire {
		p.b.WriteString("<div class=\"table\" tabindex=\"0\">\n")
	}
	p.b.WriteString("<table>\n")
	rows := n.Content
	if len(rows) > 0 && allHeaders(rows[0]) {
		p.b.WriteString("<thead>\n")
		p.row(rows[0], "col")
		p.b.WriteString("</thead>\n")
		rows = rows[1:]
	}
	if len(rows) > 0 {
		p.b.WriteString("<tbody>\n")
		for _, r := range rows {
			p.row(r, "row")
		}
		p.b.WriteString("</tbody>\n")
	}
	p.b.WriteString("</table>\n")
	if !p.Wire {
		p.b.WriteString("</div>\n")
	}
}

func (p *page) row(row story.Node, scope string) {
	p.b.WriteString("<tr>")
	for _, cell := range row.Content {
		// An empty header would be announced as a header of nothing.
		if attrs(cell).Header && len(cell.Content) > 0 {
			p.b.WriteString(`<th scope="` + scope + `">`)
			p.inline(cell.Content)
			p.b.WriteString("</th>")
			continue
		}
		p.b.WriteString("<td>")
		p.inline(cell.Content)
		p.b.WriteString("</td>")
	}
	p.b.WriteString("</tr>\n")
}

func allHeaders(row story.Node) bool {
	for _, cell := range row.Content {
		if !attrs(cell).Header {
			return false
		}
	}
	return len(row.Content) > 0
}
