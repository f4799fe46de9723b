package ticker_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db/dbtest"
	"wireroom/reveal"
	"wireroom/story"
)

func TestAStreamSendsWhatGoesOutAndGoesOnFromAnyNumber(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		_, token := n.client("Radio", nil, everything)
		for i := range 3 {
			n.sends(fmt.Sprintf("Story %d", i+1), nil)
		}
		l := n.follows("/wire/v1/stream?after=1", token)
		for want := 2; want <= 3; want++ {
			if e := l.next(); e.id != strconv.Itoa(want) || e.name != "new" || !strings.Contains(e.text(), fmt.Sprintf("Two of Story %d.", want)) {
				t.Errorf("the line is sent %s %s: %s", e.id, e.name, e.raw)
			}
		}
		live := n.follows("/wire/v1/stream", token)
		n.sends("Story 4", nil)
		for name, l := range map[string]*line{"the first line": l, "one that began now": live} {
			if e := l.next(); e.id != "4" {
				t.Errorf("%s is sent %s: %s", name, e.id, e.raw)
			}
		}
		n.ok(l.body.Close())
		n.sends("Story 5", nil)
		again := n.follows("/wire/v1/stream?after=1", token, "Last-Event-ID", "4")
		if e := again.next(); e.id != "5" {
			t.Errorf("connected again it is sent %s", e.id)
		}
	})
}

func TestAStreamGivesEachWhatItsProductsLetThrough(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		_, all := n.client("Radio", nil, everything)
		_, money := n.client("Money", func(c *clients.Client) { c.Brackets = clients.Round }, reveal.Selection{Full: true, Sections: []string{"economy"}})
		one, other := n.follows("/wire/v1/stream", all), n.follows("/wire/v1/stream", money)
		n.sends("Politics", nil)
		n.sends("Economy", func(c *story.Content) {
			c.Sections = []string{"economy"}
			c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain("It "), story.Marked("will", story.Insertion)))
		})
		if a, b := one.next(), one.next(); a.id != "1" || b.id != "2" || !strings.Contains(b.text(), "[will]") {
			t.Errorf("who has all is sent %s and %s", a.raw, b.raw)
		}
		if e := other.next(); e.id != "2" || !strings.Contains(e.text(), "(will)") {
			t.Errorf("who has one section is sent %s: %s", e.id, e.raw)
		}
	})
}

func TestAnEmbargoedStoryComesWhenItIsOver(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		_, usual := n.client("Usual", nil, everything)
		_, early := n.client("Early", func(c *clients.Client) { c.Early = true }, everything)
		one, other := n.follows("/wire/v1/stream", usual), n.follows("/wire/v1/stream", early)
		n.sends("Later", func(c *story.Content) { c.Embargo = n.now().Add(time.Hour) })
		if e := other.next(); e.id != "1" || !strings.Contains(e.text(), "embargoedUntil") {
			t.Errorf("who is given it early is sent %s", e.raw)
		}
		n.shift = 2 * time.Hour
		n.ok(n.stories.Lift(t.Context()))
		if e := one.next(); e.id != "2" || e.name != "lift" || !strings.Contains(e.text(), "Two of Later.") {
			t.Errorf("the others are sent %s %s: %s", e.id, e.name, e.raw)
		}
	})
}

func TestALateStreamIsSentKillsBeforeTheirTime(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Late", func(c *clients.Client) { c.Delay = time.Hour }, everything)
		st := n.sends("False", nil)
		n.shift = 2 * time.Hour
		n.runs()
		l := n.follows("/wire/v1/stream?after=0", token)
		if e := l.next(); e.id != "1" {
			t.Errorf("it is sent %s first: %s", e.id, e.raw)
		}
		n.kills(st)
		if e := l.next(); e.id != "" || e.name != "kill" || e.Number != 2 {
			t.Errorf("the kill comes as %s: %s", e.id, e.raw)
		}
		n.shift = 4 * time.Hour
		if e := l.next(); e.id != "2" || e.name != "kill" {
			t.Errorf("in its own time it comes as %s: %s", e.id, e.raw)
		}
	})
}

func TestWhoLetsTheStreamPassGoesOnWhenAllLinesAreSent(t *testing.T) {
	n := open(t, dbtest.SQLite(t), nil)
	n.ticker.LetPass(t.Context(), 1) // nobody follows: there is nothing to wait for
	n.runs()
	_, token := n.client("Radio", nil, everything)
	l := n.follows("/wire/v1/stream", token)
	went := make(chan struct{})
	go func() {
		defer close(went)
		n.ticker.LetPass(t.Context(), 1)
	}()
	n.sends("One", nil)
	<-went
	if e := l.next(); e.id != "1" {
		t.Errorf("the line is sent %s", e.raw)
	}
	n.ticker.LetPass(t.Context(), 1)
	ended, end := context.WithCancel(t.Context())
	end()
	n.ticker.LetPass(ended, 2)
}

func TestWhoComesWhileClientsAreWrittenIsForgottenByNobody(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		var lines []*line
		for i := range 40 {
			lets := everything
			lets.Sections = []string{"politics", fmt.Sprintf("other%d", i)} // each client has a strip of its own
			_, token := n.client(fmt.Sprintf("Radio %d", i), nil, lets)
			lines = append(lines, n.follows("/wire/v1/stream", token))
		}
		n.sends("One", nil)
		for i, l := range lines {
			if e := l.next(); e.id != "1" {
				t.Errorf("line %d is sent %s", i, e.raw)
			}
		}
	})
}

func TestALineEndsWithItsTokenAndItsContract(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		a, first := n.client("A", nil, everything)
		b, second := n.client("B", nil, everything)
		_, stays := n.client("C", nil, everything)
		revoked, changed, stayed := n.follows("/wire/v1/stream", first), n.follows("/wire/v1/stream", second), n.follows("/wire/v1/stream", stays)
		tokens, err := n.clients.Tokens(t.Context(), a.ID)
		n.ok(err)
		n.ok(n.manager.RevokeToken(t.Context(), a.ID, tokens[0].ID))
		if e := revoked.next(); e.name != "end" || !strings.Contains(e.raw, "contract") {
			t.Errorf("who has no token any more is sent %s: %s", e.name, e.raw)
		}
		if _, err := revoked.read.ReadByte(); err == nil {
			t.Error("the line goes on after its end")
		}
		_, err = n.manager.SaveProduct(t.Context(), b.ID, clients.Product{Name: "More", Lets: reveal.Selection{Langs: []story.Lang{"be"}}})
		n.ok(err)
		if e := changed.next(); e.name != "end" {
			t.Errorf("whose contract changes is sent %s: %s", e.name, e.raw)
		}
		n.sends("After", nil)
		if e := stayed.next(); e.id != "1" {
			t.Errorf("who stays is sent %s: %s", e.name, e.raw)
		}
	})
}

func TestTheDescriptionIsWhatTheProgramDoes(t *testing.T) {
	n := open(t, dbtest.SQLite(t), nil)
	n.runs()
	_, token := n.client("Radio", nil, everything)
	n.sends("Harbour opens", nil)
	n.kills(n.sends("False", nil))
	var d struct {
		OpenAPI string
		Paths   map[string]map[string]struct {
			OperationID string
			Parameters  []struct {
				Name, In string
				Required bool
			}
			Responses map[string]struct {
				Content map[string]struct{ Schema map[string]any }
			}
		}
		Components struct {
			Schemas map[string]struct {
				Required   []string
				Properties map[string]any
			}
		}
	}
	n.ok(json.Unmarshal([]byte(n.gets("/wire/v1/openapi.json", "").says(200).body), &d))
	if !strings.HasPrefix(d.OpenAPI, "3.1") {
		t.Errorf("it is OpenAPI %q", d.OpenAPI)
	}
	described := map[string]bool{}
	for at, methods := range d.Paths {
		for method, op := range methods {
			described[strings.ToUpper(method)+" "+at] = true
			if op.OperationID == "" || op.Responses["401"].Content["application/problem+json"].Schema == nil {
				t.Errorf("%s %s lacks its name or what it answers without a token", method, at)
			}
			for _, p := range op.Parameters {
				if p.In == "path" && (!p.Required || !strings.Contains(at, "{"+p.Name+"}")) {
					t.Errorf("%s has no %s", at, p.Name)
				}
			}
		}
	}
	served := 0
	for _, r := range n.routes {
		if !strings.HasPrefix(r.Pattern, "/wire/v1/") || strings.HasSuffix(r.Pattern, "openapi.json") {
			continue
		}
		served++
		if !described[r.Method+" "+r.Pattern] {
			t.Errorf("%s %s is not described", r.Method, r.Pattern)
		}
	}
	if served != len(described) {
		t.Errorf("%d addresses are described, %d served", len(described), served)
	}
	fits := func(schema, body string) {
		t.Helper()
		var got map[string]any
		n.ok(json.Unmarshal([]byte(body), &got))
		s := d.Components.Schemas[schema]
		for _, name := range s.Required {
			if _, has := got[name]; !has {
				t.Errorf("a %s lacks %s: %s", schema, name, body)
			}
		}
		for name := range got {
			if _, has := s.Properties[name]; !has {
				t.Errorf("a %s has %s, which is not described", schema, name)
			}
		}
	}
	list := n.gets("/wire/v1/items", token).says(200).body
	fits("Page", list)
	var p struct{ Records []json.RawMessage }
	n.ok(json.Unmarshal([]byte(list), &p))
	for _, r := range p.Records {
		fits("Record", string(r))
	}
	fits("Record", n.follows("/wire/v1/stream?after=0", token).next().raw)
	id := n.gets("/wire/v1/items", token).page().Records[0].Story
	fits("Story", n.gets("/wire/v1/items/"+id, token).says(200).body)
	fits("Receipt", n.asks("POST", "/wire/v1/receipts", token, `{"number": 3}`).says(200).body)
	fits("Problem", n.gets("/wire/v1/items?after=x", token).says(400).body)
}

func TestTheDocumentationIsInEachLanguage(t *testing.T) {
	n := open(t, dbtest.SQLite(t), nil)
	for lang, words := range map[string]string{"": "The wire for your machines", "en": "Your token", "ru": "Ваш токен", "be": "Атрымліваць адразу"} {
		a := n.gets("/wire/docs?lang="+lang, "").says(200)
		if !strings.Contains(a.body, words) || !strings.Contains(a.body, n.url+"/wire/v1/items") || strings.Contains(a.body, "<script") {
			t.Errorf("in %q it says %.300s", lang, a.body)
		}
	}
}
