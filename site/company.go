package site

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/mail"
	"wireroom/reveal"
	"wireroom/web"
)

// companyRoutes are for whoever keeps the seats of a company.
func (s *Site) companyRoutes() []web.Route {
	const at, small = "/{lang}/account/company", 4 << 10
	post := func(rest string, h keeping) web.Route {
		return web.Route{Method: "POST", Pattern: at + rest, Who: web.Reader, MaxBody: small, Handler: s.own(s.keeper(h))}
	}
	return []web.Route{
		{Method: "GET", Pattern: at, Who: web.Reader, Handler: s.own(s.keeper(s.company))},
		{Method: "GET", Pattern: at + "/invoices/{number}", Who: web.Reader, Handler: s.own(s.keeper(s.invoice))},
		post("/seats", s.inviteSeat), post("/removal", s.removeSeat), post("/more", s.askForSeats),
	}
}

// atCompany adds what the network opens from which a request comes.
func (s *Site) atCompany(r *http.Request, g guest) (guest, error) {
	at, ok := web.From(r)
	if !ok {
		return g, nil
	}
	held, err := s.Readers.ByNetwork(r.Context(), at)
	if err != nil || len(held) == 0 {
		return g, err
	}
	plans := make(map[string]time.Time, len(held)+len(g.passes))
	for _, p := range append(held, g.passes...) {
		if p.Until.After(plans[p.Plan]) {
			plans[p.Plan] = p.Until
		}
	}
	g.Viewer = reveal.Holder(plans, s.Now())
	return g, nil
}

// seatlessCookie is what the browser of a reader keeps whose company had no seat
// free when they signed in, so that a gate can say so; no table tells of it.
func (s *Site) seatlessCookie(value string, age time.Duration) *http.Cookie {
	c := s.cookie(value, age)
	c.Name = strings.Replace(c.Name, "reader", "seatless", 1)
	return c
}

// seatless reports whether the browser keeps that cookie.
func (s *Site) seatless(r *http.Request) bool {
	_, err := r.Cookie(s.seatlessCookie("", 0).Name)
	return err == nil
}

// asksForSeats is the letter by which the agency hears of a wish.
func (s *Site) asksForSeats(k *audience.Keeper, n int) mail.Letter {
	lang, house := s.ownLang(), s.Masthead()
	args := []any{"company", k.Name, "more", n, "taken", k.Taken, "of", k.Seats, "link", house.PublicURL + "/desk/readers/companies/" + k.ID}
	return mail.Letter{To: s.Mail.Own(), Subject: s.words.T(lang, "seats-letter-subject", args...), Text: s.words.T(lang, "seats-letter", args...)}
}

// keeps is the name of the company whose seats a reader keeps; "" is none.
func (s *Site) keeps(ctx context.Context, reader string) (string, error) {
	c, err := s.Readers.CompanyOf(ctx, reader)
	if fault.Is(err, fault.KindNotFound) {
		return "", nil
	}
	return c.Name, err
}

// keeping answers whoever keeps the seats of a company.
type keeping func(w http.ResponseWriter, r *http.Request, v *visit, k *audience.Keeper) error

func (s *Site) keeper(h keeping) func(http.ResponseWriter, *http.Request, *visit) error {
	return func(w http.ResponseWriter, r *http.Request, v *visit) error {
		k, err := s.Readers.Keeper(r.Context(), v.reader.ID)
		if err != nil {
			return err
		}
		return h(w, r, v, k)
	}
}

// seats is the page of a company's seats.
type seats struct {
	frame
	Company, Until, Plan string
	Taken, Of, Wanted    int
	Full                 bool
	Rows                 []audience.SeatTaken
	Invoices             []billed
	Done, Wrong, Email   string
	At                   string // the form that is wrong
}

type billed struct{ Number, Day, Amount, URL string }

func companyURL(lang string) string { return accountURL(lang) + "/company" }

func (s *Site) company(w http.ResponseWriter, r *http.Request, v *visit, k *audience.Keeper) error {
	p := &seats{}
	switch done := r.URL.Query().Get("done"); done {
	case "seat", "removal", "more":
		p.Done = v.T("seats-done-" + done)
	}
	return s.seats(w, r, v, k, http.StatusOK, p)
}

func (s *Site) seats(w http.ResponseWriter, r *http.Request, v *visit, k *audience.Keeper, status int, p *seats) error {
	p.frame = v.frame(k.Name)
	p.Hidden = true
	p.Company, p.Until, p.Plan = k.Name, v.lastDay(k.Until), k.Plan
	p.Taken, p.Of, p.Wanted, p.Full = k.Taken, k.Seats, k.Wanted, k.Taken >= k.Seats
	if plan, ok := v.house.Plan(k.Plan); ok {
		p.Plan = plan.Name(v.edition())
	}
	var err error
	if p.Rows, err = s.Readers.SeatsTaken(r.Context(), k.ID); err != nil {
		return err
	}
	all, err := s.Readers.Invoices(r.Context(), k.ID)
	if err != nil {
		return err
	}
	for _, i := range all {
		n := strconv.FormatInt(i.Number, 10)
		p.Invoices = append(p.Invoices, billed{n, i.Day, invoice.Money(i.Amount, i.Currency), companyURL(v.lang) + "/invoices/" + n})
	}
	return s.send(w, v, status, sheet{"company", p})
}

func (s *Site) inviteSeat(w http.ResponseWriter, r *http.Request, v *visit, k *audience.Keeper) error {
	p := &seats{Email: strings.TrimSpace(r.PostFormValue("email")), At: "email"}
	switch err := k.Invite(r.Context(), p.Email); {
	case fault.Is(err, fault.KindInvalid):
		p.Wrong = v.T("email-wrong")
	case errors.Is(err, audience.ErrNoSeat):
		p.Wrong = v.T("seats-full")
	case err != nil:
		return err
	default:
		return v.sees(w, r, "seat")
	}
	return s.seats(w, r, v, k, http.StatusUnprocessableEntity, p)
}

func (s *Site) removeSeat(w http.ResponseWriter, r *http.Request, v *visit, k *audience.Keeper) error {
	if err := k.Remove(r.Context(), r.PostFormValue("seat")); err != nil {
		return err
	}
	return v.sees(w, r, "removal")
}

func (s *Site) askForSeats(w http.ResponseWriter, r *http.Request, v *visit, k *audience.Keeper) error {
	n, err := strconv.Atoi(strings.TrimSpace(r.PostFormValue("seats")))
	if err == nil {
		err = k.AskFor(r.Context(), n)
	} else {
		err = fault.Invalid("seats", "this is no number")
	}
	if fault.Is(err, fault.KindInvalid) {
		return s.seats(w, r, v, k, http.StatusUnprocessableEntity, &seats{At: "seats", Wrong: v.T("seats-number")})
	}
	if err != nil {
		return err
	}
	if s.Mail != nil && n != k.Wanted && !s.carriers.take(s.asksForSeats(k, n)) {
		s.Log.Error("a letter about seats was not sent", "why", "too many wait")
	}
	return v.sees(w, r, "more")
}

// sees leads back to the page of the seats.
func (v *visit) sees(w http.ResponseWriter, r *http.Request, done string) error {
	http.Redirect(w, r, companyURL(v.lang)+"?done="+done, http.StatusSeeOther)
	return nil
}

// invoice gives one of the company's invoices as a file.
func (s *Site) invoice(w http.ResponseWriter, r *http.Request, _ *visit, k *audience.Keeper) error {
	n, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if err != nil {
		return fault.NotFound("the invoice")
	}
	i, err := s.Readers.Invoice(r.Context(), k.ID, n)
	if err != nil {
		return err
	}
	pdf, err := i.PDF()
	if err != nil {
		return err
	}
	web.File(w, "application/pdf", "invoice-"+strconv.FormatInt(n, 10)+".pdf", pdf)
	return nil
}
