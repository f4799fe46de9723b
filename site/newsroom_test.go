package site_test

import (
	"context"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	"wireroom/bulletin/channel"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/site"
	"wireroom/site/press"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

const secret = "Zhytnyaya canary"

// newsroom is a small agency with real parts and a clock of the test's own.
type newsroom struct {
	*testing.T
	house    masthead.Masthead
	now      time.Time
	editor   staff.Person
	people   *staff.Store
	stories  *story.Store
	readers  *audience.Store
	pictures *media.Store
	press    *press.Store
	letters  *bulletin.Store
	rings    *alert.Store
	channels *channel.Store
	box      *mailtest.Box // where letters arrive
	host     *httptest.Server
	db       *db.DB
	options  site.Options
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

func open(t *testing.T, d *db.DB) *newsroom {
	t.Helper()
	ctx := context.Background()
	zone := time.FixedZone("", 3*3600)
	n := &newsroom{T: t, db: d, now: time.Date(2024, 10, 25, 14, 20, 0, 0, zone)}
	clock := func() time.Time { return n.now }
	n.house = masthead.Masthead{
		Name: "Pozirk", Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "Europe/Minsk", PublicURL: "https://pozirk.example",
		Sections: []masthead.Section{
			{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics", "ru": "Политика"}},
			{ID: "economy", Labels: map[masthead.Lang]string{"en": "Economy", "ru": "Экономика"}},
		},
		Plans: []masthead.Plan{{
			ID: "plus", Names: map[masthead.Lang]string{"en": "POZIRK+"},
			Notices: map[masthead.Lang]string{"en": "The material is available only to POZIRK+"},
		}},
	}
	store := masthead.New(d)
	n.ok(store.Found(ctx, n.house))
	n.house, _ = store.Load(ctx)
	n.people = staff.New(d, clock)
	var err error
	n.editor, err = n.people.Add(ctx, staff.Person{Name: "Editor", Email: "e@pozirk.example", Role: staff.Editor})
	n.ok(err)
	n.stories, n.readers, n.pictures = story.New(d, clock), audience.New(d, clock, filepath.Join(t.TempDir(), "readers.key")), media.New(t.TempDir())
	n.press, n.box = press.New(1<<20, clock), mailtest.Open(t)
	post, err := mail.New(mail.Settings{Addr: n.box.Addr, From: "desk@pozirk.example", TLS: "none"})
	n.ok(err)
	house := func() masthead.Masthead { return n.house }
	door := reveal.New(d, house, clock)
	n.letters = bulletin.New(d, clock, door, wire.By(d, clock), house, n.readers)
	n.rings = alert.New(d, clock, house, n.readers, func(host string) bool { return host == "push.example" })
	n.channels = channel.New(d, house)
	n.options = site.Options{
		Alerts: n.rings, Channels: n.channels,
		Door: door, Masthead: house, Letters: n.letters, Readers: n.readers, Pictures: n.pictures, Mail: post, Press: n.press, Now: clock, Wire: wire.New(d),
		Tills: []audience.Till{till.NewTest(clock)},
	}
	n.host = httptest.NewServer(site.New(n.options).Handler())
	t.Cleanup(func() { n.host.Close() })
	return n
}

// sellsBy has the site served with other tills.
func (n *newsroom) sellsBy(all ...audience.Till) *newsroom {
	n.host.Close()
	n.options.Tills = all
	n.press.Refresh()
	n.host = httptest.NewServer(site.New(n.options).Handler())
	return n
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// sends files a story and sends it.
func (n *newsroom) sends(lang masthead.Lang, group story.Group, c story.Content) story.Story {
	n.Helper()
	if len(c.Sections) == 0 {
		c.Sections = []string{"politics"}
	}
	s, err := n.stories.Create(context.Background(), n.editor, lang, group, c)
	n.ok(err)
	s, err = n.stories.Release(context.Background(), n.editor, s.ID, s.Revision)
	n.ok(err)
	n.press.Refresh()
	return s
}

// locked is a story of two paragraphs, the second for subscribers.
func locked(headline string) story.Content {
	return story.Content{Headline: headline, Plan: "plus", Teaser: "A teaser for all.", Body: paragraphs("The first paragraph.", "The "+secret+" paragraph.")}
}

func paragraphs(texts ...string) story.Body {
	var b story.Body
	for _, s := range texts {
		b.Blocks = append(b.Blocks, story.Para(story.Plain(s)))
	}
	return b
}

// visitor is a browser.
type visitor struct {
	n       *newsroom
	network string // that a server in front says they come from
	http.Client
}

func (n *newsroom) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	n.ok(err)
	v := &visitor{n: n, Client: http.Client{Jar: jar}}
	v.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return v
}

// subscriber is a visitor who has signed in and holds the plan until a time.
func (n *newsroom) subscriber(name string, until time.Time) *visitor {
	n.Helper()
	v := n.visitor()
	if answer := v.posts(site.SignInPath(n.link(name, until))); answer.StatusCode != http.StatusSeeOther {
		n.Fatalf("signing in answers %d", answer.StatusCode)
	}
	return v
}

func (n *newsroom) link(name string, until time.Time) string {
	n.Helper()
	ctx := context.Background()
	r, err := n.readers.Add(ctx, name)
	n.ok(err)
	n.ok(n.readers.Grant(ctx, r.ID, audience.Pass{Plan: "plus", Until: until}))
	token, err := n.readers.Link(ctx, r.ID)
	n.ok(err)
	return token
}

// answer is a response that was read whole.
type answer struct {
	*http.Response
	Text string
	Page *html.Node
}

func (v *visitor) does(r *http.Request) answer {
	v.n.Helper()
	resp, err := v.Do(r)
	v.n.ok(err)
	defer resp.Body.Close()
	var b strings.Builder
	_, err = copyTo(&b, resp.Body)
	v.n.ok(err)
	page, err := html.Parse(strings.NewReader(b.String()))
	v.n.ok(err)
	return answer{resp, b.String(), page}
}

func (v *visitor) opens(path string, headers ...string) answer {
	v.n.Helper()
	r, err := http.NewRequest(http.MethodGet, v.n.host.URL+path, nil)
	v.n.ok(err)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return v.does(r)
}

// posts sends a form of names and values in turn.
func (v *visitor) posts(path string, fields ...string) answer {
	v.n.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	r, err := http.NewRequest(http.MethodPost, v.n.host.URL+path, strings.NewReader(form.Encode()))
	v.n.ok(err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if v.network != "" {
		r.Header.Set("X-Forwarded-For", v.network)
	}
	return v.does(r)
}
