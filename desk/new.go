package desk

import (
	"net/http"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
)

func (d *Desk) newForm(w http.ResponseWriter, v *visit) error {
	f := form{As: db.NewID(), Lang: string(v.house.Languages[0]), Date: story.DateOf(v.now).String()}
	if v.house.Has(v.edition()) {
		f.Lang = v.lang
	}
	pens, err := d.Staff.Pens(v.r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	if len(pens) == 1 { // the account's name stands in no byline by itself
		f.Byline = pens[0]
	}
	f, err = v.byTemplate(f)
	if err != nil {
		return err
	}
	return v.write(w, http.StatusOK, &writing{Form: f, Focus: "headline"}, nil)
}

func (d *Desk) create(w http.ResponseWriter, v *visit) error {
	p, err := read(v.r, d.Pictures)
	if err != nil {
		return err
	}
	page := &writing{Form: typed(p.Values)}
	content, wait, err := v.take(p, page, nil)
	if err != nil {
		return err
	}
	if wait {
		return v.again(w, page.status(), page, nil)
	}
	st, again, err := d.Stories.CreateOnce(v.r.Context(), v.person, story.ID(page.Form.As), page.Form.lang(), content)
	again = again && !story.Same(st.Content, content)
	if again && !v.wantsJSON() {
		// Whoever went back to the form and wrote another story in it has two.
		again = false
		st, err = d.Stories.Create(v.r.Context(), v.person, page.Form.lang(), "", content)
	}
	if fault.Is(err, fault.KindInvalid) {
		page.add(v, fieldOf(err), err)
		return v.again(w, http.StatusUnprocessableEntity, page, nil)
	}
	if page.apart(v, err) {
		return v.again(w, http.StatusForbidden, page, nil)
	}
	if err != nil {
		return err
	}
	if again {
		said := v.keptAs(st)
		said.Again = true
		return v.json(w, http.StatusOK, said)
	}
	return v.written(w, st, "create")
}
