package archive

import (
	"strings"
	"time"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/masthead"
)

// question is a query as it was understood.
type question struct {
	what        index.Expr // nil when there is nothing to look for
	from, until time.Time  // sent at or after, and before; zero is ever
	wrong       []string   // the parts that say nothing to us
	marks       map[string]bool
}

// within is whether a story was sent in the time that is asked for.
func (q *question) within(sent int64) bool {
	return (q.from.IsZero() || sent >= q.from.UnixMilli()) && (q.until.IsZero() || sent < q.until.UnixMilli())
}

// near is how many words may stand between two that are near.
const near = 10

// parser reads the pieces of a query.
type parser struct {
	pieces   []piece
	at       int
	depth    int
	masthead masthead.Masthead
	today    time.Time
	book     *register.Book // nil is none
	speech   *Speech        // hears whose words are asked for; nil is a search for stories
	q        *question
}

// parse understands a query, whatever is typed. today is an instant in the
// agency's zone, for dates in words.
func parse(query string, m masthead.Masthead, today time.Time) question {
	return parseBy(nil, query, m, today)
}

// parseBy is parse with a register, which knows who else somebody is.
func parseBy(book *register.Book, query string, m masthead.Masthead, today time.Time) question {
	q := question{marks: map[string]bool{}}
	p := parser{pieces: pieces(query), masthead: m, today: today, book: book, q: &q}
	p.all()
	return q
}

// all reads the whole query.
func (p *parser) all() {
	for p.at < len(p.pieces) {
		before := p.at
		if e := p.or(); e != nil {
			p.q.what = both(p.q.what, e)
		}
		if p.at == before || p.at < len(p.pieces) {
			p.at++ // a bracket that closes nothing
		}
	}
	if _, ok := p.q.what.(negated); ok {
		p.q.wrong, p.q.what = append(p.q.wrong, "NOT"), nil // from what?
	}
}

// negated is an expression of which the opposite is meant; it becomes a Not as
// soon as there is something to take it from.
type negated struct{ index.Or }

func both(a, b index.Expr) index.Expr {
	if a == nil {
		return b
	}
	no, first := a.(negated)
	other, second := b.(negated)
	switch {
	case first && second:
		return negated{append(no.Or, other.Or...)}
	case first:
		return index.Not{Yes: b, No: no.Or}
	case second:
		return index.Not{Yes: a, No: other.Or}
	}
	if all, ok := a.(index.And); ok {
		return append(all, b)
	}
	return index.And{a, b}
}

func (p *parser) peek() (piece, bool) {
	if p.at >= len(p.pieces) {
		return piece{}, false
	}
	return p.pieces[p.at], true
}

func (p *parser) take(s sign) bool {
	if next, ok := p.peek(); !ok || next.sign != s {
		return false
	}
	p.at++
	return true
}

func (p *parser) or() index.Expr {
	left := p.and()
	for p.take(signOr) {
		right := p.and()
		_, no := right.(negated)
		_, leftNo := left.(negated)
		switch {
		case right == nil || no:
		case left == nil || leftNo: // all but one word, or another: the other
			left = right
		default:
			left = index.Or{left, right}
		}
	}
	return left
}

func (p *parser) and() index.Expr {
	var left index.Expr
	for {
		p.take(signAnd)
		next, ok := p.peek()
		if !ok || next.sign == signOr || next.sign == signClose {
			return left
		}
		if e := p.one(); e != nil {
			left = both(left, e)
		}
	}
}

// one reads a word, a phrase, a bracket or what is not wanted.
func (p *parser) one() index.Expr {
	next, _ := p.peek()
	p.at++
	switch next.sign {
	case signNot:
		if p.at >= len(p.pieces) || p.depth > mostParts {
			return nil
		}
		p.depth++
		e := p.one()
		p.depth--
		if no, ok := e.(negated); ok {
			return no.Or // not not
		}
		if e == nil {
			return nil
		}
		return negated{index.Or{e}}
	case signOpen:
		p.depth++
		e := p.or()
		p.depth--
		p.take(signClose)
		return e
	case signWord, signPhrase:
		return p.nearby(next)
	}
	return nil
}

// nearby reads a word, and the one that it shall be near.
func (p *parser) nearby(first piece) index.Expr {
	if next, ok := p.peek(); !ok || next.sign != signNear || first.field != "" || p.at+1 >= len(p.pieces) {
		return p.word(first)
	}
	second := p.pieces[p.at+1]
	a, b := words(first), words(second)
	if second.sign > signPhrase || second.field != "" || len(a.Steps) != 1 || len(b.Steps) != 1 {
		p.at++ // the word for near stands between what cannot be near
		return p.word(first)
	}
	p.at += 2
	p.mark(a)
	p.mark(b)
	return index.Words{Steps: [][]string{a.Steps[0], b.Steps[0]}, Near: near}
}

// word gives what finds a word or a phrase; nil for a filter that bounds the time.
func (p *parser) word(w piece) index.Expr {
	w = p.named(p.bounded(w))
	if p.speech != nil {
		if e, ok := p.speech.heard(p, w); ok {
			return e
		}
	}
	switch w.field {
	case "section":
		return p.section(w.text)
	case "language":
		return p.language(w.text)
	case "person", "said":
		return p.person(w.text)
	case "place":
		return p.place(w.text)
	case "topic":
		return p.topic(w.text)
	case "date", "since", "before":
		p.date(w)
		return nil
	}
	e := words(w)
	if len(e.Steps) == 0 {
		return nil
	}
	p.mark(e)
	if w.prefix && len(e.Steps) == 1 {
		return index.Or{e, index.Words{Steps: [][]string{lexis.Ask(w.text)[0].Stems}}}
	}
	if asked := lexis.Ask(w.text); len(e.Steps) == 1 && !w.prefix && len(asked[0].Names) > 0 {
		return index.Or{index.Words{Steps: [][]string{asked[0].Stems}}, index.Words{Steps: [][]string{asked[0].Names}, Loose: true}}
	}
	return e
}

func words(w piece) index.Words {
	e := index.Words{Prefix: w.prefix}
	asked := lexis.Ask(w.text)
	for i, a := range asked {
		if w.prefix && i == len(asked)-1 {
			e.Steps = append(e.Steps, []string{lexis.Prefix(lastWord(w.text))})
			break
		}
		e.Steps = append(e.Steps, a.Terms())
	}
	return e
}

func lastWord(text string) string {
	f := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '-' || r == '/' || r == '.' || r == ',' })
	if len(f) == 0 {
		return ""
	}
	return f[len(f)-1]
}

// mark remembers the terms that a snippet shows.
func (p *parser) mark(e index.Words) {
	for i, step := range e.Steps {
		for _, term := range step {
			if e.Prefix && i == len(e.Steps)-1 {
				term += "*"
			}
			p.q.marks[term] = true
		}
	}
}
