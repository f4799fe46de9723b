package ticker_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web"
)

// cell is what a client has of a story: nothing, its name, a teaser or all.
type cell string

const (
	nothing cell = ""
	named   cell = "named"
	teased  cell = "teaser"
	whole   cell = "full"
)

// declared is the whole matrix, written by hand: who has what of which story.
// A client or a story that is not in it fails the walk.
var declared = map[string]map[string]cell{
	"of all":              {"open": whole, "locked": whole, "elsewhere": whole, "under embargo": nothing, "held": named, "killed": named, "killed unseen": nothing, "unsent": nothing},
	"of all, early":       {"open": whole, "locked": whole, "elsewhere": whole, "under embargo": whole, "held": named, "killed": named, "killed unseen": named, "unsent": nothing},
	"of headlines":        {"open": teased, "locked": teased, "elsewhere": teased, "under embargo": nothing, "held": named, "killed": named, "killed unseen": nothing, "unsent": nothing},
	"of another section":  {"open": nothing, "locked": nothing, "elsewhere": whole, "under embargo": nothing, "held": nothing, "killed": nothing, "killed unseen": nothing, "unsent": nothing},
	"of another language": {"open": nothing, "locked": nothing, "elsewhere": nothing, "under embargo": nothing, "held": nothing, "killed": nothing, "killed unseen": nothing, "unsent": nothing},
	"of an older time":    {"open": nothing, "locked": nothing, "elsewhere": nothing, "under embargo": nothing, "held": nothing, "killed": nothing, "killed unseen": nothing, "unsent": nothing},
	"of a time now over":  {"open": nothing, "locked": nothing, "elsewhere": nothing, "under embargo": nothing, "held": named, "killed": named, "killed unseen": nothing, "unsent": nothing},
	"of no product":       {"open": nothing, "locked": nothing, "elsewhere": nothing, "under embargo": nothing, "held": nothing, "killed": nothing, "killed unseen": nothing, "unsent": nothing},
}

// shut are those who are not let in at all, with what they are answered.
var shut = map[string]int{"whose contract is to come": 403, "without a token": 401, "with an invented token": 401}

func (n *newsroom) matrixStories() map[string]story.Story {
	all := map[string]story.Story{
		"open": n.sends("Open", nil), "locked": n.sends("Locked", func(c *story.Content) { c.Plan = "plus" }),
		"elsewhere":     n.sends("Elsewhere", func(c *story.Content) { c.Sections = []string{"economy"} }),
		"under embargo": n.sends("Embargoed", func(c *story.Content) { c.Embargo = n.now().Add(time.Hour) }),
		"held":          n.sends("Held", nil), "killed": n.sends("Killed", nil),
		"killed unseen": n.sends("Unseen", func(c *story.Content) { c.Embargo = n.now().Add(time.Hour) }), "unsent": n.writes("Unsent", nil),
	}
	_, err := n.stories.Hold(n.Context(), chief, all["held"].ID, "Wait.")
	n.ok(err)
	n.kills(all["killed"])
	n.kills(all["killed unseen"])
	return all
}

func (n *newsroom) matrixClients() map[string]string {
	tokens := map[string]string{"without a token": "", "with an invented token": "wire_ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
	add := func(name string, change func(*clients.Client), lets ...reveal.Selection) {
		_, tokens[name] = n.client(name, change, lets...)
	}
	add("of all", nil, everything)
	add("of all, early", func(c *clients.Client) { c.Early = true }, everything)
	add("of headlines", nil, reveal.Selection{})
	add("of another section", nil, reveal.Selection{Full: true, Sections: []string{"economy"}})
	add("of another language", nil, reveal.Selection{Full: true, Langs: []story.Lang{"be"}})
	add("of no product", nil)
	add("of an older time", func(c *clients.Client) { c.Ends = c.Starts.Add(time.Hour) }, everything)
	add("of a time now over", func(c *clients.Client) { c.Ends = n.now() }, everything)
	add("whose contract is to come", func(c *clients.Client) { c.Starts = n.now().Add(time.Hour) }, everything)
	return tokens
}

// held says what an answer tells of a story. A teaser has the first paragraph,
// the whole text the second.
func held(body string, st story.Story) cell {
	switch {
	case strings.Contains(body, "Two of "+st.Content.Headline+"."):
		return whole
	case strings.Contains(body, st.Content.Headline):
		return teased
	case strings.Contains(body, string(st.ID)):
		return named
	}
	return nothing
}

func TestEachClientHasOfEachStoryWhatIsDeclaredAndNoMore(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		stories, tokens := n.matrixStories(), n.matrixClients()
		walked := 0
		for who, token := range tokens {
			row, let := declared[who]
			status, barred := shut[who]
			if !let && !barred {
				t.Fatalf("of the client %s nothing is declared", who)
			}
			for _, r := range n.routes {
				if r.Who != web.Client {
					continue
				}
				walked++
				if barred {
					n.asks(r.Method, strings.NewReplacer("{id}", string(stories["open"].ID), "{picture}", "ab", "{width}", "320").Replace(r.Pattern), token, `{"number": 1}`).says(status)
					continue
				}
				n.walks(r, who, token, row, stories)
			}
		}
		if walked != 5*len(tokens) {
			t.Errorf("%d cells of the table of routes were walked", walked)
		}
	})
}

// walks asks one route for every story on behalf of one client.
func (n *newsroom) walks(r web.Route, who, token string, row map[string]cell, stories map[string]story.Story) {
	n.Helper()
	var all string
	switch {
	case r.Pattern == "/wire/v1/items":
		all = n.gets(r.Pattern+"?limit=200", token).says(200).body
	case r.Pattern == "/wire/v1/stream":
		all = n.streamed(who, token)
	}
	for name, st := range stories {
		want, known := row[name]
		if !known {
			n.Fatalf("of the story %s nothing is declared for the client %s", name, who)
		}
		switch {
		case all != "":
			if got := held(all, st); got != want {
				n.Errorf("%s tells a client %s of what is %s %q, not %q", r.Pattern, who, name, got, want)
			}
		case r.Pattern == "/wire/v1/items/{id}":
			a := n.gets("/wire/v1/items/"+string(st.ID), token)
			if status := map[bool]int{true: 404, false: 200}[want == nothing]; a.status != status {
				n.Errorf("a client %s who asks for what is %s is answered %d", who, name, a.status)
			}
			if got := held(a.body, st); got != want {
				n.Errorf("a client %s who asks for what is %s has it %q, not %q", who, name, got, want)
			}
		case r.Method == http.MethodPost:
			n.owns(who, token, want, st)
		default:
			n.gets("/wire/v1/items/"+string(st.ID)+"/pictures/ab/320", token).says(404)
		}
	}
}

// owns gives receipts for every record of a story: those that the client was
// not given are like none.
func (n *newsroom) owns(who, token string, want cell, st story.Story) {
	n.Helper()
	records, err := n.wire.Of(n.Context(), string(st.ID))
	n.ok(err)
	for _, r := range records {
		status := 404
		switch grave := reveal.Grave(story.Signal(r.Signal)); {
		case want != nothing && grave:
			status = 200
		case want != nothing:
			status = 400
		}
		if a := n.asks("POST", "/wire/v1/receipts", token, fmt.Sprintf(`{"number": %d}`, r.Number)); a.status != status {
			n.Errorf("a receipt by a client %s for %s %s is answered %d, not %d", who, r.Signal, st.Content.Headline, a.status, status)
		}
	}
}

// streamed is all that the stream tells a client of the wire so far: up to a
// story that is sent last, to those who may have it.
func (n *newsroom) streamed(who, token string) string {
	n.Helper()
	last := n.sends("Last", func(c *story.Content) { c.Sections = []string{"politics", "economy"} })
	if slices.Contains([]string{"of another language", "of no product", "of an older time", "of a time now over"}, who) {
		return n.gets("/wire/v1/items?limit=200", token).says(200).body
	}
	l := n.follows("/wire/v1/stream?after=0", token)
	var all strings.Builder
	for e := l.next(); ; e = l.next() {
		if e.Story == "urn:uuid:"+string(last.ID) {
			return all.String() + " "
		}
		all.WriteString(e.raw)
	}
}
