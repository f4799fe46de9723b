package desk_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"wireroom/staff"
	"wireroom/story"
)

// channel is an open stream of events.
type channel struct {
	n      *newsroom
	events chan happening // closed at the stream's end
	close  func()
}

// happening is one event of a stream.
type happening struct {
	kind     string
	Story    story.ID
	Revision int64
	State    story.State
	Name     string
	Mine     bool
	Free     bool
	Names    []string
}

// hears opens a stream; the answer's status is that wanted.
func (c *clerk) hears(query string, status int) *channel {
	c.n.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.n.host.URL+"/desk/live"+query, nil)
	c.n.ok(err)
	resp, err := c.Do(r)
	c.n.ok(err)
	if resp.StatusCode != status {
		c.n.Errorf("the stream %s answers %d, not %d", query, resp.StatusCode, status)
	}
	ch := &channel{c.n, make(chan happening, 100), cancel}
	c.n.Cleanup(cancel)
	go func() {
		defer close(ch.events)
		defer resp.Body.Close()
		kind := ""
		for s := bufio.NewScanner(resp.Body); s.Scan(); {
			if event, ok := strings.CutPrefix(s.Text(), "event: "); ok {
				kind = event
			}
			if data, ok := strings.CutPrefix(s.Text(), "data: "); ok {
				h := happening{kind: kind}
				if json.Unmarshal([]byte(data), &h) == nil {
					ch.events <- h
				}
			}
		}
	}()
	return ch
}

// until waits for an event that fits and gives it.
func (ch *channel) until(what string, fits func(happening) bool) happening {
	ch.n.Helper()
	for {
		select {
		case h, open := <-ch.events:
			if !open {
				ch.n.Fatalf("the stream ends before %s", what)
			}
			if fits(h) {
				return h
			}
		case <-time.After(time.Minute):
			ch.n.Fatalf("nobody tells of %s", what)
		}
	}
}

// ends waits for the stream's end.
func (ch *channel) ends() {
	ch.n.Helper()
	for {
		select {
		case _, open := <-ch.events:
			if !open {
				return
			}
		case <-time.After(time.Minute):
			ch.n.Fatal("the stream has no end")
		}
	}
}

func TestAPageHearsWhatHappensToStories(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		list := n.as(staff.Editor).hears("?after=0", 200)
		list.until("the story that was there", func(h happening) bool { return h.kind == "story" && h.Story == st.ID && h.State == story.Draft })

		open := n.as(staff.Reporter).hears("?story="+string(st.ID)+"&tab=one", 200)
		list.until("Rita looking at it", func(h happening) bool {
			return h.kind == "presence" && h.Story == st.ID && strings.Join(h.Names, " ") == "Rita"
		})
		n.as(staff.Reporter).types(st, "one", "Council met").tells(200)
		list.until("Rita writing it", func(h happening) bool { return h.kind == "lock" && h.Story == st.ID && h.Name == "Rita" && !h.Mine })
		open.until("the lock being the page’s own", func(h happening) bool { return h.kind == "lock" && h.Mine })
		n.as(staff.Reporter).throws(at(st.ID, "/lock/release"), url.Values{"tab": {"one"}}).tells(200)
		list.until("the lock being free", func(h happening) bool { return h.kind == "lock" && h.Free })

		late := n.as(staff.Chief).hears("", 200)
		late.until("who is there already", func(h happening) bool { return h.kind == "presence" && strings.Join(h.Names, " ") == "Rita" })
		_, err := n.stories.Submit(n.ctx(), n.people[staff.Chief], st.ID)
		n.ok(err)
		for _, ch := range []*channel{list, open, late} {
			ch.until("the act", func(h happening) bool { return h.kind == "story" && h.State == story.InEdit && h.Revision == 1 })
		}
		open.close()
		list.until("Rita leaving", func(h happening) bool { return h.kind == "presence" && len(h.Names) == 0 })
	})
}

func TestAStreamEndsWithTheSessionAndWithTheProgram(t *testing.T) {
	one(t, func(n *newsroom) {
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		out, stays := rita.hears("", 200), editor.hears("", 200)
		rita.throws("/desk/sign-out", nil)
		out.ends()
		rita.hears("", 401).ends()
		st := n.files(staff.Editor, text("Council meets"))
		stays.until("a story", func(h happening) bool { return h.Story == st.ID })
		n.desk.HangUp()
		stays.ends()
		editor.hears("", 429).ends()
	})
}

func TestAPersonHasSoManyStreamsAndNoMore(t *testing.T) {
	one(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		var open []*channel
		for range 16 {
			open = append(open, rita.hears("", 200))
		}
		rita.hears("", 429).ends()
		n.as(staff.Editor).hears("", 200)
		open[0].close()
		open[0].ends()
		rita.hears("?story=no-such-story&tab=one", 404).ends()
		rita.hears("?story=no-such-story&tab=!", 400).ends()
	})
}
