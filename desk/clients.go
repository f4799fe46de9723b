package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"wireroom/clients"
	"wireroom/fault"
	formats "wireroom/format/choice"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/web"
	"wireroom/wire"
)

const clientsURL = "/desk/clients"

// managing is a page for those who keep the clients.
type managing func(w http.ResponseWriter, v *visit, m *clients.Manager) error

func (d *Desk) manage(h managing) page {
	return func(w http.ResponseWriter, v *visit) error {
		m, err := d.Clients.Manager(d.Staff, v.person)
		if err != nil {
			return err
		}
		return h(w, v, m)
	}
}

func (v *visit) keepsClients() bool { return v.sees(staff.ActClients) == nil }

func (d *Desk) clientRoutes() []web.Route {
	route := func(method, rest string, h managing) web.Route {
		return web.Route{Method: method, Pattern: clientsURL + rest, Handler: d.seated(d.manage(h))}
	}
	return []web.Route{
		route("GET", "", d.clients), route("POST", "", d.saveClient),
		route("GET", "/{client}", d.client), route("POST", "/{client}", d.saveClient),
		route("POST", "/{client}/products", d.saveProduct), route("POST", "/{client}/products/{product}", d.saveProduct),
		route("POST", "/{client}/products/{product}/removal", d.dropProduct),
		route("POST", "/{client}/tokens", d.makeToken), route("POST", "/{client}/tokens/{token}/removal", d.revokeToken),
		route("POST", "/{client}/seats", d.addSeat), route("POST", "/{client}/seats/number", d.saveSeats), route("POST", "/{client}/seats/{seat}/removal", d.dropSeat),
		route("POST", "/{client}/receipts/{number}", d.confirmFor),
	}
}

// clientele is the page of all clients, with the form of a new one.
type clientele struct {
	frame
	Rows []clientRow
	Form clientForm
}

type clientRow struct {
	URL, Name, Until, Products string
	Over                       bool
	Owes                       int
}

// clientForm is a client as it is typed.
type clientForm struct {
	Action, Name, Starts, Ends, Depth, Delay, Rate, Alarm, Networks, Contact string
	Early, Round                                                             bool
	Formats, Langs                                                           []option
	Wrong, Field                                                             string
}

func (d *Desk) clients(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	f := v.clientForm(clients.Client{Starts: v.now, Rate: clients.DefaultRate, Alarm: 15 * time.Minute})
	return v.clientele(w, http.StatusOK, m, f)
}

func (v *visit) clientele(w http.ResponseWriter, status int, m *clients.Manager, f clientForm) error {
	p := &clientele{frame: v.frame(v.T("clients")), Form: f}
	p.style("readers.css")
	p.Form.Action = clientsURL
	all, err := m.All(v.r.Context())
	if err != nil {
		return err
	}
	for _, c := range all {
		row := clientRow{URL: clientsURL + "/" + string(c.ID), Name: c.Name, Over: !c.Open(v.now)}
		if !c.Ends.IsZero() {
			row.Until = v.lastDay(c.Ends)
		}
		var names []string
		for _, b := range c.Products {
			names = append(names, b.Name)
		}
		row.Products = strings.Join(names, ", ")
		owed, err := m.Owed(v.r.Context(), c.ID)
		if err != nil {
			return err
		}
		row.Owes = len(owed)
		p.Rows = append(p.Rows, row)
	}
	return v.show(w, status, "clients", p)
}

func (v *visit) clientForm(c clients.Client) clientForm {
	number := func(n int64) string {
		if n == 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	f := clientForm{Name: c.Name, Starts: c.Starts.UTC().Format(time.DateOnly), Depth: number(int64(c.Depth)), Delay: number(int64(c.Delay / time.Minute)),
		Rate: strconv.Itoa(c.Rate), Alarm: number(int64(c.Alarm / time.Minute)), Networks: clients.PrintNetworks(c.Networks), Contact: c.Contact,
		Early: c.Early, Round: c.Brackets == clients.Round, Langs: v.tongues(string(c.Lang))}
	if !c.Ends.IsZero() {
		f.Ends = dayBefore(c.Ends)
	}
	f.Formats = v.formatOptions(c.Formats)
	return f
}

// formatOptions are the formats by their names, which are the same everywhere
// but for plain text.
func (v *visit) formatOptions(chosen []string) []option {
	var all []option
	for _, known := range formats.Formats() {
		o := option{Value: known.Name, Text: known.Title}
		if known.Name == "text" {
			o.Text = v.T("clients-format-text")
		}
		for _, name := range chosen {
			o.Chosen = o.Chosen || name == known.Name
		}
		all = append(all, o)
	}
	return all
}

// typedClient reads the form of a client over what there was.
func (v *visit) typedClient(c clients.Client) (clients.Client, clientForm, error) {
	if err := v.r.ParseForm(); err != nil {
		return c, clientForm{}, badForm(err)
	}
	t := fields{values: v.r.PostForm}
	f := clientForm{Name: t.get("name"), Starts: t.get("starts"), Ends: t.get("ends"), Depth: t.get("depth"), Delay: t.get("delay"), Rate: t.get("rate"),
		Alarm: t.get("alarm"), Networks: t.get("networks"), Contact: t.get("contact"), Early: t.get("early") != "", Round: t.get("brackets") == string(clients.Round),
		Formats: v.formatOptions(v.r.PostForm["format"]), Langs: v.tongues(t.get("lang"))}
	c.Name, c.Contact, c.Early, c.Formats, c.Lang = f.Name, f.Contact, f.Early, nil, masthead.Lang(t.get("lang"))
	for _, o := range f.Formats {
		if o.Chosen {
			c.Formats = append(c.Formats, o.Value)
		}
	}
	c.Brackets = clients.Square
	if f.Round {
		c.Brackets = clients.Round
	}
	c.Starts, c.Ends = t.day("starts"), t.day("ends")
	if !c.Ends.IsZero() {
		c.Ends = c.Ends.AddDate(0, 0, 1)
	}
	c.Depth, c.Rate = t.number("depth"), t.number("rate")
	c.Delay, c.Alarm = time.Duration(t.number("delay"))*time.Minute, time.Duration(t.number("alarm"))*time.Minute
	var err error
	if c.Networks, err = clients.ReadNetworks(f.Networks); err != nil {
		t.wrong = errors.Join(t.wrong, err)
	}
	return c, f, t.wrong
}

// fields reads those of a form and keeps the first that is wrong.
type fields struct {
	values url.Values
	wrong  error
}

func (t *fields) get(name string) string { return strings.TrimSpace(t.values.Get(name)) }

func (t *fields) number(name string) int {
	s := t.get(name)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil && t.wrong == nil {
		t.wrong = fault.Invalid(name, "%.40q is no number", s)
	}
	return n
}

func (t *fields) day(name string) time.Time {
	s := t.get(name)
	if s == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.DateOnly, s)
	if err != nil && t.wrong == nil {
		t.wrong = fault.Invalid(name, "%.40q is no day", s)
	}
	return at
}

func (d *Desk) saveClient(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	var was clients.Client
	id := clients.ID(v.r.PathValue("client"))
	if id != "" {
		var err error
		if was, err = m.Client(v.r.Context(), id); err != nil {
			return err
		}
	}
	c, f, err := v.typedClient(was)
	if err == nil {
		c, err = m.Save(v.r.Context(), c)
	}
	if fault.Is(err, fault.KindInvalid) {
		f.Wrong, f.Field = v.rule("clients-"+fieldOf(err), err), fieldOf(err)
		if id != "" {
			return v.oneClient(w, http.StatusUnprocessableEntity, m, was, &clientPage{Form: f})
		}
		return v.clientele(w, http.StatusUnprocessableEntity, m, f)
	}
	if err != nil {
		return err
	}
	return v.see(w, clientsURL+"/"+string(c.ID)+"?done=yes")
}

func (d *Desk) confirmFor(w http.ResponseWriter, v *visit, m *clients.Manager) error {
	n, err := strconv.ParseInt(v.r.PathValue("number"), 10, 64)
	if err != nil {
		return fault.NotFound("the receipt")
	}
	if _, err := m.ConfirmFor(v.r.Context(), clients.ID(v.r.PathValue("client")), wire.Number(n)); err != nil {
		return err
	}
	return v.see(w, clientsURL+"/"+v.r.PathValue("client")+"?done=yes")
}
