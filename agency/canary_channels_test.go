package agency_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/bulletin/channel"
	"wireroom/db/dbtest"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

// posts is a channel of everything, and its feeder with a place on the wire.
type posts struct {
	*open
	bots   *telegram
	feeder *channel.Feeder
	c      channel.Channel
	at     wire.Number
}

// posting opens a channel that is fed by the test alone.
func (o *open) posting() *posts {
	o.t.Helper()
	p := &posts{open: o, bots: chats(o.t), feeder: o.Feeder()}
	var err error
	p.c, err = o.Channels.Save(o.t.Context(), staff.Person{ID: "c", Role: staff.Chief},
		channel.Channel{Lang: "en", Name: "Telegram", Chat: "@pozirk", Token: "TOKEN", Base: p.bots.URL}, time.Now())
	if err != nil {
		o.t.Fatal(err)
	}
	p.c.Since = time.Time{}
	return p
}

// follows gives the channel all that is new on the wire, and looks for what
// waits for its hour.
func (p *posts) follows() {
	p.t.Helper()
	records, err := p.Wire.After(context.Background(), p.at, 1000)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, r := range records {
		if err := p.feeder.Deliver(context.Background(), p.c, r); err != nil && !errors.Is(err, wire.ErrPassed) {
			p.t.Fatal(err)
		}
		p.at = r.Number
	}
	if err := p.feeder.Ripe(context.Background(), p.c); err != nil {
		p.t.Fatal(err)
	}
}

// tells looks through what the channel was told, which may be what stands
// before a lock of one story and nothing else.
func (p *posts) tells(of string) (told int) {
	p.t.Helper()
	for _, said := range p.bots.since() {
		method, _, _ := strings.Cut(said, " ")
		if text := method == "sendMessage" || method == "editMessageText"; text != strings.Contains(said, `"is_disabled":true`) {
			p.t.Errorf("%s leaves it to others to look at the address: %s", method, said)
		}
		for _, m := range anyCanary.FindAllStringSubmatch(said, -1) {
			told++
			if m[1] != of || !teaserFields[m[2]] {
				p.t.Errorf("%s tells the %s of the story %s", method, m[2], m[1])
			}
		}
	}
	return told
}

func TestNoPostingTellsWhatAnybodyMayNotHave(t *testing.T) {
	try := func(t *testing.T, c agency.Config) {
		if err := c.Set("outbound", "127.0.0.0/8", "the test"); err != nil {
			t.Fatal(err)
		}
		o := serve(t, c)
		ctx := t.Context()
		must := func(st story.Story, err error) story.Story {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return st
		}
		hidden := o.hide()
		p := o.posting()
		p.follows()
		if told := p.tells(sownLocked); told != 2 {
			t.Errorf("of the locked story %d words were told, not its headline and its beginning: this test looks in the wrong place", told)
		}
		// What stands open is locked, held with new words, released, and killed.
		plain := func(headline string) story.Story {
			st := must(o.Stories.Create(ctx, o.editor, "en", "", story.Content{Headline: headline, Sections: []string{"politics"},
				Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("So it is."))}}}))
			return must(o.Stories.Release(ctx, o.editor, st.ID, st.Revision))
		}
		locked, held, killed := plain("To be locked"), plain("To be held"), plain("To be killed")
		p.follows()
		p.tells("")
		content := sown("edited")
		content.Plan = "pozirk-plus"
		locked = must(o.Stories.Revise(ctx, o.editor, locked.ID, locked.Revision, content))
		p.follows()
		p.tells("")
		must(o.Stories.Update(ctx, o.editor, locked.ID, locked.Revision, canary("edited", "advisory")))
		p.follows()
		if told := p.tells("edited"); told != 2 {
			t.Errorf("an edit told %d words of a story that is locked by now, not its headline and its beginning", told)
		}
		must(o.Stories.Revise(ctx, o.editor, held.ID, held.Revision, sown("draft")))
		must(o.Stories.Hold(ctx, o.editor, held.ID, canary("held", "hold")))
		p.bots.keeps(true)
		must(o.Stories.Kill(ctx, o.editor, killed.ID, story.Texts{Readers: canary("killed", "notice"), Short: canary("killed", "short"), Desk: canary("killed", "desk")}))
		must(o.Stories.Kill(ctx, o.editor, hidden[sownLocked].ID, story.Texts{Readers: canary("killed", "notice"), Desk: canary("killed", "desk")}))
		p.follows()
		must(o.Stories.ReleaseHold(ctx, o.editor, held.ID))
		p.follows()
		p.tells("")
	}
	t.Run("sqlite", func(t *testing.T) { try(t, agency.Defaults(t.TempDir())) })
	t.Run("postgres", func(t *testing.T) {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("db", dbtest.BarePostgresURL(t), "the test"); err != nil {
			t.Fatal(err)
		}
		try(t, c)
	})
}
