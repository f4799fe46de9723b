package ticker_test

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db/dbtest"
	"wireroom/format/choice"
	"wireroom/reveal"
	"wireroom/story"
)

var everything = reveal.Selection{Full: true}

func TestAClientPagesTheWireByNumber(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Radio", nil, everything)
		for i := range 7 {
			n.sends(fmt.Sprintf("Story %d", i+1), nil)
		}
		var seen []string
		at := "/wire/v1/items?after=0&limit=3"
		for range 10 {
			a := n.gets(at, token)
			p := a.page()
			for _, r := range p.Records {
				seen = append(seen, strconv.FormatInt(r.Number, 10))
				if !strings.Contains(r.text(), fmt.Sprintf("Two of Story %d.", r.Number)) {
					t.Errorf("record %d says %s", r.Number, r.text())
				}
			}
			if !p.More {
				break
			}
			next, _, _ := strings.Cut(strings.TrimPrefix(a.header.Get("Link"), "<"), ">")
			at = next
		}
		if got := strings.Join(seen, " "); got != "1 2 3 4 5 6 7" {
			t.Errorf("the pages give %s", got)
		}
		if p := n.gets("/wire/v1/items?after=7", token).page(); len(p.Records) != 0 || p.Next != 7 || p.More {
			t.Errorf("after the end there is %+v", p)
		}
	})
}

func TestAClientSearchesTheWireAsTheArchiveIsSearched(t *testing.T) {
	each(t, func(n *newsroom) {
		_, whole := n.client("Radio", nil, everything)
		_, teasers := n.client("Paper", nil, reveal.Selection{Sections: []string{"politics"}})
		n.sends("Łukašenka meets farmers", nil)
		n.sends("Harbours open", func(c *story.Content) {
			c.Plan = "plus"
			c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain("Apricots came in.")))
		})
		n.sends("Лукашэнка едзе", func(c *story.Content) { c.Sections = []string{"economy"} })
		for query, want := range map[string][2]string{
			"Lukashenko": {"1 3", "1"}, "harbour": {"2", "2"}, "apricot": {"2", ""}, `"came in"`: {"2", ""}, "Лукашенко -farmers": {"3", ""},
			"person:Lukashenka": {"1 3", "1"}, "section:economy": {"3", ""}, "harbour OR farmer": {"1 2", "1 2"}, "apricots OR zebra": {"2", ""}, "zebra": {"", ""},
		} {
			for i, token := range []string{whole, teasers} {
				var got []string
				p := n.gets("/wire/v1/items?q="+url.QueryEscape(query), token).page()
				for _, r := range p.Records {
					got = append(got, strconv.FormatInt(r.Number, 10))
				}
				if s := strings.Join(got, " "); s != want[i] {
					t.Errorf("%s gives client %d %q, not %q", query, i, s, want[i])
				}
				if p.Next != 3 || p.More {
					t.Errorf("%s: the page ends at %d", query, p.Next)
				}
			}
		}
		if one := n.gets("/wire/v1/items?limit=1&q=Lukashenka", whole).page(); len(one.Records) != 1 || one.Next != 1 || !one.More {
			t.Errorf("a page of one ends at %d", one.Next)
		}
	})
}

func TestAClientFiltersWhatItMayHave(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Radio", nil, everything)
		first := n.sends("Harbour opens", nil)
		n.sends("Bank closes", func(c *story.Content) { c.Sections, c.Urgency = []string{"economy"}, 2 })
		n.shift = 48 * time.Hour
		n.sends("Порт закрыт", nil)
		n.kills(first)
		for filter, want := range map[string]string{
			"section=economy": "2 4", "section=politics": "3 4", "section=politics,economy": "2 3 4", "urgency=3": "2 4", "q=bank": "2 4", "q=ПОРТ": "3 4",
			"q=clos*": "2 4", "q=bank+harbour": "4", "language=be": "", "language=be,en": "1 2 3 4", "since=" + url.QueryEscape(n.now().Add(-time.Hour).Format(time.RFC3339)): "3 4",
		} {
			var got []string
			for _, r := range n.gets("/wire/v1/items?"+filter, token).page().Records {
				got = append(got, strconv.FormatInt(r.Number, 10))
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("%s gives %q, not %q", filter, s, want)
			}
		}
	})
}

func TestTheCurrentTextStandsOnceAndKillsAreNamed(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Radio", nil, everything)
		st := n.sends("First", nil)
		c := st.Content
		c.Headline = "Second"
		st, err := n.stories.Revise(t.Context(), chief, st.ID, st.Revision, c)
		n.ok(err)
		_, err = n.stories.Correct(t.Context(), chief, st.ID, st.Revision, story.Say("It was the second."))
		n.ok(err)
		gone := n.sends("Gone", nil)
		n.kills(gone)
		p := n.gets("/wire/v1/items", token).page()
		if len(p.Records) != 4 {
			t.Fatalf("the wire has %+v", p.Records)
		}
		first, second, _, kill := p.Records[0], p.Records[1], p.Records[2], p.Records[3]
		if !first.Superseded || first.Item != nil || second.Superseded || !second.Receipt || !strings.Contains(second.text(), "Second") {
			t.Errorf("the two releases are %+v and %+v", first, second)
		}
		if kill.Signal != "kill" || kill.Status != "canceled" || !kill.Receipt || kill.Notice != "It is false." || !strings.Contains(kill.text(), "canceled") {
			t.Errorf("the kill is %+v: %s", kill, kill.text())
		}
		for _, r := range p.Records {
			if strings.Contains(r.text()+r.Notice, "Gone") {
				t.Errorf("what was killed is told by %s", r.text())
			}
		}
	})
}

func TestAClientWhoIsServedLateLearnsOfKillsAtOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Daily", func(c *clients.Client) { c.Delay = time.Hour }, everything)
		st := n.sends("False", nil)
		if p := n.gets("/wire/v1/items", token).page(); len(p.Records) != 0 || p.More {
			t.Errorf("at once there is %+v", p)
		}
		n.gets("/wire/v1/items/"+string(st.ID), token).says(404)
		n.shift = 2 * time.Hour
		p := n.gets("/wire/v1/items", token).page()
		if len(p.Records) != 1 || !strings.Contains(p.Records[0].text(), "False") {
			t.Fatalf("two hours later there is %+v", p)
		}
		n.kills(st)
		p = n.gets("/wire/v1/items?after=1", token).page()
		if len(p.Records) != 0 || p.Next != 1 || len(p.Urgent) != 1 || p.Urgent[0].Signal != "kill" {
			t.Errorf("the kill comes as %+v", p)
		}
		n.shift = 4 * time.Hour
		if p := n.gets("/wire/v1/items?after=1", token).page(); len(p.Records) != 1 || len(p.Urgent) != 0 {
			t.Errorf("in its own time it comes as %+v", p)
		}
	})
}

func TestOneStoryComesWithItsReleasesAndItsOtherLanguages(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Radio", nil, everything)
		_, english := n.client("English", nil, reveal.Selection{Full: true, Langs: []story.Lang{"en"}})
		st := n.sends("Harbour opens", nil)
		other, err := n.stories.Create(t.Context(), chief, "be", st.Group, story.Content{Headline: "Порт адкрыты", Sections: []string{"politics"},
			Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("Адзін."))}}})
		n.ok(err)
		_, err = n.stories.Release(t.Context(), chief, other.ID, other.Revision)
		n.ok(err)
		st, err = n.stories.Revise(t.Context(), chief, st.ID, st.Revision, st.Content)
		n.ok(err)
		_, err = n.stories.Update(t.Context(), chief, st.ID, st.Revision, "Adds nothing")
		n.ok(err)
		type story struct {
			record
			Releases []record
			Versions []struct{ Language, Headline, Href string }
		}
		var whole, half story
		n.ok(json.Unmarshal([]byte(n.gets("/wire/v1/items/urn:uuid:"+string(st.ID), token).says(200).body), &whole))
		n.ok(json.Unmarshal([]byte(n.gets("/wire/v1/items/"+string(st.ID), english).says(200).body), &half))
		if len(whole.Releases) != 2 || !whole.Releases[0].Superseded || whole.Releases[1].Superseded || whole.Signal != "update" || !strings.Contains(whole.text(), "Harbour opens") {
			t.Errorf("the story is %+v", whole)
		}
		if len(whole.Versions) != 1 || whole.Versions[0].Headline != "Порт адкрыты" || len(half.Versions) != 0 {
			t.Errorf("its versions are %+v, for who buys English alone %+v", whole.Versions, half.Versions)
		}
		n.gets(whole.Versions[0].Href, token).says(200)
		n.gets(whole.Versions[0].Href, english).says(404)
	})
}

func TestEachFormatCanBeHad(t *testing.T) {
	n := open(t, dbtest.SQLite(t), nil)
	_, token := n.client("Radio", nil, everything)
	_, plain := n.client("Plain", func(c *clients.Client) { c.Formats = []string{"atom"} }, everything)
	st := n.sends("Harbour opens", nil)
	for _, f := range choice.Formats() {
		a := n.gets("/wire/v1/items/"+string(st.ID)+"?format="+f.Name, token).says(200)
		if !strings.Contains(a.body, "Harbour opens") {
			t.Errorf("%s says %s", f.Name, a.body)
		}
		if f.Many {
			n.gets("/wire/v1/items?format="+f.Name, token).says(200)
		}
		status := 400
		if f.Name == "atom" {
			status = 200
		}
		n.gets("/wire/v1/items?format="+f.Name, plain).says(status)
	}
	if a := n.gets("/wire/v1/items", plain).says(200); !strings.Contains(a.header.Get("Content-Type"), "atom") || a.header.Get("Wire-Next") != "1" {
		t.Errorf("who has Atom alone gets %v", a.header)
	}
	if a := n.gets("/wire/v1/items", token, "Accept", "application/rss+xml").says(200); !strings.Contains(a.header.Get("Content-Type"), "rss") {
		t.Errorf("who accepts RSS gets %v", a.header)
	}
	n.gets("/wire/v1/items", token, "Accept", "image/png").says(406)
}

func TestANoSaysWhatToDo(t *testing.T) {
	n := open(t, dbtest.SQLite(t), nil)
	_, token := n.client("Radio", func(c *clients.Client) { c.Rate = 12 }, everything)
	_, future := n.client("Future", func(c *clients.Client) { c.Starts = n.now().Add(time.Hour) }, everything)
	_, elsewhere := n.client("Elsewhere", func(c *clients.Client) { c.Networks = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} }, everything)
	for _, c := range []struct {
		at, token string
		status    int
		name      string
	}{
		{"/wire/v1/items", "", 401, ""}, {"/wire/v1/items", "wire_INVENTED", 401, ""}, {"/wire/v1/items", future, 403, ""},
		{"/wire/v1/items", elsewhere, 403, ""}, {"/wire/v1/stream", "", 401, ""}, {"/wire/v1/stream", future, 403, ""},
		{"/wire/v1/items?after=x", token, 400, "after"}, {"/wire/v1/items?limit=0", token, 400, "limit"}, {"/wire/v1/items?limit=201", token, 400, "limit"},
		{"/wire/v1/items?urgency=10", token, 400, "urgency"}, {"/wire/v1/items?since=yesterday", token, 400, "since"},
		{"/wire/v1/items?format=x", token, 400, "format"}, {"/wire/v1/stream?after=-1", token, 400, "after"},
		{"/wire/v1/items/x", token, 404, ""}, {"/wire/v1/items/019286c1-0000-7000-8000-000000000000", token, 404, ""}, {"/wire/v1/nothing", token, 404, ""},
	} {
		a := n.gets(c.at, c.token).says(c.status)
		var p struct {
			Title, Detail, Name string
			Status              int
		}
		n.ok(json.Unmarshal([]byte(a.body), &p))
		if a.header.Get("Content-Type") != "application/problem+json" || p.Status != c.status || p.Title == "" || p.Detail == "" || p.Name != c.name {
			t.Errorf("%s says %s", c.at, a.body)
		}
	}
	if a := n.asks("DELETE", "/wire/v1/items", token, ""); a.status != 405 {
		t.Errorf("DELETE answers %d", a.status)
	}
	n.gets("/wire/v1/items", elsewhere, "X-Forwarded-For", "192.0.2.7").says(200)
	for range 12 {
		n.gets("/wire/v1/items", token)
	}
	a := n.gets("/wire/v1/items", token).says(429)
	if wait, err := strconv.Atoi(a.header.Get("Retry-After")); err != nil || wait < 1 || wait > 60 {
		t.Errorf("it is to wait %q", a.header.Get("Retry-After"))
	}
	n.shift = time.Minute
	n.gets("/wire/v1/items", token).says(200)
}

func TestAReceiptIsGivenByTheMachine(t *testing.T) {
	each(t, func(n *newsroom) {
		c, token := n.client("Radio", nil, everything)
		_, other := n.client("Other", nil, reveal.Selection{Full: true, Sections: []string{"economy"}})
		st := n.sends("False", nil)
		n.kills(st)
		give := func(token, body string) answer { return n.asks("POST", "/wire/v1/receipts", token, body) }
		give(token, `{"number": 1}`).says(400)
		give(token, `{"number": 3}`).says(404)
		give(token, `{"number": 0}`).says(400)
		give(token, `number=2`).says(400)
		give(other, `{"number": 2}`).says(404)
		give("", `{"number": 2}`).says(401)
		first := give(token, `{"number": 2}`).says(200).body
		n.shift = time.Hour
		if again := give(token, `{"number": 2}`).says(200).body; again != first {
			t.Errorf("given again it says %s after %s", again, first)
		}
		got, err := n.clients.Receipts(t.Context(), 1, 10)
		n.ok(err)
		if len(got) != 1 || got[0].Client != c.ID || got[0].Way != clients.ByAPI {
			t.Errorf("the receipts are %+v", got)
		}
	})
}
