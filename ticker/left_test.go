package ticker_test

import (
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
	"wireroom/story"
)

func (n *newsroom) moves(st story.Story, section string) {
	n.Helper()
	c := st.Content
	c.Sections = []string{section}
	st, err := n.stories.Revise(n.Context(), chief, st.ID, st.Revision, c)
	n.ok(err)
	_, err = n.stories.Update(n.Context(), chief, st.ID, st.Revision, "")
	n.ok(err)
}

func TestAStoryThatLeavesAProductIsTakenBackByEachWay(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		_, token := n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		st := n.sends("Moved", nil)
		line := n.follows("/wire/v1/stream?after=0", token)
		if e := line.next(); e.name != "new" || !strings.Contains(e.text(), "Moved") {
			t.Fatalf("first the stream tells %+v", e)
		}
		n.moves(st, "economy")
		if e := line.next(); e.name != "hold" || e.Status != "withheld" || e.Receipt || strings.Contains(e.raw, "Moved") {
			t.Errorf("of the move the stream tells %s", e.raw)
		}
		p := n.gets("/wire/v1/items", token).page()
		if len(p.Records) != 1 || p.Records[0].Signal != "hold" || !strings.Contains(p.Records[0].text(), `"withheld"`) {
			t.Errorf("the list tells %+v", p.Records)
		}
		for _, format := range []string{"ninjs", "newsml", "nitf", "atom", "rss", "jsonfeed", "text", "iptc7901", "csv"} {
			a := n.gets("/wire/v1/items?format="+format, token)
			if a.status == 200 && strings.Contains(a.body, "Two of Moved") {
				t.Errorf("as %s the list has the text", format)
			}
		}
		n.kills(st)
		if e := line.next(); e.name != "kill" || e.Notice == "" || !e.Receipt {
			t.Errorf("of the kill the stream tells %s", e.raw)
		}
		n.asks("POST", "/wire/v1/receipts", token, `{"number": 3}`).says(200)
		n.asks("POST", "/wire/v1/receipts", token, `{"number": 2}`).says(400)
	})
}

func TestWhoseContractEndsHearsOnOfWhatItGaveAndOfNothingElse(t *testing.T) {
	each(t, func(n *newsroom) {
		n.runs()
		c, token := n.client("Radio", nil, everything)
		st := n.sends("Had", nil)
		n.shift += time.Minute
		c.Ends = n.now()
		_, err := n.manager.Save(t.Context(), c)
		n.ok(err)
		line := n.follows("/wire/v1/stream?after=0", token)
		n.shift += time.Minute
		n.sends("Since", nil)
		n.kills(st)
		e := line.next()
		for ; e.Superseded && e.Status == "canceled"; e = line.next() {
			// The line may have caught up after the kill: what it had is named first.
		}
		if e.name != "kill" {
			t.Errorf("the stream tells %s", e.raw)
		}
		body := n.gets("/wire/v1/items", token).says(200).body
		if strings.Contains(body, "Since") || strings.Contains(body, "Two of") || !strings.Contains(body, "It is false.") {
			t.Errorf("the list tells %s", body)
		}
		n.gets("/wire/v1/items/"+string(st.ID), token).says(200)
		_, err = n.manager.Save(t.Context(), clients.Client{ID: c.ID, Name: c.Name, Starts: c.Starts, Rate: c.Rate})
		n.ok(err)
		if got := n.gets("/wire/v1/items", token).says(200).body; !strings.Contains(got, "Two of Since") {
			t.Errorf("extended, the contract gives %s", got)
		}
	})
}
