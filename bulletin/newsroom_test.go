package bulletin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/bulletin"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

var editor = staff.Person{ID: "e", Role: staff.Editor}

// newsroom is a small agency with a clock of the test's own and a carrier of
// mail.
type newsroom struct {
	testing.TB
	ctx     context.Context
	now     time.Time
	db      *db.DB
	stories *story.Store
	readers *audience.Store
	letters *bulletin.Store
	door    *reveal.Door
	box     *mailtest.Box
	post    *mail.Post
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { promise(open(t, d)) })
}

func open(t testing.TB, d *db.DB) *newsroom {
	t.Helper()
	n := &newsroom{TB: t, ctx: context.Background(), now: time.Date(2024, 10, 25, 4, 0, 0, 0, time.UTC), db: d, box: mailtest.Open(t)}
	n.opens(filepath.Join(t.TempDir(), "readers.key"), n.box.Addr)
	n.ok(masthead.New(d).Found(n.ctx, house()))
	return n
}

func house() masthead.Masthead {
	return masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}},
		Plans:    []masthead.Plan{{ID: "plus", Notices: map[masthead.Lang]string{"en": "Only for POZIRK+"}}}}
}

// opens opens the rooms over the database.
func (n *newsroom) opens(keyFile, carrier string) {
	n.Helper()
	clock := func() time.Time { return n.now }
	n.stories, n.readers = story.New(n.db, clock), audience.New(n.db, clock, keyFile)
	n.door = reveal.New(n.db, house, clock)
	n.letters = bulletin.New(n.db, clock, n.door, wire.By(n.db, clock), house, n.readers)
	var err error
	n.post, err = mail.New(mail.Settings{Addr: carrier, From: "Pozirk <news@pozirk.example>", TLS: "none", Bounces: "bounce@pozirk.example"})
	n.ok(err)
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Sections: []string{"politics"}, Urgency: 5,
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One.")), story.Para(story.Plain("The canary."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.ctx, editor, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(n.ctx, editor, st.ID, st.Revision)
	n.ok(err)
	n.now = n.now.Add(time.Minute)
	return st
}

func (n *newsroom) corrects(st story.Story, words string) story.Story {
	n.Helper()
	c := st.Content
	c.Headline += "!"
	st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
	n.ok(err)
	st, err = n.stories.Correct(n.ctx, editor, st.ID, st.Revision, story.Say(words))
	n.ok(err)
	return st
}

// bulletin makes the morning's.
func (n *newsroom) bulletin(id string, change func(*bulletin.Bulletin)) bulletin.Bulletin {
	n.Helper()
	b := bulletin.Bulletin{ID: bulletin.ID(id), Lang: "en", Name: "The morning", Live: true, Rules: bulletin.Rules{At: "07:30", Most: 10}}
	if change != nil {
		change(&b)
	}
	b, err := n.letters.Add(n.ctx, editor, b)
	n.ok(err)
	return b
}

// comes to half past seven of the next day.
func (n *newsroom) morning() {
	at := time.Date(n.now.Year(), n.now.Month(), n.now.Day(), 7, 30, 0, 0, time.UTC)
	if !at.After(n.now) {
		at = at.AddDate(0, 0, 1)
	}
	n.now = at
}

// reader opens an account by a letter and chooses bulletins.
func (n *newsroom) reader(address string, chosen ...string) string {
	n.Helper()
	asked, err := n.readers.Ask(n.ctx, address, "en")
	n.ok(err)
	session, err := n.readers.AnswerLink(n.ctx, asked.Token, asked.Browser)
	n.ok(err)
	r, _, err := n.readers.BySession(n.ctx, session)
	n.ok(err)
	n.ok(n.readers.Choose(n.ctx, r.ID, chosen))
	return r.ID
}

// issues composes what is due and tells what stands in the bulletin's issues,
// the oldest first: "story First, correction Second".
func (n *newsroom) issues(id bulletin.ID) []string {
	n.Helper()
	n.ok(n.letters.Compose(n.ctx))
	found, err := n.letters.Issues(n.ctx, id, 100)
	n.ok(err)
	slices.Reverse(found)
	var all []string
	for _, i := range found {
		i, err := n.letters.Issue(n.ctx, i.Number)
		n.ok(err)
		var items []string
		for _, t := range i.Items {
			st, err := n.stories.Get(n.ctx, t.Story)
			n.ok(err)
			items = append(items, string(t.Kind)+" "+st.Content.Headline)
		}
		if i.More > 0 {
			items = append(items, fmt.Sprint(i.More, " more"))
		}
		all = append(all, strings.Join(items, ", "))
	}
	return all
}

// sender prints a sheet with the headlines and what the viewer may read.
func (n *newsroom) sender() *bulletin.Sender {
	return &bulletin.Sender{Store: n.letters, Post: n.post, Print: n.prints, Quit: func(_ bulletin.Bulletin, ticket string) string { return "https://pozirk.example/quit/" + ticket }}
}

func (n *newsroom) prints(ctx context.Context, b bulletin.Bulletin, i bulletin.Issue, v reveal.Viewer) (bulletin.Sheet, error) {
	var ids []story.ID
	for _, t := range i.Items {
		ids = append(ids, t.Story)
	}
	found, err := n.door.Several(ctx, ids, v, false)
	if err != nil {
		return bulletin.Sheet{}, err
	}
	s := bulletin.Sheet{Subject: b.Name, Empty: len(found) == 0}
	for _, id := range ids {
		if r, ok := found[id]; ok {
			text, err := json.Marshal(r.Blocks())
			if err != nil {
				return s, err
			}
			s.Text += r.Headline() + "\n" + string(text) + "\n"
		}
	}
	s.Text += bulletin.QuitMark
	s.HTML = "<p>" + s.Text
	return s, nil
}

// mails sends all that is under way.
func (n *newsroom) mails() {
	n.Helper()
	rows, err := n.db.Query(n.ctx, `SELECT number FROM bulletin_issue WHERE done = 0 ORDER BY number`)
	n.ok(err)
	all, err := db.Collect(rows, "", func(row db.Scanner) (i int64, err error) {
		err = row.Scan(&i)
		return i, err
	})
	n.ok(err)
	for _, i := range all {
		n.ok(n.sender().Send(n.ctx, i))
	}
}
