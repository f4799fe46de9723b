package site_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"wireroom/db/dbtest"
	"wireroom/masthead"
)

// sells gives the newsroom prices and rules for its readers.
func (n *newsroom) sells() {
	n.house.Plans[0].Prices = []masthead.Price{{Currency: "EUR", Amount: 450, Days: 30}}
	n.house.Readers = masthead.Readership{
		Safety: map[masthead.Lang]string{"en": "Mind who looks over your shoulder."}, Free: 2, Gifts: 1,
	}
	n.press.Refresh()
}

// member is a visitor with an account by number and no plan.
func (n *newsroom) member() *visitor {
	n.Helper()
	v := n.visitor()
	v.posts("/en/account/new").keys(n)
	return v
}

func (a answer) gate() string {
	for _, e := range all(a.Page, class("cut")) {
		return text(e)
	}
	return ""
}

func TestTheGateTellsWhatIsBehindItAndTheWaysIn(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sells()
		c := locked("Locked")
		c.Points = []string{"Who sang first"}
		s := n.sends("en", "", c)
		a := n.visitor().opens(address(s))
		for _, want := range []string{"available only to POZIRK+", "The whole story: 7 words, 1 min.", "€4.50 a month", "Who sang first", "Sign in", "I have a code", "over your shoulder"} {
			if !strings.Contains(a.gate(), want) {
				n.Errorf("the gate does not say %q: %q", want, a.gate())
			}
		}
		if strings.Contains(a.Text, secret) || strings.Contains(a.gate(), "this month") {
			n.Error("the gate lets a stranger through")
		}
		n.house.Readers.Freer = map[string]int{"politics": 24}
		n.press.Refresh()
		if a := n.visitor().opens(address(s)); !strings.Contains(a.gate(), "Open to all from October 26, 14:20") {
			n.Errorf("the gate does not say when it opens: %q", a.gate())
		}
		n.now = n.now.Add(24 * time.Hour)
		if a := n.visitor().opens(address(s)); a.gate() != "" || !strings.Contains(a.Text, secret) {
			n.Error("the gate does not open by the clock")
		}
	})
}

func TestAnAccountWithoutAPlanOpensSomeStoriesAMonth(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sells()
		var at []string
		for i := range 3 {
			at = append(at, address(n.sends("en", "", locked(fmt.Sprint("Locked ", i)))))
		}
		one, other := n.member(), n.member()
		if g := one.opens(at[0]).gate(); !strings.Contains(g, "2 of 2 left") {
			n.Fatalf("the gate says %q", g)
		}
		opened := one.posts(at[0] + "/opening").Header.Get("Location")
		for range 2 { // coming back costs no other
			if a := one.opens(opened); !strings.Contains(a.Text, secret) || a.Header.Get("Cache-Control") != "private, no-store" {
				n.Fatalf("%s answers %d and does not open", opened, a.StatusCode)
			}
		}
		for _, to := range []string{opened, strings.Replace(opened, at[0], at[1], 1)} {
			if a := other.opens(to); strings.Contains(a.Text, secret) || !strings.Contains(a.gate(), "opens nothing") {
				n.Errorf("%s opens to another reader", to)
			}
		}
		if a := one.opens(strings.Replace(opened, at[0], at[1], 1)); strings.Contains(a.Text, secret) {
			n.Error("the ticket of one story opens another")
		}
		if g := one.opens(at[1]).gate(); !strings.Contains(g, "1 of 2 left") {
			n.Errorf("the gate says %q", g)
		}
		if g := other.opens(at[1]).gate(); !strings.Contains(g, "2 of 2 left") {
			n.Errorf("another reader's gate says %q", g)
		}
		one.posts(at[1] + "/opening")
		if a := one.posts(at[2] + "/opening"); a.Header.Get("Location") != at[2] {
			n.Errorf("a third story is opened at %q", a.Header.Get("Location"))
		}
		if g := one.opens(at[2]).gate(); !strings.Contains(g, "used up") {
			n.Errorf("the gate says %q", g)
		}
		n.now = n.now.Add(24*time.Hour + time.Minute)
		if a := one.opens(opened); strings.Contains(a.Text, secret) {
			n.Error("the ticket opens for more than a day")
		}
		n.now = time.Date(2024, 11, 1, 3, 0, 0, 0, time.UTC)
		if g := one.opens(at[2]).gate(); !strings.Contains(g, "2 of 2 left") {
			n.Errorf("in another month the gate says %q", g)
		}
		if a := n.visitor().posts(at[2] + "/opening"); a.Header.Get("Location") != "/en/account/sign-in" {
			n.Errorf("a stranger is led to %q", a.Header.Get("Location"))
		}
	})
}

func TestASubscriberOpensAStoryToAFriend(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sells()
		at := address(n.sends("en", "", locked("Locked")))
		other := address(n.sends("en", "", locked("Other")))
		giver := n.subscriber("Giver", n.now.AddDate(0, 1, 0))
		if !strings.Contains(giver.opens(at).Text, at+"/gift") {
			n.Fatal("a subscriber is not offered to give")
		}
		link := ""
		for _, e := range all(giver.posts(at+"/gift").Page, tag("input")) {
			if attr(e, "id") == "link" {
				link = strings.TrimPrefix(attr(e, "value"), "https://pozirk.example")
			}
		}
		if giver.opens(link).Header.Get("Location") != at {
			n.Error("a gift is used up on who has the story anyway")
		}
		for i := range 21 {
			a := n.visitor().opens(link)
			if open := strings.Contains(a.Text, secret); open != (i < 20) || len(a.Cookies()) > 0 || a.Header.Get("Cache-Control") != "private, no-store" {
				n.Fatalf("look %d answers %d, open: %v", i+1, a.StatusCode, open)
			}
		}
		if a := n.visitor().opens(strings.Replace(link, at, other, 1)); strings.Contains(a.Text, secret) {
			n.Error("the gift opens another story")
		}
		if a := giver.posts(at + "/gift"); strings.Contains(a.Text, "?gift=") || !strings.Contains(a.Text, "given away all 1") {
			n.Error("more are given than a month has")
		}
		if a := n.member().posts(at + "/gift"); a.StatusCode != http.StatusForbidden {
			n.Errorf("who has not got the story gives it: %d", a.StatusCode)
		}
	})
}

func TestAGiftIsOverAfterAWeek(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.sells()
	at := address(n.sends("en", "", locked("Locked")))
	giver := n.subscriber("Giver", n.now.AddDate(0, 1, 0))
	_, rest, _ := strings.Cut(giver.posts(at+"/gift").Text, "?gift=")
	link := at + "?gift=" + rest[:strings.IndexByte(rest, '"')]
	n.now = n.now.Add(7*24*time.Hour - time.Minute)
	if a := n.visitor().opens(link); !strings.Contains(a.Text, secret) {
		t.Fatal("the gift is over within the week")
	}
	n.now = n.now.Add(2 * time.Minute)
	if a := n.visitor().opens(link); strings.Contains(a.Text, secret) || !strings.Contains(a.gate(), "opens nothing") {
		t.Error("the gift opens for more than a week")
	}
}
