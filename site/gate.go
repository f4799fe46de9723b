package site

import (
	"wireroom/reveal"
)

// gate is what stands where a story is cut: what is behind it and the ways in.
// It is the same for all who hold the same.
type gate struct {
	Notice string
	Length string   // of the whole story; "" when it is not known
	Points []string // what is in it, by the editor
	Opens  *when    // from when the story is open to all; nil is never
	Price  string   // of the plan; "" when it is not for sale here
	Plus   string   // where the offer stands
	Enter  string   // where to sign in; "" for one who has
	Code   string   // where to use a code
	Left   *counter // stories that may be opened this month; nil when none ever
	Open   string   // where one is opened
	Over   string   // why a ticket that was shown opens nothing
	Full   bool     // the reader's company has no seat for them
	Safety string
}

// minutely is how many words are read in a minute.
const minutely = 200

func (v *visit) gate(r reveal.Rendition, address, number string) *gate {
	if !r.Locked() {
		return nil
	}
	g := &gate{
		Notice: r.Notice(), Points: r.Points(), Plus: pageURL(v.lang, "plus"), Code: codeURL(v.lang),
		Left: v.left, Open: address + "/opening", Over: v.over, Full: v.seatless, Safety: v.safety(),
	}
	if !v.signed {
		g.Enter = entranceURL(v.lang) + "?story=" + number
	}
	if n := r.Length(); n > 0 {
		if n > 20 {
			n = (n + 5) / 10 * 10
		}
		g.Length = v.T("gate-length", "n", n, "minutes", (n+minutely-1)/minutely)
	}
	if at := r.Until(); !at.IsZero() {
		w := v.exact(at, false)
		g.Opens = &w
	}
	if plan, ok := r.Plan(); ok && len(plan.Prices) > 0 && len(v.site.Tills) > 0 {
		g.Price = v.price(plan.Prices[0])
	}
	return g
}
