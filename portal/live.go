package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/web"
	"wireroom/wire"
)

const (
	heartbeat = 15 * time.Second
	// slow is how long one line may take on its way to a page.
	slow = 20 * time.Second
	// later is how often what a client is served late is looked for.
	later     = 5 * time.Second
	mostLines = 8 // of one seat
)

// lines counts the open pages.
type lines struct {
	gone chan struct{} // closed when the program stops

	mu   sync.Mutex
	of   map[string]int // by seat
	over bool
}

func (l *lines) join(seat string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over || l.of[seat] >= mostLines {
		return false
	}
	if l.of == nil {
		l.of = map[string]int{}
	}
	l.of[seat]++
	return true
}

func (l *lines) leave(seat string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of[seat]--; l.of[seat] <= 0 {
		delete(l.of, seat)
	}
}

// HangUp ends every open line, and lets no new one begin: the program stops.
func (p *Portal) HangUp() {
	p.lines.mu.Lock()
	defer p.lines.mu.Unlock()
	if !p.lines.over {
		p.lines.over = true
		close(p.lines.gone)
	}
}

// live tells an open list what comes, until the page or the seat is gone.
func (p *Portal) live(w http.ResponseWriter, v *visit) error {
	s, err := clients.ReadSearch(v.r.URL.Query())
	if err != nil {
		return err
	}
	asked := v.r.Header.Get("Last-Event-ID")
	if asked == "" {
		asked = v.r.URL.Query().Get("after")
	}
	at, err := readNumber(asked)
	if err != nil {
		return err
	}
	head, err := p.Wire.Head(v.r.Context())
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("X-Accel-Buffering", "no")
	if v.r.Method == http.MethodHead {
		return nil
	}
	if asked == "" || at > head {
		at = head
	}
	if !p.lines.join(v.seat.ID) {
		return &web.Refusal{Status: http.StatusTooManyRequests}
	}
	defer p.lines.leave(v.seat.ID)
	ctx, stop := context.WithCancel(v.r.Context())
	defer stop()
	go func() {
		select {
		case <-p.lines.gone:
			stop()
		case <-ctx.Done():
		}
	}()
	out := &line{w, http.NewResponseController(w)}
	_ = out.hold.SetReadDeadline(time.Time{})
	if err := p.follow(ctx, out, v, s, at); err != nil && ctx.Err() == nil && !fault.Is(err, fault.KindNotFound) {
		p.Log.Error("a list falls silent", "error", err)
	}
	return nil
}

// follow writes what comes. Before each word it looks whether the seat is
// still theirs and what the contract gives now.
func (p *Portal) follow(ctx context.Context, out *line, v *visit, s clients.Search, at wire.Number) error {
	if err := out.put("retry: 3000\n\n"); err != nil {
		return nil
	}
	for {
		fresh, err := p.visit(v.r)
		if err != nil {
			return err
		}
		next, text, err := fresh.news(ctx, s, at)
		if err != nil {
			return err
		}
		if next > at {
			at = next
			if out.put(text) != nil {
				return nil
			}
			continue
		}
		if out.put(":\n\n") != nil {
			return nil
		}
		if err := fresh.rest(ctx, at); err != nil {
			return nil
		}
	}
}

// rest waits for the next record, or for the time to give a sign of life.
func (v *visit) rest(ctx context.Context, at wire.Number) error {
	wait, stop := context.WithTimeout(ctx, heartbeat)
	defer stop()
	if v.client.Delay > 0 {
		select {
		case <-wait.Done():
		case <-time.After(later):
		}
		return ctx.Err()
	}
	_ = v.Wire.Wait(wait, at)
	return ctx.Err()
}

// news is what came after a number, as the page reads it, and how far it went.
func (v *visit) news(ctx context.Context, s clients.Search, at wire.Number) (wire.Number, string, error) {
	records, err := v.Wire.After(ctx, at, readAtOnce)
	if err != nil {
		return at, "", err
	}
	for i, r := range records {
		if !v.isDue(r) {
			records = records[:i]
			break
		}
	}
	if len(records) == 0 {
		return at, "", nil
	}
	sheet, err := v.Door.Sheet(ctx, records)
	if err != nil {
		return at, "", err
	}
	var b bytes.Buffer
	sought, err := v.Clients.Ready(ctx, s, v.house)
	if err != nil {
		return at, "", err
	}
	for _, d := range sheet.For(v.viewer) {
		last, err := v.last(ctx, d)
		if err != nil {
			return at, "", err
		}
		if !last || !sought.Wants(d) {
			continue
		}
		var html bytes.Buffer
		if err := v.pages.Named("list").ExecuteTemplate(&html, "row", v.row(d)); err != nil {
			return at, "", fault.Internal("write a row", err)
		}
		data, err := json.Marshal(map[string]any{"story": d.Story, "grave": d.Grave(), "html": html.String()})
		if err != nil {
			return at, "", fault.Internal("write a row", err)
		}
		fmt.Fprintf(&b, "id: %d\nevent: story\ndata: %s\n\n", d.Number, data)
	}
	// What was passed over is passed over for good, also after a break.
	last := records[len(records)-1].Number
	fmt.Fprintf(&b, "id: %d\nevent: at\ndata: {}\n\n", last)
	return last, b.String(), nil
}

// line writes to a page that reads as it goes.
type line struct {
	w    io.Writer
	hold *http.ResponseController
}

func (l *line) put(text string) error {
	_ = l.hold.SetWriteDeadline(time.Now().Add(slow))
	if _, err := io.WriteString(l.w, text); err != nil {
		return err
	}
	return l.hold.Flush()
}
