package cuttings_test

import (
	"context"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/bulletin"
	"wireroom/bulletin/cuttings"
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
	*testing.T
	ctx      context.Context
	now      time.Time
	stories  *story.Store
	readers  *audience.Store
	wire     *wire.Wire
	door     *reveal.Door
	register *register.Store
	box      *mailtest.Box
	teller   *cuttings.Teller
}

func house() masthead.Masthead {
	return masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
		Sections: []masthead.Section{{ID: "politics"}}, Plans: []masthead.Plan{{ID: "plus"}}}
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := &newsroom{T: t, ctx: context.Background(), now: time.Date(2024, 10, 25, 14, 0, 0, 0, time.UTC), box: mailtest.Open(t)}
		clock := func() time.Time { return n.now }
		n.ok(masthead.New(d).Found(n.ctx, house()))
		n.stories, n.readers = story.New(d, clock), audience.New(d, clock, filepath.Join(t.TempDir(), "readers.key"))
		n.wire, n.door, n.register = wire.By(d, clock), reveal.New(d, house, clock), register.New(d, clock)
		post, err := mail.New(mail.Settings{Addr: n.box.Addr, From: "Pozirk <news@pozirk.example>", TLS: "none"})
		n.ok(err)
		s := &cuttings.Service{Readers: n.readers, Door: n.door, Wire: n.wire, Register: n.register, Masthead: house, Now: clock}
		n.teller = &cuttings.Teller{Service: s, Post: post, Print: n.print, Quit: func(_ masthead.Lang, ticket string) string { return "https://pozirk.example/" + ticket }}
		promise(n)
	})
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// print sets a letter in a line for each story.
func (n *newsroom) print(ctx context.Context, _ masthead.Lang, names []string, issue bulletin.Issue, v reveal.Viewer) (bulletin.Sheet, error) {
	var text strings.Builder
	fmt.Fprintf(&text, "%s.", strings.Join(names, ", "))
	for _, i := range issue.Items {
		rs, err := n.door.These(ctx, []story.ID{i.Story}, v)
		if err != nil {
			return bulletin.Sheet{}, err
		}
		if len(rs) == 0 {
			fmt.Fprintf(&text, " %s %d.", i.Kind, i.Number)
			continue
		}
		fmt.Fprintf(&text, " %s %s.", i.Kind, rs[0].Headline())
		for _, b := range rs[0].Blocks() {
			text.WriteString(" " + story.BlockText(b))
		}
	}
	return bulletin.Sheet{Subject: "What you follow", Text: text.String(), HTML: "<p>" + text.String()}, nil
}

// reader opens an account by a letter.
func (n *newsroom) reader(address string) string {
	n.Helper()
	asked, err := n.readers.Ask(n.ctx, address, "en")
	n.ok(err)
	session, err := n.readers.AnswerLink(n.ctx, asked.Token, asked.Browser)
	n.ok(err)
	r, _, err := n.readers.BySession(n.ctx, session)
	n.ok(err)
	return r.ID
}

func (n *newsroom) follows(reader string, kind audience.AimKind, key string, r audience.Rhythm) {
	n.Helper()
	head, err := n.wire.Head(n.ctx)
	n.ok(err)
	n.ok(n.readers.Follow(n.ctx, reader, audience.Follow{Aim: audience.Aim{Kind: kind, Key: key, Lang: "en"}, Name: key, Rhythm: r}, head))
}

func (n *newsroom) sends(headline, text string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Sections: []string{"politics"}}
	for _, p := range strings.Split(text, "\n") {
		c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(p)))
	}
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

// cuts brings all of the wire, again and again, as after a crash.
func (n *newsroom) cuts() {
	n.Helper()
	records, err := n.wire.After(n.ctx, 0, 1000)
	n.ok(err)
	for _, r := range records {
		if err := n.teller.Cut(n.ctx, r); err != nil && err != wire.ErrPassed {
			n.Fatal(err)
		}
	}
}

// letters are the texts of what goes out now, by address.
func (n *newsroom) letters() map[string]string {
	n.Helper()
	n.cuts()
	n.ok(n.teller.Tell(n.ctx))
	all := map[string]string{}
	for n.box.Waiting() > 0 {
		l := n.box.Next(n.T)
		all[l.To[0]] += n.plain(l)
	}
	return all
}

// plain is the part of a letter that is text alone.
func (n *newsroom) plain(l mailtest.Letter) string {
	n.Helper()
	_, params, err := mime.ParseMediaType(l.Header.Get("Content-Type"))
	n.ok(err)
	part, err := multipart.NewReader(strings.NewReader(l.Text), params["boundary"]).NextPart()
	n.ok(err)
	text, err := io.ReadAll(part)
	n.ok(err)
	return strings.TrimSpace(string(text))
}

func TestAReaderIsToldOnceOfWhatTheyFollow(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("Mazyr before", "Old news.", nil)
		ann, ben := n.reader("ann@example.org"), n.reader("ben@example.org")
		n.follows(ann, audience.AimSearch, "Mazyr", audience.AtOnce)
		n.follows(ann, audience.AimSearch, "bridge", audience.AtOnce)
		n.follows(ben, audience.AimSearch, "zebra OR Mozyr", audience.Daily)
		n.sends("Elsewhere", "Nothing of it.", nil)
		n.sends("A crossing", "The bridge at Mazyr.", nil)
		got := n.letters()
		if len(got) != 1 || got["ann@example.org"] != "Mazyr, bridge. story A crossing. The bridge at Mazyr." && got["ann@example.org"] != "bridge, Mazyr. story A crossing. The bridge at Mazyr." {
			t.Errorf("at once the letters are %q", got)
		}
		if got := n.letters(); len(got) != 0 {
			t.Errorf("again the letters are %q", got)
		}
		n.now = time.Date(2024, 10, 26, 7, 0, 0, 0, time.UTC)
		if got := n.letters(); len(got) != 1 || got["ben@example.org"] != "zebra OR Mozyr. story A crossing. The bridge at Mazyr." {
			t.Errorf("in the morning the letters are %q", got)
		}
		n.now = n.now.Add(48 * time.Hour)
		if got := n.letters(); len(got) != 0 {
			t.Errorf("two days later the letters are %q", got)
		}
	})
}

func TestAPersonIsFollowedByAnySpelling(t *testing.T) {
	each(t, func(n *newsroom) {
		e, err := n.register.Add(n.ctx, editor, register.Person, register.Facts{Names: map[story.Lang]string{"en": "Śviatłana Cichanoŭskaja", "be": "Святлана Ціханоўская"}, Public: true})
		n.ok(err)
		ann := n.reader("ann@example.org")
		n.follows(ann, audience.AimPerson, string(e.ID), audience.AtOnce)
		n.sends("Speech", "Svetlana Tikhanovskaya spoke.", nil)
		n.sends("Another", "Sviatlana Ivanova spoke.", nil)
		if got := n.letters()["ann@example.org"]; !strings.HasSuffix(got, "story Speech. Svetlana Tikhanovskaya spoke.") {
			t.Errorf("she is told %q", got)
		}
	})
}

func TestATopicIsFollowedUnderItsNewNameToo(t *testing.T) {
	each(t, func(n *newsroom) {
		adds := func(name string, public bool) register.Entry {
			e, err := n.register.Add(n.ctx, editor, register.Topic, register.Facts{Names: map[story.Lang]string{"en": name}, Public: public})
			n.ok(err)
			return e
		}
		ferry, boats, secret := adds("Ferry", true), adds("Boats", true), adds("Secret", false)
		ann := n.reader("ann@example.org")
		n.follows(ann, audience.AimTopic, string(ferry.ID), audience.AtOnce)
		n.follows(ann, audience.AimTopic, string(secret.ID), audience.AtOnce)
		of := func(e register.Entry) func(*story.Content) {
			return func(c *story.Content) { c.Topics = []string{string(e.ID)} }
		}
		n.sends("Late", "It is late.", of(ferry))
		n.sends("Ferry of nobody", "Nothing.", nil)
		n.sends("Hidden", "Nothing.", of(secret))
		if got := n.letters()["ann@example.org"]; !strings.HasSuffix(got, "story Late. It is late.") || strings.Contains(got, "Hidden") {
			t.Errorf("she is told %q", got)
		}
		_, err := n.register.Merge(n.ctx, editor, ferry.ID, boats.ID)
		n.ok(err)
		n.sends("New", "It is new.", of(boats))
		if got := n.letters()["ann@example.org"]; !strings.HasSuffix(got, "story New. It is new.") {
			t.Errorf("after the merger she is told %q", got)
		}
	})
}

func TestALetterHasWhatItsReaderMayHave(t *testing.T) {
	each(t, func(n *newsroom) {
		ann, holder := n.reader("ann@example.org"), n.reader("holder@example.org")
		n.ok(n.readers.Grant(n.ctx, holder, audience.Pass{Plan: "plus", Until: n.now.Add(24 * time.Hour)}))
		for _, r := range []string{ann, holder} {
			n.follows(r, audience.AimSearch, "canary", audience.AtOnce)
			n.follows(r, audience.AimSearch, "harbour", audience.AtOnce)
		}
		paid := func(c *story.Content) { c.Plan = "plus" }
		n.sends("Locked", "For all.\nThe canary sings.", paid)
		n.sends("Harbour, locked", "For all.\nThe canary sings.", paid)
		got := n.letters()
		if l := got["ann@example.org"]; l != "harbour. story Harbour, locked. For all." {
			t.Errorf("without a plan one is told %q", l)
		}
		if l := got["holder@example.org"]; strings.Count(l, "The canary sings.") != 2 || !strings.Contains(l, "story Locked.") {
			t.Errorf("with a plan one is told %q", l)
		}
		n.sends("Canary to come", "Later.", func(c *story.Content) { c.Embargo = n.now.Add(time.Hour) })
		held := n.sends("Canary held", "Doubt.", nil)
		n.cuts()
		_, err := n.stories.Hold(n.ctx, editor, held.ID, "")
		n.ok(err)
		killed := n.sends("Canary killed", "Wrong.", nil)
		n.cuts()
		_, err = n.stories.Kill(n.ctx, editor, killed.ID, story.Say("Wrong."))
		n.ok(err)
		if got := n.letters(); len(got) != 0 {
			t.Errorf("what nobody may have is told: %q", got)
		}
		n.now = n.now.Add(2 * time.Hour)
		n.ok(n.stories.Lift(n.ctx))
		_, err = n.stories.ReleaseHold(n.ctx, editor, held.ID)
		n.ok(err)
		if l := n.letters()["ann@example.org"]; !strings.Contains(l, "Canary held") || !strings.Contains(l, "Canary to come") || strings.Contains(l, "killed") {
			t.Errorf("once it may be had one is told %q", l)
		}
	})
}

func TestWhatWasToldIsMendedAndTakenBack(t *testing.T) {
	each(t, func(n *newsroom) {
		ann := n.reader("ann@example.org")
		n.follows(ann, audience.AimSearch, "harbour", audience.AtOnce)
		st := n.sends("Harbour opens", "Today.", nil)
		n.letters()
		c := st.Content
		c.Headline = "Port opens"
		st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
		n.ok(err)
		st, err = n.stories.Correct(n.ctx, editor, st.ID, st.Revision, story.Say("No harbour."))
		n.ok(err)
		if l := n.letters()["ann@example.org"]; l != "harbour. correction Port opens. Today." {
			t.Errorf("of the correction is told %q", l)
		}
		if got := n.letters(); len(got) != 0 {
			t.Errorf("and again %q", got)
		}
		_, err = n.stories.Kill(n.ctx, editor, st.ID, story.Say("Wrong."))
		n.ok(err)
		if l := n.letters()["ann@example.org"]; l != fmt.Sprintf("harbour. kill %d.", st.Number) {
			t.Errorf("of the kill is told %q", l)
		}
		if got := n.letters(); len(got) != 0 {
			t.Errorf("and again %q", got)
		}
	})
}

func TestAnAlertIsToldOfWhenItsTextNamesWhatIsFollowed(t *testing.T) {
	each(t, func(n *newsroom) {
		ann := n.reader("ann@example.org")
		n.follows(ann, audience.AimSearch, "harbour", audience.AtOnce)
		st := n.sends("Explosion", "More follows.", nil)
		if got := n.letters(); len(got) != 0 {
			t.Errorf("too early one is told %q", got)
		}
		c := st.Content
		c.Body.Blocks = []story.Node{story.Para(story.Plain("In the harbour."))}
		st, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
		n.ok(err)
		_, err = n.stories.Update(n.ctx, editor, st.ID, st.Revision, "Adds where")
		n.ok(err)
		if l := n.letters()["ann@example.org"]; l != "harbour. story Explosion. In the harbour." {
			t.Errorf("one is told %q", l)
		}
	})
}

func TestALetterThatACrashCutOffComesAgainWithItsName(t *testing.T) {
	each(t, func(n *newsroom) {
		ann := n.reader("ann@example.org")
		n.follows(ann, audience.AimSearch, "harbour", audience.AtOnce)
		n.sends("Harbour opens", "Today.", nil)
		n.cuts()
		due, err := n.readers.Due(n.ctx)
		n.ok(err)
		// Somebody took the letter and was never heard of again.
		if claimed, err := n.readers.Claim(n.ctx, due[0]); err != nil || len(claimed) != 1 {
			t.Fatalf("the claim is %v, %v", claimed, err)
		}
		if got := n.letters(); len(got) != 0 {
			t.Errorf("two write it: %q", got)
		}
		n.now = n.now.Add(3 * time.Minute)
		n.ok(n.teller.Tell(n.ctx))
		first := n.box.Next(t).Header.Get("Message-Id")
		if first == "" || n.box.Waiting() != 0 {
			t.Errorf("it comes as %q, and %d more", first, n.box.Waiting())
		}
	})
}

func TestWhoLeavesIsToldNothingMore(t *testing.T) {
	each(t, func(n *newsroom) {
		ann, ben, cat := n.reader("ann@example.org"), n.reader("ben@example.org"), n.reader("cat@example.org")
		for _, r := range []string{ann, ben, cat} {
			n.follows(r, audience.AimSearch, "harbour", audience.AtOnce)
		}
		n.sends("Harbour opens", "Today.", nil)
		n.cuts()
		all, err := n.readers.Follows(n.ctx, ann)
		n.ok(err)
		n.ok(n.readers.Leave(n.ctx, ann, all[0].ID))
		n.ok(n.readers.Delete(n.ctx, ben))
		n.ok(n.readers.Silence(n.ctx, cat))
		n.sends("Harbour shuts", "Tonight.", nil)
		if got := n.letters(); len(got) != 0 {
			t.Errorf("the letters are %q", got)
		}
		kept, err := n.readers.Kept(n.ctx, cat)
		n.ok(err)
		if len(kept.Follows) != 1 || kept.Follows[0].Query != "harbour" || kept.Follows[0].Letters != audience.NoLetters || len(kept.Follows[0].Stories) != 0 {
			t.Errorf("of her is kept %+v", kept.Follows)
		}
	})
}
