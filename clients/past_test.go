package clients_test

import (
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
	"wireroom/story"
)

// askedOf are the signals of the receipts that are asked of the client for all
// that stands on the wire.
func (n *newsroom) askedOf(of clients.ID) (signals []story.Signal) {
	n.Helper()
	records, err := n.wire.After(n.ctx, 0, 100)
	n.ok(err)
	sheet, err := n.door.Sheet(n.ctx, records)
	n.ok(err)
	asked, err := n.store.Ask(n.ctx, sheet)
	n.ok(err)
	for _, a := range asked {
		if a.Client.ID == of {
			signals = append(signals, a.Dispatch.Signal)
		}
	}
	return signals
}

func TestAClientIsToldOfTheEndOfWhatItsContractOnceGave(t *testing.T) {
	politics := reveal.Selection{Full: true, Sections: []string{"politics"}}
	for name, change := range map[string]func(n *newsroom, p clients.Product){
		"nothing changed": func(*newsroom, clients.Product) {},
		"the contract ended": func(n *newsroom, _ clients.Product) {
			n.radio.Ends = n.now
			_, err := n.manager.Save(n.ctx, n.radio)
			n.ok(err)
		},
		"the product was dropped": func(n *newsroom, p clients.Product) {
			n.ok(n.manager.DropProduct(n.ctx, n.radio.ID, p.ID))
		},
		"the product became another, and the contract ended": func(n *newsroom, p clients.Product) {
			p.Lets = reveal.Selection{Full: true, Langs: []story.Lang{"be"}}
			_, err := n.manager.SaveProduct(n.ctx, n.radio.ID, p)
			n.ok(err)
			n.now = n.now.Add(time.Minute)
			n.radio.Ends = n.now
			_, err = n.manager.Save(n.ctx, n.radio)
			n.ok(err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(n *newsroom) {
				n.radio.Contact = "desk@radio.example"
				_, err := n.manager.Save(n.ctx, n.radio)
				n.ok(err)
				p, err := n.manager.SaveProduct(n.ctx, n.radio.ID, clients.Product{Name: "News", Lets: politics})
				n.ok(err)
				had := n.sends("Had", nil)
				n.now = n.now.Add(time.Hour)
				change(n, p)
				n.now = n.now.Add(time.Hour)
				_, err = n.manager.Save(n.ctx, kept(n))
				n.ok(err)
				since := n.sends("Since", nil)
				n.now = n.now.Add(time.Hour)
				for _, st := range []story.Story{had, since} {
					_, err := n.stories.Kill(n.ctx, chief, st.ID, story.Say("Notice."))
					n.ok(err)
				}
				want := 1
				if name == "nothing changed" {
					want = 2
				}
				if got := n.askedOf(n.radio.ID); len(got) != want || got[0] != story.SignalKill {
					t.Errorf("receipts are asked of it for %v", got)
				}
			})
		})
	}
}

// kept is the client as it is kept: saving it so changes nothing.
func kept(n *newsroom) clients.Client {
	n.Helper()
	c, err := n.store.Client(n.ctx, n.radio.ID)
	n.ok(err)
	return c
}
