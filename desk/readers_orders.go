package desk

import (
	"net/http"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/web"
	"wireroom/web/words"
)

const ordersURL = "/desk/readers/orders"

func (d *Desk) orderRoutes() []web.Route {
	route := func(method, rest string, h clerking) web.Route {
		return web.Route{Method: method, Pattern: ordersURL + rest, Handler: d.seated(d.clerk(h))}
	}
	return []web.Route{
		route("GET", "", d.orders), route("POST", "/{order}/paid", d.takeMoney), route("POST", "/{order}/dropped", d.dropOrder),
		route("POST", "/gift", d.refundGift),
	}
}

// till is the page of what waits for a payment at the agency itself, and of
// payments that no page of a reader shows.
type till struct {
	room
	Typed   string // the reference that is looked for
	Asked   string // the order that is being settled
	Waiting []waitingLine
	Waits   int // days
	Strays  []strayLine
	Gift    giftForm
}

type waitingLine struct{ ID, Reference, What, Sum, Day, For string }

type strayLine struct{ Payment, Day, What string }

// giftForm is a gift to be given back, as it was typed.
type giftForm struct{ Which, Code, Wrong string }

var ordersDone = map[string]bool{"paid": true, "dropped": true, "gift": true}

func (d *Desk) orders(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	return v.till(w, http.StatusOK, c, giftForm{})
}

func (v *visit) till(w http.ResponseWriter, status int, c *audience.Clerk, gift giftForm) error {
	q := v.r.URL.Query()
	p := &till{room: v.room(v.T("orders"), ordersURL), Typed: q.Get("reference"), Asked: q.Get("order"), Gift: gift, Waits: v.house.Readers.WaitDays()}
	if done := q.Get("done"); ordersDone[done] {
		p.Done = v.T("orders-done-" + done)
	}
	all, err := c.Waiting(v.r.Context(), p.Typed)
	if err != nil {
		return err
	}
	for _, o := range all {
		line := waitingLine{o.ID, o.Reference(), v.planName(o.Plan), invoice.Money(o.Price.Amount, o.Price.Currency), words.Day(v.lang, o.Begun.UTC()), v.T("orders-account")}
		if o.Gift {
			line.For = v.T("orders-gift")
		}
		p.Waiting = append(p.Waiting, line)
	}
	strays, err := c.Strays(v.r.Context())
	if err != nil {
		return err
	}
	for _, s := range strays {
		what := v.T("orders-stray-back")
		if s.Disputed {
			what = v.T("orders-stray-disputed")
		}
		p.Strays = append(p.Strays, strayLine{s.Payment, words.Day(v.lang, s.Day.UTC()), what})
	}
	return v.show(w, status, "orders", p)
}

func (d *Desk) takeMoney(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := c.TakeMoney(v.r.Context(), v.r.PathValue("order"), v.house.Readers.RefundDays()); err != nil {
		return err
	}
	return v.see(w, ordersURL+"?done=paid")
}

func (d *Desk) dropOrder(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := c.DropOrder(v.r.Context(), v.r.PathValue("order")); err != nil {
		return err
	}
	return v.see(w, ordersURL+"?done=dropped")
}

// refundGift gives a gift back that nobody has used.
func (d *Desk) refundGift(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := giftForm{Which: v.r.PostForm.Get("which"), Code: v.r.PostForm.Get("code")}
	switch err := c.GiveBackGift(v.r.Context(), f.Which, f.Code, v.house.Readers.RefundDays()); {
	case fault.Is(err, fault.KindNotFound):
		f.Wrong = v.T("orders-gift-none")
		return v.till(w, http.StatusUnprocessableEntity, c, f)
	case fault.Is(err, fault.KindConflict):
		f.Wrong = v.T("orders-gift-used")
		return v.till(w, http.StatusConflict, c, f)
	case err != nil:
		return err
	}
	return v.see(w, ordersURL+"?done=gift")
}
