package archive

import (
	"slices"
	"strings"
	"sync"
	"time"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/masthead"
	"wireroom/reveal"
)

// Sieve is a query that is held against renditions one by one, where the order
// is not the archive's to choose: the wire's, for whoever follows it. It looks
// through what the viewer has and through nothing else.
type Sieve struct{ q question }

// Sift reads a query, with dates in words as they are by now. The book, if there
// is one, knows persons and places by their other names.
func Sift(book *register.Book, query string, m masthead.Masthead, now time.Time) Sieve {
	if m.Zone != nil {
		now = now.In(m.Zone)
	}
	return Sieve{parseBy(book, query, m, now)}
}

// About finds what names somebody or a place of the register, or belongs to a
// topic of it.
func About(e register.Entry) Sieve {
	s := Sieve{question{marks: map[string]bool{}}}
	s.q.narrowed(e)
	return s
}

// Asks reports whether the query says anything to us; a Sieve of one that does
// not finds nothing.
func (s Sieve) Asks() bool {
	return s.q.what != nil || !s.q.from.IsZero() || !s.q.until.IsZero()
}

// Wrong are the parts of the query that say nothing to us.
func (s Sieve) Wrong() []string { return s.q.wrong }

// sifters read words; each remembers many, so they are lent again.
var sifters = sync.Pool{New: func() any { return &lexis.Reader{} }}

// Finds reports whether the query finds what the viewer has of a story.
func (s Sieve) Finds(r reveal.Rendition) bool {
	if !s.Asks() || !s.at(r.Sent()) {
		return false
	}
	if s.q.what == nil {
		return true
	}
	words := sifters.Get().(*lexis.Reader)
	defer sifters.Put(words)
	return holds(page(words, r), s.q.what)
}

// at is whether an instant is within the dates that are asked for.
func (s Sieve) at(t time.Time) bool {
	return !t.Before(s.q.from) && (s.q.until.IsZero() || t.Before(s.q.until))
}

// gap parts two texts of one field, so that no phrase reaches over.
const gap = near + 2

// page is what a rendition says, as an index would hold it; of a client's also
// the slug.
func page(words *lexis.Reader, r reveal.Rendition) index.Text {
	lang := string(r.Lang())
	head, body := words.Story(r.Headline(), prose(r), lang)
	t := index.Text{Head: terms(head), Body: terms(body), Place: terms(words.Text(r.Dateline(), lang))}
	if slug := r.Slug(); slug != "" {
		t.Head = append(append(t.Head, make([][]string, gap)...), terms(words.Text(slug, lang))...)
	}
	t.Marks = marksOf(r)
	return t
}

// holds is whether a text has what an expression asks for.
func holds(t index.Text, e index.Expr) bool {
	has := func(part index.Expr) bool { return holds(t, part) }
	switch e := e.(type) {
	case index.And:
		return !slices.ContainsFunc(e, func(part index.Expr) bool { return !has(part) })
	case index.Or:
		return slices.ContainsFunc(e, has)
	case index.Not:
		return has(e.Yes) && !has(e.No)
	case index.Words:
		return says(t, e)
	}
	return false
}

func says(t index.Text, w index.Words) bool {
	parts := map[index.Field][][]string{index.Head: t.Head, index.Body: t.Body, index.Place: t.Place, index.Marks: {t.Marks}}
	for field, positions := range parts {
		if len(w.Fields) > 0 && !slices.Contains(w.Fields, field) {
			continue
		}
		if w.Near > 0 && close(positions, w) || w.Near == 0 && inTurn(positions, w) {
			return true
		}
	}
	return false
}

// inTurn is whether the words stand one after another.
func inTurn(positions [][]string, w index.Words) bool {
	for i := 0; len(w.Steps) > 0 && i+len(w.Steps) <= len(positions); i++ {
		all := true
		for j, step := range w.Steps {
			all = all && meets(positions[i+j], step, w.Prefix && j == len(w.Steps)-1)
		}
		if all {
			return true
		}
	}
	return false
}

// close is whether the first and the last word stand near each other.
func close(positions [][]string, w index.Words) bool {
	first, last := places(positions, w.Steps[0]), places(positions, w.Steps[len(w.Steps)-1])
	return slices.ContainsFunc(first, func(a int) bool {
		return slices.ContainsFunc(last, func(b int) bool { return a != b && max(a-b, b-a) <= w.Near+1 })
	})
}

func places(positions [][]string, step []string) (all []int) {
	for i, terms := range positions {
		if meets(terms, step, false) {
			all = append(all, i)
		}
	}
	return all
}

// meets is whether one of the terms of a position is wanted.
func meets(terms, wanted []string, beginning bool) bool {
	return slices.ContainsFunc(terms, func(term string) bool {
		return slices.ContainsFunc(wanted, func(w string) bool { return term == w || beginning && w != "" && strings.HasPrefix(term, w) })
	})
}
