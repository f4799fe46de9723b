package archive

import (
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/names"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

// Speech is what a query asks of the record: what somebody has said about
// something since a day.
type Speech struct {
	Speaker  string    // as it was typed
	Since    time.Time // zero is ever
	sections []string  // ids, of which a story has one; none is any
	sieve    Sieve
	zone     *time.Location
}

// Speech reads a query as it is by now; ok is whether it asks for anybody's words.
func (a *Archive) Speech(query string) (s Speech, ok bool) {
	m := a.masthead()
	return speech(query, m, a.now().In(m.Zone))
}

func speech(query string, m masthead.Masthead, today time.Time) (s Speech, ok bool) {
	q := question{marks: map[string]bool{}}
	p := parser{pieces: pieces(query), masthead: m, today: today, q: &q, speech: &s}
	p.all()
	s.Since, s.sieve, s.zone = q.from, Sieve{q}, today.Location()
	return s, s.Speaker != ""
}

// named is somebody's whole name where a given name was typed without quotation
// marks and the last name stands behind it: said:Anna Kot.
func (p *parser) named(w piece) piece {
	if w.field != "said" || w.sign != signWord || p.at >= len(p.pieces) || !names.Given(w.text) {
		return w
	}
	next := p.pieces[p.at]
	if first, _ := utf8.DecodeRuneInString(next.text); next.sign != signWord || next.field != "" || next.prefix || !unicode.IsUpper(first) {
		return w
	}
	p.at++
	w.text += " " + next.text
	return w
}

// heard notes whose words are asked for, and of which sections: what is left of
// the query is looked for in the words themselves. ok is false for what is left.
func (s *Speech) heard(p *parser, w piece) (e index.Expr, ok bool) {
	switch w.field {
	case "said":
		s.Speaker = w.text
		return nil, true
	case "section":
		// Nobody's words have sections; their story has.
		s.sections = append(s.sections, p.sectionID(w.text))
		return nil, true
	case "place":
		return p.person(w.text), true
	}
	return nil, false
}

// Finds reports whether words that were said on a day are among those that are
// asked for.
func (s Speech) Finds(words string, lang story.Lang, day time.Time) bool {
	if day.Equal(day.Truncate(24 * time.Hour)) { // a dateline's day, which is the same in every zone
		y, m, d := day.UTC().Date()
		day = time.Date(y, m, d, 0, 0, 0, 0, s.zone)
	}
	if !s.sieve.at(day) {
		return false
	}
	if s.sieve.q.what == nil {
		return len(s.sieve.q.wrong) == 0
	}
	r := sifters.Get().(*lexis.Reader)
	defer sifters.Put(r)
	said := index.Text{Body: terms(r.Text(words, string(lang))), Marks: []string{langMark(lang)}}
	return holds(said, s.sieve.q.what)
}

// In reports whether a story is of a section that is asked for.
func (s Speech) In(r reveal.Rendition) bool {
	return !slices.ContainsFunc(s.sections, func(id string) bool {
		return !slices.ContainsFunc(r.Sections(), func(of masthead.Section) bool { return of.ID == id })
	})
}

// Marks gives words with what was looked for in them marked.
func (s Speech) Marks(words string, lang story.Lang) []Mark {
	r := sifters.Get().(*lexis.Reader)
	defer sifters.Put(r)
	return marked(words, sought(s.sieve.q.marks).in(r.Text(words, string(lang))), 0, len(words))
}
