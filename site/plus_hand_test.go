package site_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/staff"
)

var referenceShape = regexp.MustCompile(`[0-9A-F]{4}-[0-9A-F]{4}</dd>`)

func TestAnOrderByHandTellsHowToPayAndOpensWhenItIsPaid(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sellsBy(till.Manual{}).priced()
		n.house.Readers.Paying = map[masthead.Lang]string{"en": "By bank:\nLT12 3456 7890"}
		n.press.Refresh()
		v := n.visitor()
		if page := v.looks("/en/plus/buy?plan=plus&price=" + monthly); !strings.Contains(page, "card or account that you will pay from") || strings.Contains(page, "Renew by itself") {
			n.Errorf("the questions are\n%s", page)
		}
		_, bill := v.fills("/en/plus/buy", "plan", "plus", "price", monthly, "for", "new", "country", "other", "renews", "yes")
		reference := strings.TrimSuffix(referenceShape.FindString(bill), "</dd>")
		if reference == "" || !strings.Contains(bill, "By bank:\nLT12 3456 7890") || strings.Contains(bill, "Stripe") || strings.Contains(bill, "Go to the payment") {
			n.Fatalf("the bill is\n%s", bill)
		}
		for _, at := range []string{"/en/plus/bought", "/en/plus/payments"} {
			if page := v.looks(at); !strings.Contains(page, reference) || !strings.Contains(page, "LT12 3456 7890") {
				n.Errorf("%s does not tell how to pay:\n%s", at, page)
			}
		}
		if page := v.looks("/be/plus/bought"); !strings.Contains(page, "LT12 3456 7890") {
			n.Errorf("in a language without words of its own:\n%s", page)
		}
		if page := n.visitor().looks("/en/plus/bought"); strings.Contains(page, reference) {
			n.Error("another browser sees the order")
		}
		n.comesByHand(reference)
		if page := v.looks("/en/plus/bought"); !strings.Contains(page, "The payment has come") {
			n.Errorf("after the payment it says\n%s", page)
		}
		if page := v.looks("/en/plus/payments"); !strings.Contains(page, "Paid.") || strings.Contains(page, "Waits for") {
			n.Errorf("the payments are\n%s", page)
		}
	})
}

// comesByHand says that what waits under a reference was paid.
func (n *newsroom) comesByHand(reference string) {
	n.Helper()
	clerk, err := n.readers.Clerk(n.people, staff.Person{ID: n.editor.ID, Role: staff.Chief})
	n.ok(err)
	all, err := clerk.Waiting(n.Context(), reference)
	n.ok(err)
	if len(all) != 1 {
		n.Fatalf("%d orders wait as %s", len(all), reference)
	}
	n.ok(clerk.TakeMoney(n.Context(), all[0].ID, 30))
}

func TestWhoSignsOutLeavesNoOrderInTheBrowserButAPresent(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sellsBy(till.Manual{}).priced()
		v := n.visitor()
		for whom, left := range map[string]bool{"new": false, "gift": true} {
			v.fills("/en/plus/buy", "plan", "plus", "price", monthly, "for", whom, "country", "other")
			if page := v.looks("/en/plus/bought"); !referenceShape.MatchString(page) {
				n.Fatalf("the order for %s is\n%s", whom, page)
			}
			v.fills("/account/sign-out")
			if page := v.looks("/en/plus/bought"); referenceShape.MatchString(page) != left {
				n.Errorf("after signing out the order for %s is there: %t, not %t", whom, !left, left)
			}
		}
	})
}

func TestNobodyBeginsOrdersWithoutEnd(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.sellsBy(till.Manual{}).priced()
	v := n.visitor()
	form := []string{"plan", "plus", "price", monthly, "for", "gift", "country", "other"}
	for range 60 {
		if status, _ := v.fills("/en/plus/buy", form...); status != http.StatusOK {
			n.Fatalf("an order of few answers %d", status)
		}
	}
	if status, page := v.fills("/en/plus/buy", form...); status != http.StatusTooManyRequests || referenceShape.MatchString(page) {
		n.Errorf("one order too many answers %d", status)
	}
}

func TestWhoPaysChoosesBetweenTheTillsThatThereAre(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sellsBy(till.NewTest(n.options.Now), till.Manual{}).priced()
		v := n.visitor()
		form := []string{"plan", "plus", "price", monthly, "for", "gift", "country", "other", "till"}
		if page := v.looks("/en/plus/buy?plan=plus&price=" + monthly); !strings.Contains(page, `value="test" required checked`) || !strings.Contains(page, `value="manual" required>`) {
			n.Errorf("the questions are\n%s", page)
		}
		if status, page := v.fills("/en/plus/buy", append(form, "none")...); status != http.StatusUnprocessableEntity || !strings.Contains(page, "say how you will pay") {
			n.Errorf("a till that there is not answers %d", status)
		}
		if _, page := v.fills("/en/plus/buy", append(form, "test")...); !tillLink.MatchString(page) || referenceShape.MatchString(page) {
			n.Errorf("by the test till:\n%s", page)
		}
		if _, page := v.fills("/en/plus/buy", append(form, audience.ByHand)...); tillLink.MatchString(page) || !referenceShape.MatchString(page) {
			n.Errorf("by hand:\n%s", page)
		}
	})
}
