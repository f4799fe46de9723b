package portal_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/portal"
	"wireroom/web"
)

func TestOneComesInByALetterWhoseLinkCountsOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", func(c *clients.Client) { c.Lang = "be" }, everything)
		p := n.stranger()
		if at := p.gets("/wire/").says(303).header.Get("Location"); at != "/wire/sign-in" {
			t.Errorf("a stranger is led to %s", at)
		}
		unknown := p.posts("/wire/sign-in", "email", "nobody@radio.example").says(200)
		known := p.posts("/wire/sign-in", "email", " Ann@radio.example ").says(200)
		if a, b := strings.ReplaceAll(unknown.body, "nobody@", "ann@"), strings.ReplaceAll(known.body, "Ann@", "ann@"); a != b {
			t.Errorf("who has a seat can be told apart:\n%s\n%s", a, b)
		}
		letter := n.box.Next(t)
		if letter.To[0] != "ann@radio.example" || !strings.Contains(letter.Text, "Ann of Radio") || !strings.Contains(letter.Text, "Па гэтай спасылцы") {
			t.Fatalf("the letter is %+v", letter)
		}
		at := regexp.MustCompile(`/wire/enter/\w+`).FindString(letter.Text)
		page := p.gets(at).says(200).has("Ann of Radio", `method="post"`)
		if page.header.Get("Set-Cookie") != "" {
			t.Error("a look at the link signs in")
		}
		p.gets("/wire/").says(303)
		in := p.posts(at).says(303).header.Get("Set-Cookie")
		for _, says := range []string{"Path=/wire", "HttpOnly", "SameSite=Lax"} {
			if !strings.Contains(in, says) {
				t.Errorf("the cookie %q lacks %s", in, says)
			}
		}
		p.gets("/wire/").says(200).has("Апошняе", "Ann of Radio")
		n.stranger().posts(at).says(404)
		p.posts("/wire/language", "lang", "ru", "back", "/wire/?q=x").says(303)
		p.gets("/wire/").says(200).has("Последнее")
		p.posts("/wire/sign-out").says(303)
		p.gets("/wire/").says(303)
	})
}

func TestLettersAreNotAskedForWithoutEnd(t *testing.T) {
	each(t, func(n *newsroom) {
		n.client("Radio", nil, everything)
		p := n.stranger()
		for range 3 {
			p.posts("/wire/sign-in", "email", "ann@radio.example").says(200)
			n.box.Next(t)
		}
		p.posts("/wire/sign-in", "email", "ANN@radio.example").says(429)
		p.posts("/wire/sign-in", "email", "ben@radio.example").says(200)
		p.posts("/wire/sign-in", "email", "no address").says(422)
		n.shift = 16 * time.Minute
		p.posts("/wire/sign-in", "email", "ann@radio.example").says(200)
		n.box.Next(t)
	})
}

// filled gives an address of a route.
func filled(pattern, id string) string {
	at := strings.NewReplacer("{id}", id, "{token}", "x", "{picture}", "ab", "{width}", "320", "{$}", "", "{file}", "x", "{format}", "rss").Replace(pattern)
	return at
}

func TestNobodyWithoutASeatGetsAnything(t *testing.T) {
	each(t, func(n *newsroom) {
		c := n.client("Radio", nil, everything)
		st := n.sends("Canary", nil)
		p := n.signed("ann@radio.example")
		seats, err := n.clients.Seats(t.Context(), c.ID)
		n.ok(err)
		n.ok(n.manager.DropSeat(t.Context(), c.ID, seats[0].ID))
		for name, who := range map[string]person{"a stranger": n.stranger(), "one who lost the seat": p} {
			for _, r := range n.routes {
				if r.Who != web.Seat {
					continue
				}
				a := who.asks(r.Method, filled(r.Pattern, string(st.ID)), url.Values{"number": {"1"}}).lacks("Canary")
				led := a.status == http.StatusSeeOther && a.header.Get("Location") == "/wire/sign-in" && r.Method == http.MethodGet
				if !led && a.status != http.StatusUnauthorized {
					t.Errorf("%s: %s answers %d, %s", name, a.at, a.status, a.header.Get("Location"))
				}
			}
		}
	})
}

func TestThePortalSpeaksForItsOwnAddressesAlone(t *testing.T) {
	for at, ours := range map[string]bool{"/wire/": true, "/wire/sign-in": true, "/wire/items/x": true, "/wire/unknown": true,
		"/wire/v1/items": false, "/wire/docs": false, "/wire/receipts/x": false, "/wired": false, "/desk/": false} {
		if portal.Owns(at) != ours {
			t.Errorf("%s is the portal's: %v", at, !ours)
		}
	}
}
