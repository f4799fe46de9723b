package agency_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/web"
)

// keys are those of a client: its machine's token, and the session of its
// person at the portal.
type keys struct{ token, session string }

// buyer makes a client and gives its keys.
func (o *open) buyer(c clients.Client, lets ...reveal.Selection) keys {
	o.t.Helper()
	m, err := o.Clients.Manager(o.Staff, o.editor)
	if err != nil {
		o.t.Fatal(err)
	}
	if c.Starts.IsZero() {
		c.Starts = time.Now().AddDate(0, -1, 0)
	}
	c.Rate = 100_000
	if c, err = m.Save(o.t.Context(), c); err != nil {
		o.t.Fatal(err)
	}
	for _, l := range lets {
		if _, err := m.SaveProduct(o.t.Context(), c.ID, clients.Product{Name: "News", Lets: l}); err != nil {
			o.t.Fatal(err)
		}
	}
	token, err := m.MakeToken(o.t.Context(), c.ID, "")
	if err != nil {
		o.t.Fatal(err)
	}
	email := "ann@" + strings.ToLower(c.Name) + ".example"
	if err := m.AddSeat(o.t.Context(), c.ID, "Ann", email); err != nil {
		o.t.Fatal(err)
	}
	_, link, err := o.Clients.Link(o.t.Context(), email)
	if err != nil {
		o.t.Fatal(err)
	}
	session, err := o.Clients.SignIn(o.t.Context(), link)
	if err != nil {
		o.t.Fatal(err)
	}
	return keys{token, session}
}

// clientMay says whether a client of everything may meet a field of a story
// that readers may not: the slug, which is written for clients, comes with it.
func clientMay(of, field string) bool {
	return of == sownLocked && (!deskFields[field] || field == "slug")
}

func TestWhatAClientMayNotHaveIsNowhere(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		hidden := o.hide()
		for who, c := range map[string]struct {
			keys
			reads bool
		}{
			"a client of another section":      {o.buyer(clients.Client{Name: "Section"}, reveal.Selection{Full: true, Sections: []string{"economy"}}), false},
			"a client of another language":     {o.buyer(clients.Client{Name: "Language"}, reveal.Selection{Full: true, Langs: []story.Lang{"be"}}), false},
			"a client of other words":          {o.buyer(clients.Client{Name: "Words"}, reveal.Selection{Full: true, Words: []string{"harbour"}}), false},
			"a client who blocks the section":  {o.buyer(clients.Client{Name: "Block"}, reveal.Selection{Full: true, BlockSections: []string{"politics"}}), false},
			"a client whose contract is over":  {o.buyer(clients.Client{Name: "Over", Ends: time.Now().Add(-time.Hour)}, reveal.Selection{Full: true}), false},
			"a client whose contract is to be": {o.buyer(clients.Client{Name: "Later", Starts: time.Now().Add(time.Hour)}, reveal.Selection{Full: true}), false},
			"a client who is served late":      {o.buyer(clients.Client{Name: "Late", Delay: time.Hour}, reveal.Selection{Full: true}), false},
			"a client without a product":       {o.buyer(clients.Client{Name: "None"}), false},
			"a client of everything":           {o.buyer(clients.Client{Name: "All"}, reveal.Selection{Full: true}), true},
		} {
			read, asked := false, 0
			for name, st := range hidden {
				for _, at := range clientAddresses(o.Routes(), st) {
					r := httptest.NewRequest(http.MethodGet, at, nil)
					r.Header.Set("Authorization", "Bearer "+c.token)
					r.AddCookie(&http.Cookie{Name: "wire", Value: c.session})
					w := httptest.NewRecorder()
					o.Handler().ServeHTTP(w, r)
					asked++
					for _, m := range anyCanary.FindAllStringSubmatch(fmt.Sprint(w.Header(), w.Body.String()), -1) {
						read = true
						if !c.reads || !clientMay(m[1], m[2]) {
							t.Errorf("to %s %s (for the %s story) tells the %s of the story %s", who, at, name, m[2], m[1])
						}
					}
				}
			}
			if read != c.reads || asked < 50 {
				t.Errorf("%s reads: %v, in %d answers", who, read, asked)
			}
		}
	})
}

// clientAddresses are those of clients for one story, in formats of each kind,
// but for the portal's line, which only ends with its page and tells the rows
// that the list has.
func clientAddresses(routes []web.Route, st story.Story) []string {
	var all []string
	for _, r := range routes {
		if r.Method != http.MethodGet || !strings.HasPrefix(r.Pattern, "/wire/") || r.Pattern == "/wire/live" {
			continue
		}
		for _, at := range addresses(r.Pattern, st) {
			if r.Who == web.Seat {
				all = append(all, at+"?format=nitf&story="+string(st.ID))
				continue
			}
			all = append(all, at, at+"?format=atom", at+"?format=ninjs16&limit=200", at+"?q=Qx"+sownLocked+"*")
		}
	}
	return all
}
