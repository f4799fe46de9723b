package desk_test

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
	speech "wireroom/web/words"
	"wireroom/wire"
)

func (n *newsroom) oneClient() (string, clients.Client) {
	n.Helper()
	store := clients.New(n.db, func() time.Time { return n.now })
	all, err := store.All(n.ctx())
	n.ok(err)
	if len(all) != 1 {
		n.Fatalf("there are %d clients", len(all))
	}
	return "/desk/clients/" + string(all[0].ID), all[0]
}

func TestAClientIsTakenOnAndGivenAProductAndAToken(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		f := chaya.opens("/desk/clients").says(200, "There are no clients yet").form("/desk/clients")
		f.fills("name", "Radio Example", "networks", "192.0.2.0/33", "depth", "30", "alarm", "10")
		chaya.sends(f).says(422, "is no range such as")
		f.Set("networks", "192.0.2.0/24")
		chaya.sends(f).says(200, "Saved.", "Radio Example")
		at, c := n.oneClient()
		if c.Depth != 30 || c.Alarm != 10*time.Minute || len(c.Networks) != 1 {
			n.Errorf("the client is %+v", c)
		}
		chaya.posts(at+"/products", url.Values{"name": {"Politics"}, "section": {"politics"}, "lang": {"en"}, "words": {"mayor\r\nharb*"}, "full": {"yes"}, "urgency": {"12"}}).
			says(422, "urgency is from 1 to 9", "harb*")
		chaya.posts(at+"/products", url.Values{"name": {"Politics"}, "section": {"politics"}, "lang": {"en"}, "words": {"mayor\r\nharb*"}, "full": {"yes"}}).says(200, "Saved.", "Politics")
		_, c = n.oneClient()
		if len(c.Products) != 1 || !slices.Equal(c.Products[0].Lets.Words, []string{"mayor", "harb*"}) || !c.Products[0].Lets.Full || len(c.Products[0].Lets.Langs) != 1 {
			n.Errorf("its products are %+v", c.Products)
		}
		told := chaya.posts(at+"/tokens", url.Values{"name": {"newsroom"}}).says(200, "It is not shown again", "curl -H")
		secret := regexp.MustCompile(`wire_[A-Z0-9]{20,}`).FindString(told.source)
		if got, _, err := clients.New(n.db, func() time.Time { return n.now }).ByToken(n.ctx(), secret); err != nil || got.ID != c.ID {
			n.Errorf("the token %q opens %v, %v", secret, got.ID, err)
		}
		chaya.opens(at).says(200, "newsroom", "2024-").lacks(secret)
		chaya.posts(at+"/tokens", url.Values{}).says(200)
		chaya.posts(at+"/tokens", url.Values{}).says(422, "at most two tokens")
		chaya.posts(at+"/seats", url.Values{"name": {"Ann"}, "email": {"ann@radio.example"}}).says(200, "ann@radio.example")
		chaya.posts(at+"/seats/number", url.Values{"seats": {"1"}}).says(200, "Saved.")
		chaya.posts(at+"/seats", url.Values{"name": {"Ben"}, "email": {"ben@radio.example"}}).says(409, "All seats of the contract are taken")
		chaya.posts(at+"/seats/number", url.Values{"seats": {"none"}}).says(422, "from 1 to 10,000 seats")
		chaya.posts(at+"/products/"+c.Products[0].ID+"/removal", nil).says(200).lacks("harb*")
		chaya.opens("/desk/staff/acts").says(200, "saved the client Radio Example", "made a token for the client Radio Example")
	})
}

func TestTheDeskSeesWhatAClientTookAsSumsOfDays(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		chief.posts("/desk/clients", url.Values{"name": {"Radio Example"}, "starts": {"2024-01-01"}}).says(200)
		at, c := n.oneClient()
		chief.opens(at).says(200, "Nothing was taken yet.")
		store := clients.New(n.db, func() time.Time { return n.now })
		store.Used(c.ID, clients.UsePull, 12)
		store.Used(c.ID, clients.UseStream, 2*3600+5*60+59)
		if err := store.KeepUses(n.ctx()); err != nil {
			n.Fatal(err)
		}
		day := speech.Day("en", n.now.UTC())
		chief.opens(at).says(200, day+" 12 0 0 2:05").lacks("Nothing was taken yet.")
	})
}

func TestClientsAreForThoseWhoKeepThem(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		chief.posts("/desk/clients", url.Values{"name": {"Radio"}, "starts": {"2024-01-01"}}).says(200)
		at, _ := n.oneClient()
		for _, role := range staff.Roles() {
			may := role == staff.Chief || role == staff.Administrator
			for _, r := range n.routes {
				path, ours := strings.CutPrefix(r.Pattern, "/desk/clients")
				if !ours {
					continue
				}
				path = strings.NewReplacer("{client}", strings.TrimPrefix(at, "/desk/clients/"), "{product}", "x", "{token}", "x", "{seat}", "x", "{number}", "1").Replace(path)
				var p page
				if c := n.as(role); r.Method == http.MethodGet {
					p = c.opens("/desk/clients" + path)
				} else {
					p = c.throws("/desk/clients"+path, url.Values{})
				}
				if refused := p.status == http.StatusForbidden; refused == may {
					n.Errorf("%s %s by a %s answers %d", r.Method, path, role, p.status)
				}
			}
		}
	})
}

func TestTheBoardSaysWhoHasNotConfirmed(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		chief.posts("/desk/clients", url.Values{"name": {"Radio Example"}, "starts": {"2024-01-01"}}).says(200)
		at, c := n.oneClient()
		chief.posts(at+"/products", url.Values{"name": {"All"}, "full": {"yes"}}).says(200)
		_, c = n.oneClient()
		st := n.in(story.Sent, text("Council meets"))
		_, err := n.stories.Kill(n.ctx(), n.people[staff.Chief], st.ID, story.Say("It did not."))
		n.ok(err)
		records, err := wire.New(n.db).After(n.ctx(), 0, 100)
		n.ok(err)
		house, err := n.mastheads.Load(n.ctx())
		n.ok(err)
		clock := func() time.Time { return n.now }
		sheet, err := reveal.New(n.db, func() masthead.Masthead { return house }, clock).Sheet(n.ctx(), records)
		n.ok(err)
		_, err = clients.New(n.db, clock).Ask(n.ctx(), sheet)
		n.ok(err)
		chief.opens("/desk/board").says(200, "No receipt from: Radio Example")
		owed := chief.opens(at).says(200, "They have confirmed by telephone")
		chief.posts(regexp.MustCompile(regexp.QuoteMeta(at)+`/receipts/\d+`).FindString(owed.source), nil).says(200, "Saved.")
		chief.opens("/desk/board").says(200, "All clients have confirmed").lacks("No receipt from")
		chief.opens("/desk/staff/acts").says(200, "noted the receipt of the client "+c.Name)
	})
}

func TestTheClientsPagesSpeakEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		chief.posts("/desk/clients", url.Values{"name": {"Радыё"}, "starts": {"2024-01-01"}, "ends": {"2024-02-01"}}).says(200)
		at, _ := n.oneClient()
		chief.posts(at+"/products", url.Values{"name": {"Усё"}}).says(200)
		chief.posts(at+"/seats", url.Values{"name": {"Ганна"}, "email": {"a@radio.example"}}).says(200)
		formats := []string{"ninjs", "Superdesk", "NewsML", "NITF", "Atom", "JSON", "Feed", "RSS", "CSV", "IPTC", "ANPA", "radio", "example", "desk"}
		for _, lang := range speech.Langs {
			chief.posts("/desk/language", url.Values{"lang": {lang}})
			chief.opens("/desk/clients").speaksBut(lang, formats...)
			chief.opens(at).speaksBut(lang, formats...)
			for field, value := range map[string]string{"name": "", "starts": "", "ends": "2020-01-01", "depth": "-1", "delay": "-1", "rate": "-1", "alarm": "-1", "contact": "x", "networks": "x"} {
				f := url.Values{"name": {"Іншы"}, "starts": {"2024-01-01"}}
				f.Set(field, value)
				chief.throws("/desk/clients", f).speaksBut(lang, formats...)
			}
			for field, value := range map[string]string{"name": "", "urgency": "10", "words": "*"} {
				f := url.Values{"name": {"Іншы"}}
				f.Set(field, value)
				chief.throws(at+"/products", f).speaksBut(lang, formats...)
			}
			chief.throws(at+"/seats", url.Values{}).speaksBut(lang, formats...)
		}
	})
}
