package site

import (
	"net/http"

	"wireroom/bulletin"
	"wireroom/fault"
	"wireroom/web"
)

// quitRoutes are where a reader leaves a bulletin by its letter, with no need
// to sign in: the ticket is proof enough.
func (s *Site) quitRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: "/{lang}/bulletins/{ticket}", Handler: s.quitForm},
		{Method: "POST", Pattern: "/{lang}/bulletins/{ticket}", MaxBody: 4 << 10, Handler: s.quit},
	}
}

// QuitURL is where the bearer of a ticket leaves a bulletin.
func (s *Site) QuitURL(b bulletin.Bulletin, ticket string) string {
	return s.Masthead().PublicURL + pageURL(string(b.Lang), "bulletins/"+ticket)
}

// quitting is the page on which a bulletin is left.
type quitting struct {
	frame
	Says string
	Ask  bool
}

// quitForm asks. Programs that look at each link of a letter must not make its
// reader leave.
func (s *Site) quitForm(w http.ResponseWriter, r *http.Request) error {
	return s.quits(w, r, false)
}

// quit lets a reader go, and so does a mail program's own button, which posts
// here without a cookie (RFC 8058).
func (s *Site) quit(w http.ResponseWriter, r *http.Request) error {
	return s.quits(w, r, true)
}

func (s *Site) quits(w http.ResponseWriter, r *http.Request, sure bool) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if s.Letters == nil {
		return fault.NotFound("bulletin")
	}
	p, status := quitting{frame: v.frame(v.T("quit-title")), Ask: !sure}, http.StatusOK
	p.Hidden = true
	p.switches(func(string) string { return "" })
	ours, err := s.silences(r, sure)
	if err != nil {
		return err
	}
	b := bulletin.Bulletin{Name: v.T("follow-letter")}
	if !ours {
		b, err = s.Letters.Quit(r.Context(), r.PathValue("ticket"), sure)
	}
	switch {
	case fault.Is(err, fault.KindNotFound):
		p.Ask, p.Says, status = false, v.T("quit-none"), http.StatusNotFound
	case err != nil:
		return err
	case sure:
		p.Says = v.T("quit-done", "name", b.Name)
	default:
		p.Says = v.T("quit-say", "name", b.Name)
	}
	w.Header().Set("Cache-Control", "private, no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	return s.send(w, v, status, sheet{"quit", &p})
}
