package quote

import "strings"

// headline reads what a headline says for somebody: "Attempt to annex Belarus
// could lead to war – Łukašenka". Its words are the desk's digest, so it is
// never certain.
func (r *reader) headline() []Quotation {
	p := r.paragraph(r.story.Headline)
	end := len(p.tokens) - 1
	for k := end; k > 0 && k > end-9; k-- {
		t := p.tokens[k]
		spaced := t.end < len(p.text) && p.text[t.end] == ' ' && p.text[t.start-1] == ' '
		if !t.dash() || !spaced || k == end {
			continue
		}
		text := strings.TrimRight(p.text[:t.start], " ")
		if len(strings.Fields(text)) < 3 {
			return nil
		}
		q := Quotation{Words: Span{Headline, 0, len(text)}, Text: text, Rule: Dash, Continues: -1}
		q.Insertions = insertions(q.Words, text)
		q.Speaker = Span{Headline, p.tokens[k+1].start, p.tokens[end].end}
		q.Mention = p.text[q.Speaker.Start:q.Speaker.End]
		r.paras = append(r.paras, p)
		at := place{len(r.paras) - 1, k + 1, end + 1}
		q.Who, q.Named, _ = r.who(at)
		r.paras = r.paras[:len(r.paras)-1]
		return []Quotation{q}
	}
	return nil
}
