package ticker_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db/dbtest"
	"wireroom/mail"
	"wireroom/mail/mailtest"
)

// nodes are two machines of one agency, each with its own lines to the database.
func nodes(t *testing.T) (a, b *newsroom, box *mailtest.Box) {
	t.Helper()
	url := dbtest.PostgresURL(t)
	box = mailtest.Open(t)
	post, err := mail.New(mail.Settings{Addr: box.Addr, From: "wire@pozirk.example", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	a = open(t, dbtest.Open(t, url), post)
	b = node(t, dbtest.Open(t, url), post)
	a.runs()
	b.runs()
	return a, b, box
}

func TestAStreamOfOneMachineGoesOnAtAnother(t *testing.T) {
	a, b, _ := nodes(t)
	_, token := a.client("Radio", nil, everything)
	line := b.follows("/wire/v1/stream", token)
	const some = 25
	for i := range some {
		sender := []*newsroom{a, b}[i%2]
		sender.sends(fmt.Sprintf("Story %d.", i+1), nil)
	}
	last := ""
	for want := 1; want <= some; want++ {
		e := line.next()
		if last = e.id; e.id != strconv.Itoa(want) || !strings.Contains(e.text(), fmt.Sprintf("Two of Story %d..", want)) {
			t.Fatalf("the line of the other machine is sent %s, not %d: %s", e.id, want, e.raw)
		}
	}
	a.ok(line.body.Close())
	b.sends("Meanwhile", nil)
	// The machine that heard of nothing by itself goes on where the other ended.
	again := a.follows("/wire/v1/stream", token, "Last-Event-ID", last)
	if e := again.next(); e.id != strconv.Itoa(some+1) || !strings.Contains(e.text(), "Meanwhile") {
		t.Errorf("connected to the other machine it is sent %s: %s", e.id, e.raw)
	}
	b.sends("And then", nil)
	if e := again.next(); e.id != strconv.Itoa(some+2) {
		t.Errorf("then it is sent %s: %s", e.id, e.raw)
	}
}

func TestAKillAtOneMachineOvertakesAtTheOther(t *testing.T) {
	a, b, _ := nodes(t)
	_, prompt := a.client("Prompt", nil, everything)
	_, late := a.client("Late", func(c *clients.Client) { c.Delay = time.Hour }, everything)
	st := a.sends("False", nil)
	a.sends("True", nil)
	// Whoever is served late has the story by now, and waits for what follows.
	a.shift, b.shift = 2*time.Hour, 2*time.Hour
	waits := b.follows("/wire/v1/stream?after=0", late)
	for want := range 2 {
		if e := waits.next(); e.id != strconv.Itoa(want+1) {
			t.Fatalf("it has %s first: %s", e.id, e.raw)
		}
	}
	for i := range 3 {
		a.sends(fmt.Sprintf("Not yet %d", i), nil)
	}
	a.kills(st)
	if e := waits.next(); e.name != "kill" || e.id != "" || e.Number != 6 {
		t.Errorf("before what waits comes %s %s: %s", e.name, e.id, e.raw)
	}
	// Whoever comes only now is not told what was killed.
	begins := b.follows("/wire/v1/stream?after=0", prompt)
	for want := 1; want <= 6; want++ {
		e := begins.next()
		if e.id != strconv.Itoa(want) || strings.Contains(e.raw, "Two of False") || want == 1 && !e.Superseded || want == 6 && e.name != "kill" {
			t.Errorf("from the beginning it is sent %s %s: %s", e.id, e.name, e.raw)
		}
	}
}

func TestAReceiptIsAskedForOnceAndCountsOnceOverTwoMachines(t *testing.T) {
	a, b, box := nodes(t)
	c, token := a.client("Radio", func(c *clients.Client) { c.Contact = "desk@radio.example" }, everything)
	kills := []string{}
	for i := range 4 {
		a.kills(b.sends(fmt.Sprintf("False %d", i), nil))
		kills = append(kills, strconv.Itoa(2*i+2))
	}
	ctx, stop := context.WithCancel(t.Context())
	var asking sync.WaitGroup
	for _, n := range []*newsroom{a, b} {
		asking.Go(func() { n.ticker.Ask(ctx) })
	}
	for range kills {
		box.Next(t)
	}
	// Both confirm at once; the first word stands.
	var given sync.WaitGroup
	said := make(chan string, 2*len(kills))
	for _, number := range kills {
		for _, n := range []*newsroom{a, b} {
			given.Go(func() { said <- n.asks("POST", "/wire/v1/receipts", token, `{"number": `+number+`}`).body })
		}
	}
	given.Wait()
	close(said)
	times := map[string]bool{}
	for body := range said {
		times[body] = true
	}
	if len(times) != len(kills) {
		t.Errorf("%d receipts were answered in %d ways: %v", len(kills), len(times), times)
	}
	stop()
	asking.Wait()
	all, err := b.clients.Receipts(t.Context(), 0, 100)
	a.ok(err)
	owed, err := a.clients.Owed(t.Context(), c.ID)
	a.ok(err)
	if len(all) != len(kills) || len(owed) != 0 || box.Waiting() != 0 {
		t.Errorf("there are %d receipts, %d are owed, and %d letters too many", len(all), len(owed), box.Waiting())
	}
}
