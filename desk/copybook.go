package desk

import (
	"net/http"
	"net/url"
	"strings"

	"wireroom/copybook"
	"wireroom/format/print"
	"wireroom/masthead"
	"wireroom/story"
	"wireroom/web"
)

const copybookURL = "/desk/copybook"

func entryURL(id copybook.ID) string { return copybookURL + "/" + string(id) }

func (d *Desk) copybookRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/desk/copybook", Handler: d.seated(d.copybook)},
		{Method: "POST", Pattern: "/desk/copybook", Handler: d.seated(d.addEntry), MaxBody: textSize},
		{Method: "GET", Pattern: "/desk/copybook/new", Handler: d.seated(d.newEntry)},
		{Method: "GET", Pattern: "/desk/copybook/{entry}", Handler: d.seated(d.entry)},
		{Method: "POST", Pattern: "/desk/copybook/{entry}", Handler: d.seated(d.saveEntry), MaxBody: textSize},
		{Method: "POST", Pattern: "/desk/copybook/{entry}/removal", Handler: d.seated(d.removeEntry)},
		{Method: "POST", Pattern: "/desk/copybook/{entry}/return", Handler: d.seated(d.returnEntry)},
	}
}

// copies is the page with all texts of the copybook.
type copies struct {
	frame
	Done     string
	Write    bool // whether the person may
	NewURL   string
	Editions []choice
	Shelves  []shelf
	Removed  []copied
}

// shelf is the texts of one kind.
type shelf struct {
	Name, Help string
	Copies     []copied
}

// copied is a text of the copybook in a list.
type copied struct {
	ID, URL, Lang, Name string
	Topic, Begins, By   string
	Use                 string // where a story is begun by it; "" is nowhere
	Age                 when
}

// entryJSON is a text of the copybook as the editor's page takes it.
type entryJSON struct {
	ID       copybook.ID   `json:"id"`
	Kind     copybook.Kind `json:"kind"`
	Name     string        `json:"name"`
	Topic    string        `json:"topic"`
	Headline string        `json:"headline"`
	Doc      story.Body    `json:"doc"`
}

func (d *Desk) copybook(w http.ResponseWriter, v *visit) error {
	lang := masthead.Lang(v.r.URL.Query().Get("lang"))
	if !v.house.Has(lang) {
		lang = ""
	}
	found, err := d.Copybook.List(v.r.Context(), lang, false)
	if err != nil {
		return err
	}
	if v.wantsJSON() {
		all := make([]entryJSON, len(found))
		for i, e := range found {
			all[i] = entryJSON{e.ID, e.Kind, e.Name, e.Topic, e.Headline, e.Body}
		}
		return v.json(w, http.StatusOK, all)
	}
	p := &copies{frame: v.frame(v.T("copybook")), Write: copybook.May(v.person) == nil, NewURL: copybookURL + "/new"}
	p.style("copybook.css")
	if done := v.r.URL.Query().Get("done"); done == "removal" {
		p.Done = v.T("copybook-done-removal")
	}
	address := func(lang masthead.Lang) string {
		if lang == "" {
			return copybookURL
		}
		return copybookURL + "?lang=" + url.QueryEscape(string(lang))
	}
	p.Editions = append(p.Editions, choice{v.T("every-edition"), address(""), lang == ""})
	for _, l := range v.house.Languages {
		p.Editions = append(p.Editions, choice{v.T("lang-" + string(l)), address(l), l == lang})
	}
	for _, kind := range copybook.Kinds() {
		s := shelf{Name: v.T("copybook-" + string(kind) + "s"), Help: v.T("copybook-" + string(kind) + "s-help")}
		if s.Copies, err = v.copies(found, kind); err != nil {
			return err
		}
		p.Shelves = append(p.Shelves, s)
	}
	if p.Write {
		removed, err := d.Copybook.List(v.r.Context(), lang, true)
		if err != nil {
			return err
		}
		if p.Removed, err = v.copies(removed, ""); err != nil {
			return err
		}
	}
	return v.show(w, http.StatusOK, "copybook", p)
}

// copies are the texts of a kind, or of any.
func (v *visit) copies(found []copybook.Entry, kind copybook.Kind) ([]copied, error) {
	var all []copied
	for _, e := range found {
		if kind != "" && e.Kind != kind {
			continue
		}
		by, err := v.name(e.By)
		if err != nil {
			return nil, err
		}
		c := copied{ID: string(e.ID), URL: entryURL(e.ID), Lang: string(e.Lang), Name: e.Name, Topic: e.Topic, By: by, Age: v.age(e.Changed)}
		if c.Begins = e.Headline; c.Begins == "" {
			c.Begins = begins(e.Body)
		}
		if e.Kind == copybook.Template && story.MayWrite(v.person, nil) == nil {
			c.Use = newURL + "?template=" + string(e.ID)
		}
		all = append(all, c)
	}
	return all, nil
}

// begins gives the first words of a body.
func begins(b story.Body) string {
	const most = 90
	words := []rune(strings.Join(strings.Fields(print.Text(b.Blocks)), " "))
	if len(words) <= most {
		return string(words)
	}
	return strings.TrimRight(string(words[:most]), " ,.;:–-") + "…"
}
