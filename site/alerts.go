package site

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"wireroom/bulletin/alert"
	"wireroom/bulletin/alert/envelope"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/web"
)

// workerFile is what a browser keeps to show alerts while no page is open. Its
// folder is all that it may ever have to do with: no page of ours lies there.
const workerFile = "/alerts/worker.js"

func (s *Site) alertRoutes() []web.Route {
	const small = 8 << 10
	return []web.Route{
		{Method: "GET", Pattern: "/{lang}/alerts", Handler: s.alerts},
		{Method: "GET", Pattern: "/{lang}/alerts/{$}", Handler: bare},
		{Method: "POST", Pattern: "/{lang}/alerts", MaxBody: small, Handler: s.keepsAlerts},
		{Method: "POST", Pattern: "/{lang}/alerts/mine", MaxBody: small, Handler: s.tellsAlerts},
		{Method: "POST", Pattern: "/{lang}/alerts/off", MaxBody: small, Handler: s.endsAlerts},
		{Method: "POST", Pattern: "/alerts/renewal", MaxBody: small, Handler: s.movesAlerts},
		{Method: "GET", Pattern: workerFile, Handler: s.alertWorker},
	}
}

func alertsURL(lang string) string { return pageURL(lang, "alerts") }

// alertPage is where a browser's alerts are switched on and off.
type alertPage struct {
	frame
	Key      string // by which browsers know the agency
	Worker   string
	Sections []label
	Ticks    []string // the sections' ids, as Sections stand
	Mail     string   // where letters are chosen; "" is nowhere
	Channels []label
}

// Script is the page's own.
func (p *alertPage) Script() string { return p.visit.site.assets.URL("alerts.js") }

func (s *Site) alerts(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if err := s.offersAlerts(r.Context(), v); err != nil {
		return err
	}
	p := alertPage{frame: v.frame(v.T("alerts-title")), Worker: workerFile}
	p.About = v.T("alerts-lede")
	if p.Key, err = s.Alerts.PublicKey(r.Context()); err != nil {
		return err
	}
	for _, one := range v.house.Sections {
		p.Sections, p.Ticks = append(p.Sections, v.label(one)), append(p.Ticks, one.ID)
	}
	if s.Letters != nil && s.Mail != nil {
		p.Mail = accountURL(v.lang)
	}
	if p.Channels, err = s.telegrams(r.Context(), v); err != nil {
		return err
	}
	web.GuardScripted(w.Header())
	return s.send(w, v, http.StatusOK, sheet{"alerts", &p})
}

// offersAlerts is NotFound where the edition rings nobody.
func (s *Site) offersAlerts(ctx context.Context, v *visit) error {
	if s.Alerts == nil {
		return fault.NotFound("alerts")
	}
	offered, err := s.Alerts.Offers(ctx, v.edition())
	if err == nil && !offered {
		err = fault.NotFound("alerts")
	}
	return err
}

// rings leads to the alerts, where the edition has any.
func (f *frame) rings(ctx context.Context) error {
	err := f.visit.site.offersAlerts(ctx, f.visit)
	if err == nil {
		f.Rings = label{URL: alertsURL(f.Lang), Text: f.T("alerts-title")}
	}
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	return err
}

// telegrams are the edition's channels that go by a name.
func (s *Site) telegrams(ctx context.Context, v *visit) (all []label, err error) {
	if s.Channels == nil {
		return nil, nil
	}
	found, err := s.Channels.All(ctx)
	for _, c := range found {
		if name, named := strings.CutPrefix(c.Chat, "@"); named && c.Live && c.Lang == v.edition() {
			all = append(all, label{URL: "https://t.me/" + name, Text: c.Name})
		}
	}
	return all, err
}

// alertWorker serves the worker at an address that never changes, so that a
// browser finds the next one there.
func (s *Site) alertWorker(w http.ResponseWriter, _ *http.Request) error {
	h := w.Header()
	h.Set("Content-Type", "text/javascript; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	_, err := w.Write(s.assets.Packed("alerts-worker.js").Plain)
	return err
}

// place is where a browser is rung, as its PushSubscription says it.
type place struct {
	Endpoint string `json:"endpoint"`
	Keys     struct {
		Key  string `json:"p256dh"`
		Auth string `json:"auth"`
	} `json:"keys"`
}

// wish is what the page's script and the worker send.
type wish struct {
	place
	Sections []string `json:"sections"`
	Neutral  bool     `json:"neutral"`
	Was      string   `json:"was"` // the endpoint before
}

// mostWished bounds the sections that are looked at.
const mostWished = 100

func (s *Site) readWish(r *http.Request) (t wish, err error) {
	if s.Alerts == nil {
		return t, fault.NotFound("alerts")
	}
	if err := json.NewDecoder(r.Body).Decode(&t); err != nil || len(t.Sections) > mostWished {
		return t, fault.Invalid("alerts", "this is not what the page sends")
	}
	return t, nil
}

func (t wish) browser(lang masthead.Lang) (b alert.Browser, err error) {
	b = alert.Browser{Endpoint: t.Endpoint, Choice: alert.Choice{Lang: lang, Sections: t.Sections, Neutral: t.Neutral}}
	if b.Key, err = unbased(t.Keys.Key); err == nil {
		b.Auth, err = unbased(t.Keys.Auth)
	}
	return b, err
}

// unbased reads what browsers write without padding, and some with.
func unbased(s string) ([]byte, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(s, "="))
	if err != nil || len(raw) > envelope.KeySize {
		return nil, fault.Invalid("keys", "a browser's keys cannot be read")
	}
	return raw, nil
}

// keepsAlerts has a browser be rung, or changes for what. Who asks is nobody:
// no account is looked for.
func (s *Site) keepsAlerts(w http.ResponseWriter, r *http.Request) error {
	t, err := s.readWish(r)
	if err != nil {
		return err
	}
	if !s.pace.allows(r, keepAlerts) {
		w.WriteHeader(http.StatusTooManyRequests)
		return nil
	}
	b, err := t.browser(masthead.Lang(r.PathValue("lang")))
	if err == nil {
		err = s.Alerts.Keep(r.Context(), b)
	}
	return done(w, err)
}

// tellsAlerts answers the browser of an endpoint with what it is rung for.
func (s *Site) tellsAlerts(w http.ResponseWriter, r *http.Request) error {
	t, err := s.readWish(r)
	if err != nil {
		return err
	}
	c, err := s.Alerts.Choice(r.Context(), t.Endpoint)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "private, no-store")
	return json.NewEncoder(w).Encode(map[string]any{"lang": c.Lang, "sections": slices.Concat([]string{}, c.Sections), "neutral": c.Neutral})
}

func (s *Site) endsAlerts(w http.ResponseWriter, r *http.Request) error {
	t, err := s.readWish(r)
	if err == nil {
		err = s.Alerts.Forget(r.Context(), t.Endpoint)
	}
	return done(w, err)
}

// movesAlerts follows a browser whose push service gave it another endpoint.
func (s *Site) movesAlerts(w http.ResponseWriter, r *http.Request) error {
	t, err := s.readWish(r)
	if err != nil {
		return err
	}
	b, err := t.browser("")
	if err == nil {
		err = s.Alerts.Move(r.Context(), t.Was, b)
	}
	return done(w, err)
}

// done answers a script that asks for nothing but whether it went well.
func done(w http.ResponseWriter, err error) error {
	if err == nil {
		w.WriteHeader(http.StatusNoContent)
	}
	return err
}
