package desk_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"wireroom/audience"
	"wireroom/staff"
	"wireroom/story"
)

// subscribes opens an account by number.
func (n *newsroom) subscribes() (audience.Reader, audience.Keys) {
	n.Helper()
	r, keys, err := n.readers.OpenByNumber(n.ctx(), "be")
	n.ok(err)
	return r, keys
}

func (n *newsroom) holds(r audience.Reader) []audience.Pass {
	n.Helper()
	passes, err := n.readers.Passes(n.ctx(), r.ID)
	n.ok(err)
	return passes
}

func TestAReaderIsFoundByTheExactNumberAndGivenAPlan(t *testing.T) {
	each(t, func(n *newsroom) {
		r, keys := n.subscribes()
		chaya := n.as(staff.Chief)
		f := chaya.opens("/desk/readers").says(200, "There is no list to look through").form("/desk/readers")
		f.Set("who", keys.Number[:19])
		chaya.sends(f).says(404, "No reader has this number")
		f.Set("who", audience.Groups(keys.Number, " "))
		p := chaya.sends(f).says(200, "Reader "+r.Handle(), "holds no plan").lacks(keys.Number)
		g := p.form("/desk/readers/one/" + r.ID + "/days")
		g.Set("days", "0")
		chaya.sends(g).says(422, "From 1 to 3660 days")
		g.Set("days", "30")
		p = chaya.sends(g).says(200, "Given.", "the staff")
		if held := n.holds(r); len(held) != 1 || held[0].Plan != "plus" {
			n.Fatalf("they hold %v", held)
		}
		g = p.form("/desk/readers/one/" + r.ID + "/grant")
		g.Set("until", "2024-10-01")
		chaya.sends(g).says(200, "over")
		f.Set("who", r.Handle())
		chaya.sends(f).says(200, "Reader "+r.Handle())
		chaya.opens("/desk/staff/acts").says(200, "gave a plan to the reader", r.Handle()+" plus +30").lacks(keys.Number, r.ID)
	})
}

func TestAFrozenReaderIsSignedOutAtOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		r, keys := n.subscribes()
		_, err := n.readers.SignInByNumber(n.ctx(), keys.Number)
		n.ok(err)
		chaya := n.as(staff.Chief)
		at := "/desk/readers/one/" + r.ID
		p := chaya.sends(chaya.opens(at).form(at+"/freeze")).says(200, "The account is frozen.")
		if _, err := n.readers.SignInByNumber(n.ctx(), keys.Number); err == nil {
			n.Error("a frozen reader signs in")
		}
		chaya.sends(p.form(at+"/thaw")).says(200, "The account is open again.")
		if _, err := n.readers.SignInByNumber(n.ctx(), keys.Number); err != nil {
			n.Errorf("after that they are kept out: %v", err)
		}
	})
}

func TestCodesForAPartnerAreShownOnceAsCardsAndAsATable(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		f := chaya.opens("/desk/readers/codes").says(200, "No codes were made yet").form("/desk/readers/codes")
		f.Set("name", "Library")
		f.Set("days", "30")
		f.Set("count", "5001")
		chaya.sends(f).says(422, "From 1 to 5000 codes")
		f.Set("count", "3")
		p := chaya.sends(f).says(200, "Library", "shown this once")
		var codes []string
		for _, e := range p.all("p", "code") {
			codes = append(codes, words(e))
		}
		if len(codes) != 3 || len(p.all("svg", "qr")) != 3 {
			n.Fatalf("the cards are %q", codes)
		}
		table := p.form("/desk/readers/codes/table")
		csv := chaya.throws(table.action, table.Values)
		for _, code := range codes {
			if !strings.Contains(csv.source, strings.ReplaceAll(code, " ", "-")+",plus,30") {
				n.Errorf("%s is not in the table:\n%s", code, csv.source)
			}
		}
		chaya.throws(table.action, url.Values{"codes": {"0000-0000-0000-0000-0000"}}).says(404)
		r, _ := n.subscribes()
		if _, _, err := n.readers.Redeem(n.ctx(), r.ID, codes[1]); err != nil {
			n.Error(err)
		}
		p = chaya.opens("/desk/readers/codes").says(200, "Library").lacks(codes[0])
		all, err := n.readers.Batches(n.ctx())
		n.ok(err)
		if len(all) != 1 || all[0].Made != 3 || all[0].Used != 1 {
			n.Fatalf("the batches are %+v", all)
		}
		closing := "/desk/readers/codes/" + itoa(all[0].Number) + "/closing"
		chaya.sends(p.form(closing)).says(200, "opens nothing", "Open again")
		if _, _, err := n.readers.Redeem(n.ctx(), r.ID, codes[2]); err == nil {
			n.Error("a closed code opens something")
		}
	})
}

func TestThePoolsCodeCanBeSeenAgain(t *testing.T) {
	one(t, func(n *newsroom) {
		chaya := n.as(staff.Chief)
		f := chaya.opens("/desk/readers/codes").form("/desk/readers/codes/seats")
		f.Set("name", "A donor")
		f.Set("days", "90")
		f.Set("count", "2")
		p := chaya.sends(f).says(200, "0 of 2 seats")
		code := words(p.all("p", "code")[0])
		r, _ := n.subscribes()
		if _, _, err := n.readers.Redeem(n.ctx(), r.ID, code); err != nil {
			n.Fatal(err)
		}
		chaya.opens(p.at).says(200, "1 of 2 seats", code)
	})
}

// Every address of the readers' desk, by each role.
func TestTheReadersDeskIsForChiefsAndAdministrators(t *testing.T) {
	one(t, func(n *newsroom) {
		r, _ := n.subscribes()
		for _, role := range staff.Roles() {
			may := role == staff.Chief || role == staff.Administrator
			c := n.as(role)
			if shown := strings.Contains(c.opens("/desk/").source, `href="/desk/readers"`); shown != may {
				n.Errorf("a %s is led to the readers: %v", role, shown)
			}
			walked := 0
			for _, route := range n.routes {
				if !strings.HasPrefix(route.Pattern, "/desk/readers") {
					continue
				}
				walked++
				path := strings.NewReplacer("{reader}", r.ID, "{batch}", "1").Replace(route.Pattern)
				p := c.throws(path, nil)
				if route.Method == http.MethodGet {
					p = c.opens(path)
				}
				if refused := p.status == http.StatusForbidden; refused == may {
					n.Errorf("%s %s answers a %s with %d", route.Method, path, role, p.status)
				}
			}
			if walked < 10 {
				n.Fatalf("only %d addresses were walked", walked)
			}
		}
	})
}

func TestTheReadersDeskSpeaksEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		r, _ := n.subscribes()
		for foreign.MatchString(r.Handle()) {
			r, _ = n.subscribes()
		}
		chief := n.as(staff.Chief)
		for _, lang := range []string{"be", "ru", "en"} {
			chief.posts("/desk/language", url.Values{"lang": {lang}})
			mine := "/desk/readers/one/" + r.ID
			for _, path := range []string{"/desk/readers", mine, mine + "?done=grant", mine + "?done=freeze", "/desk/readers/codes", "/desk/readers/codes?done=closing"} {
				chief.opens(path).says(200).speaks(lang)
			}
			chief.posts("/desk/readers", url.Values{"who": {"99"}}).says(404).speaks(lang)
			for _, wrong := range []url.Values{{"plan": {""}}, {"plan": {"plus"}, "days": {"0"}}} {
				chief.posts(mine+"/days", wrong).says(422).speaks(lang)
			}
			chief.posts(mine+"/grant", url.Values{"plan": {"plus"}, "until": {"х"}}).says(422).speaks(lang)
			chief.posts("/desk/readers/codes", url.Values{"name": {"Бібліятэка"}, "plan": {"plus"}, "days": {"30"}, "count": {"0"}}).says(422).speaks(lang)
			chief.posts("/desk/readers/codes/seats", url.Values{"name": {""}, "plan": {"plus"}, "days": {"30"}, "count": {"5"}}).says(422).speaks(lang)
			chief.posts("/desk/readers/codes/seats", url.Values{"name": {"Бібліятэка"}, "plan": {"plus"}, "days": {"30"}, "count": {"5"}}).says(200)
			chief.opens("/desk/readers/codes").speaks(lang)
		}
	})
}

// uploads sends a file with a form.
func (c *clerk) uploads(path, table string, values ...string) page {
	c.n.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(values); i += 2 {
		c.n.ok(w.WriteField(values[i], values[i+1]))
	}
	part, err := w.CreateFormFile("file", "list.csv")
	c.n.ok(err)
	_, err = part.Write([]byte(table))
	c.n.ok(err)
	c.n.ok(w.Close())
	r, err := http.NewRequest(http.MethodPost, c.n.host.URL+path, &b)
	c.n.ok(err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return c.follows(c.does(r))
}

func TestAListOfGhostsIsCheckedBroughtInAndTakenOut(t *testing.T) {
	one(t, func(n *newsroom) {
		const ghost = "id,email,name,complimentary_plan,tiers\n1,alena@example.org,Alena Secret,true,\n2,nobody,,,\n3,free@example.org,,,\n"
		chaya := n.as(staff.Chief)
		lists := "/desk/readers/lists"
		chaya.uploads(lists, ghost, "do", "try", "plan", "plus").says(200, "Nothing was changed", "Ghost", "line 3: no e-mail address", "line 2")
		if _, err := n.readers.ByEmail(n.ctx(), "alena@example.org"); err == nil {
			n.Error("a check brings somebody in")
		}
		for _, lang := range []string{"be", "ru", "en"} {
			chaya.posts("/desk/language", url.Values{"lang": {lang}})
			chaya.opens(lists).says(200)
			chaya.uploads(lists, "%PDF", "do", "try", "plan", "plus").says(422).speaksBut(lang, "Ghost", "WooCommerce", "CSV", "email", "until", "language", "plan")
			chaya.uploads(lists, strings.Repeat(ghost, 50), "do", "try", "plan", "plus").says(200).speaksBut(lang, "Ghost", "WooCommerce", "CSV", "email", "until", "language", "plan")
			chaya.uploads(lists, ghost, "do", "in", "plan", "plus", "until", "2025-01-31").says(200, "Ghost")
		}
		r, err := n.readers.ByEmail(n.ctx(), "alena@example.org")
		n.ok(err)
		if held := n.holds(r); len(held) != 1 {
			n.Errorf("she holds %v", held)
		}
		out := chaya.throws(lists+"/table", nil)
		if !strings.Contains(out.source, "alena@example.org,plus,2025-01-31,,"+r.Handle()) || strings.Contains(out.source, "Secret") {
			n.Errorf("the list is %s", out.source)
		}
		chaya.opens("/desk/staff/acts").says(200, "brought readers in", "took the list of readers out").lacks("alena@")
	})
}

func TestTheFiguresOfReadersShowIncomeChurnAndWhatIsRead(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.in(story.Sent, local())
		for i := range 30 {
			n.tally.Read("/en/news/"+itoa(int64(st.Number)), strconv.Itoa(i))
		}
		n.ok(n.tally.Turn(n.ctx(), true))
		for range 12 {
			r, _ := n.subscribes()
			n.ok(n.readers.Grant(n.ctx(), r.ID, audience.Pass{Plan: "plus", Until: n.now.AddDate(0, 0, 3)}))
		}
		n.ok(n.readers.Count(n.ctx()))
		chief := n.as(staff.Chief)
		for _, lang := range []string{"be", "ru", "en"} {
			chief.posts("/desk/language", url.Values{"lang": {lang}})
			p := chief.opens("/desk/readers/figures?days=7").says(200, "Рада сабралася", "30", "12")
			p.speaks(lang)
			if n := len(p.all("rect", "count")); n < 3 {
				t.Errorf("in %s there are %d bars", lang, n)
			}
		}
	})
}

// speaksBut is speaks for a page that has some words of every language.
func (p page) speaksBut(lang string, names ...string) {
	p.n.Helper()
	was := stays
	stays = append(slices.Clone(stays), names...)
	defer func() { stays = was }()
	p.speaks(lang)
}
