package demo

import (
	"context"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
	"wireroom/staff"
)

// Radio is the demo agency's one client.
const Radio = "Radio Example"

// The one person of the client who has a seat at the portal.
const (
	RadioEditor  = "Rita Example"
	RadioAddress = "rita@radio.example"
)

// sell takes the client on, half a year before the timeline ends.
func (p *player) sell(ctx context.Context) error {
	for _, person := range p.people {
		if person.Role != staff.Chief {
			continue
		}
		m, err := p.house.Clients.Manager(p.house.Staff, person)
		if err != nil {
			return err
		}
		c, err := m.Save(ctx, clients.Client{Name: Radio, Starts: p.now.AddDate(0, -6, 0), Alarm: 15 * time.Minute, Contact: "desk@radio.example",
			Lang: p.agency.House.Languages[0]})
		if err != nil {
			return err
		}
		if _, err = m.SaveProduct(ctx, c.ID, clients.Product{Name: "News, whole", Lets: reveal.Selection{Full: true}}); err != nil {
			return err
		}
		return m.AddSeat(ctx, c.ID, RadioEditor, RadioAddress)
	}
	return nil
}
