package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"wireroom/agency"
	"wireroom/mail/mailtest"
	"wireroom/masthead"
	"wireroom/story"
)

// behind is a word that stands behind the gate alone.
const behind = "Kupalle"

// newsstand is an agency that serves in this process, with a clock of the
// test's own, a mailbox, and one story for subscribers.
type newsstand struct {
	*onlooker
	agency *agency.Agency
	box    *mailtest.Box
	story  string // its address

	mu  sync.Mutex
	now time.Time
}

// later moves the clock on.
func (n *newsstand) later(d time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.now = n.now.Add(d)
}

func (n *newsstand) clock() time.Time {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.now
}

func (n *newsstand) ok(err error) {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
}

// opensStand founds the agency and serves it until the test ends.
func opensStand(t *testing.T) *newsstand {
	t.Helper()
	n := &newsstand{onlooker: &onlooker{t: t}, box: mailtest.Open(t), now: time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)}
	c := agency.Defaults(t.TempDir())
	for key, value := range map[string]string{"addr": "127.0.0.1:0", "mail": n.box.Addr, "mail_from": "desk@rosnica.example", "mail_tls": "none", "till": "test"} {
		n.ok(c.Set(key, value, "the test"))
	}
	n.ok(agency.FoundAs(t.Context(), c, masthead.Masthead{
		Name: "Rosnica", Languages: []masthead.Lang{"en"}, ZoneName: "UTC",
		Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics"}}},
		Plans: []masthead.Plan{{ID: "full", Names: map[masthead.Lang]string{"en": "Full wire"},
			Notices: map[masthead.Lang]string{"en": "For subscribers."}, Prices: []masthead.Price{{Currency: "EUR", Amount: 600, Days: 30}}}},
		Readers: masthead.Readership{Free: 2, Gifts: 1},
	}))
	var err error
	n.agency, err = agency.Open(t.Context(), c, agency.Options{Now: n.clock})
	n.ok(err)
	addr, err := n.agency.Listen()
	n.ok(err)
	n.s = &server{url: "http://" + addr}
	n.ok(publish(t.Context(), n.agency, n.s.url))
	n.story = n.sendsLocked()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.agency.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := n.agency.Close(); err != nil {
			t.Error(err)
		}
	})
	return n
}

func (n *newsstand) sendsLocked() string {
	n.t.Helper()
	ctx := n.t.Context()
	by, err := someone(ctx, n.agency)
	n.ok(err)
	st, err := n.agency.Stories.Create(ctx, by, "en", "", story.Content{Headline: "Locked", Plan: "full", Sections: []string{"politics"},
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("The beginning.")), story.Para(story.Plain(behind + " is behind the gate."))}}})
	n.ok(err)
	_, err = n.agency.Stories.Release(ctx, by, st.ID, st.Revision)
	n.ok(err)
	return fmt.Sprintf("%s/en/news/%d", n.s.url, st.Number)
}

// goes opens an address by hand.
func (n *newsstand) goes(url string) {
	n.t.Helper()
	n.does(chromedp.Navigate(url))
}

// presses presses what the selector finds and waits for the page behind it.
func (n *newsstand) presses(selector string) {
	n.t.Helper()
	if _, err := chromedp.RunResponse(n.ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		n.t.Fatalf("%s leads nowhere: %v; the page says %s", selector, err, n.reads())
	}
}

// types fills a field and presses its form's button.
func (n *newsstand) types(field, text string) {
	n.t.Helper()
	n.does(chromedp.SendKeys(chromedp.CSS(field), text))
	n.presses("form:has(" + field + ") button")
}

// finds gives what the pattern finds on the page.
func (n *newsstand) finds(pattern string) string {
	n.t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(n.reads())
	if m == nil {
		n.t.Fatalf("the page has nothing like %s: %s", pattern, n.reads())
	}
	return m[len(m)-1]
}

// mayRead fails unless the story is open, or cut, as it should be.
func (n *newsstand) mayRead(open bool, when string) {
	n.t.Helper()
	n.goes(n.story)
	if text := n.reads(); strings.Contains(text, behind) != open || strings.Contains(text, "For subscribers.") == open {
		n.t.Fatalf("%s the reader reads %s", when, text)
	}
}

// A reader without a name buys at the till, reads, signs out, signs in by number
// on another device, lapses, renews by a code that was bought for them, and
// opens the story to a friend; a stranger uses a code on a new account. Another
// comes by e-mail, opens one story of the month, and is let in by the letter's
// link the next time.
func TestAReaderLivesWithTheirAccount(t *testing.T) {
	t.Parallel()
	for _, script := range []bool{false, true} {
		t.Run(map[bool]string{false: "without script", true: "with script"}[script], func(t *testing.T) {
			n := opensStand(t)
			n.onlooker = browser(t, n.s, nil)
			if _, err := chromedp.Call(n.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !script}); err != nil {
				t.Fatal(err)
			}
			n.byNumber()
			n.be("")
			n.byEmail()
			n.asksNobodyElse()
		})
	}
}

// buys goes from the gate to the till, for whomever.
func (n *newsstand) buys(whom string) {
	n.t.Helper()
	n.goes(n.story)
	n.presses(`.cut .pair a.button`)
	n.presses(`.prices a.button`)
	n.does(chromedp.Click(chromedp.CSS(`input[name="for"][value="` + whom + `"]`)))
	n.presses(`main form button`)
}

func (n *newsstand) pays() {
	n.t.Helper()
	n.presses(`main a.button`)
	n.presses(`main form button`)
}

// present is the code of a plan that is bought for somebody else.
func (n *newsstand) present() string {
	n.t.Helper()
	n.buys("gift")
	n.pays()
	n.presses(`main form button`)
	return n.finds(`((?:[0-9A-Z]{4}-?){5})`)
}

func (n *newsstand) byNumber() {
	n.t.Helper()
	n.mayRead(false, "before anything")
	n.buys("new")
	number := n.finds(`Account number\s+((?:\d{4} ?){5})`)
	n.pays()
	n.mayRead(true, "after paying")
	n.goes(n.s.url + "/en/account")
	n.presses(`form[action="/account/sign-out"] button`)
	n.mayRead(false, "after signing out")

	n.be("")
	n.mayRead(false, "on another device")
	byCode := n.present()
	n.goes(n.s.url + "/en/account/code")
	n.types("#code", byCode)
	n.finds(`Account number\s+((?:\d{4} ?){5})`)
	n.mayRead(true, "after the code")
	n.be("")
	n.mayRead(false, "on a third device")
	n.presses(`.cut a[href*="/account/sign-in"]`)
	n.types("#number", number)
	if text := n.reads(); !strings.Contains(text, behind) {
		n.t.Fatalf("signing in does not lead back to the story: %s", text)
	}
	n.later(31 * 24 * time.Hour)
	n.mayRead(false, "when the plan is over")
	code := n.present()
	n.mayRead(false, "after buying for somebody else")
	n.presses(`.cut a[href$="/account/code"]`)
	n.types("#code", code)
	n.finds(`The code is used\.`)
	n.mayRead(true, "after renewing")

	n.presses(`form.give button`)
	link, err := chromedp.Run(n.ctx, chromedp.Evaluate[string](`document.getElementById("link").value`))
	n.ok(err)
	n.be("")
	n.goes(link)
	n.finds(`A subscriber has opened this story to you[\s\S]+` + behind)
	n.hasNoCookie()
}

func (n *newsstand) byEmail() {
	n.t.Helper()
	n.mayRead(false, "before signing in")
	n.presses(`.cut a[href*="/account/sign-in"]`)
	n.types("#email", "reader@example.org")
	letter := n.box.Next(n.t)
	code := regexp.MustCompile(`\d{3} \d{3}`).FindString(letter.Text)
	n.types("#code", code)
	if text := n.reads(); strings.Contains(text, behind) || !strings.Contains(text, "2 of 2 left") {
		n.t.Fatalf("the code leads to %s", text)
	}
	n.presses(`.cut form button`)
	if text := n.reads(); !strings.Contains(text, behind) {
		n.t.Fatalf("one of the month's stories is not opened: %s", text)
	}
	n.mayRead(false, "at the story's own address")
	n.finds(`1 of 2 left`)
	n.goes(n.s.url + "/en/account")
	n.presses(`form[action="/account/sign-out"] button`)
	n.goes(n.s.url + "/en/account/sign-in")
	n.types("#email", "reader@example.org")
	letter = n.box.Next(n.t)
	link := regexp.MustCompile(`http\S+/account/letter/\w+`).FindString(letter.Text)
	n.goes(link)
	n.presses(`main form button`)
	n.finds(`Signed in by e-mail`)
}
