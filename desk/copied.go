package desk

import (
	"wireroom/copybook"
	"wireroom/masthead"
	"wireroom/story/markup"
)

// copies lists the texts of the copybook that go into a story of the language.
func (p *writing) copies(v *visit, lang masthead.Lang) error {
	found, err := v.desk.Copybook.List(v.r.Context(), lang, false)
	if err != nil || len(found) == 0 {
		return err
	}
	p.Copies = append(p.Copies, option{"", v.T("none"), true})
	for _, e := range found {
		name := e.Name
		if e.Topic != "" {
			name += " – " + e.Topic
		}
		p.Copies = append(p.Copies, option{string(e.ID), name, false})
	}
	return nil
}

// copyIn puts a text of the copybook behind what is typed. A template's
// headline goes where there is none.
func (v *visit) copyIn(f *form, id string) error {
	e, err := v.desk.Copybook.Get(v.r.Context(), copybook.ID(id))
	if err != nil {
		return err
	}
	body, err := f.body()
	if err != nil {
		return err
	}
	body.Blocks = append(body.Blocks, e.Body.Blocks...)
	f.Body, f.drawn = markup.Print(body), &drawn{body: body}
	if f.Headline == "" {
		f.Headline = e.Headline
	}
	return nil
}
