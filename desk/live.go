package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/story"
	"wireroom/web"
)

// slow is how long one line may take on its way to a page before the stream is
// given up; the page opens another when it can.
const slow = 20 * time.Second

// liveRoutes is the address of the stream of events.
func (d *Desk) liveRoutes() []web.Route {
	return []web.Route{{Method: "GET", Pattern: "/desk/live", Handler: d.called(d.stream)}}
}

// HangUp ends every open stream, and lets no new one begin: the program stops.
func (d *Desk) HangUp() { d.live.hangUp() }

// stream tells a page what happens, until it goes away. A page of a story says
// so, with its tab: others then see that somebody is there, and a lock held in
// the tab lives on.
func (d *Desk) stream(w http.ResponseWriter, v *visit) error {
	s, err := v.opened()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	if v.r.Method == http.MethodHead {
		return nil
	}
	if !d.live.join(s) {
		return &web.Refusal{Status: http.StatusTooManyRequests}
	}
	defer d.live.leave(s)
	if s.seat.Story != "" {
		if err := d.Stories.Arrive(v.r.Context(), s.seat); err != nil {
			return err
		}
		defer d.stands(v.r, s.seat)
	}
	missed, err := v.missed()
	if err != nil {
		return err
	}
	line := newLine(w)
	if line.put("retry: 2000\n\n") != nil {
		return nil
	}
	for _, t := range missed {
		if line.put(v.line(s, news{touch: &t})) != nil {
			return nil
		}
	}
	v.follow(line, s)
	return nil
}

// stands takes somebody off a story whose page is gone.
func (d *Desk) stands(r *http.Request, seat story.Seat) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), slow)
	defer cancel()
	if err := d.Stories.Leave(ctx, seat); err != nil {
		d.Log.Error("a page that is gone is still said to be open", "error", err)
	}
}

// opened is the stream that the request asks for.
func (v *visit) opened() (*stream, error) {
	s := &stream{person: v.person.ID, queue: make(chan news, mostWaiting), done: make(chan struct{})}
	if c, err := v.r.Cookie(sessionCookie); err == nil {
		s.session = c.Value
	}
	query := v.r.URL.Query()
	id, name := query.Get("story"), query.Get("tab")
	if id == "" {
		return s, nil
	}
	tab, err := tabOf(name)
	if err != nil {
		return nil, err
	}
	if !db.IsID(id) {
		return nil, fault.NotFound("the story")
	}
	s.seat = story.Seat{Story: story.ID(id), Person: v.person.ID, Tab: tab}
	return s, nil
}

// missed are the acts since the page was made, or since the stream before this
// one broke.
func (v *visit) missed() ([]story.Touch, error) {
	after := v.r.Header.Get("Last-Event-ID")
	if after == "" {
		after = v.r.URL.Query().Get("after")
	}
	n, err := strconv.ParseInt(after, 10, 64)
	if err != nil {
		return nil, nil
	}
	live, err := v.desk.Stories.Live(v.r.Context(), n)
	return live.Touched, err
}

// follow writes the news until the page, the hub or the program ends it.
func (v *visit) follow(line *line, s *stream) {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		text := ":\n\n"
		select {
		case <-v.r.Context().Done():
			return
		case <-s.done:
			return
		case <-beat.C:
		case n := <-s.queue:
			text = v.line(s, n)
		}
		if line.put(text) != nil {
			return
		}
	}
}

// line is news as the stream's page reads it.
func (v *visit) line(s *stream, n news) string {
	event, id := "presence", ""
	var data map[string]any
	switch {
	case n.touch != nil:
		event, id = "story", fmt.Sprintf("id: %d\n", n.touch.Number)
		data = map[string]any{"story": n.touch.Story, "revision": n.touch.Revision, "state": n.touch.State}
	case n.lock != nil && n.lock.Free():
		event, data = "lock", map[string]any{"story": n.lock.Story, "free": true}
	case n.lock != nil:
		event = "lock"
		data = map[string]any{"story": n.lock.Story, "name": n.name, "mine": n.lock.HeldBy(s.person, s.seat.Tab), "since": instantOf(n.lock.Since)}
	default:
		names := []string{}
		for i, person := range n.who {
			if person != s.person {
				names = append(names, n.names[i])
			}
		}
		slices.Sort(names)
		data = map[string]any{"story": *n.seats, "names": names}
	}
	text, _ := json.Marshal(data)
	return fmt.Sprintf("%sevent: %s\ndata: %s\n\n", id, event, text)
}

// line writes to a page that reads as it goes.
type line struct {
	w    io.Writer
	hold *http.ResponseController
}

// newLine frees the answer from the time that other answers may take.
func newLine(w http.ResponseWriter) *line {
	hold := http.NewResponseController(w)
	_ = hold.SetReadDeadline(time.Time{})
	return &line{w, hold}
}

func (l *line) put(text string) error {
	_ = l.hold.SetWriteDeadline(time.Now().Add(slow))
	if _, err := io.WriteString(l.w, text); err != nil {
		return err
	}
	return l.hold.Flush()
}
