package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"

	"wireroom/db"
)

// closings is how often each way of closing is measured.
const closings = 20

// behind stands in the part of the story that is for subscribers.
const behind = "decided what it had to decide"

// pair is two machines over one PostgreSQL, and somebody at the desk of the
// first.
type pair struct {
	near, far *server
	ada       *http.Client
	story     string
	tables    *db.DB
	bought    int
}

// from asks as a server in front does for somebody of a network of their own:
// one network may not open many accounts.
type from string

func (f from) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("X-Forwarded-For", string(f))
	return http.DefaultTransport.RoundTrip(r)
}

// nodes measures how soon a story that a reader may no longer open is closed:
// the act is done at one machine and looked for at both.
func nodes(dir, postgres string) error {
	if err := os.Setenv("WIREROOM_DB", postgres); err != nil {
		return err
	}
	defer os.Unsetenv("WIREROOM_DB")
	if err := os.Setenv("WIREROOM_TILL", "test"); err != nil {
		return err
	}
	defer os.Unsetenv("WIREROOM_TILL")
	data := filepath.Join(dir, "nodes")
	if _, err := run("init", "--data", data, "--name", "Pozirk", "--languages", "en", "--sections", "Politics", "--plan", "POZIRK+"); err != nil {
		return err
	}
	if _, err := run("staff", "add", "--data", data, "--name", "Ada", "--email", "ada@example.org", "--role", "chief"); err != nil {
		return err
	}
	return served(data, func(near *server) error {
		return served(data, func(far *server) error {
			p := &pair{near: near, far: far}
			return p.closes(postgres)
		})
	})
}

func (p *pair) closes(postgres string) (err error) {
	if p.ada, err = p.near.signIn("ada@example.org"); err != nil {
		return err
	}
	if err := p.sells(); err != nil {
		return err
	}
	if p.story, err = p.near.locked(p.ada); err != nil {
		return err
	}
	if p.tables, err = db.Open(context.Background(), postgres); err != nil {
		return err
	}
	defer p.tables.Close()
	for _, way := range []struct {
		name string
		act  func(r buyer) (time.Time, error)
	}{{"frozen", p.freeze}, {"given back", p.giveBack}, {"taken back by the staff", p.takeBack}, {"lapsed by the clock", p.lapse}, {"signed out elsewhere", p.signOut}} {
		var here, there []time.Duration
		for range closings {
			a, b, err := p.closed(way.act)
			if err != nil {
				return fmt.Errorf("%s: %w", way.name, err)
			}
			here, there = append(here, a), append(there, b)
		}
		for _, one := range []struct {
			where string
			took  []time.Duration
		}{{"here", here}, {"at the other machine", there}} {
			half, most := spread(one.took)
			tell(fmt.Sprintf("%s → closed %s: p50 %.0f ms, most", way.name, one.where, ms(half)), fmt.Sprintf("%.0f ms", ms(most)), "≤ 1 s", most <= time.Second)
		}
	}
	return nil
}

// buyer is a reader who has paid, signed in at both machines by one session.
type buyer struct{ cookie, id, order string }

// closed buys a plan, closes it and gives the time from the act to the first
// closed answer of each machine.
func (p *pair) closed(act func(buyer) (time.Time, error)) (here, there time.Duration, err error) {
	r, err := p.buys()
	if err != nil {
		return 0, 0, err
	}
	for _, s := range []*server{p.near, p.far} {
		if _, open, err := s.opens(p.story, r.cookie); err != nil || !open {
			return 0, 0, fmt.Errorf("what was paid for is open: %t (%w)", open, err)
		}
	}
	type seen struct {
		after time.Time
		err   error
	}
	stop := time.Now().Add(time.Minute)
	watch := func(s *server) chan seen {
		found := make(chan seen, 1)
		go func() {
			for time.Now().Before(stop) {
				at, open, err := s.opens(p.story, r.cookie)
				if err != nil || !open {
					found <- seen{at, err}
					return
				}
			}
			found <- seen{err: fmt.Errorf("it stays open for a minute")}
		}()
		return found
	}
	first, second := watch(p.near), watch(p.far)
	began, err := act(r)
	if err != nil {
		return 0, 0, err
	}
	a, b := <-first, <-second
	if a.err != nil || b.err != nil {
		return 0, 0, fmt.Errorf("%v, %v", a.err, b.err)
	}
	if a.after.Before(began) || b.after.Before(began) {
		return 0, 0, fmt.Errorf("it is closed before the act")
	}
	return a.after.Sub(began), b.after.Sub(began), nil
}

// opens looks at the story and says when the answer was there.
func (s *server) opens(story, cookie string) (at time.Time, open bool, err error) {
	r, err := http.NewRequest(http.MethodGet, s.url+story, nil)
	if err != nil {
		return at, false, err
	}
	r.Header.Set("Cookie", cookie)
	answer, body, err := read(http.DefaultTransport.RoundTrip(r))
	if err != nil || answer.StatusCode != http.StatusOK {
		return at, false, fmt.Errorf("the story answers %v, %w", answer, err)
	}
	return time.Now(), bytes.Contains(body, []byte(behind)), nil
}

// sells puts a price on the plan.
func (p *pair) sells() error {
	at := p.near.url + "/desk/masthead/plans"
	_, page, err := read(p.ada.Get(at))
	if err != nil {
		return err
	}
	form, err := fields(page)
	if err != nil {
		return err
	}
	price := "plan." + readersPlan + ".price.0."
	form.Set(price+"amount", "7")
	form.Set(price+"currency", "EUR")
	form.Set(price+"days", "30")
	answer, _, err := read(p.ada.PostForm(at, form))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the price answers %d", answer.StatusCode)
	}
	return err
}

// fields are those of a page's forms, as they stand.
func fields(page []byte) (url.Values, error) {
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, err
	}
	form := url.Values{}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "input" && n.Data != "textarea" {
			continue
		}
		attr := map[string]string{}
		for _, a := range n.Attr {
			attr[a.Key] = a.Val
		}
		_, checked := attr["checked"]
		switch {
		case n.Data == "textarea" && n.FirstChild != nil:
			form.Set(attr["name"], n.FirstChild.Data)
		case attr["type"] != "checkbox" && attr["type"] != "radio" || checked:
			form.Set(attr["name"], attr["value"])
		}
	}
	return form, nil
}

var (
	tillLink  = regexp.MustCompile(`/till/test/[A-Z0-9]+`)
	newNumber = regexp.MustCompile(`\d{4} \d{4} \d{4} \d{4} \d{4}`)
	refundOf  = regexp.MustCompile(`refund=([0-9a-f-]{36})`)
)

// buys opens an account by number and pays for the plan at the test till.
func (p *pair) buys() (b buyer, err error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return b, err
	}
	p.bought++
	reader := &http.Client{Jar: jar, Transport: from(fmt.Sprintf("192.0.2.%d", p.bought))}
	_, bill, err := read(reader.PostForm(p.near.url+"/en/plus/buy", url.Values{"plan": {readersPlan}, "price": {"EUR-700-30"}, "for": {"new"}}))
	if err != nil {
		return b, err
	}
	number := newNumber.Find(bill)
	if number == nil {
		return b, fmt.Errorf("the bill shows no number")
	}
	if _, _, err := read(reader.PostForm(p.near.url+string(tillLink.Find(bill)), nil)); err != nil {
		return b, err
	}
	site, err := url.Parse(p.near.url)
	if err != nil {
		return b, err
	}
	for _, c := range jar.Cookies(site) {
		if c.Name == "reader" {
			b.cookie = c.String()
		}
	}
	found, page, err := read(p.ada.PostForm(p.near.url+"/desk/readers", url.Values{"who": {string(number)}}))
	if err != nil {
		return b, err
	}
	order := refundOf.FindSubmatch(page)
	if order == nil {
		return b, fmt.Errorf("the desk shows no payment")
	}
	b.id, b.order = filepath.Base(found.Request.URL.Path), string(order[1])
	return b, nil
}

// post does something to the reader at the first machine's desk. What follows
// is timed from before it is asked for.
func (p *pair) post(r buyer, what string, form url.Values) (time.Time, error) {
	began := time.Now()
	answer, _, err := read(p.ada.PostForm(p.near.url+"/desk/readers/one/"+r.id+"/"+what, form))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("the desk answers %d", answer.StatusCode)
	}
	return began, err
}

func (p *pair) freeze(r buyer) (time.Time, error) { return p.post(r, "freeze", nil) }

func (p *pair) giveBack(r buyer) (time.Time, error) {
	return p.post(r, "refund", url.Values{"order": {r.order}})
}

// takeBack has the plan be one that the staff gave, and takes it back.
func (p *pair) takeBack(r buyer) (time.Time, error) {
	given := url.Values{"plan": {readersPlan}, "until": {time.Now().AddDate(0, 2, 0).Format(time.DateOnly)}}
	if _, err := p.post(r, "grant", given); err != nil {
		return time.Time{}, err
	}
	err := p.tables.Do(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), `DELETE FROM reader_pass WHERE reader = ?1 AND kind = 'paid'`, r.id)
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	given.Set("until", "2020-01-01")
	return p.post(r, "grant", given)
}

// lapse has the plan end in the next second, as it would at the end of a day.
func (p *pair) lapse(r buyer) (time.Time, error) {
	end := time.UnixMilli(time.Now().UnixMilli() + 1200)
	err := p.tables.Do(context.Background(), func(tx *db.Tx) error {
		if _, err := tx.Exec(context.Background(), `UPDATE reader_pass SET until = ?2 WHERE reader = ?1`, r.id, end.UnixMilli()); err != nil {
			return err
		}
		_, err := tx.Exec(context.Background(), `UPDATE reader_change SET number = number + 1`)
		return err
	})
	return end, err
}

// signOut ends the session at the first machine.
func (p *pair) signOut(r buyer) (time.Time, error) {
	ask, err := http.NewRequest(http.MethodPost, p.near.url+"/account/sign-out", strings.NewReader(""))
	if err != nil {
		return time.Time{}, err
	}
	ask.Header.Set("Cookie", r.cookie)
	ask.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	began := time.Now()
	answer, _, err := read(http.DefaultTransport.RoundTrip(ask))
	if err == nil && answer.StatusCode != http.StatusSeeOther {
		err = fmt.Errorf("signing out answers %d", answer.StatusCode)
	}
	return began, err
}
