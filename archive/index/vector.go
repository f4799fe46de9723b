package index

import (
	"strconv"
	"strings"
)

// weights of PostgreSQL, by field.
var weights = [...]string{Head: "A", Body: "D", Place: "B", Marks: "C"}

// lastPosition is the last that PostgreSQL tells from the next.
const lastPosition = 16383

// vector writes a text as PostgreSQL reads one: each term with its positions.
// The fields stand far apart, so no phrase reaches from one into another.
func vector(t Text) string {
	at := map[string][]string{}
	var order []string
	place := 1
	put := func(f Field, positions [][]string) {
		for _, terms := range positions {
			for _, term := range terms {
				if at[term] == nil {
					order = append(order, term)
				}
				at[term] = append(at[term], strconv.Itoa(min(place, lastPosition))+weights[f])
			}
			place++
		}
		place += 20
	}
	put(Head, t.Head)
	put(Place, t.Place)
	put(Marks, [][]string{t.Marks})
	put(Body, t.Body)
	var b strings.Builder
	for _, term := range order {
		b.WriteString("'" + lexeme.Replace(term) + "':" + strings.Join(at[term], ",") + " ")
	}
	return b.String()
}

var lexeme = strings.NewReplacer("'", "", `\`, "", "\x00", "")

// query writes an expression in the tongue of PostgreSQL.
func query(e Expr) string {
	switch e := e.(type) {
	case And:
		return joined(e, " & ")
	case Or:
		return joined(e, " | ")
	case Not:
		return "(" + query(e.Yes) + " & !" + query(e.No) + ")"
	case Words:
		return wordsQuery(e)
	}
	return none
}

// none is a term that no text has.
const none = `'='`

func joined(all []Expr, by string) string {
	parts := make([]string, len(all))
	for i, e := range all {
		parts[i] = query(e)
	}
	if len(parts) == 0 {
		return none
	}
	return "(" + strings.Join(parts, by) + ")"
}

func wordsQuery(w Words) string {
	steps := make([]string, len(w.Steps))
	for i, terms := range w.Steps {
		steps[i] = step(terms, w.Fields, w.Prefix && i == len(w.Steps)-1)
	}
	if len(steps) == 0 {
		return none
	}
	if w.Near == 0 {
		return "(" + strings.Join(steps, " <-> ") + ")"
	}
	var ways []string
	for n := 1; n <= w.Near; n++ {
		by := " <" + strconv.Itoa(n) + "> "
		ways = append(ways, "("+steps[0]+by+steps[len(steps)-1]+")", "("+steps[len(steps)-1]+by+steps[0]+")")
	}
	return "(" + strings.Join(ways, " | ") + ")"
}

func step(terms []string, fields Fields, prefix bool) string {
	suffix := ""
	if prefix {
		suffix = "*"
	}
	for _, f := range fields {
		suffix += weights[f]
	}
	if suffix != "" {
		suffix = ":" + suffix
	}
	parts := make([]string, 0, len(terms))
	for _, t := range terms {
		if t = lexeme.Replace(t); t != "" {
			parts = append(parts, "'"+t+"'"+suffix)
		}
	}
	if len(parts) == 0 {
		return none
	}
	return "(" + strings.Join(parts, " | ") + ")"
}
