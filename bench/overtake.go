package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"wireroom/agency"
	"wireroom/bulletin/channel"
	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
)

// A kill goes out while so much waits: each of the older stories for each of
// the endpoints, of which one answers nothing at all.
const (
	olderStories  = 1000
	endpoints     = 100
	perClient     = 50 // endpoints
	overtakeBound = 2 * time.Second
)

// clock notes when each of those who are to hear of the kill first did.
type clock struct {
	mu    sync.Mutex
	heard map[string]time.Time
	rung  chan struct{}
	left  int
}

func (c *clock) hears(who string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, again := c.heard[who]; again {
		return
	}
	c.heard[who] = time.Now()
	if c.left--; c.left == 0 {
		close(c.rung)
	}
}

// overtake measures how soon a kill of ours is first tried at each of a hundred
// webhooks, in Telegram, in readers' browsers, on the stream, by mail and on the
// page, while a hundred thousand older deliveries and alerts wait.
func overtake(dir string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	post, err := openSink()
	if err != nil {
		return err
	}
	defer post.close()
	c := agency.Defaults(filepath.Join(dir, "overtake"))
	for key, value := range map[string]string{"outbound": "127.0.0.0/8", "mail": post.addr, "mail_from": "wire@pozirk.example", "mail_tls": "none"} {
		if err := c.Set(key, value, "the bench"); err != nil {
			return err
		}
	}
	house := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en"}, ZoneName: "UTC", PublicURL: "https://pozirk.example",
		Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics"}}}}
	if err := agency.FoundAs(ctx, c, house); err != nil {
		return err
	}
	c.Addr = "127.0.0.1:0"
	a, err := agency.Open(ctx, c, agency.Options{})
	if err != nil {
		return err
	}
	defer a.Close()
	t := &town{agency: a, gate: make(chan struct{}), clock: &clock{heard: map[string]time.Time{}, rung: make(chan struct{}), left: endpoints + browsers + 4}}
	defer t.close()
	if err := t.fill(ctx, dir); err != nil {
		return err
	}
	addr, err := a.Listen()
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	err = t.kills(ctx, "http://"+addr, post)
	cancel()
	close(t.gate)
	return errors.Join(err, <-ended)
}

// town is an agency with its clients.
type town struct {
	agency  *agency.Agency
	ada     staff.Person
	token   string
	servers []*httptest.Server
	gate    chan struct{} // keeps clients from answering
	clock   *clock
	killed  story.Story

	mu     sync.Mutex
	posted bool // the story stands in Telegram
	busy   map[string]bool
}

func (t *town) close() {
	for _, s := range t.servers {
		s.Close()
	}
}

func (t *town) serves(h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.servers = append(t.servers, s)
	return s.URL
}

// fill enters the clients and sends the stories before anything is brought.
func (t *town) fill(ctx context.Context, dir string) (err error) {
	if t.ada, err = t.agency.Staff.Add(ctx, staff.Person{Name: "Ada", Email: "ada@example.org", Role: staff.Chief}); err != nil {
		return err
	}
	m, err := t.agency.Clients.Manager(t.agency.Staff, t.ada)
	if err != nil {
		return err
	}
	t.busy = map[string]bool{}
	for n := range endpoints / perClient {
		made := clients.Client{Name: fmt.Sprint("Client ", n), Starts: time.Now().Add(-time.Hour)}
		if n == 0 {
			made.Contact = "desk@client.example"
		}
		if made, err = m.Save(ctx, made); err != nil {
			return err
		}
		if _, err = m.SaveProduct(ctx, made.ID, clients.Product{Name: "all", Lets: reveal.Selection{Full: true}}); err != nil {
			return err
		}
		if t.token, err = m.MakeToken(ctx, made.ID, ""); err != nil {
			return err
		}
		for i := range perClient {
			if err := t.endpoint(ctx, made.ID, strconv.Itoa(n*perClient+i)); err != nil {
				return err
			}
		}
	}
	_, err = t.agency.Channels.Save(ctx, t.ada, channel.Channel{Lang: "en", Name: "Pozirk", Chat: "@pozirk", Token: "1:x", Base: t.serves(t.chats), Live: true}, time.Now())
	if err != nil {
		return err
	}
	if err = t.rings(ctx, dir); err != nil {
		return err
	}
	if t.killed, err = t.sends(ctx, "The story that is killed"); err != nil {
		return err
	}
	for n := range olderStories {
		if _, err := t.sends(ctx, fmt.Sprintf("Older story %d", n)); err != nil {
			return err
		}
	}
	return nil
}

// endpoint adds a webhook that answers kills alone; the first answers nothing.
func (t *town) endpoint(ctx context.Context, of clients.ID, name string) error {
	url := t.serves(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if r.Header.Get("Wireroom-Signal") == "kill" {
			t.clock.hears("webhook " + name)
			if name != "0" {
				return
			}
		}
		t.mu.Lock()
		t.busy[name] = true
		t.mu.Unlock()
		<-t.gate
	})
	_, err := t.agency.Endpoints.Add(ctx, push.Endpoint{Client: string(of), Way: push.Webhook, Address: url})
	return err
}

// chats stands in for Telegram: the first message comes, the next is refused.
func (t *town) chats(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case strings.HasSuffix(r.URL.Path, "/deleteMessage"):
		t.clock.hears("telegram")
	case strings.Contains(string(body), "Older story"):
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = io.WriteString(w, `{"ok":false,"description":"Too Many Requests"}`)
		return
	default:
		t.posted = true
	}
	_, _ = io.WriteString(w, `{"ok":true,"result":{"message_id":1}}`)
}

func (t *town) sends(ctx context.Context, headline string) (story.Story, error) {
	st, err := t.agency.Stories.Create(ctx, t.ada, "en", "", story.Content{Headline: headline, Sections: []string{"politics"}, Urgency: 5,
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("So it is."))}}})
	if err == nil {
		st, err = t.agency.Stories.Release(ctx, t.ada, st.ID, st.Revision)
	}
	return st, err
}

// kills waits until everything is stuck, kills the story and tells how long it
// took.
func (t *town) kills(ctx context.Context, url string, post *sink) error {
	for stuck := false; !stuck; time.Sleep(10 * time.Millisecond) {
		t.mu.Lock()
		stuck = len(t.busy) == endpoints+browsers && t.posted
		t.mu.Unlock()
	}
	if err := t.told(ctx); err != nil {
		return err
	}
	if err := t.listens(ctx, url); err != nil {
		return err
	}
	post.reset()
	stop, err := profiled("kill")
	if err != nil {
		return err
	}
	began, spent := time.Now(), processor()
	if _, err := t.agency.Stories.Kill(ctx, t.ada, t.killed.ID, story.Say("It was not so.")); err != nil {
		return err
	}
	done := time.Now()
	go func() {
		for ; post.count() == 0; time.Sleep(lookAgain) {
		}
		t.clock.hears("mail")
	}()
	go func() {
		page := fmt.Sprintf("%s/en/news/%d", url, t.killed.Number)
		for status := 0; status != http.StatusGone; time.Sleep(lookAgain) {
			if answer, err := http.Get(page); err == nil {
				status = answer.StatusCode
				_ = answer.Body.Close()
			}
		}
		t.clock.hears("page")
	}()
	select {
	case <-t.clock.rung:
	case <-time.After(time.Minute):
		return fmt.Errorf("after a minute %d have not heard of the kill", t.clock.left)
	}
	spent = processor() - spent
	stop()
	all := map[string]time.Duration{}
	var last time.Duration
	for who, at := range t.clock.heard {
		kind, _, _ := strings.Cut(who, " ")
		took := at.Sub(began)
		all[kind], last = max(all[kind], took), max(last, took)
	}
	fmt.Printf("%-52s %14s\n", "  the act itself", fmt.Sprintf("%.1f ms", ms(done.Sub(began))))
	fmt.Printf("%-52s %14s\n", "  of the processor, all told", fmt.Sprintf("%.1f ms", ms(spent)))
	for _, kind := range []string{"page", "stream", "webhook", "telegram", "alert", "mail"} {
		fmt.Printf("%-52s %14s\n", "  the last of: "+kind, fmt.Sprintf("%.1f ms", ms(all[kind])))
	}
	tell(fmt.Sprintf("kill → first try everywhere, %d deliveries, %d alerts wait", olderStories*endpoints, olderStories*browsers), fmt.Sprintf("%.1f ms", ms(last)), "≤ 2 s", last <= overtakeBound)
	return nil
}

// listens follows the stream.
func (t *town) listens(ctx context.Context, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url+"/wire/v1/stream", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+t.token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the stream answers %s", answer.Status)
	}
	go func() {
		defer answer.Body.Close()
		// It ends with the line.
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if lines.Text() == "event: kill" {
				t.clock.hears("stream")
			}
		}
	}()
	return nil
}
