package desk_test

import (
	"net/url"
	"testing"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/masthead"
	"wireroom/staff"
)

func TestAPaymentIsGivenBackAfterAQuestionAndClosesWhatItOpened(t *testing.T) {
	each(t, func(n *newsroom) {
		n.readers.UseTills(till.NewTest(n.desk.Now))
		r, _ := n.subscribes()
		other, _ := n.subscribes()
		o, _, err := n.readers.Begin(n.ctx(), audience.NewOrder{Reader: r.ID, Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 500, Days: 30}, Till: "test"})
		n.ok(err)
		n.ok(n.readers.Tell(n.ctx(), 30, audience.Fact{Order: o.ID, Payment: "test 1", Kind: audience.FactPaid, Day: n.now, Amount: 500}))
		if held := n.holds(r); len(held) != 1 {
			n.Fatalf("who paid holds %v", held)
		}
		chaya, at := n.as(staff.Chief), "/desk/readers/one/"+r.ID
		chaya.opens(at).says(200, "paid 5.00 EUR", "a payment")
		p := chaya.opens(at+"?refund="+o.ID).says(200, "closes at once")
		chaya.posts("/desk/readers/one/"+other.ID+"/refund", url.Values{"order": {o.ID}}).says(404)
		chaya.sends(p.form(at+"/refund")).says(200, "Given back.").lacks("paid 5.00 EUR")
		for _, held := range n.holds(r) {
			if held.Until.After(n.now) {
				n.Errorf("after that they hold %v", held)
			}
		}
		chaya.posts(at+"/refund", url.Values{"order": {o.ID}}).says(404)
		chaya.opens("/desk/staff/acts").says(200, "gave a payment back to the reader "+r.Handle())
	})
}
