package desk

import (
	"net/http"
	"net/url"
	"slices"

	"wireroom/web"
)

// listRoutes are the addresses of the list.
func (d *Desk) listRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/desk/{$}", Handler: d.seated(d.list)},
		{Method: "GET", Pattern: "/desk/rows", Handler: d.seated(d.someRows)},
	}
}

// listing is the list of a stage's stories, or of what a search finds.
type listing struct {
	frame
	Rows      []row
	Editions  []choice
	Older     string
	Newer     string
	Search    seek
	Query     string // of the list, from its first row on
	Announces bool   // new rows announce themselves: this is the top
}

// choice is a way to look at the list.
type choice struct {
	Text, URL string
	Current   bool
}

// seek is the form that narrows the list.
type seek struct {
	Words, From, Until string
	Lang               string
	Lists              []seekList
	Narrow             bool // something beside the stage and the language is asked
	Open               bool // something beside the words is asked
	Clear              string
	Saved              bool // these very questions are saved already
}

// seekList is one list to choose from.
type seekList struct {
	Name, Label string
	Options     []option
}

func (d *Desk) list(w http.ResponseWriter, v *visit) error {
	s := v.sieve(v.r.URL.Query())
	f, err := v.staged(v.T("stage-"+s.stage.id), s.stage.id)
	if err != nil {
		return err
	}
	// Who is told of acts from this number on misses none that came while the
	// rows were read.
	live, err := d.Stories.Now(v.r.Context())
	if err != nil {
		return err
	}
	f.live("", live.Last)
	f.script("list.js")
	f.style("list.css")
	f.keyed()
	l := &listing{frame: f, Query: s.query(), Announces: s.offset == 0, Editions: v.langs(s)}
	ask, err := v.asks(s)
	if err != nil {
		return err
	}
	ask.Limit = perPage + 1
	found, err := d.Stories.List(v.r.Context(), ask)
	if err != nil {
		return err
	}
	if len(found) > perPage {
		found, l.Older = found[:perPage], s.at(s.offset+perPage)
	}
	if s.offset > 0 {
		l.Newer = s.at(max(s.offset-perPage, 0))
	}
	if l.Rows, err = v.rows(found, live); err != nil {
		return err
	}
	if l.Search, err = v.seek(s); err != nil {
		return err
	}
	l.Search.Saved = slices.ContainsFunc(f.Saved, func(k savedLink) bool { return k.Current })
	cookie := d.cookie(listCookie, url.QueryEscape(s.query()), sessionLife)
	cookie.MaxAge = 0 // as long as the browser is open
	http.SetCookie(w, cookie)
	return v.show(w, http.StatusOK, "list", l)
}

// seek fills the form with what is asked.
func (v *visit) seek(s sieve) (seek, error) {
	k := seek{
		Words: s.words, From: s.from.String(), Until: s.until.String(), Lang: string(s.lang), Narrow: s.narrow(),
		Clear: stageURL(s.stage.id),
	}
	words := s
	words.words = ""
	k.Open = words.narrow()
	places := []option{}
	for _, at := range append(slices.Clone(stages), everything) {
		places = append(places, option{at.id, v.T("stage-" + at.id), at.id == s.stage.id})
	}
	sections := []option{{"", v.T("any"), s.section == ""}}
	for _, x := range v.house.Sections {
		sections = append(sections, option{x.ID, x.Label(v.edition()), x.ID == s.section})
	}
	k.Lists = []seekList{{"stage", v.T("seek-stage"), places}, {"section", v.T("seek-section"), sections}}
	if all := v.house.AllDesks(); len(all) > 1 {
		desks := []option{{"", v.T("any"), s.desk == ""}}
		for _, x := range all {
			desks = append(desks, option{x.ID, x.Name(v.edition()), x.ID == s.desk})
		}
		k.Lists = append(k.Lists, seekList{"desk", v.T("seek-desk"), desks})
	}
	for _, ask := range []struct{ name, chosen string }{{"person", s.person}, {"turn", s.turn}} {
		people, err := v.everybody(ask.chosen)
		if err != nil {
			return k, err
		}
		k.Lists = append(k.Lists, seekList{ask.name, v.T("seek-" + ask.name), people})
	}
	return k, nil
}

// everybody lists the people to choose from, oneself before them.
func (v *visit) everybody(chosen string) ([]option, error) {
	all, err := v.desk.Staff.List(v.r.Context())
	if err != nil {
		return nil, err
	}
	people := []option{{"", v.T("anybody"), chosen == ""}, {mine, v.T("myself"), chosen == mine}}
	for _, p := range all {
		people = append(people, option{p.ID, p.Name, p.ID == chosen})
	}
	return people, nil
}
