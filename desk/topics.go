package desk

import (
	"errors"
	"slices"
	"strings"

	"wireroom/archive"
	"wireroom/archive/register"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
)

// themes are the agency's topics as a form names them.
type themes struct {
	book *register.Book
	lang masthead.Lang
}

// themes gives them in the words of an edition.
func (v *visit) themes(lang masthead.Lang) (themes, error) {
	book, err := v.desk.Register.Book(v.r.Context())
	return themes{book, lang}, err
}

// name is how a form shows a topic: by its name, with the address behind it
// where another has the same.
func (t themes) name(id string) string {
	e, ok := t.book.Any(register.ID(id))
	if !ok {
		return id
	}
	return t.apart(e, len(t.called(e.Name(t.lang))) > 1)
}

// apart is a topic's name, with its address where others have the same.
func (t themes) apart(e register.Entry, shared bool) string {
	if shared {
		return e.Name(t.lang) + " (" + e.Slug + ")"
	}
	return e.Name(t.lang)
}

// called are the topics in use that a name means in any edition.
func (t themes) called(name string) (all []register.Entry) {
	for _, e := range t.book.List(register.Topic) {
		if isCalled(e, name) {
			all = append(all, e)
		}
	}
	return all
}

// names are those of all topics in use, to choose from.
func (t themes) names() (all []string) {
	topics, called := t.book.List(register.Topic), map[string]int{}
	for _, e := range topics {
		own := map[string]bool{}
		for _, s := range append(e.Spellings(), e.Slug) {
			own[strings.ToLower(s)] = true
		}
		for s := range own {
			called[s]++
		}
	}
	for _, e := range topics {
		all = append(all, t.apart(e, called[strings.ToLower(e.Name(t.lang))] > 1))
	}
	return all
}

// list names several in a line.
func (t themes) list(ids []string) string {
	var all []string
	for _, id := range ids {
		all = append(all, t.name(id))
	}
	return strings.Join(all, ", ")
}

// entries are those in use that some ids mean.
func (t themes) entries(ids []string) (all []register.Entry) {
	for _, id := range ids {
		if e, ok := t.book.Get(register.ID(id)); ok && e.Kind == register.Topic {
			all = append(all, e)
		}
	}
	return all
}

// read finds the topics that were typed. What the story has already stays as it
// has it, even if that topic is out of use or has gone into another.
func (t themes) read(typed []string, was []string) ([]string, error) {
	var ids []string
	for _, name := range typed {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		// Two that the story has may have become one since: each stays.
		left := slices.DeleteFunc(slices.Clone(was), func(id string) bool { return slices.Contains(ids, id) })
		id, err := t.find(name, left)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (t themes) find(name string, was []string) (string, error) {
	for _, id := range was {
		if id == name || t.means(id, name) {
			return id, nil
		}
	}
	if e, ok := t.book.Get(register.ID(name)); db.IsID(name) && ok && e.Kind == register.Topic {
		return name, nil
	}
	all := t.called(name)
	if len(all) == 1 {
		return string(all[0].ID), nil
	}
	if e, ok := t.addressed(name); ok {
		return string(e.ID), nil
	}
	if len(all) == 0 {
		return "", fault.Invalid("topics", "there is no topic %.80q; add it under Names first", name)
	}
	return "", fault.Invalid("topics", "several topics are called %.80q; choose one from the list", name)
}

// addressed is the topic whose address stands behind its name.
func (t themes) addressed(name string) (register.Entry, bool) {
	behind := strings.LastIndex(name, " (")
	if behind < 0 || !strings.HasSuffix(name, ")") {
		return register.Entry{}, false
	}
	return t.book.At(register.Topic, strings.TrimSuffix(name[behind+len(" ("):], ")"))
}

// means is whether a name is one of a topic's, which may be out of use.
func (t themes) means(id, name string) bool {
	e, ok := t.book.Any(register.ID(id))
	return ok && (t.name(id) == name || isCalled(e, name))
}

// isCalled is whether an entry has a name in any edition.
func isCalled(e register.Entry, name string) bool {
	return slices.ContainsFunc(append(e.Spellings(), e.Slug), func(s string) bool { return strings.EqualFold(s, name) })
}

// themes shows the topics of the form by name, and what is told of them.
func (p *writing) themes(v *visit, st *story.Story) error {
	t, err := v.themes(p.Form.lang())
	if err != nil {
		return err
	}
	for i, typed := range p.Form.Topics {
		if db.IsID(typed) {
			typed = t.name(typed)
		}
		p.Topics = append(p.Topics, box{Name: "topic", Label: p.T("topic-nth", "nth", i+1), Value: typed, Lang: p.Form.Lang, List: "topics"})
	}
	p.AllTopics = t.names()
	var was story.Story
	if st != nil {
		was = *st
	}
	ids, err := t.read(p.Form.Topics[:], was.Content.Topics)
	if err != nil {
		return nil // it is told at the field
	}
	p.Past, err = v.past(t.entries(ids), p.Form.lang(), was.ID)
	return err
}

// topicsOf names the topics of a content; by their ids where the register cannot
// be read, which is no reason to keep a story from being seen.
func (v *visit) topicsOf(c story.Content) string {
	t, err := v.themes(v.edition())
	if err != nil {
		return strings.Join(c.Topics, ", ")
	}
	return t.list(c.Topics)
}

// shownTopics names those that readers see.
func (v *visit) shownTopics(c story.Content) string {
	t, err := v.themes(v.edition())
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range t.book.Public(c.Topics) {
		names = append(names, e.Name(v.edition()))
	}
	return strings.Join(names, ", ")
}

// mostTied is how many stories the page of a topic names.
const mostTied = 30

// tied are the newest stories of a topic that were sent.
func (v *visit) tied(e register.Entry) ([]row, error) {
	if v.desk.Archive == nil {
		return nil, nil
	}
	ids, err := v.desk.Archive.InHouseAbout(v.r.Context(), e, mostTied)
	if err != nil && !errors.Is(err, archive.ErrBusy) {
		return nil, err
	}
	stories, err := v.desk.Stories.Several(v.r.Context(), ids)
	if err != nil {
		return nil, err
	}
	var rows []row
	for _, id := range ids {
		if st, ok := stories[id]; ok {
			r, err := v.row(st)
			if err != nil {
				return nil, err
			}
			rows = append(rows, r)
		}
	}
	return rows, nil
}
