package site

import (
	"net/http"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/web"
)

// For whom somebody buys.
const (
	forMe   = "me"   // the account that is signed in
	forNew  = "new"  // an account by number that is opened on the spot
	forGift = "gift" // whoever gets the code
)

// anywhere is the answer of who pays by a card from a country that the agency
// has nothing against.
const anywhere = "other"

// plusRoutes are where a plan is bought.
func (s *Site) plusRoutes() []web.Route {
	const small = 4 << 10
	table := []web.Route{
		{Method: "GET", Pattern: "/{lang}/plus/buy", Who: web.Reader, Handler: s.buyForm},
		{Method: "POST", Pattern: "/{lang}/plus/buy", Who: web.Reader, MaxBody: small, Handler: s.buy},
		{Method: "GET", Pattern: "/{lang}/plus/bought", Who: web.Reader, Handler: s.bought},
		{Method: "POST", Pattern: "/{lang}/plus/code", Who: web.Reader, MaxBody: small, Handler: s.giftCode},
		{Method: "POST", Pattern: "/{lang}/plus/trial", Who: web.Reader, MaxBody: small, Handler: s.own(s.trial)},
		{Method: "GET", Pattern: "/{lang}/plus/payments", Who: web.Reader, Handler: s.own(s.payments)},
		{Method: "POST", Pattern: "/{lang}/plus/payments/stop", Who: web.Reader, MaxBody: small, Handler: s.own(s.stopRenewal)},
		{Method: "POST", Pattern: "/{lang}/plus/payments/card", Who: web.Reader, MaxBody: small, Handler: s.own(s.portal)},
	}
	return append(table, s.tillRoutes()...)
}

// buying is the page that asks the last questions before the till.
type buying struct {
	frame
	Plan, Price   string // as the form has them
	Name          string
	Cost          priced
	For           string
	Signed        bool
	Renews        bool // it can
	Renew         bool // it is wanted
	Countries     []choice
	Ways          []choice // to pay, if there are several
	ByHand        bool     // one of them is at the agency itself
	Coupon        string
	Wrong, Refuse string
	Where         string // the country that is refused
	Gift          string
	Safety        string
}

type choice struct {
	Value, Text string
	Chosen      bool
}

func (s *Site) buyForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	return s.showBuying(w, r, v, http.StatusOK, &buying{})
}

// showBuying shows the form as it was filled in.
func (s *Site) showBuying(w http.ResponseWriter, r *http.Request, v *visit, status int, b *buying) error {
	plan, price, err := v.chosen(r)
	if err != nil {
		return err
	}
	b.frame = v.frame(plan.Name(v.edition()))
	b.Hidden, b.Safety, b.Name = true, v.safety(), plan.Name(v.edition())
	b.switches(func(lang string) string { return pageURL(lang, "plus") })
	b.Plan, b.Price, b.Cost = plan.ID, priceKey(price), v.priced(plan, price)
	b.Signed, b.Renews, b.Renew = v.signed, s.renews(), r.FormValue("renews") != ""
	b.Coupon, b.Gift, b.For = r.FormValue("coupon"), b.Cost.Gift, r.FormValue("for")
	if b.For != forGift && b.For != forNew || b.For == forNew && v.signed {
		b.For = forNew
		if v.signed {
			b.For = forMe
		}
	}
	b.ways(s, r.FormValue("till"))
	for _, c := range v.house.Readers.Refused {
		b.Countries = append(b.Countries, choice{c.Country, country(v.lang, c.Country), r.FormValue("country") == c.Country})
	}
	return s.send(w, v, status, sheet{"buy", b})
}

// refusal is why the agency takes no cards of a country; "" is that it does.
func (v *visit) refusal(code string) string {
	for _, c := range v.house.Readers.Refused {
		if c.Country != code {
			continue
		}
		if why := c.Why[v.edition()]; why != "" {
			return why
		}
		return v.T("buy-refused-say")
	}
	return ""
}

// buy begins an order, unless the card's country is refused: then nothing is
// kept and nobody is told.
func (s *Site) buy(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	plan, price, err := v.chosen(r)
	if err != nil {
		return err
	}
	code := r.PostFormValue("country")
	if why := v.refusal(code); why != "" {
		return s.showBuying(w, r, v, http.StatusUnprocessableEntity, &buying{Refuse: why, Where: country(v.lang, code)})
	}
	if len(v.house.Readers.Refused) > 0 && code != anywhere {
		return s.showBuying(w, r, v, http.StatusUnprocessableEntity, &buying{Wrong: v.T("buy-country-wrong")})
	}
	taker := s.taker(r)
	if taker == nil {
		return s.showBuying(w, r, v, http.StatusUnprocessableEntity, &buying{Wrong: v.T("buy-way-wrong")})
	}
	whom := r.PostFormValue("for")
	if whom != forGift && whom != forNew && !(whom == forMe && v.signed) {
		return s.showBuying(w, r, v, http.StatusUnprocessableEntity, &buying{Wrong: v.T("buy-for-wrong")})
	}
	n := audience.NewOrder{Plan: plan.ID, Price: price, Till: taker.Name(), Renews: r.PostFormValue("renews") != "" && taker.Renews() && whom != forGift}
	if !n.Renews {
		word := r.PostFormValue("coupon")
		off, ok := v.house.Readers.Coupon(plan.ID, word, v.now)
		if ok {
			n.Price, n.Coupon, n.Most = off.Off(price), off.Word, off.Most
		}
		if word != "" && (!ok || off.Word == "") {
			return s.showBuying(w, r, v, http.StatusUnprocessableEntity, &buying{Wrong: v.T("buy-coupon-wrong")})
		}
	}
	return s.beginOrder(w, r, v, plan, n, whom)
}

// bill is the page before the till: what is bought, and for a new account its
// number and words, this once.
type bill struct {
	frame
	Name, Money, Period string
	Gift, Renews        bool
	Number, Words       string // of a new account
	Next                string // the till's address
	Away                bool   // it is not ours
	Owing               *owing // what is paid at the agency itself; nil has Next
	Safety              string
}

func (s *Site) beginOrder(w http.ResponseWriter, r *http.Request, v *visit, plan masthead.Plan, n audience.NewOrder, whom string) error {
	b := bill{Name: plan.Name(v.edition()), Money: money(v.lang, n.Price.Currency, n.Price.Amount), Period: v.period(n.Price.Days),
		Gift: whom == forGift, Renews: n.Renews, Away: n.Till == "stripe"}
	if !s.pace.allows(r, beginOrder) {
		return s.showBuying(w, r, v, http.StatusTooManyRequests, &buying{Wrong: v.T("too-often")})
	}
	if whom != forGift {
		n.Reader = v.reader.ID
	}
	if whom == forNew && !v.signed {
		if !s.pace.allows(r, openAccount) {
			return s.showBuying(w, r, v, http.StatusTooManyRequests, &buying{Wrong: v.T("too-often")})
		}
		if err := s.openToBuy(w, r, v, &n, &b); err != nil {
			return err
		}
	}
	o, secret, err := s.Readers.Begin(r.Context(), n)
	if fault.Is(err, fault.KindConflict) {
		return s.showBuying(w, r, v, http.StatusConflict, &buying{Wrong: v.T("buy-coupon-over")})
	}
	if err != nil {
		return err
	}
	done := s.Masthead().PublicURL + boughtURL(v.lang)
	b.Next, err = s.till(n.Till).Begin(r.Context(), audience.Purchase{
		Order: o.ID, Name: b.Name, Currency: o.Price.Currency, Amount: o.Price.Amount, Days: o.Price.Days, Renews: o.Renews, Lang: v.lang,
		Done: done, Away: s.Masthead().PublicURL + pageURL(v.lang, "plus"),
	})
	if err != nil {
		return err
	}
	b.Owing = v.owing(o)
	http.SetCookie(w, s.orderCookie(secret, s.keepsOrder(o)))
	b.frame = v.frame(v.T("bill-title"))
	b.Hidden, b.Safety = true, v.safety()
	b.switches(func(string) string { return "" })
	return s.send(w, v, http.StatusOK, sheet{"bill", &b})
}

// openToBuy opens an account by number for the order.
func (s *Site) openToBuy(w http.ResponseWriter, r *http.Request, v *visit, n *audience.NewOrder, b *bill) error {
	reader, keys, err := s.Readers.OpenByNumber(r.Context(), v.lang)
	if err != nil {
		return err
	}
	session, err := s.Readers.SignInByNumber(r.Context(), keys.Number)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(session, sessionLife))
	v.signed, n.Reader = true, reader.ID
	b.Number, b.Words = audience.Groups(keys.Number, " "), keys.Words
	return nil
}

// receipt is the page to which the till sends back.
type receipt struct {
	frame
	State    string // paid, waiting, owing, none
	Name     string
	Gift     bool
	Ready    bool // a gift whose code can be shown
	Shown    bool // it has been
	Code     string
	Payments string
	Owing    *owing
}

func (s *Site) bought(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	return s.showReceipt(w, r, v, receipt{})
}

func (s *Site) showReceipt(w http.ResponseWriter, r *http.Request, v *visit, p receipt) error {
	o, err := s.Readers.OrderBySecret(r.Context(), s.orderSecret(r))
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	p.State = "none"
	if err == nil {
		plan, _ := v.house.Plan(o.Plan)
		p.Name, p.Gift, p.State = plan.Name(v.edition()), o.Gift, "waiting"
		if o.Payments > 0 {
			p.State = "paid"
		} else if p.Owing = v.owing(o.Order); p.Owing != nil {
			p.State = "owing"
		}
		p.Ready, p.Shown = o.Gift && o.Payments > 0 && !o.Minted, o.Minted && p.Code == ""
	}
	p.frame = v.frame(v.T("bought-" + p.State))
	p.Hidden, p.Payments = true, pageURL(v.lang, "plus/payments")
	p.switches(func(string) string { return "" })
	w.Header().Set("Cache-Control", "private, no-store")
	return s.send(w, v, http.StatusOK, sheet{"bought", &p})
}

// giftCode makes the code of a gift that was paid and shows it, once.
func (s *Site) giftCode(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	code, err := s.Readers.GiftCode(r.Context(), s.orderSecret(r))
	if err != nil && !fault.Is(err, fault.KindConflict) && !fault.Is(err, fault.KindNotFound) {
		return err
	}
	return s.showReceipt(w, r, v, receipt{Code: audience.Groups(code, "-")})
}

func (s *Site) orderCookieName() string {
	if s.Secure() {
		return "__Host-order"
	}
	return "order"
}

// orderCookie lets the buyer's browser find its order again.
func (s *Site) orderCookie(secret string, days int) *http.Cookie {
	return &http.Cookie{Name: s.orderCookieName(), Value: secret, Path: "/", MaxAge: days * 24 * 60 * 60,
		HttpOnly: true, Secure: s.Secure(), SameSite: http.SameSiteLaxMode}
}

func (s *Site) orderSecret(r *http.Request) string {
	c, err := r.Cookie(s.orderCookieName())
	if err != nil {
		return ""
	}
	return c.Value
}
