package archive

import (
	"slices"
	"strconv"
	"strings"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/story"
)

// nowhere is what a filter finds that names nothing we have: no story.
var nowhere = index.Or{}

func mark(term string) index.Expr {
	return index.Words{Fields: index.Fields{index.Marks}, Steps: [][]string{{term}}}
}

func (p *parser) section(name string) index.Expr {
	if id := p.sectionID(name); id != "" {
		return mark(sectionMark(id))
	}
	return nowhere
}

// sectionID finds a section by its id or by its name in any language; "" is none.
func (p *parser) sectionID(name string) string {
	if s, ok := p.masthead.Section(strings.ToLower(name)); ok {
		return s.ID
	}
	if s, ok := p.masthead.SectionByLabel(name); ok {
		return s.ID
	}
	p.q.wrong = append(p.q.wrong, name)
	return ""
}

// tongues are the editions' languages by their names in each.
var tongues = map[string]story.Lang{
	"en": "en", "english": "en", "английский": "en", "англійская": "en", "англійскі": "en",
	"ru": "ru", "russian": "ru", "русский": "ru", "руская": "ru", "рускі": "ru", "расейская": "ru",
	"be": "be", "by": "be", "belarusian": "be", "беларуская": "be", "беларускі": "be", "белорусский": "be",
}

func (p *parser) language(name string) index.Expr {
	if lang, ok := tongues[strings.ToLower(name)]; ok {
		return mark(langMark(lang))
	}
	if lang := story.Lang(strings.ToLower(name)); p.masthead.Has(lang) {
		return mark(langMark(lang))
	}
	p.q.wrong = append(p.q.wrong, name)
	return nowhere
}

// person finds a name alone, where the same word as a plain word would not do.
func (p *parser) person(name string) index.Expr {
	e := index.Words{Fields: index.Fields{index.Head, index.Body}, Steps: nameSteps(name)}
	if len(e.Steps) == 0 {
		return nowhere
	}
	return p.orKnown(e, register.Person, name)
}

// place finds stories from a place, or with it in the headline.
func (p *parser) place(name string) index.Expr {
	e := index.Words{Fields: index.Fields{index.Head, index.Place}, Steps: nameSteps(name)}
	if len(e.Steps) == 0 {
		return nowhere
	}
	return p.orKnown(e, register.Place, name)
}

// topic finds the stories of a topic by its address or its name in any edition.
func (p *parser) topic(name string) index.Expr {
	if p.book != nil {
		if e, ok := p.book.At(register.Topic, strings.ToLower(name)); ok && e.Public {
			return about(e)
		}
		if e, ok := p.book.Is(register.Topic, name); ok && e.Public {
			return about(e)
		}
	}
	if len(lexis.Ask(name)) > 0 {
		if all := p.known(register.Topic, name); len(all) > 0 {
			return all
		}
	}
	p.q.wrong = append(p.q.wrong, name)
	return nowhere
}

// orKnown finds also what the register says is the same.
func (p *parser) orKnown(e index.Words, kind register.Kind, name string) index.Expr {
	p.mark(e)
	all := p.known(kind, name)
	if len(all) == 0 {
		return e
	}
	for _, w := range index.Phrases(all) {
		p.mark(w)
	}
	return append(index.Or{e}, all...)
}

func nameSteps(name string) [][]string {
	var steps [][]string
	for _, a := range lexis.Ask(name) {
		if len(a.Names) > 0 {
			steps = append(steps, a.Names)
		}
	}
	return steps
}

// mostDateWords is how many words a date may go on for: "17 May 2020", "on the
// last week" in any of the languages.
const mostDateWords = 3

// whole gives a date with the words behind it that belong to it: of last week,
// typed without quotation marks, the week too.
func (p *parser) whole(w piece) string {
	if w.sign == signPhrase {
		return w.text
	}
	longest, more, text := w.text, 0, w.text
	for n := 1; n <= mostDateWords && p.at+n <= len(p.pieces); n++ {
		next := p.pieces[p.at+n-1]
		if next.sign != signWord || next.field != "" || next.prefix {
			break
		}
		text += " " + next.text
		if _, _, ok := period(text, p.today); ok {
			longest, more = text, n
		}
	}
	p.at += more
	return longest
}

// bounded is a word that bounds the time where a year stands behind it without
// a colon: since 2002, с мая 2020 года.
func (p *parser) bounded(w piece) piece {
	if w.sign != signWord || w.field != "" || !sinceWords[strings.ToLower(w.text)] || p.at >= len(p.pieces) {
		return w
	}
	next := p.pieces[p.at]
	if next.sign > signPhrase || next.field != "" || next.prefix {
		return w
	}
	at := p.at
	p.at++
	text := p.whole(next)
	if _, _, ok := period(text, p.today); ok && hasYear(text) {
		return piece{field: "since", text: text, sign: signPhrase}
	}
	p.at = at
	return w
}

var sinceWords = map[string]bool{"since": true, "с": true, "з": true}

func hasYear(text string) bool {
	return slices.ContainsFunc(dateParts(text), func(part string) bool {
		_, err := strconv.Atoi(part)
		return err == nil && len(part) == 4
	})
}

// date bounds the time; what cannot be read as a date is said so.
func (p *parser) date(w piece) {
	w.text = p.whole(w)
	from, until, ok := period(w.text, p.today)
	if !ok {
		p.q.wrong = append(p.q.wrong, w.text)
		p.q.what = both(p.q.what, nowhere)
		return
	}
	if w.field == "since" {
		until = p.q.until
	}
	if w.field == "before" {
		from, until = p.q.from, from
	}
	if p.q.from.IsZero() || from.After(p.q.from) {
		p.q.from = from
	}
	if p.q.until.IsZero() || !until.IsZero() && until.Before(p.q.until) {
		p.q.until = until
	}
}
