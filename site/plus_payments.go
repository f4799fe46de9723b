package site

import (
	"net/http"

	"wireroom/audience"
	"wireroom/fault"
)

// payments is a reader's page of what was paid and can still be given back or
// renews.
type payments struct {
	frame
	Orders []payment
	Waits  []waiting
	Window int
}

// waiting is an order that is to be paid at the agency itself.
type waiting struct {
	Name, Money, Period, State string
	Owing                      *owing
}

type payment struct {
	ID, Name, Money, Period string
	Begun                   string
	State                   string // what became of it, in words
	Renews                  bool
	Portal                  bool
}

func (s *Site) payments(w http.ResponseWriter, r *http.Request, v *visit) error {
	all, err := s.Readers.Orders(r.Context(), v.reader.ID)
	if err != nil {
		return err
	}
	owed, err := s.Readers.WaitingOf(r.Context(), v.reader.ID)
	if err != nil {
		return err
	}
	p := payments{frame: v.frame(v.T("payments-title")), Window: s.window()}
	p.Hidden = true
	for _, o := range owed {
		plan, _ := v.house.Plan(o.Plan)
		one := v.owing(o)
		p.Waits = append(p.Waits, waiting{plan.Name(v.edition()), one.Money, v.period(o.Price.Days),
			v.T("payment-waits", "day", one.Until, "reference", one.Reference), one})
	}
	for _, o := range all {
		p.Orders = append(p.Orders, v.payment(o))
	}
	return s.send(w, v, http.StatusOK, sheet{"payments", &p})
}

func (v *visit) payment(o audience.Bought) payment {
	plan, _ := v.house.Plan(o.Plan)
	p := payment{ID: o.ID, Name: plan.Name(v.edition()), Money: money(v.lang, o.Price.Currency, o.Price.Amount), Period: v.period(o.Price.Days),
		Begun: v.exact(o.Begun, true).Full, Renews: o.Renews && !o.Stopped && o.Opened}
	p.Portal = p.Renews && o.Till == "stripe" && v.site.till("stripe") != nil
	switch {
	case o.Disputed:
		p.State = v.T("payment-disputed")
	case o.Payments == 0 && o.Back > 0:
		p.State = v.T("payment-back")
	case o.Failing:
		p.State = v.T("payment-failing")
	case p.Renews:
		p.State = v.T("payment-renews")
	case o.Renews:
		p.State = v.T("payment-stopped")
	default:
		p.State = v.T("payment-paid")
	}
	return p
}

// ours finds a reader's own order; NotFound.
func (s *Site) ours(r *http.Request, v *visit) (audience.Bought, error) {
	o, err := s.Readers.Order(r.Context(), r.PostFormValue("order"))
	if err == nil && (o.Reader == "" || o.Reader != v.reader.ID) {
		return audience.Bought{}, fault.NotFound("the order")
	}
	return o, err
}

func (s *Site) stopRenewal(w http.ResponseWriter, r *http.Request, v *visit) error {
	o, err := s.ours(r, v)
	if err != nil {
		return err
	}
	if err := s.Readers.StopRenewal(r.Context(), o.ID, s.window()); err != nil {
		return err
	}
	http.Redirect(w, r, pageURL(v.lang, "plus/payments"), http.StatusSeeOther)
	return nil
}

// leaving is a page with a link to the till's own: a form may not lead there.
type leaving struct {
	frame
	Next string
}

func (s *Site) portal(w http.ResponseWriter, r *http.Request, v *visit) error {
	o, err := s.ours(r, v)
	if err != nil {
		return err
	}
	next, err := s.Readers.Portal(r.Context(), o.ID, s.Masthead().PublicURL+pageURL(v.lang, "plus/payments"))
	if err != nil {
		return err
	}
	if next == "" {
		return fault.NotFound("the till's page")
	}
	p := leaving{v.frame(v.T("portal-title")), next}
	p.Hidden = true
	p.switches(func(string) string { return "" })
	return s.send(w, v, http.StatusOK, sheet{"leaving", &p})
}
