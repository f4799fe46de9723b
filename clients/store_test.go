package clients_test

import (
	"context"
	"errors"
	"net/netip"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

// newsroom is an agency with one client and a clock of the test's own.
type newsroom struct {
	*testing.T
	ctx     context.Context
	now     time.Time
	store   *clients.Store
	manager *clients.Manager
	stories *story.Store
	wire    *wire.Wire
	door    *reveal.Door
	radio   clients.Client
}

var chief = staff.Person{ID: "c", Name: "Chief", Role: staff.Chief}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := &newsroom{T: t, ctx: context.Background(), now: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC)}
		clock := func() time.Time { return n.now }
		house := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
			Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}}, Plans: []masthead.Plan{{ID: "plus"}}}
		n.ok(masthead.New(d).Found(n.ctx, house))
		n.stories, n.wire, n.store = story.New(d, clock), wire.By(d, clock), clients.New(d, clock)
		n.door = reveal.New(d, func() masthead.Masthead { return house }, clock)
		var err error
		n.manager, err = n.store.Manager(staff.New(d, clock), chief)
		n.ok(err)
		n.radio, err = n.manager.Save(n.ctx, clients.Client{Name: "Radio Example", Starts: n.now.AddDate(0, -1, 0)})
		n.ok(err)
		promise(n)
	})
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// buys gives the client a product.
func (n *newsroom) buys(lets reveal.Selection) {
	n.Helper()
	_, err := n.manager.SaveProduct(n.ctx, n.radio.ID, clients.Product{Name: "News", Lets: lets})
	n.ok(err)
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.ctx, chief, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(n.ctx, chief, st.ID, st.Revision)
	n.ok(err)
	return st
}

func (n *newsroom) sheet() *reveal.Sheet {
	n.Helper()
	records, err := n.wire.After(n.ctx, 0, 1000)
	n.ok(err)
	s, err := n.door.Sheet(n.ctx, records)
	n.ok(err)
	return s
}

func TestATokenIsToldOnceAndTwoCountAtATime(t *testing.T) {
	each(t, func(n *newsroom) {
		first, err := n.manager.MakeToken(n.ctx, n.radio.ID, "old")
		n.ok(err)
		second, err := n.manager.MakeToken(n.ctx, n.radio.ID, "new")
		n.ok(err)
		if _, err := n.manager.MakeToken(n.ctx, n.radio.ID, "third"); !fault.Is(err, fault.KindConflict) {
			n.Errorf("a third token gives %v", err)
		}
		for _, secret := range []string{first, second} {
			c, _, err := n.store.ByToken(n.ctx, secret)
			n.ok(err)
			if c.ID != n.radio.ID {
				n.Errorf("the token is of %v", c)
			}
		}
		all, err := n.store.Tokens(n.ctx, n.radio.ID)
		n.ok(err)
		if len(all) != 2 || all[0].Used != "2024-10" {
			n.Errorf("the tokens are %+v", all)
		}
		n.ok(n.manager.RevokeToken(n.ctx, n.radio.ID, all[0].ID))
		for _, secret := range []string{first, "wire_", "", second + "x"} {
			if _, _, err := n.store.ByToken(n.ctx, secret); !fault.Is(err, fault.KindNotFound) {
				n.Errorf("%q gives %v", secret, err)
			}
		}
	})
}

func TestATokenOfAnotherClientCannotBeRevoked(t *testing.T) {
	each(t, func(n *newsroom) {
		_, err := n.manager.MakeToken(n.ctx, n.radio.ID, "")
		n.ok(err)
		all, err := n.store.Tokens(n.ctx, n.radio.ID)
		n.ok(err)
		other, err := n.manager.Save(n.ctx, clients.Client{Name: "Other", Starts: n.now})
		n.ok(err)
		if err := n.manager.RevokeToken(n.ctx, other.ID, all[0].ID); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("it gives %v", err)
		}
	})
}

func TestClientsAreForThoseWhoKeepTheHouse(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, role := range staff.Roles() {
			_, err := n.store.Manager(nil, staff.Person{ID: "x", Role: role})
			if may := role == staff.Chief || role == staff.Administrator; may != (err == nil) {
				n.Errorf("a %s: %v", role, err)
			}
		}
	})
}

func TestWhatAContractMayNotSayIsNamed(t *testing.T) {
	each(t, func(n *newsroom) {
		for field, change := range map[string]func(*clients.Client){
			"name":     func(c *clients.Client) { c.Name = " " },
			"starts":   func(c *clients.Client) { c.Starts = time.Time{} },
			"ends":     func(c *clients.Client) { c.Ends = c.Starts },
			"depth":    func(c *clients.Client) { c.Depth = -1 },
			"rate":     func(c *clients.Client) { c.Rate = -5 },
			"delay":    func(c *clients.Client) { c.Early, c.Delay = true, time.Minute },
			"alarm":    func(c *clients.Client) { c.Alarm = time.Second },
			"brackets": func(c *clients.Client) { c.Brackets = "curly" },
			"contact":  func(c *clients.Client) { c.Contact = "a@b, c@d.example" },
		} {
			c := clients.Client{Name: "New", Starts: n.now}
			change(&c)
			var wrong *fault.Error
			if _, err := n.manager.Save(n.ctx, c); !errors.As(err, &wrong) || wrong.Kind != fault.KindInvalid || wrong.Subject != field {
				n.Errorf("%s: it gives %v", field, err)
			}
		}
	})
}

func TestAClientIsKeptAsItWasTyped(t *testing.T) {
	each(t, func(n *newsroom) {
		c := clients.Client{Name: "Daily", Starts: n.now, Ends: n.now.AddDate(1, 0, 0), Depth: 30, Delay: 5 * time.Minute, Rate: 60,
			Alarm: 10 * time.Minute, Formats: []string{"ninjs", "nitf"}, Brackets: clients.Round,
			Networks: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("2001:db8::/32")},
			Contact:  "desk@daily.example", Lang: "be"}
		c, err := n.manager.Save(n.ctx, c)
		n.ok(err)
		p, err := n.manager.SaveProduct(n.ctx, c.ID, clients.Product{Name: "All", Lets: reveal.Selection{Langs: []story.Lang{"en"}, Full: true}})
		n.ok(err)
		got, err := n.store.Client(n.ctx, c.ID)
		n.ok(err)
		if len(got.Products) != 1 || got.Products[0].ID != p.ID || !got.Products[0].Lets.Full || got.Delay != c.Delay || got.Alarm != c.Alarm ||
			len(got.Formats) != 2 || !got.From(netip.MustParseAddr("::ffff:192.0.2.9")) || got.From(netip.MustParseAddr("198.51.100.1")) {
			n.Errorf("it is %+v", got)
		}
		n.ok(n.manager.DropProduct(n.ctx, c.ID, p.ID))
		if err := n.manager.DropProduct(n.ctx, c.ID, p.ID); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("dropped twice: %v", err)
		}
	})
}

func TestASeatSignsInByALetterUntilItIsTakenBack(t *testing.T) {
	each(t, func(n *newsroom) {
		n.ok(n.manager.AddSeat(n.ctx, n.radio.ID, "Ann", "Ann@Radio.example"))
		if err := n.manager.AddSeat(n.ctx, n.radio.ID, "Ann", "ann@radio.example"); !fault.Is(err, fault.KindInvalid) {
			n.Errorf("the same address again: %v", err)
		}
		seat, link, err := n.store.Link(n.ctx, "ann@radio.example")
		n.ok(err)
		session, err := n.store.SignIn(n.ctx, link)
		n.ok(err)
		if _, c, err := n.store.BySession(n.ctx, session); err != nil || c.ID != n.radio.ID {
			n.Errorf("signed in: %v, %v", c, err)
		}
		n.ok(n.manager.DropSeat(n.ctx, n.radio.ID, seat.ID))
		if _, _, err := n.store.BySession(n.ctx, session); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("after the seat was taken back: %v", err)
		}
	})
}

func TestAReceiptIsAskedForAndItsAbsenceTold(t *testing.T) {
	each(t, func(n *newsroom) {
		n.buys(reveal.Selection{Sections: []string{"politics"}})
		n.radio.Contact, n.radio.Alarm = "desk@radio.example", 10*time.Minute
		_, err := n.manager.Save(n.ctx, n.radio)
		n.ok(err)
		other := n.sends("Elsewhere", func(c *story.Content) { c.Sections = []string{"economy"} })
		st := n.sends("False", nil)
		for _, id := range []story.ID{other.ID, st.ID} {
			_, err = n.stories.Kill(n.ctx, chief, id, story.Say("It is false."))
			n.ok(err)
		}
		letters, err := n.store.Ask(n.ctx, n.sheet())
		n.ok(err)
		if len(letters) != 1 || letters[0].Dispatch.Story != st.ID {
			n.Fatalf("it is asked for %+v", letters)
		}
		late, err := n.store.Overdue(n.ctx)
		n.ok(err)
		n.now = n.now.Add(10 * time.Minute)
		later, err := n.store.Overdue(n.ctx)
		n.ok(err)
		again, err := n.store.Overdue(n.ctx)
		n.ok(err)
		if len(late) != 0 || len(later) != 1 || len(again) != 0 || later[0].Name != "Radio Example" {
			n.Errorf("missing are %v, after ten minutes %v, then %v", late, later, again)
		}
		given, err := n.store.ConfirmLetter(n.ctx, letters[0].Token)
		n.ok(err)
		n.now = n.now.Add(time.Hour)
		twice, err := n.store.Confirm(n.ctx, n.radio.ID, letters[0].Dispatch, clients.ByAPI)
		n.ok(err)
		if given.Way != clients.ByLetter || !twice.Confirmed.Equal(given.Confirmed) {
			n.Errorf("it was given as %+v, then %+v", given, twice)
		}
		more, err := n.store.Ask(n.ctx, n.sheet())
		n.ok(err)
		if len(more) != 0 {
			n.Errorf("what was given is asked for again: %v", more)
		}
	})
}

func TestAReceiptMayComeBeforeItIsAskedFor(t *testing.T) {
	each(t, func(n *newsroom) {
		n.buys(reveal.Selection{})
		st := n.sends("False", nil)
		_, err := n.stories.Kill(n.ctx, chief, st.ID, story.Say("It is false."))
		n.ok(err)
		c, err := n.store.Client(n.ctx, n.radio.ID)
		n.ok(err)
		sheet := n.sheet()
		got := sheet.For(c.Viewer(n.now))
		_, err = n.store.Confirm(n.ctx, c.ID, got[len(got)-1], clients.ByAPI)
		n.ok(err)
		_, err = n.store.Ask(n.ctx, sheet)
		n.ok(err)
		if owed, err := n.store.Owed(n.ctx, c.ID); err != nil || len(owed) != 0 {
			n.Errorf("it owes %v, %v", owed, err)
		}
	})
}
