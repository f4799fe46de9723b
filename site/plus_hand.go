package site

import (
	"net/http"

	"wireroom/audience"
	"wireroom/web/words"
)

// owing is what a buyer is told of an order that is paid at the agency itself.
type owing struct {
	Reference, Money string
	How              string // in the agency's words, with its lines
	Until            string // the last day on which it waits
	Gift             bool
}

// owing is nil for an order that a till of another kind takes.
func (v *visit) owing(o audience.Order) *owing {
	if o.Till != audience.ByHand {
		return nil
	}
	return &owing{
		Reference: o.Reference(), Money: money(v.lang, o.Price.Currency, o.Price.Amount), Gift: o.Gift,
		How: v.house.Readers.Pays(v.edition()), Until: words.Day(v.lang, o.Begun.UTC().AddDate(0, 0, v.house.Readers.WaitDays())),
	}
}

// keepsOrder is for how many days a buyer's browser can find an order again:
// what a till takes at once needs one, what comes by bank needs as long as it
// waits and can be given back.
func (s *Site) keepsOrder(o audience.Order) int {
	if o.Till == audience.ByHand {
		return s.Masthead().Readers.WaitDays() + s.window()
	}
	return 1
}

// taker is the till that a form chose; nil when it chose none that there is.
func (s *Site) taker(r *http.Request) audience.Till {
	name := r.FormValue("till")
	if name == "" && len(s.Tills) == 1 {
		return s.Tills[0]
	}
	return s.till(name)
}

// ways offers the tills, the first of them unless another was chosen.
func (b *buying) ways(s *Site, chosen string) {
	if s.till(chosen) == nil {
		chosen = s.Tills[0].Name()
	}
	for _, t := range s.Tills {
		name := t.Name()
		b.ByHand = b.ByHand || name == audience.ByHand
		if len(s.Tills) > 1 {
			b.Ways = append(b.Ways, choice{name, b.T("buy-way-" + name), name == chosen})
		}
	}
}
