package site_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/staff"
)

// daily is a company with one seat, whose boss has signed in.
func (n *newsroom) daily(networks string) (audience.Company, *visitor) {
	n.Helper()
	c, err := n.readers.Clerk(n.people, staff.Person{ID: "1", Name: "Chief", Role: staff.Chief})
	n.ok(err)
	nets, err := audience.ReadNetworks(networks)
	n.ok(err)
	co, err := c.SaveCompany(n.Context(), audience.Company{Name: "Brunsted Daily", Plan: "plus", Seats: 1, Until: n.now.AddDate(0, 1, 0),
		Domain: "daily.example", Networks: nets}, "boss@elsewhere.example")
	n.ok(err)
	_, err = c.WriteInvoice(n.Context(), audience.Invoice{Company: co.ID, Issuer: "Pozirk", Customer: "Daily", Plan: "POZIRK+", Seats: 1,
		Since: "2024-10-25", Until: "2024-11-25", Currency: "EUR", Amount: 1200, Lang: "en"})
	n.ok(err)
	boss := n.visitor()
	boss.byLetter("boss@elsewhere.example")
	return co, boss
}

// byLetter signs in with the code of a letter.
func (v *visitor) byLetter(address string) {
	v.n.Helper()
	v.posts("/en/account/letters", "email", address)
	_, code, _ := v.n.letter()
	if a := v.posts("/en/account/letter", "code", code); a.StatusCode != http.StatusSeeOther {
		v.n.Fatalf("the code of the letter answers %d", a.StatusCode)
	}
}

func TestACompanysAdministratorKeepsItsSeats(t *testing.T) {
	each(t, func(n *newsroom) {
		_, boss := n.daily("")
		st := n.sends("en", "", locked("Council meets"))
		path := address(st)
		one, two := n.visitor(), n.visitor()
		one.byLetter("one@daily.example")
		two.byLetter("two@daily.example")
		if !strings.Contains(one.opens(path).Text, secret) || strings.Contains(two.opens(path).Text, secret) {
			n.Fatal("the first has no seat, or the second has one")
		}
		if !strings.Contains(two.opens(path).Text, "seats were all taken") || strings.Contains(n.visitor().opens(path).Text, "seats were all taken") {
			n.Error("that no seat was free is not said to the second, or to a stranger")
		}
		if !strings.Contains(two.opens("/en/account").Text, "seats were all taken") {
			n.Error("the account does not say that no seat was free")
		}
		if a := boss.opens("/en/account"); !strings.Contains(a.Text, "Keep the seats") {
			n.Error("the account does not lead to the seats")
		}
		a := boss.opens("/en/account/company")
		if !strings.Contains(a.Text, "1 of 1 seats") || strings.Contains(a.Text, "@daily") {
			n.Errorf("the page is %s", a.Text)
		}
		if a := boss.posts("/en/account/company/seats", "email", "new@elsewhere.example"); a.StatusCode != 422 || !strings.Contains(a.Text, "All seats are taken") {
			n.Errorf("a second seat answers %d", a.StatusCode)
		}
		var seat string
		for _, e := range all(a.Page, tag("input")) {
			if attr(e, "name") == "seat" {
				seat = attr(e, "value")
			}
		}
		for _, stranger := range []*visitor{one, n.visitor()} {
			if a := stranger.posts("/en/account/company/removal", "seat", seat); a.StatusCode == http.StatusOK || strings.Contains(a.Text, "Brunsted") {
				n.Errorf("a stranger's removal answers %d", a.StatusCode)
			}
		}
		boss.posts("/en/account/company/removal", "seat", seat)
		if strings.Contains(one.opens(path).Text, secret) {
			n.Error("a seat that was taken back still opens stories")
		}
		if a := boss.posts("/en/account/company/seats", "email", "new@elsewhere.example"); a.StatusCode != http.StatusSeeOther {
			n.Errorf("the free seat answers %d", a.StatusCode)
		}
		boss.posts("/en/account/company/more", "seats", "many")
		boss.posts("/en/account/company/more", "seats", "4")
		boss.posts("/en/account/company/more", "seats", "4")
		if l := n.box.Next(t); len(l.To) != 1 || l.To[0] != "desk@pozirk.example" || !strings.Contains(l.Text, "asks for 4 more seats. Of 1 seats 1 are taken") {
			n.Errorf("the agency hears %+v", l)
		}
		if a := boss.opens("/en/account/company"); !strings.Contains(a.Text, "asked for 4 more") || !strings.Contains(a.Text, "12.00 EUR") {
			n.Errorf("then the page is %s", a.Text)
		}
		if a := boss.opens("/en/account/company/invoices/1"); !strings.HasPrefix(a.Text, "%PDF-") {
			n.Errorf("the invoice is %.40q", a.Text)
		}
		if a := one.opens("/en/account/company/invoices/1"); a.StatusCode != http.StatusNotFound {
			n.Errorf("another's invoice answers %d", a.StatusCode)
		}
	})
}

func TestACompanysNetworkReadsWithoutAnAccount(t *testing.T) {
	each(t, func(n *newsroom) {
		n.daily("192.0.2.0/24")
		st := n.sends("en", "", locked("Council meets"))
		path := address(st)
		for range 2 { // made, then from memory
			inside := n.visitor().opens(path, "X-Forwarded-For", "198.51.100.1, 192.0.2.9")
			outside := n.visitor().opens(path, "X-Forwarded-For", "192.0.2.9, 198.51.100.1")
			if !strings.Contains(inside.Text, secret) || inside.Header.Get("Cache-Control") != "private, no-store" {
				n.Errorf("inside is kept as %q", inside.Header.Get("Cache-Control"))
			}
			if strings.Contains(outside.Text, secret) {
				n.Error("outside it is open")
			}
		}
		n.now = n.now.Add(40 * 24 * time.Hour)
		if strings.Contains(n.visitor().opens(path, "X-Forwarded-For", "192.0.2.9").Text, secret) {
			n.Error("after its end the network opens stories")
		}
	})
}
