package portal

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web"
	"wireroom/web/words"
)

// visit is one request of somebody who has a seat.
type visit struct {
	*Portal
	r      *http.Request
	seat   clients.Seat
	client clients.Client
	viewer reveal.Viewer
	house  masthead.Masthead
	lang   string
	now    time.Time
}

// seated answers who has a seat.
type seated func(w http.ResponseWriter, v *visit) error

const (
	sessionCookie = "wire"
	sessionLife   = 30 * 24 * time.Hour
)

// seated lets those in who are signed in; the others are shown where to. A
// signed-out page would tell nobody anything, so who asks for a part of one is
// refused instead.
func (p *Portal) seated(h seated) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := p.visit(r)
		if fault.Is(err, fault.KindNotFound) {
			if r.Method != http.MethodGet && r.Method != http.MethodHead || !strings.Contains(r.Header.Get("Accept"), "text/html") {
				return &web.Refusal{Status: http.StatusUnauthorized}
			}
			http.Redirect(w, r, signInURL, http.StatusSeeOther)
			return nil
		}
		if err != nil {
			return err
		}
		return h(w, v)
	}
}

func (p *Portal) visit(r *http.Request) (*visit, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil, fault.NotFound("the session")
	}
	seat, c, err := p.Clients.BySession(r.Context(), cookie.Value)
	if err != nil {
		return nil, err
	}
	return p.of(r, seat, c), nil
}

// tongue is the language of somebody's screens and letters.
func (p *Portal) tongue(t clients.Seat, c clients.Client) string {
	for _, lang := range []masthead.Lang{t.Lang, c.Lang} {
		if lang != "" {
			return words.Spoken(string(lang))
		}
	}
	return p.own()
}

// own is the agency's first language.
func (p *Portal) own() string {
	if m := p.Masthead(); len(m.Languages) > 0 {
		return words.Spoken(string(m.Languages[0]))
	}
	return words.Langs[0]
}

// credit is the agency's name in a language.
func (p *Portal) credit(lang string) string { return p.Masthead().Credit(story.Lang(lang)) }

// T says a sentence in the visit's language.
func (v *visit) T(id string, args ...any) string { return v.words.T(v.lang, id, args...) }

// local is an instant where the agency is.
func (v *visit) local(at time.Time) time.Time {
	if v.house.Zone == nil {
		return at.UTC()
	}
	return at.In(v.house.Zone)
}

// frame is what every page has.
type frame struct {
	visit                          *visit // of who is signed in; nil is nobody
	words                          *words.Words
	Lang, Title, Agency, CSS, Icon string
	Script                         string // "" is none
	Name, Client                   string // of who is signed in; "" is nobody
	Admin                          bool
	Closed                         bool // the contract does not count now
	Path, Zone, Done               string
	Langs                          []tongue
	Nav                            []link
}

type tongue struct {
	Lang, Name string
	Current    bool
}

type link struct {
	URL, Text string
	Current   bool
}

var tongues = map[string]string{"en": "English", "ru": "Русский", "be": "Беларуская"}

// T is a sentence in the page's language.
func (f frame) T(id string, args ...any) string { return f.words.T(f.Lang, id, args...) }

func (p *Portal) frame(lang, title string) frame {
	f := frame{words: p.words, Lang: lang, Title: title, Agency: p.credit(lang), CSS: p.assets.URL("portal.css"), Icon: p.assets.URL("icon.svg")}
	for _, l := range words.Langs {
		f.Langs = append(f.Langs, tongue{l, tongues[l], l == lang})
	}
	return f
}

// strange is a page's frame for whoever is not signed in. The language stands
// in the address: there is no cookie to keep it.
func (p *Portal) strange(r *http.Request, lang, title string) frame {
	if asked := r.URL.Query().Get("lang"); slices.Contains(words.Langs, asked) {
		lang = asked
	}
	return p.frame(lang, p.words.T(lang, title))
}

func (v *visit) frame(title string) frame {
	f := v.Portal.frame(v.lang, title)
	f.visit, f.Name, f.Client, f.Admin, f.Closed = v, v.seat.Name, v.client.Name, v.seat.Admin, !v.client.Open(v.now)
	f.Script, f.Zone = v.assets.URL("portal.js"), words.Zone(v.local(v.now))
	f.Path = (&url.URL{Path: v.r.URL.Path, RawQuery: v.r.URL.RawQuery}).String()
	for _, n := range []link{{homeURL, "nav-latest", false}, {searchesURL, "searches", false}, {peopleURL, "people", false}, {useURL, "use", false}, {"/wire/docs", "nav-docs", false}} {
		if n.URL == peopleURL && !v.seat.Admin {
			continue
		}
		f.Nav = append(f.Nav, link{n.URL, v.T(n.Text), n.URL == v.r.URL.Path})
	}
	return f
}

func (p *Portal) show(w http.ResponseWriter, status int, page, part string, data any) error {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	return p.pages.Named(page).ExecuteTemplate(w, part, data)
}

// Sorry tells a person that there is no answer, and what to do.
func (p *Portal) Sorry(w http.ResponseWriter, r *http.Request, err error) {
	status, lang := web.Status(err), p.own()
	v, stranger := p.visit(r)
	page := struct {
		frame
		Why string
	}{}
	if stranger == nil {
		page.frame = v.frame(v.T("sorry"))
		lang = v.lang
	} else {
		page.frame = p.strange(r, lang, "sorry")
		lang = page.Lang
	}
	why := "sorry-gone"
	switch {
	case status == http.StatusUnauthorized:
		why = "sorry-signed-out"
	case status >= http.StatusInternalServerError:
		why = "sorry-broken"
	case status != http.StatusNotFound && status != http.StatusMethodNotAllowed:
		why = "sorry-form"
	}
	page.Why = p.words.T(lang, why)
	if err := p.show(w, status, "sorry", "page", page); err != nil {
		p.Log.Error("a page cannot be shown", "error", err)
	}
}
