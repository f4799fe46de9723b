package portal

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/story"
	"wireroom/web"
)

const (
	searchesURL = "/wire/searches"
	searchURL   = searchesURL + "/{id}"
	silenceURL  = "/wire/silence"
	feedURL     = "/wire/feeds/{token}/{format}"
)

func (p *Portal) searchRoutes(get, post func(string, seated) web.Route) []web.Route {
	return []web.Route{
		get(searchesURL, p.searches), post(searchesURL, p.keepSearch), post(followURL, p.keepNamed), post(silenceURL, p.silence),
		post(searchURL+"/feed", p.openFeed), post(searchURL+"/feed-end", p.shutFeed),
		post(searchURL+"/alert", p.setAlert), post(searchURL+"/removal", p.dropSearch),
		{Method: http.MethodGet, Pattern: feedURL, Who: web.Client, Handler: p.feed},
	}
}

// saved is a search as its owner sees it.
type saved struct {
	ID, Name, URL, At string
	Says              string // what it asks for, in words
	Feed              bool
	Alert             string   // never, now, hours
	Hours             string   // "8, 13"
	Told              []option // addresses of a feed that was opened just now
}

// searchesPage is what somebody keeps.
type searchesPage struct {
	frame
	Rows    []saved
	Silence int
	Letters bool
	Wrong   string
	WrongAt string // id of the search, or silence
}

func (p *Portal) searches(w http.ResponseWriter, v *visit) error {
	return p.showSearches(w, v, http.StatusOK, searchesPage{}, "", "")
}

// showSearches shows the page; told is the token of the feed of a search.
func (p *Portal) showSearches(w http.ResponseWriter, v *visit, status int, page searchesPage, opened, told string) error {
	all, err := p.Clients.Searches(v.r.Context(), v.seat.ID)
	if err != nil {
		return err
	}
	page.frame, page.Silence, page.Letters = v.frame(v.T("searches")), int(v.seat.Silence.Hours()), p.Mail != nil
	page.Path = searchesURL
	page.done(v, "search", "follow", "drop", "feed-end", "alert", "silence")
	for _, s := range all {
		row := saved{ID: s.ID, Name: s.Name, URL: homeURL + "?" + s.Search.Query().Encode(), At: searchesURL + "/" + s.ID, Says: v.says(s.Search), Feed: s.Feed, Alert: "hours"}
		switch s.Alert {
		case "", clients.AtOnce:
			row.Alert = string(s.Alert)
		default:
			row.Hours = strings.Join(strings.Fields(string(s.Alert)), ", ")
		}
		if s.ID == opened {
			row.Told = v.addresses(told)
		}
		page.Rows = append(page.Rows, row)
	}
	return p.show(w, status, "searches", "page", page)
}

// done says what was done before the page was shown, if it is one of some.
func (f *frame) done(v *visit, some ...string) {
	for _, s := range some {
		if v.r.URL.Query().Get("done") == s {
			f.Done = v.T("done-" + s)
		}
	}
}

// says tells in words what a search asks for.
func (v *visit) says(s clients.Search) string {
	var all []string
	if len(s.Words) > 0 {
		all = append(all, v.typed(strings.Join(s.Words, " ")))
	}
	for _, l := range s.Langs {
		name := tongues[l]
		if name == "" {
			name = l
		}
		all = append(all, name)
	}
	for _, id := range s.Sections {
		name := id
		for _, section := range v.house.Sections {
			if section.ID == id {
				name = section.Label(story.Lang(v.lang))
			}
		}
		all = append(all, name)
	}
	if s.Urgency > 0 {
		all = append(all, v.T("urgent-to", "urgency", strconv.Itoa(s.Urgency)))
	}
	if len(all) == 0 {
		return v.T("search-all")
	}
	return strings.Join(all, " · ")
}

// typed tells the words of a search, and of one for a name alone whose it is.
func (v *visit) typed(words string) string {
	if one := plainWords.FindStringSubmatch(words); one != nil && one[1] != "" {
		return v.T("kind-"+one[1]) + ": " + one[2]
	}
	return "“" + words + "”"
}

// addresses are those of a feed, in each format of the contract that holds
// several stories.
func (v *visit) addresses(token string) (all []option) {
	for _, f := range v.client.Offered() {
		if f.Many {
			at := strings.NewReplacer("{token}", token, "{format}", f.Name).Replace(feedURL)
			all = append(all, option{Value: v.base() + at, Text: f.Title})
		}
	}
	return all
}

// base is where the agency is, for addresses that are taken elsewhere.
func (v *visit) base() string {
	if v.house.PublicURL != "" {
		return v.house.PublicURL
	}
	return "http://" + v.r.Host
}

func (p *Portal) keepSearch(w http.ResponseWriter, v *visit) error {
	q, err := url.ParseQuery(v.r.PostFormValue("search"))
	if err != nil {
		return fault.Invalid("search", "this is no search")
	}
	s, err := clients.ReadSearch(q)
	if err != nil {
		return err
	}
	if err := p.Clients.KeepSearch(v.r.Context(), v.seat.ID, v.r.PostFormValue("name"), s); err != nil {
		return err
	}
	return v.sees(w, searchesURL, "search")
}

// sees leads to a page that says what was done.
func (v *visit) sees(w http.ResponseWriter, at, done string) error {
	http.Redirect(w, v.r, at+"?done="+done, http.StatusSeeOther)
	return nil
}

func (p *Portal) dropSearch(w http.ResponseWriter, v *visit) error {
	if err := p.Clients.DropSearch(v.r.Context(), v.seat.ID, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.sees(w, searchesURL, "drop")
}

// openFeed tells the address of a feed, this once.
func (p *Portal) openFeed(w http.ResponseWriter, v *visit) error {
	id := v.r.PathValue("id")
	token, err := p.Clients.OpenFeed(v.r.Context(), v.seat.ID, id)
	if err != nil {
		return err
	}
	return p.showSearches(w, v, http.StatusOK, searchesPage{}, id, token)
}

func (p *Portal) shutFeed(w http.ResponseWriter, v *visit) error {
	if err := p.Clients.ShutFeed(v.r.Context(), v.seat.ID, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.sees(w, searchesURL, "feed-end")
}

func (p *Portal) setAlert(w http.ResponseWriter, v *visit) error {
	ctx, id, asked := v.r.Context(), v.r.PathValue("id"), v.r.PostFormValue("alert")
	if asked == "hours" {
		asked = strings.TrimSpace(v.r.PostFormValue("hours"))
		if asked == "" || clients.Alert(asked) == clients.AtOnce {
			asked = "none"
		}
	}
	alert, err := clients.ReadAlert(asked)
	if fault.Is(err, fault.KindInvalid) {
		return p.showSearches(w, v, http.StatusUnprocessableEntity, searchesPage{Wrong: v.T("hours-wrong"), WrongAt: id}, "", "")
	}
	if err != nil {
		return err
	}
	head, err := v.head(ctx)
	if err != nil {
		return err
	}
	if err := p.Clients.SetAlert(ctx, v.seat.ID, id, alert, head, v.local(v.now)); err != nil {
		return err
	}
	return v.sees(w, searchesURL, "alert")
}

func (p *Portal) silence(w http.ResponseWriter, v *visit) error {
	hours, err := strconv.Atoi(strings.TrimSpace(v.r.PostFormValue("hours")))
	if err == nil {
		err = p.Clients.SetSilence(v.r.Context(), v.seat.ID, hours)
	} else {
		err = fault.Invalid("hours", "this is no number")
	}
	if fault.Is(err, fault.KindInvalid) {
		return p.showSearches(w, v, http.StatusUnprocessableEntity, searchesPage{Wrong: v.T("silence-wrong"), WrongAt: "silence"}, "", "")
	}
	if err != nil {
		return err
	}
	return v.sees(w, searchesURL, "silence")
}
