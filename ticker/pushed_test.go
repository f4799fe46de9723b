package ticker_test

import (
	"strings"
	"testing"

	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/courier"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/ticker"
)

func TestWhatWasBroughtIsConfirmedByTheAddressInIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := open(t, d, nil)
		c, _ := n.client("Radio", nil, everything)
		other, _ := n.client("Paper", nil, everything)
		outside, err := courier.New(courier.Settings{})
		n.ok(err)
		n.ticker.Endpoints = push.New(d, outside, n.now)
		add := func(of clients.Client, way push.Way, address string) push.Endpoint {
			e, err := n.ticker.Endpoints.Add(t.Context(), push.Endpoint{Client: string(of.ID), Way: way, Address: address})
			n.ok(err)
			return e
		}
		hook, box := add(c, push.Webhook, "https://radio.example/hook"), add(other, push.Mail, "desk@paper.example")
		n.kills(n.sends("False", nil))
		// The first confirms before anybody has asked, the second afterwards.
		at := ticker.ReceiptPath(hook.ReceiptToken(2))
		if page := n.gets(at, "").says(200); !strings.Contains(page.body, `method="post"`) || !strings.Contains(page.body, "Radio") {
			t.Errorf("its page says %s", page.body)
		}
		if page := n.asks("POST", at, "", "").says(200); strings.Contains(page.body, `method="post"`) {
			t.Errorf("after that it says %s", page.body)
		}
		n.ok(askAll(n))
		first, err := n.clients.Receipt(t.Context(), c.ID, 2)
		n.ok(err)
		if first.Confirmed.IsZero() || first.Way != clients.ByAPI {
			t.Errorf("the receipt is %+v", first)
		}
		owed, err := n.clients.Owed(t.Context(), other.ID)
		n.ok(err)
		if len(owed) != 1 {
			t.Errorf("the other owes %+v: what one confirms counts for all", owed)
		}
		n.asks("POST", ticker.ReceiptPath(box.ReceiptToken(2)), "", "").says(200)
		if given, err := n.clients.Receipt(t.Context(), other.ID, 2); err != nil || given.Way != clients.ByLetter {
			t.Errorf("the other's receipt is %+v: %v", given, err)
		}
		again := n.asks("POST", at, "", "").says(200)
		if twice, err := n.clients.Receipt(t.Context(), c.ID, 2); err != nil || !twice.Confirmed.Equal(first.Confirmed) {
			t.Errorf("the second word stands: %+v, %v, %s", twice, err, again.body)
		}
		// Of a new story nothing is asked, and no token is made up.
		n.asks("POST", ticker.ReceiptPath(hook.ReceiptToken(1)), "", "").says(400)
		n.asks("POST", ticker.ReceiptPath(hook.ReceiptToken(99)), "", "").says(404)
		n.asks("POST", ticker.ReceiptPath(strings.Replace(hook.ReceiptToken(2), string(hook.ID), string(box.ID), 1)), "", "").says(404)
	})
}

// askAll asks for the receipts of what stands on the wire.
func askAll(n *newsroom) error {
	records, err := n.wire.After(n.Context(), 0, 200)
	if err != nil {
		return err
	}
	sheet, err := reveal.New(n.db, func() masthead.Masthead { return n.house }, n.now).Sheet(n.Context(), records)
	if err == nil {
		_, err = n.clients.Ask(n.Context(), sheet)
	}
	return err
}
