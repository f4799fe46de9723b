package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/web"
)

const plansURL = mastheadURL + "/plans"

func (d *Desk) plansRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: plansURL, Handler: d.seated(d.plansForm)},
		{Method: "POST", Pattern: plansURL, Handler: d.seated(d.savePlans), MaxBody: 1 << 20},
	}
}

// counter is the page where a chief says what plans give and cost, and how the
// agency treats its readers.
type counter struct {
	frame
	Base    string
	Done    bool
	Notice  string
	Up      string
	Plans   []planEntry
	Readers []typing   // numbers
	Safety  []typing   // by language
	Paying  []typing   // by language
	Freer   []typing   // by section
	Refused [][]typing // by country
	Coupons [][]typing

	typed url.Values // what stands over the masthead; nil is nothing
}

// planEntry is a plan in the form.
type planEntry struct {
	ID, Name string
	About    []typing
	Prices   [][]typing
	Numbers  []typing
	Boxes    []typing
}

// typing is one field of the form.
type typing struct {
	Field, Label, Value string
	Number, Long, On    bool
}

func (d *Desk) plansForm(w http.ResponseWriter, v *visit) error {
	if err := v.chief(); err != nil {
		return err
	}
	return v.counter(w, http.StatusOK, &counter{Done: v.r.URL.Query().Get("done") != ""})
}

func (d *Desk) savePlans(w http.ResponseWriter, v *visit) error {
	if err := v.chief(); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	p := &counter{Base: v.r.PostForm.Get("base"), typed: v.r.PostForm}
	err := d.Masthead.Change(v.r.Context(), func(now masthead.Masthead) (masthead.Masthead, error) {
		if p.Base != fingerprint(now) {
			v.house = now
			return now, errStale
		}
		return repriced(now, v.r.PostForm)
	}, v.noteMasthead)
	switch {
	case errors.Is(err, errStale):
		p.Notice, p.Base = v.T("masthead-stale"), ""
		return v.counter(w, http.StatusConflict, p)
	case fault.Is(err, fault.KindInvalid):
		p.Notice = v.rule("masthead-"+fieldOf(err), err)
		return v.counter(w, http.StatusUnprocessableEntity, p)
	case err != nil:
		return err
	}
	return v.see(w, plansURL+"?done=yes")
}

// counter shows the plans and the rules for readers, with what was typed over
// them.
func (v *visit) counter(w http.ResponseWriter, status int, p *counter) error {
	m := v.house
	p.frame = v.frame(v.T("counter"))
	p.frame.types()
	p.frame.style("workflow.css")
	p.Up = mastheadURL
	if p.Base == "" {
		p.Base = fingerprint(m)
	}
	for _, plan := range m.Plans {
		p.Plans = append(p.Plans, v.planEntry(p, plan))
	}
	r := m.Readers
	p.Readers = []typing{
		p.number("free", v.T("counter-free"), r.Free), p.number("gifts", v.T("counter-gifts"), r.Gifts), p.number("refunds", v.T("counter-refunds"), r.Refunds),
		p.number("waits", v.T("counter-waits"), r.Waits),
	}
	p.Safety, p.Paying = v.inWords(p, "safety", r.Safety, true), v.inWords(p, "paying", r.Paying, true)
	for _, s := range m.Sections {
		p.Freer = append(p.Freer, p.number("freer."+s.ID, s.Label(v.edition()), r.Freer[s.ID]))
	}
	for i, c := range append(r.Refused, masthead.Refused{}) {
		field := "refused." + strconv.Itoa(i)
		row := []typing{p.text(field+".country", v.T("counter-country"), c.Country)}
		p.Refused = append(p.Refused, append(row, v.inWords(p, field+".why", c.Why, false)...))
	}
	for i, c := range append(r.Coupons, masthead.Coupon{}) {
		field := "coupon." + strconv.Itoa(i)
		p.Coupons = append(p.Coupons, []typing{
			p.text(field+".word", v.T("counter-word"), c.Word), p.number(field+".percent", v.T("counter-percent"), c.Percent),
			p.text(field+".plan", v.T("counter-plan"), c.Plan), p.text(field+".until", v.T("counter-until"), c.Until), p.number(field+".most", v.T("counter-most"), c.Most),
		})
	}
	return v.show(w, status, "masthead_plans", p)
}

func (v *visit) planEntry(p *counter, plan masthead.Plan) planEntry {
	field := "plan." + plan.ID
	e := planEntry{ID: plan.ID, Name: plan.Name(v.edition()), About: v.inWords(p, field+".about", plan.About, false)}
	for i, c := range append(plan.Prices, masthead.Price{}) {
		at := field + ".price." + strconv.Itoa(i)
		e.Prices = append(e.Prices, []typing{
			p.text(at+".amount", v.T("counter-amount"), decimal(c)), p.text(at+".currency", v.T("counter-currency"), c.Currency), p.number(at+".days", v.T("counter-days"), c.Days),
		})
	}
	e.Numbers = []typing{p.number(field+".trial", v.T("counter-trial"), plan.Trial), p.number(field+".depth", v.T("counter-depth"), plan.Depth)}
	e.Boxes = []typing{p.box(field+".all", v.T("counter-all"), plan.All)}
	for _, s := range v.house.Sections {
		e.Boxes = append(e.Boxes, p.box(field+".section."+s.ID, v.T("counter-only")+" "+s.Label(v.edition()), has(plan.Sections, s.ID)))
	}
	return e
}

func has(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

func (v *visit) inWords(p *counter, field string, in map[masthead.Lang]string, long bool) []typing {
	var all []typing
	for _, l := range v.house.Languages {
		one := p.text(field+"."+string(l), v.T("lang-"+string(l)), in[l])
		one.Long = long
		all = append(all, one)
	}
	return all
}

func (p *counter) text(field, label, was string) typing {
	if p.typed.Has(field) {
		was = p.typed.Get(field)
	}
	return typing{Field: field, Label: label, Value: was}
}

func (p *counter) number(field, label string, was int) typing {
	text := ""
	if was != 0 {
		text = strconv.Itoa(was)
	}
	t := p.text(field, label, text)
	t.Number = true
	return t
}

func (p *counter) box(field, label string, was bool) typing {
	t := typing{Field: field, Label: label, On: was}
	if p.typed != nil {
		t.On = p.typed.Get(field) == "yes"
	}
	return t
}
