package channel_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/bulletin/channel"
	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

var editor = staff.Person{ID: "e", Role: staff.Editor}

// bots stands in for Telegram: it keeps what stands in the channel.
type bots struct {
	*httptest.Server
	mu      sync.Mutex
	stands  map[int64]string
	next    int64
	old     bool                    // messages can no longer be deleted
	refuses func(method string) int // a status in place of an answer; 0 is none
	drops   bool                    // the line breaks after the deed, before the answer
}

func telegram(t *testing.T) *bots {
	b := &bots{stands: map[int64]string{}}
	b.Server = httptest.NewServer(b)
	t.Cleanup(b.Close)
	return b
}

func (b *bots) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	method := strings.TrimPrefix(r.URL.Path, "/botTOKEN/")
	var in struct {
		Chat    string `json:"chat_id"`
		Text    string `json:"text"`
		Message int64  `json:"message_id"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil || in.Chat != "@pozirk" {
		http.Error(w, "bad", http.StatusTeapot)
		return
	}
	if b.refuses != nil {
		if status := b.refuses(method); status != 0 {
			w.WriteHeader(status)
			fmt.Fprintf(w, `{"ok":false,"error_code":%d,"description":"Too Many Requests"}`, status)
			return
		}
	}
	no := func(why string) {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"ok":false,"error_code":400,"description":"Bad Request: %s"}`, why)
	}
	was, there := b.stands[in.Message]
	switch {
	case method == "sendMessage":
		b.next++
		b.stands[b.next] = in.Text
		in.Message = b.next
	case method == "editMessageText" && !there:
		no("message to edit not found")
		return
	case method == "editMessageText" && was == in.Text:
		no("message is not modified: specified new message content is the same")
		return
	case method == "editMessageText":
		b.stands[in.Message] = in.Text
	case method == "deleteMessage" && b.old:
		no("message can't be deleted for everyone")
		return
	case method == "deleteMessage" && !there:
		no("message to delete not found")
		return
	case method == "deleteMessage":
		delete(b.stands, in.Message)
	}
	if b.drops {
		panic(http.ErrAbortHandler)
	}
	fmt.Fprintf(w, `{"ok":true,"result":{"message_id":%d}}`, in.Message)
}

func (b *bots) all() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for i := int64(1); i <= b.next; i++ {
		if text, ok := b.stands[i]; ok {
			all = append(all, text)
		}
	}
	return strings.Join(all, " | ")
}

type newsroom struct {
	*testing.T
	ctx     context.Context
	now     time.Time
	db      *db.DB
	stories *story.Store
	store   *channel.Store
	feeder  *channel.Feeder
	bots    *bots
	place   wire.Number
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := &newsroom{T: t, ctx: t.Context(), db: d, now: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), bots: telegram(t)}
		m := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
			Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}}}
		house := func() masthead.Masthead { return m }
		n.ok(masthead.New(d).Found(n.ctx, m))
		clock := func() time.Time { return n.now }
		c, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.1"}})
		n.ok(err)
		n.stories, n.store = story.New(d, clock), channel.New(d, house)
		n.feeder = &channel.Feeder{Store: n.store, Courier: c, Door: reveal.New(d, house, clock), Wire: wire.By(d, clock),
			Print: func(r reveal.Rendition) string { return r.Headline() }, Struck: func(masthead.Lang) string { return "Withdrawn." }}
		promise(n)
	})
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

func (n *newsroom) channel(rules channel.Rules) channel.Channel {
	n.Helper()
	c, err := n.store.Save(n.ctx, editor, channel.Channel{Lang: "en", Name: "Telegram", Chat: "@pozirk", Token: "TOKEN", Base: n.bots.URL, Rules: rules, Live: true}, n.now)
	n.ok(err)
	return c
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Sections: []string{"politics"}, Urgency: 5, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.ctx, editor, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(n.ctx, editor, st.ID, st.Revision)
	n.ok(err)
	return st
}

// follows gives the channel what is new on the wire, and says what failed. Like
// a follower it comes back to a record that did not arrive.
func (n *newsroom) follows(c channel.Channel) error {
	n.Helper()
	records, err := wire.New(n.db).After(n.ctx, n.place, 100)
	n.ok(err)
	for _, r := range records {
		if err := n.feeder.Deliver(n.ctx, c, r); err != nil && !errors.Is(err, wire.ErrPassed) {
			return err
		}
		n.place = r.Number
	}
	return nil
}

func (n *newsroom) stands(c channel.Channel, want string) {
	n.Helper()
	n.ok(n.follows(c))
	if got := n.bots.all(); got != want {
		n.Errorf("in the channel stands %q, not %q", got, want)
	}
}

func TestAChannelIsKeptUpWithTheWire(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("Before it was there", nil)
		n.now = n.now.Add(time.Minute)
		c := n.channel(channel.Rules{Sections: []string{"politics"}, Urgency: 6})
		first := n.sends("First", nil)
		n.sends("Of the economy", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.sends("Slow", func(c *story.Content) { c.Urgency = 7 })
		second := n.sends("Second", nil)
		n.stands(c, "First | Second")

		content := first.Content
		content.Headline = "First, corrected"
		first, err := n.stories.Revise(n.ctx, editor, first.ID, first.Revision, content)
		n.ok(err)
		first, err = n.stories.Correct(n.ctx, editor, first.ID, first.Revision, story.Say("So it is."))
		n.ok(err)
		n.stands(c, "First, corrected | Second")

		_, err = n.stories.Hold(n.ctx, editor, second.ID, "")
		n.ok(err)
		n.stands(c, "First, corrected")
		_, err = n.stories.ReleaseHold(n.ctx, editor, second.ID)
		n.ok(err)
		n.stands(c, "First, corrected | Second")

		_, err = n.stories.Kill(n.ctx, editor, first.ID, story.Say("No."))
		n.ok(err)
		n.stands(c, "Second")
		n.bots.old = true
		_, err = n.stories.Kill(n.ctx, editor, second.ID, story.Say("No."))
		n.ok(err)
		n.stands(c, "Withdrawn.")
	})
}

func TestAnEmbargoHoldsInAChannel(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.channel(channel.Rules{})
		end := n.now.Add(time.Hour)
		n.sends("Embargoed", func(c *story.Content) { c.Embargo = end })
		killed := n.sends("Killed before", func(c *story.Content) { c.Embargo = end })
		n.stands(c, "")
		_, err := n.stories.Kill(n.ctx, editor, killed.ID, story.Say("No."))
		n.ok(err)
		n.ok(n.feeder.Ripe(n.ctx, c))
		n.stands(c, "")
		n.now = end
		n.ok(n.feeder.Ripe(n.ctx, c))
		n.ok(n.feeder.Ripe(n.ctx, c))
		n.stands(c, "Embargoed")
	})
}

func TestAPostThatFailsIsMadeAgainAndAnAnswerThatIsLostRepeatsItOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		c, unsure := n.channel(channel.Rules{}), 0
		n.feeder.Unsure = func(channel.Channel, story.Number) { unsure++ }
		n.bots.refuses = func(string) int { return http.StatusTooManyRequests }
		n.sends("First", nil)
		err := n.follows(c)
		if err == nil || strings.Contains(err.Error(), "TOKEN") || !strings.Contains(err.Error(), "Too Many Requests") {
			n.Errorf("a refusal is %v", err)
		}
		n.bots.refuses = nil
		n.stands(c, "First")
		if unsure > 0 {
			n.Error("what was refused is taken for a post that may stand twice")
		}
		n.bots.drops = true
		n.sends("Second", nil)
		if err := n.follows(c); err == nil {
			n.Fatal("an answer that never came is one")
		}
		n.bots.drops = false
		n.stands(c, "First | Second | Second")
		if unsure != 1 {
			n.Errorf("of a post that may stand twice is told %d times", unsure)
		}
	})
}

func TestAFaultOfTheWayDoesNotTellTheToken(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.channel(channel.Rules{})
		n.bots.Close()
		n.sends("First", nil)
		if err := n.follows(c); err == nil || strings.Contains(err.Error(), "TOKEN") {
			n.Errorf("the fault is %v", err)
		}
		c.Base = "http://10.0.0.1"
		if err := n.follows(c); err == nil {
			n.Error("a bot is looked for in the house's own network")
		}
	})
}

func TestAChannelWithoutATokenIsNotSpokenTo(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.channel(channel.Rules{})
		n.sends("First", nil)
		c.Token = ""
		if err := n.follows(c); !fault.Is(err, fault.KindConflict) || n.bots.all() != "" {
			n.Errorf("it says %v, and there stands %q", err, n.bots.all())
		}
	})
}

func TestWhatIsWrongWithAChannelIsNamed(t *testing.T) {
	each(t, func(n *newsroom) {
		good := n.channel(channel.Rules{})
		for field, change := range map[string]func(*channel.Channel){
			"name":     func(c *channel.Channel) { c.Name = "" },
			"lang":     func(c *channel.Channel) { c.Lang = "ru" },
			"chat":     func(c *channel.Channel) { c.Chat = "a b" },
			"token":    func(c *channel.Channel) { c.Token = "a/../b" },
			"urgency":  func(c *channel.Channel) { c.Rules.Urgency = 10 },
			"sections": func(c *channel.Channel) { c.Rules.Sections = []string{"sport"} },
		} {
			c := good
			change(&c)
			var f *fault.Error
			if _, err := n.store.Save(n.ctx, editor, c, n.now); !errors.As(err, &f) || f.Subject != field {
				n.Errorf("a wrong %s: %v", field, err)
			}
		}
		kept := good
		kept.Token = ""
		if c, err := n.store.Save(n.ctx, editor, kept, n.now); err != nil || c.Token != "TOKEN" {
			n.Errorf("the token is %q: %v", c.Token, err)
		}
		if _, err := n.store.Save(n.ctx, staff.Person{Role: staff.Reporter}, good, n.now); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("a reporter: %v", err)
		}
	})
}
