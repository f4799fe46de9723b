package ticker

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/ticker/tape"
	"wireroom/wire"
)

var streamParameters = []parameter{
	{"after", "query", "integer", "The number on the wire after which to begin; without it and without Last-Event-ID the stream begins now."},
	{"Last-Event-ID", "header", "integer", "The same, as event sources send it when they connect again."},
	formatParameter,
}

// catchUp bounds how long a line may take for what it missed.
const catchUp = 2 * time.Minute

const streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-store\r\n" +
	"X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"

// farewell is the last event of a line.
func farewell(why, words string) []byte {
	data, err := json.Marshal(map[string]string{"reason": why, "detail": words})
	if err != nil {
		data = []byte("{}")
	}
	return append([]byte("retry: 1000\n"), tape.Encode(0, "end", data)...)
}

// stream takes the connection out of the server's hands: an open line then has
// neither a goroutine nor buffers of its own.
func (t *Ticker) stream(w http.ResponseWriter, r *http.Request, v visit) error {
	shape, err := shaped(r, v.client)
	if err != nil {
		return err
	}
	after, err := t.place(r, v)
	if err != nil {
		return err
	}
	if r.Method == http.MethodHead {
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		return nil
	}
	s, err := t.follows(r.Context(), v.client, shape)
	if err != nil {
		return err
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return fault.Internal("taking a connection over", err)
	}
	// The request ends with this function, so what is left to do must not
	// depend on its context.
	if err := t.open(conn, s, v, after); err != nil {
		_ = conn.Close() // the other end has gone
	}
	return nil
}

// place is where a line begins.
func (t *Ticker) place(r *http.Request, v visit) (wire.Number, error) {
	asked := r.Header.Get("Last-Event-ID")
	if asked == "" {
		asked = r.URL.Query().Get("after")
	}
	head, err := t.due(r.Context(), v.client)
	if asked == "" || err != nil {
		return head, err
	}
	n, err := strconv.ParseInt(asked, 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Invalid("after", "after is a number on the wire, not %.40q", asked)
	}
	return min(wire.Number(n), head), nil
}

// open sends a line what it missed, and has it follow the strip.
func (t *Ticker) open(conn net.Conn, s *strip, v visit, after wire.Number) error {
	ctx, cancel := context.WithTimeout(context.Background(), catchUp)
	defer cancel()
	if err := conn.SetDeadline(time.Now().Add(catchUp)); err != nil {
		return err
	}
	if _, err := conn.Write(append([]byte(streamHead), tape.Beat(int64(after))...)); err != nil {
		return err
	}
	line := tape.NewLine(conn, string(v.client.ID), v.token)
	for {
		said := s.Said()
		at, err := t.missed(ctx, conn, s, v, after)
		if err != nil {
			return err
		}
		after = at
		if err := conn.SetDeadline(time.Time{}); err != nil {
			return err
		}
		if s.Join(line, int64(after), said) {
			return nil
		}
		if err := conn.SetDeadline(time.Now().Add(catchUp)); err != nil {
			return err
		}
	}
}

// missed writes what a line missed until now.
func (t *Ticker) missed(ctx context.Context, conn net.Conn, s *strip, v visit, after wire.Number) (wire.Number, error) {
	for {
		v.now = t.Now()
		v.viewer = v.client.Viewer(v.now)
		part, err := t.stretch(ctx, v, filter{after: after, limit: mostLimit})
		if err != nil {
			return after, err
		}
		for i, d := range append(part.urgent, part.found...) {
			e, err := t.event(s, d, i >= len(part.urgent))
			if err != nil {
				return after, err
			}
			if _, err := conn.Write(e.Data); err != nil {
				return after, err
			}
		}
		after = part.next
		if !part.more {
			return after, nil
		}
	}
}

// watch ends the lines of contracts that end or change, and of tokens that are
// revoked.
func (t *Ticker) watch(ctx context.Context) {
	bell, stop := t.Clients.Listen()
	defer stop()
	every := time.NewTicker(5 * time.Second)
	defer every.Stop()
	lines := 0
	for {
		select {
		case <-ctx.Done():
			return
		case <-bell:
		case <-every.C:
			lines = t.tidy(lines)
		}
		if err := t.prune(ctx); err != nil {
			t.stumble(ctx, err)
		}
	}
}

// many is how many new lines leave so much behind that it is worth a sweep.
const many = 500

// tidy gives back what letting many in took: an open line keeps little of it.
// before is how many lines there were, the answer how many there are.
func (t *Ticker) tidy(before int) int {
	now := t.tape.Open()
	if now-before < many {
		return min(before, now)
	}
	debug.FreeOSMemory()
	return now
}

func (t *Ticker) prune(ctx context.Context) error {
	mark, begun := t.tape.Mark(), t.visitsNow()
	// The tokens first: of whoever has one by then the contract is read as it was
	// when the token was made, or later.
	tokens, err := t.Clients.TokenIDs(ctx)
	if err != nil {
		return err
	}
	all, err := t.Clients.All(ctx)
	if err != nil {
		return err
	}
	now, byID := t.Now(), map[string]clients.Client{}
	for _, c := range all {
		byID[string(c.ID)] = c
	}
	t.mu.Lock()
	stands := map[*tape.Strip]map[string]bool{} // which clients may stay on which strip
	for k, s := range t.strips {
		stands[s.Strip] = map[string]bool{}
		for id, c := range byID {
			stands[s.Strip][id] = (c.Open(now) || c.Over(now)) && key(c, s.shape.Name, now) == k && c.Allows(s.shape.Name)
		}
	}
	t.mu.Unlock()
	seconds := t.sinceCount(now)
	t.tape.Hang(func(l *tape.Line) bool {
		t.Clients.Used(clients.ID(l.Owner), clients.UseStream, seconds)
		_, read := byID[l.Owner]
		since := l.Since(mark)
		if since && !(read && tokens[l.Token]) {
			return false // let in by what was written after we read
		}
		stay, known := stands[l.Strip()]
		if !known {
			return !since // it joined a strip that was forgotten meanwhile
		}
		return !tokens[l.Token] || !stay[l.Owner]
	},
		farewell("contract", "Your contract or your token has changed. Connect again."))
	t.forget(stands, begun)
	return nil
}

// sinceCount is how many whole seconds passed since lines were counted before.
func (t *Ticker) sinceCount(now time.Time) int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counted.IsZero() {
		t.counted = now
	}
	n := max(now.Sub(t.counted)/time.Second, 0)
	t.counted = t.counted.Add(n * time.Second)
	return int64(n)
}

// visitsNow is how many lines have asked for a strip.
func (t *Ticker) visitsNow() int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.visits
}

// forget drops the strips that are nobody's any more and that nobody has asked
// for since there were so many visits: whoever has may be a client that was
// written after the clients were read.
func (t *Ticker) forget(stands map[*tape.Strip]map[string]bool, visits int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for k, s := range t.strips {
		wanted := s.visit > visits
		for _, stays := range stands[s.Strip] {
			wanted = wanted || stays
		}
		if _, old := stands[s.Strip]; old && !wanted {
			delete(t.strips, k)
		}
	}
}
