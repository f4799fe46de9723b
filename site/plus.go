package site

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"wireroom/fault"
	"wireroom/masthead"
)

// offer is the page that says what a subscription is and what it costs.
type offer struct {
	frame
	Plans  []offered
	Safety string
	Buys   bool // something can be bought here
	Tries  bool // who has signed in may try a plan
	Code   string
}

type offered struct {
	ID, Name, Notice, Says string
	Opens                  []string
	Prices                 []priced
	Trial                  int
}

// priced is a price on the offer.
type priced struct {
	Money, Was string // Was is what it costs without the offer that runs
	Days       int
	Buy, Gift  string
	Period     string
}

func (s *Site) plus(_ context.Context, v *visit, _ *http.Request) (sheet, error) {
	if len(v.house.Plans) == 0 {
		return sheet{}, fault.NotFound("offer")
	}
	o := offer{frame: v.frame(v.T("plus-title")), Safety: v.safety(), Tries: v.signed, Code: accountURL(v.lang) + "/code"}
	for _, p := range v.house.Plans {
		one := v.offered(p)
		o.Buys = o.Buys || len(one.Prices) > 0
		o.Plans = append(o.Plans, one)
	}
	if len(o.Plans) == 1 {
		o.Title = o.Plans[0].Name
	}
	o.About = v.T("plus-about", "agency", o.Agency)
	o.Card = &card{Type: "website", Title: o.Title, About: o.About}
	return sheet{"plus", &o}, nil
}

// offered is a plan in the edition's words, with prices if there is a till.
func (v *visit) offered(p masthead.Plan) offered {
	one := offered{ID: p.ID, Name: p.Name(v.edition()), Notice: p.Notice(v.edition()), Says: p.Says(v.edition()), Trial: p.Trial}
	for _, id := range p.Sections {
		if section, ok := v.house.Section(id); ok {
			one.Opens = append(one.Opens, section.Label(v.edition()))
		}
	}
	if len(v.site.Tills) == 0 {
		return one
	}
	for _, c := range p.Prices {
		one.Prices = append(one.Prices, v.priced(p, c))
	}
	return one
}

func (v *visit) priced(p masthead.Plan, c masthead.Price) priced {
	q := url.Values{"plan": {p.ID}, "price": {priceKey(c)}}
	one := priced{Money: money(v.lang, c.Currency, c.Amount), Days: c.Days, Buy: buyURL(v.lang) + "?" + q.Encode(), Period: v.period(c.Days)}
	if now := v.reduced(p, c, ""); now != c {
		one.Was, one.Money = one.Money, money(v.lang, now.Currency, now.Amount)
	}
	q.Set("for", forGift)
	one.Gift = buyURL(v.lang) + "?" + q.Encode()
	return one
}

// reduced is a price with what a word, or the offer to everybody, takes off.
func (v *visit) reduced(p masthead.Plan, c masthead.Price, word string) masthead.Price {
	if off, ok := v.house.Readers.Coupon(p.ID, word, v.now); ok {
		return off.Off(c)
	}
	return c
}

// period says a price's days as people do.
func (v *visit) period(days int) string {
	switch {
	case days%365 == 0:
		return v.T("period-years", "n", days/365)
	case days%30 == 0:
		return v.T("period-months", "n", days/30)
	}
	return v.T("period-days", "n", days)
}

// priceKey names a price in an address.
func priceKey(c masthead.Price) string { return fmt.Sprintf("%s-%d-%d", c.Currency, c.Amount, c.Days) }

// chosen finds the plan and the price of a form; NotFound.
func (v *visit) chosen(r *http.Request) (masthead.Plan, masthead.Price, error) {
	p, ok := v.house.Plan(r.FormValue("plan"))
	if ok && len(v.site.Tills) > 0 {
		for _, c := range p.Prices {
			if priceKey(c) == r.FormValue("price") {
				return p, c, nil
			}
		}
	}
	return p, masthead.Price{}, fault.NotFound("the price")
}

// trial gives a reader the days that they may try a plan, once.
func (s *Site) trial(w http.ResponseWriter, r *http.Request, v *visit) error {
	p, ok := v.house.Plan(r.PostFormValue("plan"))
	if !ok || p.Trial == 0 {
		return fault.NotFound("the trial")
	}
	err := s.Readers.Try(r.Context(), v.reader.ID, p.ID, p.Trial)
	if err != nil && !fault.Is(err, fault.KindConflict) {
		return err
	}
	http.Redirect(w, r, accountURL(v.lang), http.StatusSeeOther)
	return nil
}

func buyURL(lang string) string    { return pageURL(lang, "plus/buy") }
func boughtURL(lang string) string { return pageURL(lang, "plus/bought") }

// window is for how many days a payment can be given back.
func (s *Site) window() int { return s.Masthead().Readers.RefundDays() }
