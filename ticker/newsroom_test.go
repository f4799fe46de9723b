package ticker_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/mail"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/ticker"
	"wireroom/web"
	"wireroom/wire"
)

var chief = staff.Person{ID: "c", Name: "Chief", Role: staff.Chief}

// newsroom is an agency whose ticker answers at an address.
type newsroom struct {
	*testing.T
	db      *db.DB
	shift   time.Duration // of the clock
	house   masthead.Masthead
	stories *story.Store
	clients *clients.Store
	manager *clients.Manager
	wire    *wire.Wire
	ticker  *ticker.Ticker
	routes  []web.Route
	url     string
}

func open(t *testing.T, d *db.DB, post *mail.Post) *newsroom {
	t.Helper()
	n := node(t, d, post)
	n.ok(masthead.New(d).Found(t.Context(), n.house))
	return n
}

// node is a machine of an agency, whose tables may have been founded by
// another.
func node(t *testing.T, d *db.DB, post *mail.Post) *newsroom {
	t.Helper()
	n := &newsroom{T: t, db: d}
	n.house = masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}}, Plans: []masthead.Plan{{ID: "plus"}}}
	n.stories, n.clients, n.wire = story.New(d, n.now), clients.New(d, n.now), wire.By(d, n.now)
	people := staff.New(d, n.now)
	var err error
	n.manager, err = n.clients.Manager(people, chief)
	n.ok(err)
	log := slog.New(slog.NewTextHandler(t.Output(), nil))
	n.ticker = ticker.New(ticker.Options{Clients: n.clients, Door: reveal.New(d, func() masthead.Masthead { return n.house }, n.now), Wire: n.wire,
		Masthead: func() masthead.Masthead { return n.house }, Staff: people, Mail: post, Now: n.now, Log: log})
	n.routes = n.ticker.Routes()
	s := httptest.NewServer(web.Mux(n.routes, web.Options{Log: log, Sorry: n.ticker.Sorry}))
	t.Cleanup(s.Close)
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

// runs has the stream follow the wire until the test ends.
func (n *newsroom) runs() {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); n.ticker.Run(ctx) }()
	n.Cleanup(func() { stop(); <-done })
}

// client makes a client with the products and gives it with a token.
func (n *newsroom) client(name string, change func(*clients.Client), lets ...reveal.Selection) (clients.Client, string) {
	n.Helper()
	c := clients.Client{Name: name, Starts: n.now().AddDate(0, -1, 0), Rate: 10_000}
	if change != nil {
		change(&c)
	}
	c, err := n.manager.Save(n.Context(), c)
	n.ok(err)
	for _, l := range lets {
		_, err := n.manager.SaveProduct(n.Context(), c.ID, clients.Product{Name: "News", Lets: l})
		n.ok(err)
	}
	token, err := n.manager.MakeToken(n.Context(), c.ID, "")
	n.ok(err)
	return c, token
}

func (n *newsroom) writes(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Slug: "slug", Sections: []string{"politics"}, Urgency: 4,
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One.")), story.Para(story.Plain("Two of " + headline + "."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.Context(), chief, "en", "", c)
	n.ok(err)
	return st
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	st := n.writes(headline, change)
	st, err := n.stories.Release(n.Context(), chief, st.ID, st.Revision)
	n.ok(err)
	return st
}

func (n *newsroom) kills(st story.Story) {
	n.Helper()
	_, err := n.stories.Kill(n.Context(), chief, st.ID, story.Say("It is false."))
	n.ok(err)
}

// answer is what an address gave.
type answer struct {
	*newsroom
	at     string
	status int
	header http.Header
	body   string
}

func (n *newsroom) asks(method, at, token, body string, header ...string) answer {
	n.Helper()
	r, err := http.NewRequest(method, n.url+at, strings.NewReader(body))
	n.ok(err)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	n.ok(err)
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	n.ok(err)
	return answer{n, method + " " + at, resp.StatusCode, resp.Header, string(data)}
}

func (n *newsroom) gets(at, token string, header ...string) answer {
	n.Helper()
	return n.asks(http.MethodGet, at, token, "", header...)
}

func (a answer) says(status int) answer {
	a.Helper()
	if a.status != status {
		a.Fatalf("%s answers %d, not %d:\n%.800s", a.at, a.status, status, a.body)
	}
	return a
}

// record is a record as a client's machine reads it.
type record struct {
	Number     int64
	Signal     string
	Story      string
	Status     string
	Superseded bool
	Receipt    bool
	Notice     string
	Item       json.RawMessage
}

// text is what the record says of the story.
func (r record) text() string { return string(r.Item) }

type page struct {
	Records, Urgent []record
	Next            int64
	More            bool
}

func (a answer) page() page {
	a.Helper()
	var p page
	a.ok(json.Unmarshal([]byte(a.says(200).body), &p))
	return p
}

// line is an open stream.
type line struct {
	*newsroom
	body io.ReadCloser
	read *bufio.Reader
}

// event is one of the stream.
type event struct {
	id, name string
	record
	raw string
}

func (n *newsroom) follows(at, token string, header ...string) *line {
	n.Helper()
	r, err := http.NewRequestWithContext(n.Context(), http.MethodGet, n.url+at, nil)
	n.ok(err)
	r.Header.Set("Authorization", "Bearer "+token)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	n.ok(err)
	n.Cleanup(func() { _ = resp.Body.Close() })
	if resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		data, _ := io.ReadAll(resp.Body)
		n.Fatalf("the stream answers %d: %s", resp.StatusCode, data)
	}
	return &line{n, resp.Body, bufio.NewReader(resp.Body)}
}

// next is the next event; signs of life are passed over.
func (l *line) next() event {
	l.Helper()
	var e event
	for {
		text, err := l.read.ReadString('\n')
		l.ok(err)
		text = strings.TrimSuffix(text, "\n")
		name, value, _ := strings.Cut(text, ": ")
		switch {
		case text == "" && e.name != "":
			l.ok(json.Unmarshal([]byte(e.raw), &e.record))
			return e
		case name == "id":
			e.id = value
		case name == "event":
			e.name = value
		case name == "data":
			e.raw += value
		}
	}
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d, nil)) })
}
