package agency

import (
	"bytes"
	"context"
	"net/http"
	"regexp"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/courier"
	"wireroom/fault"
	"wireroom/hub"
	"wireroom/sources"
	"wireroom/ticker"
	"wireroom/wire"
)

// goOut makes the courier, and the rooms that send it out.
func (a *Agency) goOut() error {
	var err error
	a.courier, err = courier.New(courier.Settings{Allowed: a.Config.Outbound, Agent: a.agent})
	if err != nil {
		return err
	}
	a.Sources = sources.New(a.DB, a.courier, a.now)
	a.Endpoints = push.New(a.DB, a.courier, a.now)
	a.hub = hub.New(hub.Options{DB: a.DB, Courier: a.courier, Feed: a.feed, Now: a.now, Log: a.Log,
		Base: func() string { return a.house.get().PublicURL },
		Head: func() wire.Number { return wire.Number(a.seen.Load()) }})
	return nil
}

// shaper gives endpoints what the door lets their clients have.
func (a *Agency) shaper() push.Shaper {
	return push.Shaper{Door: a.door, Clients: a.Clients, Masthead: a.house.get, Sizes: a.face().ticker.Sizes, Pictures: a.Pictures, Receipt: ticker.ReceiptPath, Now: a.now}
}

func (a *Agency) pusher() *push.Push {
	return push.Open(push.Options{Store: a.Endpoints, Wire: a.Wire, Courier: a.courier, Post: a.post, Shape: a.shaper().Shape, Now: a.now, Log: a.Log})
}

// bring brings the wire to clients' endpoints until the context ends.
func (a *Agency) bring(ctx context.Context) { a.pusher().Run(ctx) }

// tryEndpoint brings a test to an endpoint.
func (a *Agency) tryEndpoint(ctx context.Context, e push.Endpoint, id string) error {
	c, err := a.Clients.Client(ctx, clients.ID(e.Client))
	if err != nil {
		return err
	}
	d, err := a.shaper().Example(e, c, id)
	if err != nil {
		return err
	}
	return a.pusher().Try(ctx, e, d, id)
}

// watchSources makes drafts of what others publish until the context ends.
func (a *Agency) watchSources(ctx context.Context) {
	sources.Open(sources.Options{Store: a.Sources, Stories: a.Stories, Tray: a.Config.inFolder(a.Config.Tray), Log: a.Log}).Run(ctx)
}

// agent is how we name ourselves, so that whoever minds being asked knows whom
// to tell.
func (a *Agency) agent() string {
	m := a.house.current.Load()
	if m == nil || m.PublicURL == "" {
		return "Wireroom"
	}
	return "Wireroom (+" + m.PublicURL + ")"
}

// tellHub tells those who listen to feeds until the context ends.
func (a *Agency) tellHub(ctx context.Context) { a.hub.Run(ctx) }

var feedPath = regexp.MustCompile(`^/[a-z]{2}/(?:[a-z0-9-]+/)?(?:rss\.xml|atom\.xml|feed\.json)$`)

// feed is a public feed as anybody may fetch it.
func (a *Agency) feed(ctx context.Context, path string) ([]byte, string, error) {
	if !feedPath.MatchString(path) {
		return nil, "", fault.NotFound("the feed")
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, a.readersHost()+path, nil)
	if err != nil {
		return nil, "", fault.Internal("asking for a feed", err)
	}
	r.RequestURI = path
	w := &kept{answer: answer{header: http.Header{}, status: http.StatusOK}}
	a.Handler().ServeHTTP(w, r)
	if w.status != http.StatusOK {
		return nil, "", fault.NotFound("the feed")
	}
	return w.body.Bytes(), w.header.Get("Content-Type"), nil
}

// kept is an answer that is read.
type kept struct {
	answer
	body bytes.Buffer
}

func (k *kept) Write(b []byte) (int, error) {
	k.wrote = true
	return k.body.Write(b)
}
