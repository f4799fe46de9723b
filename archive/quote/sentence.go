package quote

import (
	"strings"
	"unicode/utf8"
)

// closes says whether a sentence ends with this token.
func (r *reader) closes(p *paragraph, i int) bool {
	t := p.tokens[i]
	if i+1 >= len(p.tokens) {
		return true
	}
	next := p.tokens[i+1]
	fresh := next.capital() || next.kind == speech || next.kind == number || next.is("[") || next.is("(")
	switch {
	case t.kind == speech:
		return fullStop(t.text) && fresh && next.kind != number && !next.is("(")
	case t.is("?") || t.is("!") || t.is("…"):
		return fresh
	case t.is("."):
		if i > 0 && p.tokens[i-1].kind == word && p.tokens[i-1].end == t.start {
			before := p.tokens[i-1]
			if r.short[before.low] && (before.capital() || !next.capital()) {
				return false
			}
		}
		return fresh
	case t.is(";"):
		return true
	}
	return false
}

// fullStop says whether a quotation ends a sentence by itself.
func fullStop(s string) bool {
	c := last(s)
	return c == '.' || c == '?' || c == '!' || c == '…'
}

// last gives the last sign of a quotation, but for marks within it.
func last(s string) rune {
	s = strings.TrimRight(s, " \u00a0'’‘”\"")
	c, _ := utf8.DecodeLastRuneInString(s)
	return c
}

// initial says whether a region begins its sentence, or a clause after a colon.
func (r *reader) initial(p *paragraph, i int) bool {
	b := p.begins[i]
	for b < i && (p.tokens[b].kind == mark) {
		b++
	}
	return b == i
}
