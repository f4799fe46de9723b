package site

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"wireroom/archive"
	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/feed"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/web"
)

// search is the page of the archive: a form, and what was found.
type search struct {
	frame
	Query    string
	Best     bool   // the order is by relevance
	Asked    bool   // there is an answer, be it empty
	Told     string // how many were found
	Sorry    string // why there is no answer
	Unknown  string // the parts of the query that say nothing to us
	Spoken   bool   // somebody's words are asked for
	Quotes   []utterance
	Newer    string // addresses of the quotations before and after these; "" at the ends
	Older    string
	Items    []found
	Narrow   []narrow
	Newest   string // addresses of the same search in the other order
	Fitting  string
	Previous string // "" at the ends
	Next     string
	Page     int
	RSS      string
	Follow   string // where the search is followed
}

// found is a story with the words that were looked for.
type found struct {
	item
	Lang    string // "" in the page's own language
	Tongue  string
	Title   []archive.Mark
	Snippet []archive.Mark
}

// narrow is a way to see fewer: by section, language or year.
type narrow struct {
	Name  string
	Links []way
}

type way struct {
	URL, Text string
	N         int
}

func (s *Site) searchRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/{lang}/search", Handler: s.searchPage},
		{Method: "GET", Pattern: "/{lang}/search/{$}", Handler: bare},
		{Method: "GET", Pattern: "/{lang}/search/rss.xml", Handler: s.searchFeed},
	}
}

// searchPage answers a search. Nobody keeps the page, and no log its address.
func (s *Site) searchPage(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	ask, err := askOf(r)
	if err != nil {
		return err
	}
	p := search{frame: v.frame(v.T("search")), Query: ask.Query, Best: ask.ByRelevance, Page: ask.Page}
	p.Hidden = true
	p.switches(func(lang string) string { return searchURL(lang, ask) })
	quotes, err := numberOf(r, "quotes")
	if err != nil {
		return err
	}
	if err := p.answer(r.Context(), v, ask); err != nil {
		return err
	}
	if err := p.says(r.Context(), v, ask, quotes); err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "private, no-store")
	return s.send(w, v, http.StatusOK, sheet{"search", &p})
}

// askOf reads the address of a search.
func askOf(r *http.Request) (archive.Ask, error) {
	page, err := pageNumber(r)
	q := r.URL.Query()
	return archive.Ask{Query: strings.TrimSpace(strings.ToValidUTF8(q.Get("q"), "")), ByRelevance: q.Get("by") == "best", Page: page}, err
}

// searchURL is the address of a search in an edition.
func searchURL(lang string, ask archive.Ask) string {
	q := url.Values{}
	if ask.Query != "" {
		q.Set("q", ask.Query)
	}
	if ask.ByRelevance {
		q.Set("by", "best")
	}
	if ask.Page > 1 {
		q.Set("page", strconv.Itoa(ask.Page))
	}
	address := pageURL(lang, "search")
	if len(q) > 0 {
		address += "?" + q.Encode()
	}
	return address
}

func (p *search) answer(ctx context.Context, v *visit, ask archive.Ask) error {
	if ask.Query == "" {
		return nil
	}
	r, err := v.site.ask(ctx, ask, v.Viewer)
	switch {
	case errors.Is(err, archive.ErrBusy):
		p.Sorry = v.T("search-busy")
		return nil
	case errors.Is(err, archive.ErrBroad):
		p.Sorry = v.T("search-broad")
		return nil
	case err != nil:
		return err
	}
	p.Unknown = strings.Join(r.Wrong, ", ")
	if r.Empty {
		return nil
	}
	p.Asked, p.Told = true, v.T("search-found", "n", r.Total)
	switch {
	case r.Total == 0:
		p.Told = v.T("search-none")
	case r.More:
		p.Told = v.T("search-more", "n", r.Total)
	}
	for _, h := range r.Hits {
		p.Items = append(p.Items, v.found(h))
	}
	p.narrow(v, ask, r)
	p.leads(v, ask, r)
	return nil
}

// ask asks the archive, if there is one.
func (s *Site) ask(ctx context.Context, ask archive.Ask, viewer reveal.Viewer) (archive.Result, error) {
	if s.Archive == nil {
		return archive.Result{}, fault.NotFound("the archive")
	}
	return s.Archive.Search(ctx, ask, viewer)
}

func (v *visit) found(h archive.Hit) found {
	f := found{item: v.item(h.Rendition), Title: h.Title, Snippet: h.Snippet}
	if lang := string(h.Lang()); lang != v.lang {
		f.Lang, f.Tongue = lang, names[lang]
	}
	return f
}

// leads are the ways on from the page.
func (p *search) leads(v *visit, ask archive.Ask, r archive.Result) {
	to := func(change func(*archive.Ask)) string {
		other := ask
		change(&other)
		return searchURL(v.lang, other)
	}
	if r.Total > 1 {
		p.Newest = to(func(a *archive.Ask) { a.ByRelevance, a.Page = false, 1 })
		p.Fitting = to(func(a *archive.Ask) { a.ByRelevance, a.Page = true, 1 })
	}
	if ask.Page > 1 {
		p.Previous = to(func(a *archive.Ask) { a.Page-- })
	}
	if ask.Page < r.Pages {
		p.Next = to(func(a *archive.Ask) { a.Page++ })
	}
	p.Follow = followURL(v.lang, audience.AimSearch, ask.Query)
	p.RSS = pageURL(v.lang, "search") + "/rss.xml?" + url.Values{"q": {ask.Query}}.Encode()
}

// mostChoices is how many ways to narrow a list names of one kind.
const mostChoices = 8

func (p *search) narrow(v *visit, ask archive.Ask, r archive.Result) {
	add := func(name, field string, counts []archive.Count, text func(string) string) {
		n := narrow{Name: v.T(name)}
		for _, c := range counts[:min(len(counts), mostChoices)] {
			if label := text(c.ID); label != "" && len(counts) > 1 {
				n.Links = append(n.Links, way{searchURL(v.lang, archive.Ask{Query: ask.Query + " " + field + ":" + c.ID, ByRelevance: ask.ByRelevance}), label, c.N})
			}
		}
		if len(n.Links) > 0 {
			p.Narrow = append(p.Narrow, n)
		}
	}
	add("search-by-section", "section", r.Sections, func(id string) string {
		s, _ := v.house.Section(id)
		return s.Label(v.edition())
	})
	add("search-by-language", "language", r.Languages, func(id string) string { return names[id] })
	add("search-by-year", "date", r.Years, func(id string) string { return id })
}

// searchFeed is a search as a feed, of what anybody may have.
func (s *Site) searchFeed(w http.ResponseWriter, r *http.Request) error {
	house, lang := s.Masthead(), r.PathValue("lang")
	if !house.Has(masthead.Lang(lang)) {
		return fault.NotFound("edition")
	}
	ask := archive.Ask{Query: strings.TrimSpace(strings.ToValidUTF8(r.URL.Query().Get("q"), ""))}
	b := &broadcast{visit: s.begin(house, lang, r.URL.Path, guest{}), base: s.base(r)}
	agency := house.Credit(b.edition())
	title := b.T("search-feed", "agency", agency, "query", ask.Query)
	f := feed.Feed{Title: title, About: title, Lang: lang, Agency: agency, Home: b.base + searchURL(lang, ask),
		Self: b.base + r.URL.Path + "?" + url.Values{"q": {ask.Query}}.Encode()}
	items, err := b.searched(r.Context(), ask)
	if errors.Is(err, archive.ErrBusy) || errors.Is(err, archive.ErrBroad) {
		w.Header().Set("Retry-After", "600")
		http.Error(w, "please try again later", http.StatusServiceUnavailable)
		return nil
	}
	if err != nil {
		return err
	}
	return b.feeds(w, f, items)
}

// searched are the items of a search's feed: stories, or quotations where they are
// asked for.
func (b *broadcast) searched(ctx context.Context, ask archive.Ask) ([]feed.Item, error) {
	if speech, ok := b.site.speech(ask.Query); ok {
		found, err := b.heard(ctx, speech, 0, mostFed)
		return b.quotations(found), err
	}
	r, err := b.site.ask(ctx, ask, reveal.Viewer{})
	return b.stories(r.Hits), err
}

// mostFed is how many quotations a feed has.
const mostFed = 20

// answers writes what was found as a feed that no cache keeps.
func (b *broadcast) answers(w http.ResponseWriter, f feed.Feed, hits []archive.Hit) error {
	return b.feeds(w, f, b.stories(hits))
}

func (b *broadcast) stories(hits []archive.Hit) []feed.Item {
	var items []feed.Item
	for _, h := range hits {
		items = append(items, b.feedItem(h.Rendition))
	}
	return items
}

func (b *broadcast) feeds(w http.ResponseWriter, f feed.Feed, items []feed.Item) error {
	f.Items = items
	for _, i := range items {
		if i.Changed.After(f.Changed) {
			f.Changed = i.Changed
		}
	}
	page, err := document(feed.TypeRSS, func(w io.Writer) error { return feed.RSS(w, f) })
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", page.ContentType)
	w.Header().Set("Cache-Control", "private, no-store")
	_, err = w.Write(page.Body)
	return err
}
