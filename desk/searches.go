package desk

import (
	"net/http"
	"net/url"

	"wireroom/story"
	"wireroom/web"
)

// searchRoutes are the addresses of the searches that a person keeps.
func (d *Desk) searchRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/desk/searches", Handler: d.seated(d.saveSearch)},
		{Method: "POST", Pattern: "/desk/searches/{search}/removal", Handler: d.seated(d.dropSearch)},
	}
}

const searchesURL = "/desk/searches"

// savedLink is a saved search beside the stages.
type savedLink struct {
	Name, URL, Drop string
	Current         bool
}

// saved puts the person's searches beside the stages.
func (f *frame) saved() error {
	v := f.visit
	all, err := v.desk.Stories.Searches(v.r.Context(), v.person.ID)
	if err != nil {
		return err
	}
	here := ""
	if v.r.URL.Path == homeURL {
		here = v.sieve(v.r.URL.Query()).query()
	}
	for _, s := range all {
		f.Saved = append(f.Saved, savedLink{s.Name, homeURL + "?" + s.Query, searchesURL + "/" + s.ID + "/removal", s.Query == here})
	}
	for i := range f.Stages {
		for _, s := range f.Saved {
			f.Stages[i].Current = f.Stages[i].Current && !s.Current
		}
	}
	return nil
}

func (d *Desk) saveSearch(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	asked, err := url.ParseQuery(v.r.PostForm.Get("search"))
	if err != nil {
		return badForm(err)
	}
	s := v.sieve(asked)
	if err := d.Stories.SaveSearch(v.r.Context(), v.person, v.r.PostForm.Get("name"), s.query()); err != nil {
		return err
	}
	return v.see(w, s.at(0))
}

func (d *Desk) dropSearch(w http.ResponseWriter, v *visit) error {
	if err := d.Stories.DropSearch(v.r.Context(), v.person, v.r.PathValue("search")); err != nil {
		return err
	}
	return v.see(w, homeURL)
}

// within is what the list beside a story shows: the one that the person came
// from, in the same browser.
func (v *visit) within(st story.Story) sieve {
	if c, err := v.r.Cookie(listCookie); err == nil {
		if q, err := url.QueryUnescape(c.Value); err == nil {
			if asked, err := url.ParseQuery(q); err == nil {
				return v.sieve(asked)
			}
		}
	}
	return v.sieve(url.Values{"stage": {stageOf(st.State)}})
}

const listCookie = "desk-list"
