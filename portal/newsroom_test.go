package portal_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/masthead"
	"wireroom/portal"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/ticker"
	"wireroom/web"
	"wireroom/wire"
)

var (
	chief      = staff.Person{ID: "c", Name: "Chief", Role: staff.Chief}
	everything = reveal.Selection{Full: true}
)

// newsroom is an agency whose portal answers at an address.
type newsroom struct {
	*testing.T
	db      *db.DB
	shift   time.Duration // of the clock
	house   masthead.Masthead
	stories *story.Store
	clients *clients.Store
	manager *clients.Manager
	wire    *wire.Wire
	portal  *portal.Portal
	routes  []web.Route
	box     *mailtest.Box
	url     string
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

func open(t *testing.T, d *db.DB) *newsroom {
	t.Helper()
	n := &newsroom{T: t, db: d, box: mailtest.Open(t)}
	n.house = masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}}, Plans: []masthead.Plan{{ID: "plus"}}}
	n.ok(masthead.New(d).Found(t.Context(), n.house))
	n.stories, n.clients, n.wire = story.New(d, n.now), clients.New(d, n.now), wire.By(d, n.now)
	people := staff.New(d, n.now)
	var err error
	n.manager, err = n.clients.Manager(people, chief)
	n.ok(err)
	post, err := mail.New(mail.Settings{Addr: n.box.Addr, From: "wire@pozirk.example", TLS: "none"})
	n.ok(err)
	house := func() masthead.Masthead { return n.house }
	door, log := reveal.New(d, house, n.now), slog.New(slog.NewTextHandler(t.Output(), nil))
	machine := ticker.New(ticker.Options{Clients: n.clients, Door: door, Wire: n.wire, Masthead: house, Staff: people, Now: n.now, Log: log})
	n.portal = portal.New(portal.Options{Clients: n.clients, Ticker: machine, Door: door, Wire: n.wire, Masthead: house, Mail: post,
		Now: n.now, Log: log, Secure: func() bool { return false }})
	n.routes = n.portal.Routes()
	s := httptest.NewServer(web.Mux(n.routes, web.Options{Log: log, Sorry: n.portal.Sorry}))
	t.Cleanup(func() { n.portal.HangUp(); s.Close() })
	n.url, n.house.PublicURL = s.URL, s.URL
	return n
}

func (n *newsroom) now() time.Time { return time.Now().Add(n.shift) }

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// client makes a client with products and one person, its administrator.
func (n *newsroom) client(name string, change func(*clients.Client), lets ...reveal.Selection) clients.Client {
	n.Helper()
	c := clients.Client{Name: name, Starts: n.now().AddDate(0, -1, 0)}
	if change != nil {
		change(&c)
	}
	c, err := n.manager.Save(n.Context(), c)
	n.ok(err)
	for _, l := range lets {
		_, err := n.manager.SaveProduct(n.Context(), c.ID, clients.Product{Name: "News", Lets: l})
		n.ok(err)
	}
	n.ok(n.manager.AddSeat(n.Context(), c.ID, "Ann of "+name, "ann@"+strings.ToLower(name)+".example"))
	return c
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Slug: "slug", Sections: []string{"politics"}, Urgency: 4,
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One.")), story.Para(story.Plain("Two of " + headline + "."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.Context(), chief, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(n.Context(), chief, st.ID, st.Revision)
	n.ok(err)
	return st
}

func (n *newsroom) kills(st story.Story) {
	n.Helper()
	_, err := n.stories.Kill(n.Context(), chief, st.ID, story.Say("It is false."))
	n.ok(err)
}

// asks has the receipts asked for that the records so far call for.
func (n *newsroom) asks() {
	n.Helper()
	records, err := n.wire.After(n.Context(), 0, 200)
	n.ok(err)
	sheet, err := reveal.New(n.db, func() masthead.Masthead { return n.house }, n.now).Sheet(n.Context(), records)
	n.ok(err)
	_, err = n.clients.Ask(n.Context(), sheet)
	n.ok(err)
}

// person is a browser.
type person struct {
	*newsroom
	http *http.Client
}

// stranger is nobody's browser. It follows no redirect.
func (n *newsroom) stranger() person {
	jar, err := cookiejar.New(nil)
	n.ok(err)
	return person{n, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// signed is the browser of somebody with the address, signed in.
func (n *newsroom) signed(email string) person {
	n.Helper()
	_, token, err := n.clients.Link(n.Context(), email)
	n.ok(err)
	p := n.stranger()
	p.posts(portal.EnterPath(token)).says(303)
	return p
}

// answer is what an address gave.
type answer struct {
	*newsroom
	at, body string
	status   int
	header   http.Header
}

func (p person) asks(method, at string, form url.Values, header ...string) answer {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), method, p.url+at, strings.NewReader(form.Encode()))
	p.ok(err)
	r.Header.Set("Accept", "text/html")
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := p.http.Do(r)
	p.ok(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	p.ok(err)
	return answer{p.newsroom, method + " " + at, string(data), resp.StatusCode, resp.Header}
}

func (p person) gets(at string) answer {
	p.Helper()
	return p.asks(http.MethodGet, at, nil)
}

// posts sends a form of names and values.
func (p person) posts(at string, pairs ...string) answer {
	p.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.asks(http.MethodPost, at, form)
}

func (a answer) says(status int) answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("%s answers %d, not %d:\n%.800s", a.at, a.status, status, a.body)
	}
	return a
}

func (a answer) has(some ...string) answer {
	a.Helper()
	for _, s := range some {
		if !strings.Contains(a.body, s) {
			a.Errorf("%s lacks %q:\n%.3000s", a.at, s, a.body)
		}
	}
	return a
}

func (a answer) lacks(some ...string) answer {
	a.Helper()
	for _, s := range some {
		if strings.Contains(a.body, s) {
			a.Errorf("%s has %q:\n%.3000s", a.at, s, a.body)
		}
	}
	return a
}
