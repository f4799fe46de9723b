package desk

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/db"
	"wireroom/fault"
	"wireroom/web"
	"wireroom/web/words"
	"wireroom/wire"
)

const (
	endpointsURL = "/desk/endpoints"
	perDead      = 100
)

func (d *Desk) endpointRoutes() []web.Route {
	route := func(method, rest string, h bringing) web.Route {
		return web.Route{Method: method, Pattern: endpointsURL + rest, Handler: d.seated(d.bringer(h))}
	}
	one := "/{client}/{endpoint}"
	return []web.Route{
		route("GET", "", d.allEndpoints), route("POST", "", d.addEndpoint), route("GET", one, d.oneEndpoint),
		route("POST", one+"/trial", d.tryEndpoint), route("POST", one+"/pause", d.pauseEndpoint),
		route("POST", one+"/secret", d.rotateEndpoint), route("POST", one+"/pictures", d.pictureEndpoint), route("POST", one+"/host-key-removal", d.unpinEndpoint),
		route("POST", one+"/replay", d.replayEndpoint), route("POST", one+"/setting-aside", d.setAside),
		route("POST", one+"/place", d.placeEndpoint), route("POST", one+"/removal", d.dropEndpoint),
	}
}

// bringing answers somebody who may say where the wire is brought.
type bringing func(w http.ResponseWriter, v *visit, s *push.Store) error

func (d *Desk) bringer(h bringing) page {
	return func(w http.ResponseWriter, v *visit) error {
		s, err := d.Endpoints.For(d.Staff, v.person)
		if err != nil {
			return err
		}
		return h(w, v, s)
	}
}

// endpoints is the page of all endpoints, with the form of a new one.
type endpoints struct {
	frame
	Done    string
	Rows    []endpointRow
	Clients []option
	Ways    []option
	Formats []option
	Typed   struct{ Address, Wrong, Field string }
}

type endpointRow struct {
	URL, Client, Way, Address, Says string
	Failing, Paused                 bool
	Behind                          int
}

func (d *Desk) allEndpoints(w http.ResponseWriter, v *visit, s *push.Store) error {
	p := &endpoints{}
	if v.r.URL.Query().Get("done") != "" {
		p.Done = v.T("endpoints-done")
	}
	return v.endpoints(w, http.StatusOK, s, p)
}

func (v *visit) endpoints(w http.ResponseWriter, status int, s *push.Store, p *endpoints) error {
	p.frame = v.frame(v.T("endpoints"))
	p.style("readers.css")
	ctx := v.r.Context()
	buyers, err := v.desk.Clients.All(ctx)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, c := range buyers {
		names[string(c.ID)] = c.Name
		p.Clients = append(p.Clients, option{string(c.ID), c.Name, string(c.ID) == v.r.FormValue("client")})
	}
	for _, way := range push.Ways() {
		p.Ways = append(p.Ways, option{string(way), v.T("endpoints-" + string(way)), string(way) == v.r.FormValue("way")})
	}
	p.Formats = []option{{"", v.T("endpoints-usual"), true}}
	for _, f := range push.Forms(push.Webhook, clients.Client{}) {
		p.Formats = append(p.Formats, option{f, f, f == v.r.FormValue("format")})
	}
	all, err := s.All(ctx)
	if err != nil {
		return err
	}
	troubles, err := s.Troubles(ctx)
	if err != nil {
		return err
	}
	head, err := v.desk.Wire.Head(ctx)
	if err != nil {
		return err
	}
	for _, e := range all {
		p.Rows = append(p.Rows, v.endpointRow(e, names[e.Client], troubles, head))
	}
	return v.show(w, status, "endpoints", p)
}

func (v *visit) endpointRow(e push.Endpoint, client string, troubles []push.Trouble, head wire.Number) endpointRow {
	row := endpointRow{URL: endpointURL(e), Client: client, Way: v.T("endpoints-" + string(e.Way)), Address: e.Address, Paused: e.Paused,
		Behind: int(max(head-e.Cursor, 0)), Says: v.T("endpoints-well")}
	for _, t := range troubles {
		if t.Endpoint == e.ID {
			row.Failing, row.Says = true, v.T("endpoints-failing", "tries", t.Tries, "since", v.age(t.Since).Words)
		}
	}
	if e.Paused {
		row.Says = v.T("endpoints-paused")
	}
	if !e.Gone.IsZero() {
		row.Failing, row.Says = true, v.T("endpoints-gone", "since", v.age(e.Gone).Words)
	}
	return row
}

// endpointName is an endpoint as the board names it: its client and its host.
func (v *visit) endpointName(id push.ID) string {
	all, err := v.desk.Endpoints.All(v.r.Context())
	if err != nil {
		return string(id)
	}
	for _, e := range all {
		if e.ID != id {
			continue
		}
		if c, err := v.desk.Clients.Client(v.r.Context(), clients.ID(e.Client)); err == nil {
			return c.Name + " · " + e.Host()
		}
		return e.Host()
	}
	return string(id)
}

func endpointURL(e push.Endpoint) string { return endpointsURL + "/" + e.Client + "/" + string(e.ID) }

func (d *Desk) addEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	get := func(field string) string { return strings.TrimSpace(v.r.PostForm.Get(field)) }
	c, err := d.Clients.Client(v.r.Context(), clients.ID(get("client")))
	if err != nil {
		return err
	}
	e := push.Endpoint{Client: string(c.ID), Way: push.Way(get("way")), Address: get("address"), Format: get("format"), Password: v.r.PostForm.Get("password"), Pictures: get("pictures") == "yes"}
	e, err = s.Add(v.r.Context(), e)
	if fault.Is(err, fault.KindInvalid) || fieldOf(err) == "address" {
		p := &endpoints{}
		p.Typed.Address, p.Typed.Field = get("address"), fieldOf(err)
		p.Typed.Wrong = v.rule("endpoints-"+fieldOf(err), err)
		return v.endpoints(w, http.StatusUnprocessableEntity, s, p)
	}
	if err != nil {
		return err
	}
	return v.see(w, endpointURL(e)+"?secret=yes")
}

// endpointPage is one endpoint's page.
type endpointPage struct {
	frame
	Row                    endpointRow
	Done, Notice           string
	Secret                 string // shown when it is new
	PublicKey, Fingerprint string
	IsWebhook, IsSFTP      bool
	Carries, Pictures      bool // it can get pictures as files, and does
	Troubles               []troubleRow
	Dead                   []deadRow
	Cursor                 int64
}

type troubleRow struct {
	Number      int64
	Express     bool
	Error       string
	Tries       int
	Since, Next when
}

type deadRow struct {
	Number int64
	At     when
	Error  string
	Again  bool
}

func (d *Desk) oneEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.endpointPage(w, http.StatusOK, s, &endpointPage{})
}

func (v *visit) endpointID() (client string, id push.ID) {
	return v.r.PathValue("client"), push.ID(v.r.PathValue("endpoint"))
}

func (v *visit) endpointPage(w http.ResponseWriter, status int, s *push.Store, p *endpointPage) error {
	ctx := v.r.Context()
	e, err := s.Endpoint(ctx, v.r.PathValue("client"), push.ID(v.r.PathValue("endpoint")))
	if err != nil {
		return err
	}
	c, err := v.desk.Clients.Client(ctx, clients.ID(e.Client))
	if err != nil {
		return err
	}
	troubles, err := s.Troubles(ctx)
	if err != nil {
		return err
	}
	head, err := v.desk.Wire.Head(ctx)
	if err != nil {
		return err
	}
	p.frame = v.frame(e.Host())
	p.style("readers.css")
	p.Row = v.endpointRow(e, c.Name, troubles, head)
	p.PublicKey, p.Fingerprint, p.IsWebhook, p.IsSFTP, p.Cursor = e.PublicKey(), e.Fingerprint(), e.Way == push.Webhook, e.Way == push.SFTP, int64(e.Cursor)
	p.Carries, p.Pictures = e.Way.Carries(), e.Pictures
	switch q := v.r.URL.Query(); {
	case q.Get("secret") != "" && p.IsWebhook:
		p.Done, p.Secret = v.T("endpoints-secret-new"), e.Secret
	case q.Get("done") != "":
		p.Done = v.T("endpoints-done")
	}
	for _, t := range troubles {
		if t.Endpoint == e.ID {
			p.Troubles = append(p.Troubles, troubleRow{Number: int64(t.Number), Express: t.Express, Error: t.Error, Tries: t.Tries, Since: v.age(t.Since), Next: v.soon(t.Next)})
		}
	}
	dead, err := s.Dead(ctx, e.ID, perDead)
	if err != nil {
		return err
	}
	for _, one := range dead {
		p.Dead = append(p.Dead, deadRow{int64(one.Number), v.age(one.At), one.Error, one.Again})
	}
	return v.show(w, status, "endpoint", p)
}

// soon is a time to come: by the clock, and the day too if that is another.
func (v *visit) soon(t time.Time) when {
	w := v.age(t)
	if t = t.In(v.house.Zone); t.After(v.now) {
		w.Words = words.Clock(t)
		if t.YearDay() != v.now.In(v.house.Zone).YearDay() {
			w.Words = w.Full
		}
	}
	return w
}

// tryEndpoint brings a test there and says what came of it.
func (d *Desk) tryEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	client, id := v.endpointID()
	e, err := s.Endpoint(v.r.Context(), client, id)
	if err != nil {
		return err
	}
	p := &endpointPage{Done: v.T("endpoints-tried")}
	if err := d.TryEndpoint(v.r.Context(), e, db.NewID()); err != nil {
		p.Done, p.Notice = "", v.T("endpoints-try-failed")+" "+err.Error()
	}
	return v.endpointPage(w, http.StatusOK, s, p)
}

// changesEndpoint does something to the endpoint of the address and shows it again.
func (v *visit) changesEndpoint(w http.ResponseWriter, done string, change func(client string, id push.ID) error) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	client, id := v.endpointID()
	if err := change(client, id); err != nil {
		return err
	}
	return v.see(w, endpointsURL+"/"+client+"/"+string(id)+done)
}

func (v *visit) wireNumber() (wire.Number, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(v.r.PostForm.Get("number")), 10, 64)
	if err != nil || n < 0 {
		return 0, fault.Invalid("number", "a number of the wire is a whole one")
	}
	return wire.Number(n), nil
}

func (d *Desk) pauseEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesEndpoint(w, "?done=yes", func(client string, id push.ID) error {
		return s.Pause(v.r.Context(), client, id, v.r.PostForm.Get("pause") == "yes")
	})
}

func (d *Desk) rotateEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesEndpoint(w, "?secret=yes", func(client string, id push.ID) error {
		_, err := s.Rotate(v.r.Context(), client, id)
		return err
	})
}

func (d *Desk) pictureEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesEndpoint(w, "?done=yes", func(client string, id push.ID) error {
		return s.Picture(v.r.Context(), client, id, v.r.PostForm.Get("pictures") == "yes")
	})
}

func (d *Desk) unpinEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesEndpoint(w, "?done=yes", func(client string, id push.ID) error { return s.Unpin(v.r.Context(), client, id) })
}

func (d *Desk) replayEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesRecord(w, s.Replay)
}

func (d *Desk) setAside(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesRecord(w, s.SetAside)
}

func (d *Desk) placeEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	return v.changesRecord(w, s.From)
}

// changesRecord does something about one record of the wire at an endpoint.
func (v *visit) changesRecord(w http.ResponseWriter, act func(context.Context, string, push.ID, wire.Number) error) error {
	return v.changesEndpoint(w, "?done=yes", func(client string, id push.ID) error {
		n, err := v.wireNumber()
		if err != nil {
			return err
		}
		return act(v.r.Context(), client, id, n)
	})
}

func (d *Desk) dropEndpoint(w http.ResponseWriter, v *visit, s *push.Store) error {
	client, id := v.endpointID()
	if err := s.Remove(v.r.Context(), client, id); err != nil {
		return err
	}
	return v.see(w, endpointsURL+"?done=yes")
}
