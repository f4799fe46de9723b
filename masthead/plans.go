package masthead

import (
	"slices"
	"strings"
	"time"

	"wireroom/fault"
)

// Plan is what a reader subscribes to.
type Plan struct {
	ID      string          `json:"id"`
	Names   map[Lang]string `json:"names"`
	Notices map[Lang]string `json:"notices"` // shown where a text is cut

	About    map[Lang]string `json:"about,omitempty"` // what it gives, on the offer
	Prices   []Price         `json:"prices,omitempty"`
	Trial    int             `json:"trial,omitempty"`    // days that an account may try it, once; 0 is none
	All      bool            `json:"all,omitempty"`      // it opens the stories of every plan
	Sections []string        `json:"sections,omitempty"` // that it opens; none is all
	Depth    int             `json:"depth,omitempty"`    // days of the archive that it opens; 0 is all
}

// Price is what a period of a plan costs.
type Price struct {
	Currency string `json:"currency"` // ISO 4217: "EUR"
	Amount   int64  `json:"amount"`   // in the currency's smallest unit
	Days     int    `json:"days"`     // of the period
}

// Name is the plan's name in lang.
func (p Plan) Name(lang Lang) string { return inLang(p.Names, lang, p.ID) }

// Notice is what a reader without the plan sees in place of the text.
func (p Plan) Notice(lang Lang) string { return inLang(p.Notices, lang, "") }

// Says is what the plan gives, in lang; "" when the agency says nothing.
func (p Plan) Says(lang Lang) string { return inLang(p.About, lang, "") }

// Opens reports whether one who holds the plan may read a story that is for
// holders of the plan named, and at which instant that ends; zero is never.
func (p Plan) Opens(plan string, sections []string, sent, now time.Time) (until time.Time, ok bool) {
	if p.ID != plan && !p.All {
		return time.Time{}, false
	}
	if len(p.Sections) > 0 && !slices.ContainsFunc(sections, func(id string) bool { return slices.Contains(p.Sections, id) }) {
		return time.Time{}, false
	}
	if p.Depth > 0 {
		until = sent.Add(p.Age())
	}
	return until, until.IsZero() || now.Before(until)
}

// Age is how old a story may be that the plan opens; 0 is any.
func (p Plan) Age() time.Duration { return time.Duration(p.Depth) * 24 * time.Hour }

// Readership is how the agency treats all its readers.
type Readership struct {
	Safety  map[Lang]string `json:"safety,omitempty"`  // a word to those who read where it can be punished
	Free    int             `json:"free,omitempty"`    // stories a month that an account without a plan may open
	Gifts   int             `json:"gifts,omitempty"`   // stories a month that a subscriber may open to friends
	Refused []Refused       `json:"refused,omitempty"` // countries whose cards are not taken
	Freer   map[string]int  `json:"freer,omitempty"`   // by section: hours after which its stories are open to all
	Coupons []Coupon        `json:"coupons,omitempty"`
	Refunds int             `json:"refunds,omitempty"` // days for which a payment can be given back; 0 is 30
	Waits   int             `json:"waits,omitempty"`   // days for which an order waits for a payment by hand; 0 is 14
	Paying  map[Lang]string `json:"paying,omitempty"`  // how one pays by hand
}

// Safe is the word to those who read where it can be punished, in lang; "" is
// none.
func (r Readership) Safe(lang Lang) string { return inLang(r.Safety, lang, "") }

// Refused is a country whose cards the agency does not take.
type Refused struct {
	Country string          `json:"country"` // ISO 3166-1: "BY"
	Why     map[Lang]string `json:"why"`
}

// Pays is how one pays at the agency itself, in lang; "" is not said.
func (r Readership) Pays(lang Lang) string { return inLang(r.Paying, lang, "") }

// WaitDays is for how long an order waits for such a payment.
func (r Readership) WaitDays() int {
	if r.Waits > 0 {
		return r.Waits
	}
	return 14
}

// RefundDays is for how long a payment's reference is kept.
func (r Readership) RefundDays() int {
	if r.Refunds > 0 {
		return r.Refunds
	}
	return 30
}

// FreeAfter is how long after its sending a story of these sections is for
// subscribers alone; 0 is for ever.
func (r Readership) FreeAfter(sections []string) time.Duration {
	least := 0
	for _, id := range sections {
		if h := r.Freer[id]; h > 0 && (least == 0 || h < least) {
			least = h
		}
	}
	return time.Duration(least) * time.Hour
}

// checkPlans names the first thing that is wrong with the plans.
func (m Masthead) checkPlans() error {
	seen := map[string]bool{}
	for _, p := range m.Plans {
		if p.ID == "" {
			return fault.Invalid("plans", "the name of a plan needs a letter or a digit")
		}
		// A viewer's class is the plans held with blanks between them.
		if seen[p.ID] || strings.ContainsAny(p.ID, " \t\n") {
			return fault.Invalid("plans", "the plan %q stands there twice or has a blank in its id", p.ID)
		}
		seen[p.ID] = true
		if p.Trial < 0 || p.Depth < 0 {
			return fault.Invalid("plans", "the days of %q are less than none", p.ID)
		}
		for _, c := range p.Prices {
			if len(c.Currency) != 3 || strings.ToUpper(c.Currency) != c.Currency || c.Amount <= 0 || c.Days <= 0 || c.Days > 3660 {
				return fault.Invalid("plans", "a price of %q needs a currency such as EUR, an amount and days", p.ID)
			}
		}
	}
	return m.Readers.checkCoupons()
}
