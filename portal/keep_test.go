package portal_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
	"wireroom/story"
)

// kept keeps a search and gives its address.
func (p person) kept(name, query string) string {
	p.Helper()
	p.posts("/wire/searches", "name", name, "search", query).says(303)
	page := p.gets("/wire/searches").says(200).has(name)
	at := regexp.MustCompile(`/wire/searches/[0-9a-f-]{36}`).FindString(page.body[strings.Index(page.body, ">"+name+"<"):])
	if at == "" {
		p.Fatalf("the search has no address:\n%s", page.body)
	}
	return at
}

func TestASearchBecomesAFeedWithAnAddressOfItsOwn(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		n.client("Paper", nil, everything)
		n.sends("Minister resigns", nil)
		n.sends("Harvest begins", nil)
		n.sends("Minister of others", func(c *story.Content) { c.Sections = []string{"economy"} })
		p, other := n.signed("ann@radio.example"), n.signed("ann@paper.example")
		p.gets("/wire/?q=minister").has("Keep this search")
		at := p.kept("Ministers", "q=minister&language=en")
		page := p.posts(at + "/feed").says(200)
		feed := regexp.MustCompile(`/wire/feeds/(\w+)/rss`).FindStringSubmatch(page.body)
		if feed == nil {
			t.Fatalf("no address is told:\n%s", page.body)
		}
		stranger := n.stranger()
		for _, format := range []string{"rss", "atom", "jsonfeed", "ninjs"} {
			stranger.gets("/wire/feeds/"+feed[1]+"/"+format).says(200).has("Minister resigns").lacks("Harvest", "of others")
		}
		stranger.gets("/wire/feeds/" + feed[1] + "/nitf").says(404)
		stranger.gets("/wire/feeds/invented/rss").says(404)
		p.gets("/wire/searches").says(200).lacks(feed[1])
		for _, act := range []string{"/feed", "/feed-end", "/alert", "/removal"} {
			other.posts(at + act).says(404)
		}
		anew := regexp.MustCompile(`/wire/feeds/(\w+)/rss`).FindStringSubmatch(p.posts(at + "/feed").says(200).body)
		stranger.gets(feed[0]).says(404)
		stranger.gets(anew[0]).says(200)
		n.ok(n.clients.KeepUses(t.Context()))
		p.gets("/wire/use").says(200).has("<td>5</td>")
		other.gets("/wire/use").says(200).has("Nothing was taken yet")
		p.posts(at + "/feed-end").says(303)
		stranger.gets(anew[0]).says(404)
		p.posts(at + "/removal").says(303)
		p.gets("/wire/searches").says(200).lacks("Ministers")
	})
}

func TestAnAlertTellsOnceOfWhatASearchFinds(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		p := n.signed("ann@radio.example")
		n.sends("Minister before", nil)
		at := p.kept("Ministers", "q=minister")
		p.posts(at+"/alert", "alert", "now").says(303)
		n.ok(n.portal.Alerts(t.Context()))
		n.sends("Harvest", nil)
		n.sends("Minister elsewhere", func(c *story.Content) { c.Sections = []string{"economy"} })
		st := n.sends("Minister resigns", nil)
		n.ok(n.portal.Alerts(t.Context()))
		n.ok(n.portal.Alerts(t.Context()))
		letter := n.box.Next(t)
		if letter.To[0] != "ann@radio.example" || letter.Header.Get("Subject") != "Ministers: Minister resigns" ||
			!strings.Contains(letter.Text, n.url+"/wire/items/"+string(st.ID)) || strings.Contains(letter.Text, "before") || strings.Contains(letter.Text, "elsewhere") {
			t.Errorf("the letter is %+v", letter)
		}
		n.kills(st)
		n.ok(n.portal.Alerts(t.Context()))
		if letter := n.box.Next(t); !strings.Contains(letter.Text, "KILL") {
			t.Errorf("of a kill is told %+v", letter)
		}
		if n.box.Waiting() != 0 {
			t.Error("more is told than there is")
		}
	})
}

func TestAnAlertAtSetHoursWaitsForThem(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, everything)
		p := n.signed("ann@radio.example")
		at := p.kept("All of it", "urgency=9")
		p.posts(at+"/alert", "alert", "hours", "hours", "25").says(422).has("full hours")
		p.posts(at+"/alert", "alert", "hours", "hours", "").says(422)
		next := n.now().UTC().Add(2 * time.Hour)
		p.posts(at+"/alert", "alert", "hours", "hours", next.Format("15")).says(303)
		n.sends("One", nil)
		n.sends("Two", nil)
		n.ok(n.portal.Alerts(t.Context()))
		if n.box.Waiting() != 0 {
			t.Fatal("a letter comes before its hour")
		}
		n.shift = 2 * time.Hour
		n.ok(n.portal.Alerts(t.Context()))
		n.ok(n.portal.Alerts(t.Context()))
		if letter := n.box.Next(t); letter.Header.Get("Subject") != "All of it: 2 stories" {
			t.Errorf("the letter is %+v", letter)
		}
		n.shift = 26 * time.Hour
		n.ok(n.portal.Alerts(t.Context()))
		if n.box.Waiting() != 0 {
			t.Error("a letter tells of nothing")
		}
	})
}

func TestALetterThatFailsIsSentAgainUnderItsName(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.client("Radio", nil, everything)
		seats, err := n.clients.Seats(t.Context(), c.ID)
		n.ok(err)
		n.ok(n.clients.KeepSearch(t.Context(), seats[0].ID, "All", clients.Search{}))
		all, err := n.clients.Searches(t.Context(), seats[0].ID)
		n.ok(err)
		n.ok(n.clients.SetAlert(t.Context(), seats[0].ID, all[0].ID, clients.AtOnce, 0, n.now()))
		n.sends("One", nil)
		due, err := n.clients.Due(t.Context())
		n.ok(err)
		// One machine begins a letter and dies; meanwhile no other writes it.
		for i, want := range []bool{true, false} {
			if ours, err := n.clients.Claim(t.Context(), due[0]); err != nil || ours != want {
				t.Fatalf("claim %d is given: %v, %v", i, ours, err)
			}
		}
		n.ok(n.portal.Alerts(t.Context()))
		if n.box.Waiting() != 0 {
			t.Fatal("two write one letter")
		}
		n.shift = 3 * time.Minute
		n.ok(n.portal.Alerts(t.Context()))
		letter := n.box.Next(t)
		if !strings.Contains(letter.Header.Get("Message-Id"), "alert-"+all[0].ID) {
			t.Errorf("the letter is named %s", letter.Header.Get("Message-Id"))
		}
	})
}

func TestSomebodyIsToldOnceOfASilence(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		p := n.signed("ann@radio.example")
		n.sends("Last", nil)
		p.posts("/wire/silence", "hours", "many").says(422)
		p.posts("/wire/silence", "hours", "3").says(303)
		p.gets("/wire/searches").has(`value="3"`)
		n.ok(n.portal.Silences(t.Context()))
		n.shift = 4 * time.Hour
		n.sends("Of others", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.ok(n.portal.Silences(t.Context()))
		n.ok(n.portal.Silences(t.Context()))
		if letter := n.box.Next(t); !strings.Contains(letter.Text, "3") || letter.To[0] != "ann@radio.example" {
			t.Errorf("the letter is %+v", letter)
		}
		n.sends("News again", nil)
		n.ok(n.portal.Silences(t.Context()))
		n.shift = 8 * time.Hour
		n.ok(n.portal.Silences(t.Context()))
		n.box.Next(t)
		if n.box.Waiting() != 0 {
			t.Error("one silence is told twice")
		}
	})
}

func TestAnAdministratorKeepsTheSeatsOfTheClient(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.client("Radio", nil, everything)
		n.client("Paper", nil, everything)
		n.ok(n.manager.SaveSeats(t.Context(), c.ID, 2))
		p, other := n.signed("ann@radio.example"), n.signed("ann@paper.example")
		p.posts("/wire/people", "name", "Ben", "email", "ben@radio.example").says(303)
		if letter := n.box.Next(t); letter.To[0] != "ben@radio.example" || !strings.Contains(letter.Text, "/wire/enter/") {
			t.Errorf("Ben gets %+v", letter)
		}
		p.posts("/wire/people", "name", "Cid", "email", "cid@radio.example").says(422).has("All seats are taken", "cid@radio.example")
		p.posts("/wire/people", "name", "", "email", "x").says(422)
		ben := n.signed("ben@radio.example")
		ben.gets("/wire/people").says(404)
		seats, err := n.clients.Seats(t.Context(), c.ID)
		n.ok(err)
		for _, act := range []string{"/removal", "/administrator"} {
			ben.posts("/wire/people"+act, "seat", seats[0].ID).says(404)
			other.posts("/wire/people"+act, "seat", seats[0].ID).says(404)
		}
		p.posts("/wire/people/removal", "seat", seats[0].ID).says(400)
		p.posts("/wire/people/more", "seats", "2").says(422)
		p.posts("/wire/people/more", "seats", "4").says(303)
		p.posts("/wire/people/more", "seats", "4").says(303)
		if letter := n.box.Next(t); letter.To[0] != "wire@pozirk.example" || !strings.Contains(letter.Text, "4") || !strings.Contains(letter.Text, "/desk/clients/"+string(c.ID)) {
			t.Errorf("the agency gets %+v", letter)
		}
		p.gets("/wire/people").says(200).has("You have asked for 4 seats", "2 of 2 seats")
		n.ok(n.manager.SaveSeats(t.Context(), c.ID, 4))
		p.gets("/wire/people").says(200).lacks("You have asked").has("2 of 4 seats")
		p.posts("/wire/people/administrator", "seat", seats[1].ID).says(303)
		ben.gets("/wire/people").says(200)
		ben.kept("His", "q=x")
		ben.posts("/wire/people/removal", "seat", seats[0].ID).says(303)
		p.gets("/wire/").says(303)
		if n.box.Waiting() != 0 {
			t.Error("the agency is asked twice for the same")
		}
	})
}

func FuzzReadAlert(f *testing.F) {
	for _, s := range []string{"", "now", "8", "8, 13 18:00", "23;0", "24", "-1", "x", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := clients.ReadAlert(s)
		if err != nil {
			return
		}
		again, err := clients.ReadAlert(string(a))
		if err != nil || again != a {
			t.Fatalf("%q is read as %q, and that as %q, %v", s, a, again, err)
		}
		at := time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC)
		next := a.Next(at)
		if set := a != "" && a != clients.AtOnce; set != next.After(at) || next.Sub(at) > 24*time.Hour {
			t.Fatalf("%q is due at %v", a, next)
		}
	})
}

func FuzzReadSearch(f *testing.F) {
	for _, s := range []string{"", "q=a+b*&language=en,be&section=x&urgency=3", "since=2024-10-25T14:20:00Z", "urgency=10", "q=%ff%20%00", "section=a&section=b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := url.ParseQuery(s)
		if err != nil {
			return
		}
		read, err := clients.ReadSearch(q)
		if err != nil {
			return
		}
		again, err := clients.ReadSearch(read.Query())
		if err != nil || again.Query().Encode() != read.Query().Encode() {
			t.Fatalf("%q is read as %+v, and that as %+v, %v", s, read, again, err)
		}
	})
}

// The zones where the clock is moved have hours that do not come, and some that
// come twice.
func TestAnHourComesOnEachDay(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Vilnius")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2024, 3, 1, 0, 0, 0, 0, zone)
	a, err := clients.ReadAlert("3")
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		next := a.Next(at)
		if gap := next.Sub(at); !next.After(at) || gap > 26*time.Hour {
			t.Fatalf("after %v it is due at %v", at, next)
		}
		at = next
	}
}
