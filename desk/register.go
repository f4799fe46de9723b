package desk

import (
	"net/http"
	"net/url"
	"strings"

	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/web"
)

const (
	peopleURL = "/desk/people"
	placesURL = "/desk/places"
	topicsURL = "/desk/topics"
)

func kindURL(kind register.Kind) string {
	return map[register.Kind]string{register.Person: peopleURL, register.Place: placesURL, register.Topic: topicsURL}[kind]
}

func knownURL(e register.Entry) string { return kindURL(e.Kind) + "/" + string(e.ID) }

// registerRoutes are the addresses of whom and what the agency knows.
func (d *Desk) registerRoutes() []web.Route {
	var all []web.Route
	for _, kind := range register.Kinds() {
		at := kindURL(kind)
		all = append(all,
			web.Route{Method: "GET", Pattern: at, Handler: d.seated(d.known(kind))},
			web.Route{Method: "POST", Pattern: at, Handler: d.seated(d.addKnown(kind))},
			web.Route{Method: "GET", Pattern: at + "/new", Handler: d.seated(d.newKnown(kind))},
			web.Route{Method: "GET", Pattern: at + "/{known}", Handler: d.seated(d.knownForm)},
			web.Route{Method: "POST", Pattern: at + "/{known}", Handler: d.seated(d.saveKnown)},
			web.Route{Method: "POST", Pattern: at + "/{known}/merger", Handler: d.seated(d.mergeKnown)},
			web.Route{Method: "POST", Pattern: at + "/{known}/removal", Handler: d.seated(d.removeKnown)},
			web.Route{Method: "POST", Pattern: at + "/{known}/return", Handler: d.seated(d.returnKnown)},
			web.Route{Method: "POST", Pattern: at + "/{known}/quotations", Handler: d.seated(d.linkQuotation)})
	}
	return append(all,
		web.Route{Method: "POST", Pattern: "/desk/names", Handler: d.seated(d.adviseNames), MaxBody: textSize})
}

// acquaintances is the list of people, places or topics.
type acquaintances struct {
	frame
	Done   string
	Query  string
	Write  bool
	NewURL string
	Here   string
	Tabs   []choice
	Roles  bool // whether there is a column of them
	Known  []acquaintance
	More   int // how many are not shown
}

// acquaintance is one of them in the list.
type acquaintance struct {
	URL, Name, Role string
	Spelled         []spelledIn
	Public          bool
	Age             when
}

// spelledIn is a spelling with its language; "" is none of the house's.
type spelledIn struct{ Lang, Text string }

// mostKnown is how many entries a list shows: whoever wants another looks for it.
const mostKnown = 200

func (d *Desk) known(kind register.Kind) func(http.ResponseWriter, *visit) error {
	return func(w http.ResponseWriter, v *visit) error {
		book, err := d.Register.Book(v.r.Context())
		if err != nil {
			return err
		}
		q := strings.TrimSpace(v.r.URL.Query().Get("q"))
		p := &acquaintances{frame: v.frame(v.T("register-" + string(kind))), Query: q, Here: kindURL(kind), Write: register.May(v.person) == nil, Roles: kind != register.Topic}
		p.style("register.css")
		p.NewURL = p.Here + "/new"
		if q != "" {
			p.NewURL += "?" + url.Values{"name": {q}}.Encode()
		}
		if done := v.r.URL.Query().Get("done"); done == "removal" || done == "merger" {
			p.Done = v.T("register-done-" + done)
		}
		for _, k := range register.Kinds() {
			p.Tabs = append(p.Tabs, choice{v.T("register-" + string(k)), kindURL(k), k == kind})
		}
		found := book.Find(kind, q)
		p.More = max(len(found)-mostKnown, 0)
		for _, e := range found[:len(found)-p.More] {
			p.Known = append(p.Known, v.acquaintance(e))
		}
		return v.show(w, http.StatusOK, "register", p)
	}
}

func (v *visit) acquaintance(e register.Entry) acquaintance {
	a := acquaintance{URL: knownURL(e), Name: e.Name(v.edition()), Role: e.Role(v.edition(), v.now), Public: e.Public, Age: v.age(e.Changed)}
	for _, lang := range v.house.Languages {
		if n := e.House(lang); n != "" && n != a.Name {
			a.Spelled = append(a.Spelled, spelledIn{string(lang), n})
		}
	}
	return a
}

// linkQuotation says that words on the record are those of an entry.
func (d *Desk) linkQuotation(w http.ResponseWriter, v *visit) error {
	e, err := d.Register.Get(v.r.Context(), v.knownID())
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	for _, id := range v.r.PostForm["entry"] {
		quoted, err := d.unlinked(v, e)
		if err != nil {
			return err
		}
		for _, q := range quoted {
			if q.ID == id || id == "all" {
				if err := d.Record.Link(v.r.Context(), v.person, q.Story, q.ID, e.ID); err != nil {
					return err
				}
			}
		}
	}
	return v.see(w, knownURL(e)+"#quotations")
}

// unlinked are quotations on the record by somebody called so, who is nobody of
// the register yet.
func (d *Desk) unlinked(v *visit, e register.Entry) ([]record.Entry, error) {
	var all []record.Entry
	seen := map[string]bool{}
	for _, name := range e.Spellings() {
		found, err := d.Record.Said(v.r.Context(), record.Question{Speaker: name, Unknown: true})
		if err != nil {
			return nil, err
		}
		for _, q := range found {
			if !seen[q.ID] {
				seen[q.ID] = true
				all = append(all, q)
			}
		}
	}
	return all, nil
}
