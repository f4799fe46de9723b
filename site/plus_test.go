package site_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v85/webhook"

	"wireroom/audience"
	"wireroom/audience/till"
	"wireroom/masthead"
)

// priced lets the agency sell its plan at a month's and a year's price, and has
// it refuse cards of one country.
func (n *newsroom) priced() *newsroom {
	p := n.house.Plans[0]
	p.Prices = []masthead.Price{{Currency: "EUR", Amount: 700, Days: 30}, {Currency: "EUR", Amount: 7000, Days: 365}}
	p.Trial = 7
	n.house.Plans = []masthead.Plan{p}
	n.house.Readers.Refused = []masthead.Refused{{Country: "BY", Why: map[masthead.Lang]string{"en": "Its banks tell who pays us."}}}
	n.press.Refresh()
	return n
}

// fills posts a form as a browser does, and gives the page.
func (v *visitor) fills(path string, fields ...string) (int, string) {
	v.n.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	answer, err := v.PostForm(v.n.host.URL+path, form)
	v.n.ok(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	v.n.ok(err)
	return answer.StatusCode, string(body)
}

func (v *visitor) looks(path string) string {
	v.n.Helper()
	answer, err := v.Get(v.n.host.URL + path)
	v.n.ok(err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	v.n.ok(err)
	return string(body)
}

var tillLink = regexp.MustCompile(`/till/test/[A-Z0-9]+`)

// pays goes through the till for trying.
func (v *visitor) pays(bill string) {
	v.n.Helper()
	at := tillLink.FindString(bill)
	if at == "" {
		v.n.Fatalf("no way to the till:\n%s", bill)
	}
	if page := v.looks(at); !strings.Contains(page, "No money is taken") {
		v.n.Fatalf("the till says\n%s", page)
	}
	if status, _ := v.fills(at); status != http.StatusSeeOther {
		v.n.Fatalf("paying answers %d", status)
	}
}

const monthly = "EUR-700-30"

func TestTheOfferShowsWhatItCostsAndLeadsToTheQuestions(t *testing.T) {
	each(t, func(n *newsroom) {
		page := n.priced().visitor().looks("/en/plus")
		for _, want := range []string{"€7<", "€70<", "for a month", "for a year", "/en/plus/buy?plan=plus&amp;price=EUR-7000-365", "for=gift", "7 days without paying"} {
			if !strings.Contains(page, want) {
				n.Errorf("the offer lacks %q", want)
			}
		}
		if page := n.visitor().looks("/be/plus"); !strings.Contains(page, "7\u00a0€<") {
			n.Errorf("the Belarusian offer lacks the price:\n%s", page)
		}
	})
}

func TestACardOfARefusedCountryOrdersNothing(t *testing.T) {
	each(t, func(n *newsroom) {
		v := n.priced().visitor()
		if page := v.looks("/en/plus/buy?plan=plus&price=" + monthly); !strings.Contains(page, "Belarus") || strings.Contains(page, "checked> <span>Belarus") {
			n.Errorf("the question is\n%s", page)
		}
		for country, want := range map[string]string{"BY": "Its banks tell who pays us.", "": "say where the card was issued"} {
			status, page := v.fills("/en/plus/buy", "plan", "plus", "price", monthly, "for", "new", "country", country)
			if status != http.StatusUnprocessableEntity || !strings.Contains(page, want) || strings.Contains(page, "/till/") {
				n.Errorf("a card of %q answers %d\n%s", country, status, page)
			}
		}
		if all, err := n.readers.Takings(t.Context()); err != nil || len(all) != 0 {
			n.Errorf("takings of nothing: %v, %v", all, err)
		}
		if page := v.looks("/en/account"); strings.Contains(page, "Signed in") {
			n.Error("a refused card opened an account")
		}
	})
}

func TestANewAccountIsBoughtAndOpensTheStoryAtOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		n.priced()
		s := n.sends("en", "", locked("Locked"))
		v := n.visitor()
		_, bill := v.fills("/en/plus/buy", "plan", "plus", "price", monthly, "for", "new", "country", "other")
		if !regexp.MustCompile(`\d{4} \d{4} \d{4} \d{4} \d{4}`).MatchString(bill) || !strings.Contains(bill, "€7") {
			n.Fatalf("the bill is\n%s", bill)
		}
		story := fmt.Sprint("/en/news/", s.Number)
		if strings.Contains(v.looks(story), secret) {
			n.Error("the story is open before the payment")
		}
		if page := v.looks("/en/plus/bought"); !strings.Contains(page, "under way") {
			n.Errorf("before paying it says\n%s", page)
		}
		v.pays(bill)
		if page := v.looks("/en/plus/bought"); !strings.Contains(page, "The payment has come") {
			n.Errorf("after paying it says\n%s", page)
		}
		if !strings.Contains(v.looks(story), secret) {
			n.Error("what was paid for is locked")
		}
		if page := v.looks("/en/plus/payments"); !strings.Contains(page, "€7") || !strings.Contains(page, "Paid.") {
			n.Errorf("the payments are\n%s", page)
		}
		if page := n.visitor().looks("/en/plus/bought"); !strings.Contains(page, "No payment is known here") {
			n.Errorf("another browser sees\n%s", page)
		}
	})
}

func TestAGiftGivesACodeOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		v := n.priced().visitor()
		_, bill := v.fills("/en/plus/buy", "plan", "plus", "price", monthly, "for", "gift", "country", "other", "renews", "yes")
		if _, page := v.fills("/en/plus/code"); codeShape.MatchString(page) {
			n.Fatal("the code is shown before it is paid")
		}
		v.pays(bill)
		if page := n.visitor().looks("/en/plus/bought"); strings.Contains(page, "present") {
			n.Error("another browser sees the present")
		}
		if page := v.looks("/en/plus/bought"); !strings.Contains(page, "Show the code") || codeShape.MatchString(page) {
			n.Errorf("the receipt is\n%s", page)
		}
		_, page := v.fills("/en/plus/code")
		code := codeShape.FindString(page)
		if code == "" {
			n.Fatalf("no code on\n%s", page)
		}
		if _, again := v.fills("/en/plus/code"); codeShape.MatchString(again) || !strings.Contains(again, "has been shown") {
			n.Errorf("shown again:\n%s", again)
		}
		r, _, err := n.readers.OpenByNumber(t.Context(), "en")
		n.ok(err)
		if plan, _, err := n.readers.Redeem(t.Context(), r.ID, code); err != nil || plan != "plus" {
			n.Errorf("the code opens %q: %v", plan, err)
		}
	})
}

var codeShape = regexp.MustCompile(`[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}`)

func TestACouponTakesItsPartAndAnOfferShowsBothPrices(t *testing.T) {
	each(t, func(n *newsroom) {
		n.priced().house.Readers.Coupons = []masthead.Coupon{{Word: "Spring", Percent: 50, Until: "2024-10-25", Most: 1}, {Percent: 10, Plan: "plus"}}
		n.press.Refresh()
		v := n.visitor()
		if page := v.looks("/en/plus"); !strings.Contains(page, "€6.30") || !strings.Contains(page, "<s>€7</s>") {
			n.Errorf("the offer is\n%s", page)
		}
		form := []string{"plan", "plus", "price", monthly, "for", "gift", "country", "other", "coupon"}
		for _, c := range []struct{ word, want string }{{"", "€6.30"}, {"autumn", "takes nothing off"}, {"SPRING", "€3.50"}, {"spring", "has been used up"}} {
			if _, page := v.fills("/en/plus/buy", append(form, c.word)...); !strings.Contains(page, c.want) {
				n.Errorf("with the coupon %q:\n%s", c.word, page)
			}
		}
		n.now = n.now.AddDate(0, 0, 1)
		if _, page := v.fills("/en/plus/buy", append(form, "spring")...); !strings.Contains(page, "takes nothing off") {
			n.Errorf("a coupon of yesterday:\n%s", page)
		}
	})
}

func TestAPlanIsTriedOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		n.priced()
		v := n.visitor()
		v.fills("/en/account/new")
		if page := v.looks("/en/plus"); !strings.Contains(page, "Try it for 7 days") {
			n.Errorf("the offer is\n%s", page)
		}
		v.fills("/en/plus/trial", "plan", "plus")
		page := v.looks("/en/account")
		if !strings.Contains(page, "November 1") && !strings.Contains(page, "November 2") {
			n.Errorf("the account is\n%s", page)
		}
		n.now = n.now.AddDate(0, 0, 30)
		v.fills("/en/plus/trial", "plan", "plus")
		if strings.Contains(v.looks("/en/account"), "until December") {
			n.Error("the plan is tried again")
		}
	})
}

func TestWithoutATillNothingIsSold(t *testing.T) {
	each(t, func(n *newsroom) {
		n.priced().sellsBy()
		v := n.visitor()
		if page := v.looks("/en/plus"); strings.Contains(page, "/plus/buy") {
			n.Error("the offer sells without a till")
		}
		for _, path := range []string{"/till/stripe", "/till/test/A"} {
			if status, _ := v.fills(path); status != http.StatusNotFound {
				n.Errorf("%s answers %d", path, status)
			}
		}
		if status, _ := v.fills("/en/plus/buy", "plan", "plus", "price", monthly, "for", "gift", "country", "other"); status != http.StatusNotFound {
			n.Errorf("buying answers %d", status)
		}
	})
}

func TestStripesEventsOpenAndCloseAndOthersAreRefused(t *testing.T) {
	each(t, func(n *newsroom) {
		const key = "whsec_of_this_test"
		s, err := till.NewStripe(till.StripeSettings{Key: "sk_test_none", Secret: key}, func() time.Time { return n.now })
		n.ok(err)
		n.sellsBy(s)
		r, _, err := n.readers.OpenByNumber(t.Context(), "en")
		n.ok(err)
		o, _, err := n.readers.Begin(t.Context(), audience.NewOrder{Reader: r.ID, Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 700, Days: 30}, Till: "stripe"})
		n.ok(err)
		send := func(kind, object, with string) int {
			body := fmt.Sprintf(`{"id":"evt","object":"event","api_version":%q,"created":%d,"type":%q,"data":{"object":%s}}`, till.Version, n.now.Unix(), kind, object)
			signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: []byte(body), Secret: with, Timestamp: n.now})
			q, err := http.NewRequest("POST", n.host.URL+till.StripePath, strings.NewReader(body))
			n.ok(err)
			q.Header.Set("Stripe-Signature", signed.Header)
			answer, err := http.DefaultClient.Do(q)
			n.ok(err)
			n.ok(answer.Body.Close())
			return answer.StatusCode
		}
		held := func() int {
			all, err := n.readers.Passes(t.Context(), r.ID)
			n.ok(err)
			return len(all)
		}
		paid := fmt.Sprintf(`{"id":"cs","payment_status":"paid","payment_intent":"pi_1","amount_total":700,"created":%d,"metadata":{"order":%q}}`, n.now.Unix(), o.ID)
		if got := send("checkout.session.completed", paid, "whsec_of_another"); got != http.StatusBadRequest || held() != 0 {
			n.Errorf("an event that somebody else signed answers %d and opens %d", got, held())
		}
		if got := send("checkout.session.completed", paid, key); got != http.StatusNoContent || held() != 1 {
			n.Errorf("a payment answers %d and opens %d", got, held())
		}
		if got := send("customer.created", `{"id":"cus_1"}`, key); got != http.StatusNoContent {
			n.Errorf("an event of no use answers %d", got)
		}
		if got := send("charge.refunded", `{"id":"ch","payment_intent":"pi_1","amount_refunded":700}`, key); got != http.StatusNoContent || held() != 0 {
			n.Errorf("a refund answers %d and leaves %d", got, held())
		}
	})
}
