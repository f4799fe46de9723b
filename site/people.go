package site

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"wireroom/archive"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/feed"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web"
)

// folders are where the pages of each kind of entry stand.
var folders = map[register.Kind]string{register.Person: "people", register.Place: "places", register.Topic: "topics"}

func (s *Site) peopleRoutes() []web.Route {
	var all []web.Route
	for _, kind := range register.Kinds() {
		at := "/{lang}/" + folders[kind] + "/{slug}"
		all = append(all,
			web.Route{Method: "GET", Pattern: at, Handler: s.knownPage(kind)},
			web.Route{Method: "GET", Pattern: at + "/rss.xml", Handler: s.knownFeed(kind)})
	}
	return all
}

func knownURL(lang string, e register.Entry) string {
	return pageURL(lang, folders[e.Kind]) + "/" + e.Slug
}

// known is the page of a person, a place or a topic.
type known struct {
	frame
	Name     string
	Place    bool
	Topic    bool
	Role     string
	Lived    string // from when until when
	Also     []spelling
	Sorry    string // why the stories are not there
	Told     string // how many there are
	Groups   []group
	Page     int
	Newer    string
	Older    string
	Quotes   []said
	Words    string // where all that they said is searched
	Timeline []event
	RSS      string
	Follow   string
	Data     thing
}

// spelling is how somebody is called elsewhere.
type spelling struct{ Lang, Text string }

// said is a quotation as readers see it.
type said struct {
	Words, URL, Headline string
	Day                  when
}

// thing is schema.org's Person or Place, or its page of what has one subject.
type thing struct {
	Context string   `json:"@context"`
	Type    string   `json:"@type"`
	Name    string   `json:"name"`
	Other   []string `json:"alternateName,omitempty"`
	Role    string   `json:"jobTitle,omitempty"`
	URL     string   `json:"url,omitempty"`
}

// mostSaid is how many quotations a page shows.
const mostSaid = 12

// entry finds what an address means, among those that have a page for readers.
func (s *Site) entry(ctx context.Context, kind register.Kind, slug string) (register.Entry, *register.Book, error) {
	if s.Register == nil {
		return register.Entry{}, nil, fault.NotFound("page")
	}
	book, err := s.Register.Book(ctx)
	if err != nil {
		return register.Entry{}, nil, err
	}
	e, ok := book.At(kind, slug)
	if !ok || !e.Public {
		return e, nil, fault.NotFound("page")
	}
	return e, book, nil
}

// knownPage answers for somebody, a place or a topic. Like a search it is made for each
// who asks, so that what is taken back is gone from it at once.
func (s *Site) knownPage(kind register.Kind) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.visit(r)
		if err != nil {
			return err
		}
		e, book, err := s.entry(r.Context(), kind, r.PathValue("slug"))
		if err != nil {
			return err
		}
		if e.Slug != r.PathValue("slug") {
			w.Header().Set("Cache-Control", "no-cache")
			http.Redirect(w, r, knownURL(v.lang, e), http.StatusMovedPermanently)
			return nil
		}
		page, err := pageNumber(r)
		if err != nil {
			return err
		}
		p := v.known(e, page)
		if err := p.fill(r.Context(), v, e, book); err != nil {
			return err
		}
		w.Header().Set("Cache-Control", "private, no-store")
		return s.send(w, v, http.StatusOK, sheet{"known", p})
	}
}

// known fills in what the register says.
func (v *visit) known(e register.Entry, page int) *known {
	name := e.Name(v.edition())
	p := &known{frame: v.frame(name), Name: name, Place: e.Kind == register.Place, Topic: e.Kind == register.Topic, Role: e.Role(v.edition(), v.now), Page: page}
	p.Lived = v.lived(e)
	p.About = v.T("known-about", "name", name, "agency", p.Agency)
	p.RSS = knownURL(v.lang, e) + "/rss.xml"
	p.Follow = followURL(v.lang, audience.AimKind(e.Kind), string(e.ID))
	p.Words = searchURL(v.lang, archive.Ask{Query: `said:"` + name + `"`})
	p.switches(func(lang string) string { return knownURL(lang, e) })
	p.Card = &card{Type: "profile", Title: name, About: p.About}
	if e.Kind == register.Topic {
		p.About = v.T("known-about-topic", "name", name, "agency", p.Agency)
	} else {
		p.Also = v.also(e, name)
	}
	p.Data = thing{Context: "https://schema.org", Type: "Person", Name: name, Role: p.Role}
	switch e.Kind {
	case register.Place:
		p.Data.Type, p.Data.Role, p.Card.Type = "Place", "", "website"
	case register.Topic:
		p.Data.Type, p.Card.Type = "CollectionPage", "website"
	}
	for _, o := range p.Also {
		p.Data.Other = append(p.Data.Other, o.Text)
	}
	if v.house.PublicURL != "" {
		p.Data.URL = p.Abs(p.Path)
	}
	return p
}

// also are the other ways in which somebody or a place is written.
func (v *visit) also(e register.Entry, name string) (all []spelling) {
	for _, lang := range v.house.Languages {
		if other := e.House(lang); other != "" && other != name {
			all = append(all, spelling{string(lang), other})
		}
	}
	for _, alias := range e.Aliases {
		all = append(all, spelling{"", alias})
	}
	return all
}

// lived says from when until when.
func (v *visit) lived(e register.Entry) string {
	id := "known-lived"
	switch {
	case e.Since == "" && e.Until == "":
		return ""
	case e.Until == "":
		id = "known-born"
	case e.Since == "":
		id = "known-died"
	}
	if e.Kind == register.Place {
		id += "-place"
	}
	return v.T(id, "from", v.dated(e.Since), "to", v.dated(e.Until))
}

func (p *known) fill(ctx context.Context, v *visit, e register.Entry, book *register.Book) error {
	ask := archive.Ask{Query: "language:" + v.lang, About: e, Page: p.Page}
	r, err := v.site.ask(ctx, ask, v.Viewer)
	switch {
	case errors.Is(err, archive.ErrBusy):
		p.Sorry = v.T("search-busy")
	case errors.Is(err, archive.ErrBroad):
		p.Sorry = v.T("search-broad")
	case err != nil:
		return err
	}
	if p.Page > 1 && len(r.Hits) == 0 {
		return fault.NotFound("page of the list")
	}
	p.stories(v, r)
	if p.Page > 1 {
		p.Hidden = true
		return nil
	}
	if e.Kind == register.Topic {
		return p.past(ctx, v, e)
	}
	if err := p.quotes(ctx, v, e, book); err != nil {
		return err
	}
	p.timeline(v, e, book, renditions(r))
	return nil
}

func renditions(r archive.Result) []reveal.Rendition {
	all := make([]reveal.Rendition, 0, len(r.Hits))
	for _, h := range r.Hits {
		all = append(all, h.Rendition)
	}
	return all
}

func (p *known) stories(v *visit, r archive.Result) {
	p.Told = v.T("search-found", "n", r.Total)
	if r.More {
		p.Told = v.T("search-more", "n", r.Total)
	}
	p.Groups = v.byDay(renditions(r))
	l := list{frame: p.frame, Page: p.Page}
	l.pager(p.Page < r.Pages)
	p.Newer, p.Older, p.Title = l.Newer, l.Older, l.Title
}

// quotes fills in what is on record, as far as the words stand in what the
// viewer may have of the story.
func (p *known) quotes(ctx context.Context, v *visit, e register.Entry, book *register.Book) error {
	if v.site.Record == nil || p.Place {
		return nil
	}
	entries, err := v.site.Record.Said(ctx, record.Question{Known: e.Same()})
	if err != nil {
		return err
	}
	var ids []story.ID
	for _, q := range entries {
		ids = append(ids, q.Story)
	}
	stories, err := v.site.Door.Several(ctx, ids, v.Viewer, false)
	if err != nil {
		return err
	}
	for _, q := range entries {
		r, ok := stories[q.Story]
		if !ok || r.Lang() != v.edition() || len(p.Quotes) == mostSaid || !tells(r, q) {
			continue
		}
		p.Quotes = append(p.Quotes, said{Words: strings.TrimRight(q.Words, ",; "), URL: v.item(r).URL, Headline: r.Headline(), Day: v.exact(q.Said, true)})
	}
	return nil
}

// tells is whether what the viewer has of a story says what was said, and who did.
func tells(r reveal.Rendition, q record.Entry) bool {
	return record.StandsIn(r.Headline(), r.Blocks(), q.Words) && (r.Full() || q.NamesSpeaker(r.Headline(), r.Blocks()))
}

// knownFeed is the stories of somebody, a place or a topic as a feed, of what anybody
// may have.
func (s *Site) knownFeed(kind register.Kind) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		house, lang := s.Masthead(), r.PathValue("lang")
		if !house.Has(masthead.Lang(lang)) {
			return fault.NotFound("edition")
		}
		e, _, err := s.entry(r.Context(), kind, r.PathValue("slug"))
		if err != nil {
			return err
		}
		res, err := s.ask(r.Context(), archive.Ask{Query: "language:" + lang, About: e}, reveal.Viewer{})
		if errors.Is(err, archive.ErrBusy) || errors.Is(err, archive.ErrBroad) {
			w.Header().Set("Retry-After", "600")
			http.Error(w, "please try again later", http.StatusServiceUnavailable)
			return nil
		}
		if err != nil {
			return err
		}
		b := &broadcast{visit: s.begin(house, lang, r.URL.Path, guest{}), base: s.base(r)}
		agency := house.Credit(b.edition())
		title := b.T("search-feed", "agency", agency, "query", e.Name(b.edition()))
		return b.answers(w, feed.Feed{Title: title, About: title, Lang: lang, Agency: agency, Home: b.base + knownURL(lang, e), Self: b.base + r.URL.Path}, res.Hits)
	}
}
