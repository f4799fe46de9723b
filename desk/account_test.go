package desk_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/staff"
	speech "wireroom/web/words"
)

const accountAt = "/desk/account"

func TestWhereSomebodyIsSignedInIsToldInWords(t *testing.T) {
	each(t, func(n *newsroom) {
		ada, other := n.stranger(), n.stranger()
		ada.headers = []string{"User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"}
		other.headers = []string{"User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"}
		for _, c := range []*clerk{ada, other} {
			c.posts(n.link(n.people[staff.Editor]), nil).says(200)
		}
		p := ada.opens(accountAt).says(200, "Firefox on Linux this browser", "Safari on iPhone", "by link").lacks("127.0.0.1", "Mozilla")
		end := regexp.MustCompile(`/desk/account/sessions/[0-9a-f]+/end`).FindString(p.source)
		ada.sends(p.form(end)).says(200, "The session is ended.")
		other.opens("/desk/").says(403)
		ada.opens("/desk/").says(200)
		n.as(staff.Editor)
		ada.sends(ada.opens(accountAt).form(accountAt+"/sessions/end")).says(200, "Sign in")
		ada.opens("/desk/").says(403)
	})
}

func TestNobodyEndsTheSessionOfAnother(t *testing.T) {
	one(t, func(n *newsroom) {
		rita, chaya := n.as(staff.Reporter), n.as(staff.Chief)
		all, err := n.staff.Sessions(n.ctx(), n.people[staff.Reporter].ID)
		n.ok(err)
		chaya.throws(accountAt+"/sessions/"+all[0].ID+"/end", nil).says(404)
		rita.opens("/desk/").says(200)
	})
}

func TestSomebodyFreezesTheirOwnAccountAfterASecondQuestion(t *testing.T) {
	each(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		p := rita.sends(rita.opens(accountAt).form(accountAt+"/freeze")).says(200, "cannot undo this by yourself")
		rita.sends(p.form(accountAt+"/freeze")).says(200, "Sign in")
		rita.opens("/desk/").says(403)
		if p, err := n.staff.ByID(n.ctx(), n.people[staff.Reporter].ID); err != nil || p.Here() {
			t.Errorf("she is %+v: %v", p, err)
		}
	})
}

func TestACodeIsSetUpFromAPictureOrByHand(t *testing.T) {
	each(t, func(n *newsroom) {
		ada := n.as(staff.Editor)
		p := ada.sends(ada.opens(accountAt).form(accountAt+"/code")).says(200, "Scan the picture")
		if len(p.all("svg", "qr")) != 1 {
			t.Error("there is no picture")
		}
		secret := regexp.MustCompile(`<code class="secret">((?: [A-Z2-7]{4}){8})</code>`).FindString(p.source)
		if secret == "" {
			t.Fatalf("the secret is not shown: %s", p.source)
		}
		f := p.form(accountAt + "/code/proof")
		f.Set("code", "no code")
		ada.sends(f).says(422, "The app shows another code.", "Scan the picture")
		n.stranger().posts("/desk/sign-in/code", url.Values{"email": {"edvard@pozirk.example"}, "code": {"no code"}}).says(403, "do not fit")
	})
}

func TestThePenNamesAreOfferedAndTheAccountsNameIsNot(t *testing.T) {
	each(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		byline := func() string { return rita.opens("/desk/new").form("/desk/stories").Get("byline") }
		if got := byline(); got != "" {
			t.Errorf("a new story is signed %q", got)
		}
		f := rita.opens(accountAt).form(accountAt + "/pens")
		f.Set("pen", " ")
		rita.sends(f).says(422, "A pen name has between")
		f.Set("pen", "Alena Novik")
		rita.sends(f).says(200, "The pen name is added.", "Alena Novik")
		if got := byline(); got != "Alena Novik" {
			t.Errorf("with one pen name it is signed %q", got)
		}
		f.Set("pen", "A. N.")
		rita.sends(f)
		p := rita.opens("/desk/new")
		var offered []string
		for _, list := range p.all("datalist") {
			for _, o := range all(list, "option") {
				offered = append(offered, attr(o, "value"))
			}
		}
		if !slices.Equal(offered, []string{"A. N.", "Alena Novik"}) || p.form("/desk/stories").Get("byline") != "" {
			t.Errorf("the form offers %q", offered)
		}
		n.as(staff.Editor).opens("/desk/new").lacks("Alena Novik")
		rita.posts(accountAt+"/pens/removal", url.Values{"pen": {"A. N."}}).says(200, "The pen name is removed.")
	})
}

func TestPasskeysAreRemindedOfWhereBrowsersKeepThem(t *testing.T) {
	one(t, func(n *newsroom) {
		local := n.as(staff.Editor)
		local.opens("/desk/").lacks("/desk/account\">You have no passkey") // 127.0.0.1 is a number
		local.opens(accountAt).says(200, "Open the desk under its public name")
		n.ok(n.mastheads.Change(n.ctx(), func(m masthead.Masthead) (masthead.Masthead, error) {
			m.PublicURL = n.host.URL
			return m, nil
		}))
		r, err := http.NewRequest(http.MethodGet, n.host.URL+"/desk/", nil)
		n.ok(err)
		at, err := url.Parse(n.host.URL + "/desk/")
		n.ok(err)
		r.Host, r.Header["Cookie"] = "localhost:8080", []string{local.Jar.Cookies(at)[0].String()}
		if p := n.stranger().does(r); !strings.Contains(p.source, "You have no passkey yet.") {
			t.Error("nothing reminds of passkeys at localhost")
		}
	})
}

// A script that asks at another host than the public one gets no challenge.
func TestChallengesAreForThePublicAddressAlone(t *testing.T) {
	one(t, func(n *newsroom) {
		n.ok(n.mastheads.Change(n.ctx(), func(m masthead.Masthead) (masthead.Masthead, error) {
			m.PublicURL = "https://pozirk.example"
			return m, nil
		}))
		for host, want := range map[string]int{"pozirk.example": 200, "evil.example": 409, "localhost": 409, "pozirk.example:81": 409} {
			r, err := http.NewRequest(http.MethodPost, n.host.URL+"/desk/sign-in/passkey/challenge", strings.NewReader("{}"))
			n.ok(err)
			r.Host = host
			p := n.stranger().does(r)
			if p.status != want {
				t.Errorf("at %s it answers %d", host, p.status)
			}
			var asked struct {
				Options struct{ PublicKey struct{ RpID string } }
			}
			resp := p.source
			if want == 200 && (json.Unmarshal([]byte(resp), &asked) != nil || asked.Options.PublicKey.RpID != "pozirk.example") {
				t.Errorf("the challenge is %s", resp)
			}
		}
		for _, wrong := range []string{"", "{", "[]", `{"token":"x","answer":{}}`, `{"token":5}`} {
			r, err := http.NewRequest(http.MethodPost, n.host.URL+"/desk/sign-in/passkey", strings.NewReader(wrong))
			n.ok(err)
			r.Host = "pozirk.example"
			if p := n.stranger().does(r); p.status != 400 && p.status != 403 || p.header.Get("Set-Cookie") != "" {
				t.Errorf("the answer %q opens with %d", wrong, p.status)
			}
		}
	})
}

func TestThePagesOfTheStaffSpeakEachLanguage(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	box := n.posted()
	rita, tina := n.people[staff.Reporter], n.people[staff.Translator]
	n.ok(n.staff.AddPen(n.ctx(), rita.ID, "Рыта"))
	n.ok(n.staff.Freeze(n.ctx(), n.people[staff.Editor], tina.ID))
	gone := n.joins("Галя", staff.Reporter)
	n.ok(n.staff.Leave(n.ctx(), n.people[staff.Chief], gone.ID))
	for _, lang := range speech.Langs {
		chaya, ritas := n.as(staff.Chief), n.as(staff.Reporter)
		n.ok(n.staff.AskForCode(n.ctx(), n.people[staff.Chief].ID))
		for _, c := range []*clerk{chaya, ritas} {
			c.posts("/desk/language", url.Values{"lang": {lang}})
		}
		for _, path := range []string{"/desk/staff", "/desk/staff/new", "/desk/staff/acts", personAt(rita, ""), personAt(rita, "?leave=ask"), personAt(tina, ""), personAt(gone, ""),
			accountAt, accountAt + "?freeze=ask", accountAt + "?done=pen"} {
			chaya.opens(path).says(200).speaks(lang)
		}
		ritas.opens(accountAt).speaks(lang)
		ritas.opens("/desk/staff").speaks(lang)
		for _, done := range []string{"passkey", "passkey-name", "passkey-removal", "code-removal", "session", "pen", "pen-removal", "language"} {
			ritas.opens(accountAt + "?done=" + done).speaks(lang)
		}
		for _, done := range []string{"change", "freeze", "thaw", "voice", "leave"} {
			chaya.opens(personAt(rita, "?done="+done)).speaks(lang)
		}
		for field, wrong := range map[string]string{"name": "", "email": "99", "role": "99"} {
			typed := url.Values{"name": {"Ніна"}, "email": {"9@9"}, "role": {"reporter"}}
			typed.Set(field, wrong)
			chaya.posts("/desk/staff", typed).says(422).speaks(lang)
			chaya.posts(personAt(rita, ""), typed).says(422).speaks(lang)
		}
		chaya.posts("/desk/staff", url.Values{"name": {"Ніна"}, "email": {"rita@pozirk.example"}, "role": {"reporter"}}).says(422).speaks(lang)
		chaya.posts(personAt(rita, "/link"), nil).speaks(lang)
		box.Next(t)
		chaya.posts(accountAt+"/code/proof", url.Values{"code": {"9"}}).says(422).speaks(lang)
		ritas.posts(accountAt+"/pens", url.Values{"pen": {""}}).says(422).speaks(lang)
		ritas.posts(personAt(tina, "/thaw"), nil).says(403).speaks(lang)
		chaya.posts(personAt(n.people[staff.Chief], "/leave"), url.Values{"sure": {"yes"}}).says(403).speaks(lang)
		out := n.outside(lang)
		out.posts("/desk/sign-in/code", url.Values{"email": {"9@9"}, "code": {"9"}}).says(403).speaks(lang)
		out.posts("/desk/sign-in/letter", url.Values{"email": {"9@9"}}).says(200).speaks(lang)
	}
}
