package index

import (
	"strconv"
	"strings"
)

// columns of the FTS5 tables, by field.
var columns = [...]string{Head: "head", Body: "body", Place: "place", Marks: "marks"}

// match writes an expression in the tongue of FTS5.
func match(e Expr) string {
	var b strings.Builder
	writeMatch(&b, e)
	return b.String()
}

func writeMatch(b *strings.Builder, e Expr) {
	switch e := e.(type) {
	case And:
		joinMatch(b, e, " AND ")
	case Or:
		joinMatch(b, e, " OR ")
	case Not:
		b.WriteByte('(')
		writeMatch(b, e.Yes)
		b.WriteString(" NOT ")
		writeMatch(b, e.No)
		b.WriteByte(')')
	case Words:
		writeWords(b, e)
	}
}

func joinMatch(b *strings.Builder, all []Expr, by string) {
	b.WriteByte('(')
	for i, e := range all {
		if i > 0 {
			b.WriteString(by)
		}
		writeMatch(b, e)
	}
	if len(all) == 0 {
		b.WriteString(nothing)
	}
	b.WriteByte(')')
}

// nothing is a word that no text has.
const nothing = `"="`

func writeWords(b *strings.Builder, w Words) {
	if len(w.Fields) > 0 {
		b.WriteByte('{')
		for i, f := range w.Fields {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(columns[f])
		}
		b.WriteString("} : ")
	}
	if w.Near == 0 {
		b.WriteString(quoted(w.Steps))
		if w.Prefix {
			b.WriteByte('*')
		}
		return
	}
	b.WriteString("NEAR(")
	for _, step := range w.Steps {
		b.WriteString(quoted([][]string{step}) + " ")
	}
	b.WriteString(", " + strconv.Itoa(w.Near) + ")")
}

func quoted(steps [][]string) string {
	clean := make([][]string, len(steps))
	for i, terms := range steps {
		clean[i] = safely(terms)
	}
	if text := encoded(clean); strings.Trim(text, " |") != "" {
		return `"` + text + `"`
	}
	return nothing
}
