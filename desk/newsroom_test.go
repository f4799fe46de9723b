package desk_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"wireroom/archive"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/audience/tally"
	"wireroom/bulletin"
	"wireroom/bulletin/alert"
	channels "wireroom/bulletin/channel"
	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/copybook"
	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/desk"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/planning"
	"wireroom/reveal"
	"wireroom/site"
	"wireroom/site/press"
	"wireroom/sources"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/web"
	"wireroom/wire"
)

// newsroom is a small agency at whose desk sit a reporter, an editor and a
// chief, with real parts and a clock of the test's own.
type newsroom struct {
	passed []wire.Number // up to which the desk has let clients be sent the wire first
	*testing.T
	now       time.Time
	stories   *story.Store
	staff     *staff.Store
	mastheads *masthead.Store
	archive   *archive.Archive // closed until opened
	copybook  *copybook.Store
	readers   *audience.Store
	tally     *tally.Store
	letters   *bulletin.Store
	rings     *alert.Store
	db        *db.DB
	people    map[staff.Role]staff.Person
	desk      *desk.Desk
	routes    []web.Route
	host      *httptest.Server
	sources   *sources.Store
	clients   *clients.Store
	endpoints *push.Store
}

// each keeps a promise over each engine: what the desk asks of the stores.
func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

// one keeps a promise over SQLite: what the desk makes of the answers.
func one(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	promise(open(t, dbtest.SQLite(t)))
}

// zone is the newsroom's.
var zone = time.FixedZone("", 3*3600)

func pozirk() masthead.Masthead {
	in := func(en, ru, be string) map[masthead.Lang]string {
		return map[masthead.Lang]string{"en": en, "ru": ru, "be": be}
	}
	return masthead.Masthead{
		Name: "Pozirk", Names: map[masthead.Lang]string{"be": "Позірк"}, Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "Europe/Minsk",
		Sections: []masthead.Section{
			{ID: "politics", Labels: in("Politics", "Политика", "Палітыка")}, {ID: "economy", Labels: in("Economy", "Экономика", "Эканоміка")},
		},
		Plans: []masthead.Plan{{ID: "plus", Names: in("POZIRK+", "ПОЗІРК+", "ПОЗІРК+"),
			Notices: in("The material is available only to POZIRK+", "Только для ПОЗІРК+", "Толькі для ПОЗІРК+")}},
	}
}

func open(t *testing.T, d *db.DB) *newsroom {
	t.Helper()
	n := &newsroom{T: t, now: time.Date(2024, 10, 25, 14, 20, 0, 0, zone), people: map[staff.Role]staff.Person{}}
	clock := func() time.Time { return n.now }
	n.stories, n.staff, n.mastheads = story.New(d, clock), staff.New(d, clock), masthead.New(d)
	n.copybook, n.db = copybook.New(d, clock), d
	n.tally = tally.New(d, clock)
	n.readers = audience.New(d, clock, filepath.Join(t.TempDir(), "readers.key"))
	n.ok(n.mastheads.Found(t.Context(), pozirk()))
	house := func() masthead.Masthead {
		m, err := n.mastheads.Load(t.Context())
		n.ok(err)
		return m
	}
	door := reveal.New(d, house, clock)
	n.letters = bulletin.New(d, clock, door, wire.By(d, clock), house, n.readers)
	readers := site.New(site.Options{Door: door, Masthead: house, Readers: n.readers, Letters: n.letters, Press: press.New(1<<20, clock), Now: clock})
	for role, name := range map[staff.Role]string{staff.Reporter: "Rita", staff.Editor: "Edvard", staff.Chief: "Chaya",
		staff.Translator: "Tina", staff.Administrator: "Adam"} {
		n.people[role] = n.joins(name, role)
	}
	out, err := courier.New(courier.Settings{})
	n.ok(err)
	n.rings = alert.New(d, clock, house, n.readers, out.Near)
	n.sources = sources.New(d, out, clock)
	n.clients, n.endpoints = clients.New(d, clock), push.New(d, out, clock)
	n.archive = archive.New(d, t.TempDir(), door, house, clock)
	face := desk.New(desk.Options{
		Archive: n.archive,
		Sources: n.sources, Clients: n.clients, Endpoints: n.endpoints,
		TryEndpoint: func(context.Context, push.Endpoint, string) error { return errors.New("it answers 503") },
		LetPass:     func(_ context.Context, at wire.Number) { n.passed = append(n.passed, at) },
		Stories:     n.stories, Staff: n.staff, Masthead: n.mastheads, Pictures: media.New(t.TempDir()), Now: clock,
		Copybook: n.copybook, Readers: n.readers, Tally: n.tally, Wire: wire.New(d), Planning: planning.New(d, clock, n.stories), Record: record.New(d, clock, n.stories), Register: register.New(d, clock), Letters: n.letters, Channels: channels.New(d, house), Alerts: n.rings, Digest: readers.Digest,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	n.desk = face
	n.routes, n.host = face.Routes(), httptest.NewServer(face.Handler())
	t.Cleanup(n.host.Close)
	t.Cleanup(n.desk.HangUp)
	return n
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

func (n *newsroom) ctx() context.Context { return n.Context() }

// later lets a minute pass.
func (n *newsroom) later() { n.now = n.now.Add(time.Minute) }

func (n *newsroom) joins(name string, role staff.Role) staff.Person {
	n.Helper()
	p, err := n.staff.Add(n.ctx(), staff.Person{Name: name, Email: name + "@pozirk.example", Role: role})
	n.ok(err)
	return p
}

// link is the path of a fresh sign-in link.
func (n *newsroom) link(p staff.Person) string {
	n.Helper()
	token, err := n.staff.Link(n.ctx(), p.ID)
	n.ok(err)
	return desk.SignInPath(token)
}

// as sits down at the desk as somebody of the role.
func (n *newsroom) as(role staff.Role) *clerk { n.Helper(); return n.seats(n.people[role]) }

func (n *newsroom) seats(p staff.Person) *clerk {
	n.Helper()
	c := n.stranger()
	if got := c.posts(n.link(p), nil); got.at != "/desk/" || got.status != 200 {
		n.Fatalf("signing %s in leads to %d at %s", p.Name, got.status, got.at)
	}
	return c
}

// text is a story of three paragraphs.
func text(headline string) story.Content {
	c := story.Content{Headline: headline, Slug: "council", Sections: []string{"politics"}}
	for _, s := range []string{"The first paragraph.", "The second paragraph.", "The third paragraph."} {
		c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(s)))
	}
	return c
}

// files has somebody write a story past the desk.
func (n *newsroom) files(by staff.Role, c story.Content) story.Story {
	n.Helper()
	n.later()
	st, err := n.stories.Create(n.ctx(), n.people[by], "en", "", c)
	n.ok(err)
	return st
}

// in files a story and brings it to a state past the desk.
func (n *newsroom) in(state story.State, c story.Content) story.Story {
	n.Helper()
	st, chief, ctx := n.files(staff.Reporter, c), n.people[staff.Chief], n.ctx()
	var err error
	road := map[story.State][]func() (story.Story, error){
		story.InEdit: {func() (story.Story, error) { return n.stories.Submit(ctx, chief, st.ID) }},
		story.Ready:  {func() (story.Story, error) { return n.stories.Ready(ctx, chief, st.ID) }},
		story.Spiked: {func() (story.Story, error) { return n.stories.Spike(ctx, chief, st.ID) }},
	}
	release := func() (story.Story, error) { return n.stories.Release(ctx, chief, st.ID, st.Revision) }
	revise := func() (story.Story, error) {
		return n.stories.Revise(ctx, chief, st.ID, st.Revision, text(c.Headline+", anew"))
	}
	road[story.Sent] = append(road[story.Sent], release)
	road[story.Updated] = append(road[story.Updated], release, revise, func() (story.Story, error) { return n.stories.Update(ctx, chief, st.ID, st.Revision, "") })
	road[story.Corrected] = append(road[story.Corrected], release, revise, func() (story.Story, error) {
		return n.stories.Correct(ctx, chief, st.ID, st.Revision, story.Say("It was so."))
	})
	road[story.Held] = append(road[story.Held], release, func() (story.Story, error) { return n.stories.Hold(ctx, chief, st.ID, "") })
	road[story.Killed] = append(road[story.Killed], release, func() (story.Story, error) { return n.stories.Kill(ctx, chief, st.ID, story.Say("Not so.")) })
	for _, act := range road[state] {
		n.later()
		st, err = act()
		n.ok(err)
	}
	if st.State != state {
		n.Fatalf("the story is %s, not %s", st.State, state)
	}
	return st
}

// story is the story as it stands.
func (n *newsroom) story(id story.ID) story.Story {
	n.Helper()
	st, err := n.stories.Get(n.ctx(), id)
	n.ok(err)
	return st
}

func at(id story.ID, rest string) string { return "/desk/stories/" + string(id) + rest }

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
