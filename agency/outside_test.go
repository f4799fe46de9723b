package agency_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/clients"
	"wireroom/clients/push"
	"wireroom/db/dbtest"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
)

// hook is a client's webhook that keeps what comes.
type hook struct {
	*httptest.Server
	mu   sync.Mutex
	came []string
}

func hooks(t *testing.T) *hook {
	t.Helper()
	h := &hook{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		h.mu.Lock()
		h.came = append(h.came, string(body))
		h.mu.Unlock()
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *hook) all() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]string(nil), h.came...)
}

// buys enters a client with a product.
func (o *open) buys(name string, lets reveal.Selection, change func(*clients.Client)) clients.Client {
	o.t.Helper()
	ctx := o.t.Context()
	chief, err := o.Staff.Add(ctx, staff.Person{Name: name + "'s chief", Email: strings.ToLower(name) + "@chief.example", Role: staff.Chief})
	if err != nil {
		o.t.Fatal(err)
	}
	m, err := o.Clients.Manager(o.Staff, chief)
	if err != nil {
		o.t.Fatal(err)
	}
	c := clients.Client{Name: name, Starts: time.Now().Add(-time.Hour), Lang: "en"}
	if change != nil {
		change(&c)
	}
	if c, err = m.Save(ctx, c); err != nil {
		o.t.Fatal(err)
	}
	if _, err := m.SaveProduct(ctx, c.ID, clients.Product{Name: "all", Lets: lets}); err != nil {
		o.t.Fatal(err)
	}
	return c
}

func TestTheWireIsBroughtToClientsAsTheDoorLetsIt(t *testing.T) {
	try := func(t *testing.T, c agency.Config) {
		if err := c.Set("outbound", "127.0.0.0/8", "the test"); err != nil {
			t.Fatal(err)
		}
		o := serve(t, c)
		whole := o.buys("Radio", reveal.Selection{Full: true}, nil)
		other := o.buys("Paper", reveal.Selection{Sections: []string{"economy"}, Full: true}, nil)
		early := o.buys("Early", reveal.Selection{Full: true}, func(c *clients.Client) { c.Early = true })
		all, none, ahead, xml := hooks(t), hooks(t), hooks(t), hooks(t)
		for _, e := range []push.Endpoint{
			{Client: string(whole.ID), Way: push.Webhook, Address: all.URL}, {Client: string(other.ID), Way: push.Webhook, Address: none.URL},
			{Client: string(early.ID), Way: push.Webhook, Address: ahead.URL}, {Client: string(whole.ID), Way: push.Webhook, Address: xml.URL, Format: "newsml"},
		} {
			if _, err := o.Endpoints.Add(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		st := o.send(story.Content{Headline: "Council meets"})
		o.until("the story is brought", func() bool { return len(all.all()) == 1 && len(ahead.all()) == 1 && len(xml.all()) == 1 })
		var event struct {
			Type   string
			Number int64
			Data   map[string]any
		}
		if err := json.Unmarshal([]byte(all.all()[0]), &event); err != nil || event.Type != "story.new" || event.Number != int64(o.head()) || event.Data["uri"] != clients.URI(st.ID) {
			t.Errorf("there came %s: %v", all.all()[0], err)
		}
		if !strings.Contains(all.all()[0], "So it is.") || !strings.Contains(xml.all()[0], "<newsMessage") || !strings.Contains(xml.all()[0], "So it is.") {
			t.Errorf("it lacks its text: %s %s", all.all()[0], xml.all()[0])
		}
		o.send(story.Content{Headline: "Embargoed words", Embargo: time.Now().Add(time.Hour)})
		o.until("who is given it early has it", func() bool { return len(ahead.all()) == 2 })
		if _, err := o.Stories.Kill(t.Context(), o.editor, st.ID, story.Say("Not so.")); err != nil {
			t.Fatal(err)
		}
		o.until("the kill is brought", func() bool { return len(all.all()) == 2 && len(ahead.all()) == 3 && len(xml.all()) == 2 })
		if kill := all.all()[1]; !strings.Contains(kill, "story.kill") || !strings.Contains(kill, "canceled") || strings.Contains(kill, "So it is.") {
			t.Errorf("the kill is %s", kill)
		}
		if got := none.all(); len(got) != 0 {
			t.Errorf("who did not buy it has %v", got)
		}
		for _, text := range append(all.all(), xml.all()...) {
			if strings.Contains(text, "Embargoed") {
				t.Errorf("what is under embargo is brought: %s", text)
			}
		}
	}
	t.Run("sqlite", func(t *testing.T) { try(t, agency.Defaults(t.TempDir())) })
	t.Run("postgres", func(t *testing.T) {
		c := agency.Defaults(t.TempDir())
		if err := c.Set("db", dbtest.BarePostgresURL(t), "the test"); err != nil {
			t.Fatal(err)
		}
		try(t, c)
	})
}
