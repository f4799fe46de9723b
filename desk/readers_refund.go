package desk

import (
	"net/http"
	"slices"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/format/invoice"
	"wireroom/web/words"
)

// orders fills what a reader has bought, for as long as it is known.
func (v *visit) orders(p *readerCard, c *audience.Clerk) error {
	all, err := c.Orders(v.r.Context(), p.ID)
	if err != nil {
		return err
	}
	asked := v.r.URL.Query().Get("refund")
	for _, o := range all {
		line := orderLine{ID: o.ID, Plan: v.planName(o.Plan), Day: words.Day(v.lang, o.Begun.UTC()), Paid: invoice.Money(o.Paid, o.Price.Currency),
			Refund: o.Paid > o.Back && !o.Minted, ByHand: o.Till == audience.ByHand}
		if o.Back > 0 {
			line.Back = invoice.Money(o.Back, o.Price.Currency)
		}
		if line.Refund && o.ID == asked {
			p.Asked = o.ID
		}
		p.Orders = append(p.Orders, line)
	}
	return nil
}

// refund gives a payment back. The till of the payment is asked first.
func (d *Desk) refundReader(w http.ResponseWriter, v *visit, c *audience.Clerk) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	id, order := v.r.PathValue("reader"), v.r.PostForm.Get("order")
	all, err := c.Orders(v.r.Context(), id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(all, func(o audience.Bought) bool { return o.ID == order }) {
		return fault.NotFound("the order")
	}
	err = c.GiveBack(v.r.Context(), id, order, v.house.Readers.RefundDays())
	if fault.Is(err, fault.KindConflict) {
		return v.readerCard(w, http.StatusConflict, c, v.r.PostForm, fault.Invalid("refund", "this payment cannot be given back here"))
	}
	if err != nil {
		return err
	}
	return v.see(w, readerURL(id, "?done=refund"))
}
