package desk

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/sources"
	"wireroom/story"
	"wireroom/web"
)

const sourcesURL = "/desk/sources"

func (d *Desk) sourceRoutes() []web.Route {
	route := func(method, rest string, h keeping) web.Route {
		return web.Route{Method: method, Pattern: sourcesURL + rest, Handler: d.seated(d.keeper(h))}
	}
	return []web.Route{
		route("GET", "", d.allSources), route("POST", "", d.saveSource),
		route("GET", "/{source}", d.oneSource), route("POST", "/{source}", d.saveSource),
		route("POST", "/{source}/stop", d.stopSource), route("POST", "/{source}/removal", d.dropSource),
	}
}

// keeping answers somebody who may keep the sources.
type keeping func(w http.ResponseWriter, v *visit, k *sources.Keeper) error

func (d *Desk) keeper(h keeping) page {
	return func(w http.ResponseWriter, v *visit) error {
		k, err := d.Sources.Keeper(d.Staff, v.person)
		if err != nil {
			return err
		}
		return h(w, v, k)
	}
}

// origins is the page of all sources, with the form of a new one.
type origins struct {
	frame
	Done string
	Rows []originRow
	Form originForm
}

type originRow struct {
	URL, Name, Kind, Address, Says, Wrong string
	Looked                                *when
	Stopped                               bool
}

// originForm is a source as it is typed.
type originForm struct {
	Action, Name, Address, Minutes, Keep, Drop string
	New                                        bool
	Kinds, Langs, Sections, Desks              []option
	Wrong, Field                               string
}

func (d *Desk) allSources(w http.ResponseWriter, v *visit, k *sources.Keeper) error {
	f := v.originForm(sources.Source{Kind: sources.Feed, Minutes: sources.Usual, Lang: v.house.Languages[0]})
	return v.origins(w, http.StatusOK, k, f)
}

func (v *visit) origins(w http.ResponseWriter, status int, k *sources.Keeper, f originForm) error {
	p := &origins{frame: v.frame(v.T("sources")), Form: f}
	p.style("readers.css")
	p.Form.Action, p.Form.New = sourcesURL, true
	if v.r.URL.Query().Get("done") != "" {
		p.Done = v.T("sources-done")
	}
	all, err := k.All(v.r.Context())
	if err != nil {
		return err
	}
	for _, s := range all {
		p.Rows = append(p.Rows, v.originRow(s))
	}
	return v.show(w, status, "sources", p)
}

func (v *visit) originRow(s sources.Source) originRow {
	row := originRow{URL: sourcesURL + "/" + string(s.ID), Name: s.Name, Kind: v.T("sources-" + string(s.Kind)), Address: s.Address, Stopped: s.Stopped,
		Looked: v.ageIf(s.Looked), Wrong: s.Error}
	switch {
	case s.Looked.IsZero():
		row.Says = v.T("sources-not-yet")
	case s.Error == "":
		row.Says = v.T("sources-says", "taken", s.Taken, "passed", s.Passed)
	}
	return row
}

func (v *visit) originForm(s sources.Source) originForm {
	f := originForm{Name: s.Name, Address: s.Address, Minutes: strconv.Itoa(s.Minutes), Keep: strings.Join(s.Keep, "\n"), Drop: strings.Join(s.Drop, "\n"),
		Langs:    v.tongues(string(s.Lang)),
		Sections: []option{{"", v.T("sources-by-itself"), s.Section == ""}}}
	for _, k := range sources.Kinds() {
		f.Kinds = append(f.Kinds, option{string(k), v.T("sources-" + string(k)), k == s.Kind})
	}
	for _, sec := range v.house.Sections {
		f.Sections = append(f.Sections, option{sec.ID, sec.Label(v.edition()), sec.ID == s.Section})
	}
	for i, desk := range v.house.AllDesks() {
		f.Desks = append(f.Desks, option{desk.ID, desk.Name(masthead.Lang(v.lang)), desk.ID == s.Desk || s.Desk == "" && i == 0})
	}
	return f
}

// origin is one source's page.
type origin struct {
	frame
	Done, Name string
	Row        originRow
	Form       originForm
	Next       *when
}

func (d *Desk) oneSource(w http.ResponseWriter, v *visit, k *sources.Keeper) error {
	s, err := k.Source(v.r.Context(), sources.ID(v.r.PathValue("source")))
	if err != nil {
		return err
	}
	return v.origin(w, http.StatusOK, s, v.originForm(s))
}

func (v *visit) origin(w http.ResponseWriter, status int, s sources.Source, f originForm) error {
	p := &origin{frame: v.frame(s.Name), Name: s.Name, Row: v.originRow(s), Form: f}
	p.style("readers.css")
	p.Form.Action = p.Row.URL
	if !s.Stopped {
		p.Next = v.ageIf(s.Next)
	}
	if v.r.URL.Query().Get("done") != "" {
		p.Done = v.T("sources-done")
	}
	return v.show(w, status, "source", p)
}

func (d *Desk) saveSource(w http.ResponseWriter, v *visit, k *sources.Keeper) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	var was sources.Source
	id := sources.ID(v.r.PathValue("source"))
	if id != "" {
		var err error
		if was, err = k.Source(v.r.Context(), id); err != nil {
			return err
		}
	}
	s, err := typedSource(was, v.r.PostForm)
	if err == nil {
		s, err = k.Save(v.r.Context(), s)
	}
	if fault.Is(err, fault.KindInvalid) || fieldOf(err) == "address" {
		f := v.originForm(s)
		f.Wrong, f.Field = v.rule("sources-"+fieldOf(err), err), fieldOf(err)
		if typed := v.r.PostForm.Get("minutes"); f.Field == "minutes" {
			f.Minutes = typed
		}
		if id != "" {
			return v.origin(w, http.StatusUnprocessableEntity, was, f)
		}
		return v.origins(w, http.StatusUnprocessableEntity, k, f)
	}
	if err != nil {
		return err
	}
	return v.see(w, sourcesURL+"/"+string(s.ID)+"?done=yes")
}

// typedSource reads the form of a source over what there was.
func typedSource(s sources.Source, typed url.Values) (sources.Source, error) {
	get := func(field string) string { return strings.TrimSpace(typed.Get(field)) }
	if s.ID == "" {
		s.Kind = sources.Kind(get("kind"))
	}
	s.Name, s.Address, s.Lang, s.Section, s.Desk = get("name"), get("address"), story.Lang(get("lang")), get("section"), get("desk")
	s.Keep, s.Drop = strings.Split(lines(typed.Get("keep")), "\n"), strings.Split(lines(typed.Get("drop")), "\n")
	n, err := strconv.Atoi(get("minutes"))
	if err != nil {
		return s, fault.Invalid("minutes", "a source is looked at after a number of minutes")
	}
	s.Minutes = n
	return s, nil
}

func (d *Desk) stopSource(w http.ResponseWriter, v *visit, k *sources.Keeper) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	id := sources.ID(v.r.PathValue("source"))
	if err := k.Stop(v.r.Context(), id, v.r.PostForm.Get("stop") == "yes"); err != nil {
		return err
	}
	return v.see(w, sourcesURL+"/"+string(id)+"?done=yes")
}

func (d *Desk) dropSource(w http.ResponseWriter, v *visit, k *sources.Keeper) error {
	if err := k.Remove(v.r.Context(), sources.ID(v.r.PathValue("source"))); err != nil {
		return err
	}
	return v.see(w, sourcesURL+"?done=yes")
}
