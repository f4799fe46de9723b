package agency

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"

	"wireroom/desk"
	"wireroom/portal"
	"wireroom/site"
	"wireroom/ticker"
	"wireroom/web"
	"wireroom/wire"
)

// faces are what answers over http. They are built when they are first needed:
// a command that only makes a link has no use for pages.
type faces struct {
	once sync.Once
	site *site.Site
	desk *desk.Desk

	ticker *ticker.Ticker
	portal *portal.Portal
}

func (a *Agency) face() *faces {
	a.faces.once.Do(func() {
		a.faces.site = site.New(site.Options{
			Hub: a.hub, Alerts: a.Alerts, Channels: a.Channels,
			Door: a.door, Masthead: a.house.get, Readers: a.Readers, Archive: a.Archive, Register: a.Register, Record: a.Record, Wire: a.Wire, Letters: a.Letters, Tally: a.tally, Pictures: a.Pictures, Mail: a.post, Tills: a.tills, Press: a.press,
			Now: a.now, Log: a.Log, Secure: a.secure,
		})
		a.faces.desk = desk.New(desk.Options{
			Stories: a.Stories, Staff: a.Staff, Masthead: a.Masthead, Pictures: a.Pictures,
			Copybook: a.Copybook, Mail: a.post, Wire: a.Wire, Planning: a.Planning, Record: a.Record, Register: a.Register, Archive: a.Archive, Sources: a.Sources, Clients: a.Clients, Endpoints: a.Endpoints, TryEndpoint: a.tryEndpoint, Readers: a.Readers, Letters: a.Letters, Channels: a.Channels, Alerts: a.Alerts, Digest: a.faces.site.Digest, Tally: a.tally,
			LetPass: func(ctx context.Context, n wire.Number) { a.faces.ticker.LetPass(ctx, n) },
			Now:     a.now, Log: a.Log, Secure: a.secure,
		})
		a.faces.ticker = ticker.New(ticker.Options{
			Clients: a.Clients, Door: a.door, Wire: a.Wire, Masthead: a.house.get, Pictures: a.Pictures, Staff: a.Staff, Mail: a.post, Endpoints: a.Endpoints,
			Now: a.now, Log: a.Log, Arrived: a.streamed,
		})
		a.faces.portal = portal.New(portal.Options{
			Clients: a.Clients, Ticker: a.faces.ticker, Door: a.door, Wire: a.Wire, Masthead: a.house.get, Pictures: a.Pictures, Mail: a.post,
			Now: a.now, Log: a.Log, Secure: a.secure,
		})
	})
	return &a.faces
}

// Handler answers everything that the house answers. A finished page that
// anybody may have is at hand before the routes are searched.
func (a *Agency) Handler() http.Handler {
	routes := web.Mux(a.Routes(), web.Options{Log: a.Log, Sorry: a.sorry, Proxies: a.Config.Proxies})
	readers := a.face().site
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		web.Guard(w.Header(), web.Anyone)
		if readers.AtCompany(r) || !a.press.Fast(w, r) {
			routes.ServeHTTP(w, r)
			return
		}
		readers.Counted(r)
	})
}

// Routes is the table of every address of the house.
func (a *Agency) Routes() []web.Route {
	f := a.face()
	return slices.Concat(a.health(), f.site.Routes(), f.desk.Routes(), f.ticker.Routes(), f.portal.Routes())
}

// sorry lets the face that was asked speak.
func (a *Agency) sorry(w http.ResponseWriter, r *http.Request, err error) {
	f := a.face()
	if r.URL.Path == "/desk" || strings.HasPrefix(r.URL.Path, "/desk/") {
		f.desk.Sorry(w, r, err)
		return
	}
	if portal.Owns(r.URL.Path) {
		f.portal.Sorry(w, r, err)
		return
	}
	if strings.HasPrefix(r.URL.Path, ticker.Prefix) {
		f.ticker.Sorry(w, r, err)
		return
	}
	f.site.Sorry(w, r, err)
}
