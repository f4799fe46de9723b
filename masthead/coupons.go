package masthead

import (
	"strings"
	"time"

	"wireroom/fault"
)

// Coupon takes a part off the prices of periods that are paid once. Without a
// word it is an offer to everybody.
type Coupon struct {
	Word    string `json:"word,omitempty"`
	Percent int    `json:"percent"`
	Plan    string `json:"plan,omitempty"`  // "" is each
	Until   string `json:"until,omitempty"` // the last day: "2026-12-31"
	Most    int    `json:"most,omitempty"`  // how often it can be used; 0 is as often as one likes
}

// Coupon finds what a word takes off a plan on a day: what the word says, if it
// is more than the offer to everybody.
func (r Readership) Coupon(plan, word string, day time.Time) (Coupon, bool) {
	var best Coupon
	word = strings.TrimSpace(word)
	for _, c := range r.Coupons {
		mine := c.Word == "" || strings.EqualFold(c.Word, word)
		over := c.Until != "" && day.Format(time.DateOnly) > c.Until
		if mine && !over && (c.Plan == "" || c.Plan == plan) && c.Percent > best.Percent {
			best = c
		}
	}
	return best, best.Percent > 0
}

// Off is the price with the coupon, never less than one unit.
func (c Coupon) Off(p Price) Price {
	p.Amount = max(1, p.Amount-(p.Amount*int64(c.Percent)+50)/100)
	return p
}

func (r Readership) checkCoupons() error {
	for _, c := range r.Coupons {
		if c.Percent < 1 || c.Percent > 99 || c.Most < 0 {
			return fault.Invalid("coupons", "a coupon takes off from 1 to 99 percent")
		}
		if _, err := time.Parse(time.DateOnly, c.Until); c.Until != "" && err != nil {
			return fault.Invalid("coupons", "%q is no day; write it like 2026-12-31", c.Until)
		}
	}
	return nil
}
