package ticker

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/web"
)

// visit is one request of a client's machine.
type visit struct {
	client clients.Client
	token  string // its id
	viewer reveal.Viewer
	now    time.Time
}

// handler answers a client.
type handler func(w http.ResponseWriter, r *http.Request, v visit) error

// refused is an answer that is no, with what to do about it.
type refused struct {
	status int
	title  string
	detail string
	header [2]string // one more header; empty is none
}

func (e *refused) Error() string { return e.title }

// Unwrap makes it an HTTP status.
func (e *refused) Unwrap() error { return &web.Refusal{Status: e.status} }

// admit lets those in whose token counts, as often as their contract says.
func (t *Ticker) admit(h handler) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := t.visit(r)
		if err != nil {
			return err
		}
		if r.URL.Path != streamURL {
			t.Clients.Used(v.client.ID, clients.UsePull, 1)
		}
		return h(w, r, v)
	}
}

func (t *Ticker) visit(r *http.Request) (visit, error) {
	kind, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(kind, "bearer") || secret == "" {
		return visit{}, &refused{http.StatusUnauthorized, "No token", "Send your token in the header: Authorization: Bearer wire_…",
			[2]string{"WWW-Authenticate", `Bearer realm="wire"`}}
	}
	c, token, err := t.Clients.ByToken(r.Context(), strings.TrimSpace(secret))
	if fault.Is(err, fault.KindNotFound) {
		return visit{}, &refused{http.StatusUnauthorized, "Unknown token", "This token does not count, or no longer. Ask the agency for a new one.",
			[2]string{"WWW-Authenticate", `Bearer realm="wire", error="invalid_token"`}}
	}
	if err != nil {
		return visit{}, err
	}
	if err := t.Admits(r, c); err != nil {
		return visit{}, err
	}
	now := t.Now()
	return visit{client: c, token: token, viewer: c.Viewer(now), now: now}, nil
}

// Admits counts a request of a client's machine, and says why it is let in no
// further: it comes from elsewhere, the contract has not begun, or it is one too
// many. Whose contract is over is let in to what takes back what it gave.
func (t *Ticker) Admits(r *http.Request, c clients.Client) error {
	if at, ok := web.From(r); !c.From(at) && (ok || len(c.Networks) > 0) {
		return &refused{http.StatusForbidden, "Wrong network",
			"Your tokens count from the networks in your contract alone. Ask from there, or have the agency add this one.", [2]string{}}
	}
	if !c.Open(t.Now()) && !c.Over(t.Now()) {
		return &refused{http.StatusForbidden, "No contract yet",
			"Your contract has not begun. Ask the agency when it does.", [2]string{}}
	}
	if wait := t.pace.wait(string(c.ID), c.Rate); wait > 0 {
		seconds := strconv.Itoa(int(math.Ceil(wait.Seconds())))
		return &refused{http.StatusTooManyRequests, "Too many requests",
			fmt.Sprintf("Your contract allows %d requests in a minute. Go on in %s seconds, or follow the stream instead of asking often.", c.Rate, seconds),
			[2]string{"Retry-After", seconds}}
	}
	return nil
}

// pace counts each client's requests in the minute, in memory alone.
type pace struct {
	now func() time.Time

	mu    sync.Mutex
	until time.Time
	count map[string]int
}

// wait counts a request; it is how long the client has to wait, 0 for not.
func (p *pace) wait(client string, most int) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.now()
	if !now.Before(p.until) {
		p.until = now.Truncate(time.Minute).Add(time.Minute)
		clear(p.count)
	}
	p.count[client]++
	if p.count[client] <= most {
		return 0
	}
	return p.until.Sub(now)
}
