package archive

import (
	"context"
	"slices"

	"wireroom/archive/index"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
)

// about finds the stories that name somebody whole, by any spelling or by an
// alias, in either order of the names; of a place, those from there or with it
// in the headline; of a topic, those that editors tied to it.
func about(e register.Entry) index.Expr {
	if e.Kind == register.Topic {
		return tied(e.Same())
	}
	fields := index.Fields{index.Head, index.Body}
	if e.Kind == register.Place {
		fields = index.Fields{index.Head, index.Place}
	}
	var all index.Or
	for _, steps := range spellings(e) {
		if e.Kind == register.Person && len(steps) == 1 && !slices.Contains(e.Aliases, steps[0].word) {
			continue // a name of one word is nobody's alone
		}
		w := index.Words{Fields: fields}
		for _, s := range steps {
			w.Steps = append(w.Steps, s.keys)
		}
		all = append(all, w)
		if e.Kind == register.Person && len(steps) == 2 {
			all = append(all, index.Words{Fields: fields, Steps: [][]string{w.Steps[1], w.Steps[0]}})
		}
	}
	return all
}

// tied finds the stories that belong to one of the topics.
func tied[T ~string](topics []T) index.Or {
	var all index.Or
	for _, id := range topics {
		all = append(all, mark(topicMark(string(id))))
	}
	return all
}

// step is a word of a spelling with the keys that find it.
type step struct {
	word string
	keys []string
}

// spellings are those of an entry that have keys, each set of keys once.
func spellings(e register.Entry) [][]step {
	var all [][]step
	for _, name := range e.Spellings() {
		var steps []step
		for _, a := range lexis.Ask(name) {
			if len(a.Names) > 0 {
				steps = append(steps, step{name, a.Names})
			}
		}
		same := func(other []step) bool {
			return slices.EqualFunc(other, steps, func(a, b step) bool { return slices.Equal(a.keys, b.keys) })
		}
		if len(steps) > 0 && !slices.ContainsFunc(all, same) {
			all = append(all, steps)
		}
	}
	return all
}

// narrowed adds to a question whom or what it is about.
func (q *question) narrowed(e register.Entry) {
	if e.ID == "" {
		return
	}
	what := about(e)
	p := parser{q: q}
	for _, w := range index.Phrases(what) {
		p.mark(w)
	}
	q.what = both(q.what, what)
}

// book is the register as it stands; nil where there is none.
func (a *Archive) book(ctx context.Context) (*register.Book, error) {
	if a.Register == nil {
		return nil, nil
	}
	return a.Register.Book(ctx)
}

// known gives what else finds somebody or a place of the register by a name:
// everything that the register has public of it. What is not public there plays
// no part, so that no search tells it.
func (p *parser) known(kind register.Kind, name string) index.Or {
	var all index.Or
	if p.book == nil {
		return nil
	}
	for _, e := range p.book.Find(kind, name) {
		if e.Public {
			all = append(all, about(e))
		}
	}
	return all
}
