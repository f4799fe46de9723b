package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/staff"
	"wireroom/story"
)

func TestLookingAtASignInLinkUsesNothingUp(t *testing.T) {
	one(t, func(n *newsroom) {
		scanner, ada := n.stranger(), n.stranger()
		link := n.link(n.people[staff.Editor])
		for range 3 {
			p := scanner.opens(link).says(200, "Good day, Edvard.", "Pozirk", "works once")
			if p.header.Get("Set-Cookie") != "" {
				n.Error("whoever looks at the link is signed in")
			}
		}
		scanner.opens("/desk/").says(403)
		if p := ada.sends(ada.opens(link).form(link)); p.at != "/desk/" || p.status != 200 {
			n.Errorf("its button leads to %d at %s", p.status, p.at)
		}
	})
}

func TestASignInLinkWorksOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		link := n.link(n.people[staff.Editor])
		n.stranger().posts(link, nil).says(200)
		thief := n.stranger()
		for _, p := range []page{thief.posts(link, nil), thief.opens(link)} {
			p.says(404, "used already or is older than a day", "Ask for a new one").lacks("Edvard")
			if p.header.Get("Set-Cookie") != "" {
				n.Error("it opens the desk again")
			}
		}
		thief.opens("/desk/").says(403)
	})
}

func TestASignInLinkLastsADayAndASessionAMonth(t *testing.T) {
	each(t, func(n *newsroom) {
		link := n.link(n.people[staff.Editor])
		n.now = n.now.Add(24*time.Hour - time.Second)
		n.stranger().opens(link).says(200)
		n.now = n.now.Add(time.Second)
		n.stranger().posts(link, nil).says(404, "older than a day")
		n.stranger().opens("/desk/sign-in/nothing").says(404, "used already or is older than a day")

		ada := n.as(staff.Editor)
		n.now = n.now.Add(30*24*time.Hour - time.Second)
		ada.opens("/desk/").says(200)
		n.now = n.now.Add(time.Second)
		ada.opens("/desk/").says(403, "Sign in to the desk")
	})
}

func TestASessionIsForTheDeskAlone(t *testing.T) {
	one(t, func(n *newsroom) {
		p := n.stranger().throws(n.link(n.people[staff.Editor]), nil)
		cookies := (&http.Response{Header: p.header}).Cookies()
		if len(cookies) != 1 {
			n.Fatalf("signing in sets %v", p.header["Set-Cookie"])
		}
		if c := cookies[0]; c.Path != "/desk" || !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.MaxAge != 30*24*3600 {
			n.Errorf("it is %v", c)
		}
	})
}

func TestWhoSignsOutIsOutWhereverTheCookieWent(t *testing.T) {
	each(t, func(n *newsroom) {
		ada := n.as(staff.Editor)
		copied := n.stranger()
		at, err := url.Parse(n.host.URL + "/desk/")
		n.ok(err)
		copied.Jar.SetCookies(at, ada.Jar.Cookies(at))
		copied.opens("/desk/").says(200)
		ada.sends(ada.opens("/desk/").form("/desk/sign-out")).says(200, "wireroom link")
		ada.opens("/desk/").says(403)
		copied.opens("/desk/").says(403)
	})
}

func TestWhoIsOutsideIsToldHowToComeInAndBack(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.in(story.Sent, text("Council meets"))
		p := n.stranger().opens(at(st.ID, "?done=release")).says(403, "Sign in to the desk", "I have signed in").lacks("Council")
		if links := p.all("a"); !slices.ContainsFunc(links, func(a *node) bool { return attr(a, "href") == at(st.ID, "?done=release") }) {
			n.Error("no link leads back to where they were going")
		}
	})
}

// Each form that takes words, with the words that must not be lost.
func TestAFormSentAfterTheSessionEndedIsNotLost(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Sent, text("Council meets"))
		for _, c := range []struct {
			open, action, field, typed string
			then                       func(p page)
		}{
			{"/desk/new", "/desk/stories", "body", "Two lines\nof – “text”\n\nand a <b> paragraph.", func(p page) {
				p.says(200, "The draft is saved.", "of – “text”", "and a <b> paragraph.")
			}},
			{at(st.ID, "/edit"), at(st.ID, "/revisions"), "headline", "Council meets & “eats”", func(p page) {
				p.says(200, "Saved as revision 2.", "Council meets & “eats”")
			}},
			{at(st.ID, "/correction"), at(st.ID, "/correction"), "note", "It was a Tuesday.\nNot a Monday.", func(p page) {
				p.says(200, "The correction is out.", "It was a Tuesday.")
			}},
			{"/desk/masthead", "/desk/masthead", "notice.plus.en", "Only for POZIRK+ & friends", func(p page) {
				p.says(200, "Saved.")
				if got := p.form("/desk/masthead").Get("notice.plus.en"); got != "Only for POZIRK+ & friends" {
					n.Errorf("the masthead has %q", got)
				}
			}},
		} {
			ada := n.as(staff.Chief)
			f := ada.opens(c.open).form(c.action)
			f.Set(c.field, c.typed)
			sections := f.Values["section"]
			at, err := url.Parse(n.host.URL + "/desk/")
			n.ok(err)
			for _, cookie := range ada.Jar.Cookies(at) {
				n.ok(n.staff.SignOut(n.ctx(), cookie.Value))
			}
			p := ada.sends(f).says(403, "You are no longer signed in", "Nothing is lost")
			again := p.form(c.action)
			if got := strings.ReplaceAll(again.Get(c.field), "\r\n", "\n"); got != c.typed {
				n.Errorf("%s: %q came back as %q", c.action, c.typed, got)
			}
			if !slices.Equal(again.Values["section"], sections) {
				n.Errorf("%s: the sections %q came back as %q", c.action, sections, again.Values["section"])
			}
			for _, other := range p.all("form") {
				if a := attr(other, "action"); a != c.action {
					n.Errorf("the page that keeps the words has a button that leads away, to %s", a)
				}
			}
			ada.posts(n.link(n.people[staff.Chief]), nil)
			c.then(ada.sends(again))
		}
	})
}

func TestTheScreensSpeakTheLanguageThatWasChosen(t *testing.T) {
	one(t, func(n *newsroom) {
		for header, want := range map[string]string{
			"": "en", "ru": "ru", "be-BY,be;q=0.9,en;q=0.8": "be", "de, ru;q=0.5": "ru", "de": "en",
		} {
			c := n.stranger()
			c.headers = []string{"Accept-Language", header}
			if got := attr(c.opens("/desk/sign-in").all("html")[0], "lang"); got != want {
				n.Errorf("%q is spoken to in %s", header, got)
			}
		}
		c := n.as(staff.Editor)
		f := c.opens("/desk/?stage=held").form("/desk/language")
		p := c.sends(f, "lang", "be")
		if attr(p.all("html")[0], "lang") != "be" || p.at != "/desk/?stage=held" {
			n.Errorf("choosing leads to %s in %s", p.at, attr(p.all("html")[0], "lang"))
		}
		if got := c.opens("/desk/new").form("/desk/stories").Get("lang"); got != "be" {
			n.Errorf("a new story begins in %q", got)
		}
		c.posts("/desk/language", url.Values{"lang": {"de"}}).says(400)
		for _, back := range []string{"https://elsewhere.example/", "//elsewhere.example/desk/", "/desk/\\elsewhere", "/en/", ""} {
			if got := c.throws("/desk/language", url.Values{"lang": {"en"}, "back": {back}}).header.Get("Location"); got != "/desk/" {
				n.Errorf("%q leads to %q", back, got)
			}
		}
	})
}

func TestTheLanguageMayBeChosenOnAPageAboutAnError(t *testing.T) {
	one(t, func(n *newsroom) {
		st, c := n.in(story.Sent, text("Council meets")), n.as(staff.Editor)
		for _, e := range []struct {
			p    page
			ends string
		}{
			{c.posts(at(st.ID, "/ready"), nil).says(409), at(st.ID, "")}, {c.posts(at(st.ID, "/kill"), url.Values{"note": {"x"}, "sure": {"yes"}}), at(st.ID, "?done=kill")},
			{c.posts("/desk/nowhere", nil).says(404), "/desk/"}, {c.opens("/desk/stories/none").says(404), "/desk/stories/none"},
		} {
			p := c.sends(e.p.form("/desk/language"), "lang", "ru")
			if p.at != e.ends || p.status == 405 || attr(p.all("html")[0], "lang") != "ru" {
				n.Errorf("from %s it leads to %d at %s", e.p.at, p.status, p.at)
			}
			c.posts("/desk/language", url.Values{"lang": {"en"}})
		}
	})
}
