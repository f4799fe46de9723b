package agency_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"wireroom/agency"
	"wireroom/audience"
	"wireroom/masthead"
)

// signedIn signs a reader in who holds a plan until a time.
func (o *open) signedIn(name string, p agency.Pass) viewer {
	o.t.Helper()
	link, err := o.ReaderLink(context.Background(), name, p)
	if err != nil {
		o.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, strings.TrimPrefix(link.URL, o.url), nil)
	w := httptest.NewRecorder()
	o.Handler().ServeHTTP(w, r)
	if len(w.Result().Cookies()) == 0 {
		o.t.Fatalf("signing in answers %d", w.Code)
	}
	return viewer{cookies: w.Result().Cookies()}
}

// morePlans gives the agency two more plans, of which one opens everything but
// only in another section.
func (o *open) morePlans() {
	o.t.Helper()
	err := o.Masthead.Change(context.Background(), func(m masthead.Masthead) (masthead.Masthead, error) {
		m.Plans = append(m.Plans, masthead.Plan{ID: "other"}, masthead.Plan{ID: "money", All: true, Sections: []string{"economy"}})
		return m, nil
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// refunded is a reader who paid and has the money back.
func (o *open) refunded() viewer {
	o.t.Helper()
	ctx, v := context.Background(), o.signedIn("Refunded", agency.Pass{Plan: "other", Until: time.Now().Add(time.Hour)})
	r, err := o.Readers.ByName(ctx, "Refunded")
	if err != nil {
		o.t.Fatal(err)
	}
	price := masthead.Price{Currency: "EUR", Amount: 500, Days: 30}
	order, _, err := o.Readers.Begin(ctx, audience.NewOrder{Reader: r.ID, Plan: "pozirk-plus", Price: price, Till: "test"})
	if err != nil {
		o.t.Fatal(err)
	}
	for _, kind := range []audience.FactKind{audience.FactPaid, audience.FactRefunded} {
		fact := audience.Fact{Order: order.ID, Kind: kind, Payment: "payment", Day: time.Now(), Amount: 500}
		if err := o.Readers.Tell(ctx, 30, fact); err != nil {
			o.t.Fatal(err)
		}
	}
	return v
}

// company gives two readers of a company that has one seat: the one who got it
// and the one who came too late.
func (o *open) company() (seated, standing viewer) {
	o.t.Helper()
	ctx := context.Background()
	clerk, err := o.Readers.Clerk(o.Staff, o.editor)
	if err != nil {
		o.t.Fatal(err)
	}
	_, err = clerk.SaveCompany(ctx, audience.Company{Name: "Radio", Plan: "pozirk-plus", Seats: 1, Until: time.Now().AddDate(0, 1, 0), Domain: "radio.example"}, "")
	if err != nil {
		o.t.Fatal(err)
	}
	both := make([]viewer, 2)
	for i, address := range []string{"ann@radio.example", "ben@radio.example"} {
		asked, err := o.Readers.Ask(ctx, address, "en")
		if err != nil {
			o.t.Fatal(err)
		}
		session, err := o.Readers.AnswerLink(ctx, asked.Token, asked.Browser)
		if want := map[int]error{1: audience.ErrNoSeat}[i]; !errors.Is(err, want) {
			o.t.Fatal(err)
		}
		both[i].cookies = []*http.Cookie{{Name: "reader", Value: session}}
		if err != nil {
			both[i].cookies = append(both[i].cookies, &http.Cookie{Name: "seatless", Value: "yes"})
		}
	}
	return both[0], both[1]
}

// viewers are all sorts of people who look, by what they are.
func (o *open) viewers() map[string]viewer {
	o.t.Helper()
	o.morePlans()
	o.until("the plans are known", func() bool {
		_, err := o.ReaderLink(context.Background(), "Nobody", agency.Pass{Plan: "money", Until: time.Now()})
		return err == nil
	})
	later, past := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	paid := o.signedIn("Paid", agency.Pass{Plan: "pozirk-plus", Until: later})
	paid.reads = true
	frozen := o.signedIn("Frozen", agency.Pass{Plan: "pozirk-plus", Until: later})
	r, err := o.Readers.ByName(context.Background(), "Frozen")
	if err == nil {
		err = o.Readers.Freeze(context.Background(), r.ID, true)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	seated, standing := o.company()
	seated.reads = true
	return map[string]viewer{
		"anybody": {}, "one who holds the plan": paid, "one who is frozen": frozen,
		"one whose company has a seat": seated, "one whose company has none left": standing,
		"one whose money was given back": o.refunded(),
		"a lapsed reader":                o.signedIn("Lapsed", agency.Pass{Plan: "pozirk-plus", Until: past}),
		"one of another plan":            o.signedIn("Other", agency.Pass{Plan: "other", Until: later}),
		"one of another section's":       o.signedIn("Money", agency.Pass{Plan: "money", Until: later}),
		"one whose cookie is invented":   {cookies: []*http.Cookie{{Name: "reader", Value: "invented"}}},
	}
}
