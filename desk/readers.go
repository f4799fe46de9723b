package desk

import (
	"net/http"
	"strings"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/web"
)

const readersURL = "/desk/readers"

func readerURL(id, rest string) string { return readersURL + "/one/" + id + rest }

func (d *Desk) readerRoutes() []web.Route {
	route := func(method, rest string, h clerking) web.Route {
		return web.Route{Method: method, Pattern: readersURL + rest, Handler: d.seated(d.clerk(h))}
	}
	return []web.Route{
		route("GET", "", d.readers), route("POST", "", d.findReader),
		route("GET", "/one/{reader}", d.readerPage),
		route("POST", "/one/{reader}/grant", d.grantReader), route("POST", "/one/{reader}/days", d.extendReader),
		route("POST", "/one/{reader}/refund", d.refundReader),
		route("POST", "/one/{reader}/freeze", d.freezeReader), route("POST", "/one/{reader}/thaw", d.thawReader),
	}
}

// clerking answers somebody who may look after readers.
type clerking func(w http.ResponseWriter, v *visit, c *audience.Clerk) error

func (d *Desk) clerk(h clerking) page {
	return func(w http.ResponseWriter, v *visit) error {
		c, err := d.Readers.Clerk(d.Staff, v.person)
		if err != nil {
			return err
		}
		return h(w, v, c)
	}
}

// room is a page of the readers' desk with the way to its neighbours.
type room struct {
	frame
	Rooms  []choice
	Done   string // what has just been done
	Notice string // why something was not
}

func (v *visit) room(title, at string) room {
	r := room{frame: v.frame(title)}
	r.style("readers.css")
	for _, one := range []struct{ id, url string }{{"readers-find", readersURL}, {"orders", ordersURL}, {"codes", codesURL}, {"firms", companiesURL}, {"readers-lists", listsURL}, {"readers-figures", readerFiguresURL}} {
		r.Rooms = append(r.Rooms, choice{v.T(one.id), one.url, one.url == at})
	}
	return r
}

// readership is the page that finds a reader.
type readership struct {
	room
	Typed string
	Crowd audience.Crowd
	Plans []planCount
	Waits int // orders that wait for a payment at the agency itself
}

type planCount struct {
	Name  string
	Count int
}

func (d *Desk) readers(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.readership(w, http.StatusOK, c, "")
}

func (v *visit) readership(w http.ResponseWriter, status int, c *audience.Clerk, typed string) error {
	p := &readership{room: v.room(v.T("readers"), readersURL), Typed: typed}
	if status != http.StatusOK {
		p.Notice = v.T("readers-none")
	}
	var err error
	if p.Crowd, err = c.Crowd(v.r.Context()); err != nil {
		return err
	}
	waiting, err := c.Waiting(v.r.Context(), "")
	if err != nil {
		return err
	}
	p.Waits = len(waiting)
	for _, plan := range v.house.Plans {
		p.Plans = append(p.Plans, planCount{plan.Name(v.edition()), p.Crowd.Holders[plan.ID]})
	}
	return v.show(w, status, "readers", p)
}

func (d *Desk) findReader(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	typed := v.r.PostForm.Get("who")
	r, err := c.Find(v.r.Context(), typed)
	if fault.Is(err, fault.KindNotFound) {
		return v.readership(w, http.StatusNotFound, c, typed)
	}
	if err != nil {
		return err
	}
	return v.see(w, readerURL(r.ID, ""))
}

// planName is a plan as the screens call it; one that is no more by its id.
func (v *visit) planName(id string) string {
	if plan, ok := v.house.Plan(id); ok {
		return plan.Name(v.edition())
	}
	return id
}

// planOptions are the agency's plans, the one chosen first of all.
func (v *visit) planOptions(chosen string) []option {
	var all []option
	for _, plan := range v.house.Plans {
		all = append(all, option{plan.ID, plan.Name(v.edition()), plan.ID == chosen})
	}
	return all
}

// aPlan is the plan that a form chose; Invalid when the agency has none such.
func (v *visit) aPlan() (masthead.Plan, error) {
	plan, ok := v.house.Plan(strings.TrimSpace(v.r.PostForm.Get("plan")))
	if !ok {
		return masthead.Plan{}, fault.Invalid("plan", "the agency has no such plan")
	}
	return plan, nil
}

// mistyped says what is wrong with a form of the readers' desk.
func (v *visit) mistyped(err error) string { return v.rule("readers-"+fieldOf(err), err) }

// looksAfterReaders is whether the readers are the person's trade.
func (v *visit) looksAfterReaders() bool { return v.sees(staff.ActReaders) == nil }
