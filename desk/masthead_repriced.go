package desk

import (
	"math"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/text/currency"

	"wireroom/fault"
	"wireroom/masthead"
)

// repriced puts what was typed over the plans and the rules for readers;
// Invalid names what cannot be read. Rows without a first word are left out.
func repriced(m masthead.Masthead, typed url.Values) (masthead.Masthead, error) {
	t := priced{settling: settling{m, typed}}
	next := m
	next.Plans = nil
	for _, p := range m.Plans {
		next.Plans = append(next.Plans, t.plan(p))
	}
	r := m.Readers
	r.Safety, r.Paying = t.words("safety", r.Safety), t.words("paying", r.Paying)
	r.Free, r.Gifts, r.Refunds, r.Waits = t.number("free"), t.number("gifts"), t.number("refunds"), t.number("waits")
	r.Freer, r.Refused, r.Coupons = nil, t.refused(), t.coupons()
	for _, s := range m.Sections {
		if n := t.number("freer." + s.ID); n > 0 {
			if r.Freer == nil {
				r.Freer = map[string]int{}
			}
			r.Freer[s.ID] = n
		}
	}
	next.Readers = r
	for _, p := range next.Plans {
		for _, s := range p.About {
			t.keep(checkWord(s))
		}
	}
	return next, t.wrong
}

// priced reads the form of the plans; wrong is the first thing that is.
type priced struct {
	settling
	wrong error
}

func (t *priced) keep(err error) {
	if t.wrong == nil {
		t.wrong = err
	}
}

func (t *priced) get(field string) string { return strings.TrimSpace(t.typed.Get(field)) }

func (t *priced) number(field string) int {
	text := t.get(field)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1_000_000 {
		t.keep(fault.Invalid("numbers", "%q is no number", text))
	}
	return n
}

func (t *priced) plan(p masthead.Plan) masthead.Plan {
	field := "plan." + p.ID
	p.About = t.words(field+".about", p.About)
	p.Trial, p.Depth = t.number(field+".trial"), t.number(field+".depth")
	p.All, p.Sections, p.Prices = t.get(field+".all") == "yes", nil, nil
	for _, s := range t.m.Sections {
		if t.get(field+".section."+s.ID) == "yes" {
			p.Sections = append(p.Sections, s.ID)
		}
	}
	for i := 0; t.typed.Has(field + ".price." + strconv.Itoa(i) + ".amount"); i++ {
		at := field + ".price." + strconv.Itoa(i)
		if t.get(at+".amount") == "" {
			continue
		}
		code := strings.ToUpper(t.get(at + ".currency"))
		p.Prices = append(p.Prices, masthead.Price{Currency: code, Amount: t.amount(at+".amount", code), Days: t.number(at + ".days")})
	}
	return p
}

func (t *priced) refused() []masthead.Refused {
	var all []masthead.Refused
	for i := 0; t.typed.Has("refused." + strconv.Itoa(i) + ".country"); i++ {
		field := "refused." + strconv.Itoa(i)
		code := strings.ToUpper(t.get(field + ".country"))
		if code == "" {
			continue
		}
		if len(code) != 2 {
			t.keep(fault.Invalid("countries", "%q is no country; write it with two letters, as BY", code))
		}
		all = append(all, masthead.Refused{Country: code, Why: t.words(field+".why", nil)})
	}
	return all
}

func (t *priced) coupons() []masthead.Coupon {
	var all []masthead.Coupon
	for i := 0; t.typed.Has("coupon." + strconv.Itoa(i) + ".percent"); i++ {
		field := "coupon." + strconv.Itoa(i)
		c := masthead.Coupon{Word: t.get(field + ".word"), Percent: t.number(field + ".percent"), Plan: t.get(field + ".plan"),
			Until: t.get(field + ".until"), Most: t.number(field + ".most")}
		if c == (masthead.Coupon{}) {
			continue
		}
		if _, ok := t.m.Plan(c.Plan); c.Plan != "" && !ok {
			t.keep(fault.Invalid("coupons", "there is no plan %q", c.Plan))
		}
		all = append(all, c)
	}
	return all
}

// digitsOf is how many decimals a currency has.
func digitsOf(code string) int {
	unit, err := currency.ParseISO(code)
	if err != nil {
		return 2
	}
	scale, _ := currency.Standard.Rounding(unit)
	return scale
}

// amount reads "7.50" or "7,50" in the currency's smallest unit.
func (t *priced) amount(field, code string) int64 {
	text := strings.Replace(t.get(field), ",", ".", 1)
	whole, part, _ := strings.Cut(text, ".")
	scale := digitsOf(code)
	if len(part) > scale {
		part = "x"
	}
	n, err := strconv.ParseInt(whole+part+strings.Repeat("0", max(0, scale-len(part))), 10, 64)
	if err != nil || n < 0 || n > math.MaxInt32 {
		t.keep(fault.Invalid("prices", "%q is no amount of %s", text, code))
	}
	return n
}

// decimal writes a price's amount as amount reads it.
func decimal(c masthead.Price) string {
	if c.Amount == 0 {
		return ""
	}
	text, scale := strconv.FormatInt(c.Amount, 10), digitsOf(c.Currency)
	if scale == 0 {
		return text
	}
	text = strings.Repeat("0", max(0, scale+1-len(text))) + text
	return text[:len(text)-scale] + "." + text[len(text)-scale:]
}
