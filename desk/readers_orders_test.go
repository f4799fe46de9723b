package desk_test

import (
	"net/url"
	"testing"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/masthead"
	"wireroom/staff"
)

func TestTheStaffSayWhatHasComeByHandAndThePlanOpens(t *testing.T) {
	each(t, func(n *newsroom) {
		n.readers.UseTills(till.Manual{})
		r, _ := n.subscribes()
		orders := func(reader string) audience.Order {
			o, _, err := n.readers.Begin(n.ctx(), audience.NewOrder{Reader: reader, Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 500, Days: 30}, Till: audience.ByHand})
			n.ok(err)
			return o
		}
		o, never := orders(r.ID), orders("")
		chaya, at := n.as(staff.Chief), "/desk/readers/orders"
		chaya.opens("/desk/readers").says(200, "2 orders wait for a payment")
		chaya.opens(at).says(200, o.Reference(), never.Reference(), "5.00 EUR", "a present")
		chaya.opens(at+"?reference="+url.QueryEscape(o.Reference())).says(200, o.Reference()).lacks(never.Reference())
		chaya.opens(at+"?reference=0000-0000").says(200, "No order with this reference waits")
		p := chaya.opens(at+"?order="+o.ID).says(200, "Has 5.00 EUR come in full?")
		chaya.sends(p.form(at+"/"+o.ID+"/paid")).says(200, "what was paid for is open").lacks(o.Reference())
		if held := n.holds(r); len(held) != 1 || !held[0].Until.After(n.now) {
			n.Errorf("who paid holds %v", held)
		}
		chaya.posts(at+"/"+o.ID+"/paid", nil).says(404)
		chaya.posts(at+"/"+never.ID+"/dropped", nil).says(200, "dropped")
		chaya.opens(at).says(200, "No order waits.")
		chaya.opens("/desk/readers/one/"+r.ID+"?refund="+o.ID).says(200, "Send the money back yourself")
		chaya.opens("/desk/staff/acts").says(200, "took a reader’s payment", "plus, 5.00 EUR", "dropped a reader’s order").lacks(r.Handle())
		n.as(staff.Editor).posts(at+"/"+o.ID+"/paid", nil).says(403)
	})
}

func TestAPresentIsGivenBackAtTheDeskForItsCode(t *testing.T) {
	each(t, func(n *newsroom) {
		n.readers.UseTills(till.Manual{})
		o, buyer, err := n.readers.Begin(n.ctx(), audience.NewOrder{Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 500, Days: 30}, Till: audience.ByHand})
		n.ok(err)
		chaya, at := n.as(staff.Chief), "/desk/readers/orders"
		chaya.posts(at+"/"+o.ID+"/paid", nil).says(200)
		code, err := n.readers.GiftCode(n.ctx(), buyer)
		n.ok(err)
		f := chaya.opens(at).form(at+"/gift").fills("which", o.Reference())
		chaya.sends(f).says(422, "not its code")
		chaya.sends(f.fills("code", code)).says(200, "the code is used up")
		chaya.sends(f).says(409, "cannot be given back")
	})
}
