package site_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/site"
	"wireroom/story"
)

func TestTheBareAddressChoosesAnEdition(t *testing.T) {
	each(t, func(n *newsroom) {
		for asked, want := range map[string]string{"": "/en/", "be-BY, ru;q=0.8": "/be/", "de, ru;q=0.5": "/ru/", "de": "/en/", ";;;": "/en/"} {
			a := n.visitor().opens("/", "Accept-Language", asked)
			if a.StatusCode != 302 || a.Header.Get("Location") != want || a.Header.Get("Vary") != "Accept-Language" {
				n.Errorf("%q: %d to %s", asked, a.StatusCode, a.Header.Get("Location"))
			}
		}
	})
}

func TestListsArePagedAndEachPageHasOneAddress(t *testing.T) {
	each(t, func(n *newsroom) {
		for i := range 31 {
			n.now = n.now.Add(time.Minute)
			n.sends("en", "", story.Content{Headline: fmt.Sprintf("Story %d", i), Body: paragraphs("It is so.")})
		}
		v := n.visitor()
		for _, list := range []string{"/en/latest", "/en/politics/"} {
			first, second := v.opens(list), v.opens(list+"?page=2")
			if got := texts(all(first.Page, tag("h3"))); len(got) != 30 || got[0] != "Story 30" {
				n.Errorf("%s begins with %v", list, got)
			}
			if got := texts(all(second.Page, tag("h3"))); !slices.Equal(got, []string{"Story 0"}) {
				n.Errorf("%s ends with %v", list, got)
			}
			for _, wrong := range []string{"0", "1", "3", "02", "-1", "x", "99999999999999999999"} {
				if a := v.opens(list + "?page=" + wrong); a.StatusCode != 404 {
					n.Errorf("%s?page=%s answers %d", list, wrong, a.StatusCode)
				}
			}
		}
	})
}

func TestALockedItemShowsSectionsHeadlineAndNotice(t *testing.T) {
	each(t, func(n *newsroom) {
		c := locked("Hotels see growth")
		c.Sections = []string{"economy", "politics"}
		n.sends("en", "", c)
		for _, path := range []string{"/en/", "/en/latest", "/en/economy/"} {
			a := n.visitor().opens(path)
			for _, want := range []string{"Hotels see growth", "Economy", "Politics", "The material is available only to POZIRK+"} {
				if !strings.Contains(text(all(a.Page, tag("main"))[0]), want) {
					n.Errorf("%s does not show %q", path, want)
				}
			}
			if strings.Contains(a.Text, secret) {
				n.Errorf("%s gives the text away", path)
			}
		}
	})
}

func TestASignInLinkWorksOnceAndOnlyByTheButton(t *testing.T) {
	each(t, func(n *newsroom) {
		path := site.SignInPath(n.link("Brunsted Daily", n.now.Add(24*time.Hour)))
		v := n.visitor()
		for range 2 {
			if a := v.opens(path); a.StatusCode != 200 || !strings.Contains(a.Text, "Brunsted Daily") || len(a.Cookies()) != 0 {
				n.Fatalf("the link shows %d", a.StatusCode)
			}
		}
		a := v.posts(path)
		if len(a.Cookies()) != 1 {
			n.Fatalf("%d cookies", len(a.Cookies()))
		}
		if c := a.Cookies()[0]; !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			n.Errorf("the cookie is %v", c)
		}
		if got := v.opens("/en/account"); !strings.Contains(got.Text, "Brunsted Daily") || !strings.Contains(got.Text, "until October 26, 2024") {
			n.Error("the account does not show the reader")
		}
		if again := n.visitor().posts(path); len(again.Cookies()) != 0 {
			n.Error("the link works twice")
		}
		if dead := n.visitor().opens(path); dead.StatusCode != 404 || !strings.Contains(dead.Text, "no longer works") {
			n.Errorf("the used link answers %d", dead.StatusCode)
		}
		v.posts("/account/sign-out")
		if got := v.opens("/en/account"); strings.Contains(got.Text, "Brunsted Daily") {
			n.Error("signing out does not")
		}
	})
}

func TestAPictureGoesWithItsStory(t *testing.T) {
	each(t, func(n *newsroom) {
		var b bytes.Buffer
		n.ok(png.Encode(&b, image.NewGray(image.Rect(0, 0, 700, 400))))
		p, err := n.pictures.Add(&b)
		n.ok(err)
		shot := story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: p.ID, Alt: "A map", Caption: "The border", Credit: "Brunsted"}}
		free, paid := story.Content{Headline: "Open", Body: paragraphs("One.")}, locked("Locked")
		free.Body.Blocks = append(free.Body.Blocks, shot)
		paid.Body.Blocks = append(paid.Body.Blocks, shot)
		of := func(c story.Content) string {
			return address(n.sends("en", "", c)) + "/pictures/" + p.ID + "/320"
		}
		freeAt, paidAt := of(free), of(paid)
		v := n.visitor()
		if a := v.opens(freeAt); a.StatusCode != 200 || a.Header.Get("Cache-Control") != "public, max-age=0, must-revalidate" {
			n.Errorf("an open picture answers %d %v", a.StatusCode, a.Header)
		}
		for _, path := range []string{paidAt, strings.TrimSuffix(freeAt, "320") + "321", strings.Replace(freeAt, p.ID, strings.Repeat("a", 40), 1)} {
			if a := v.opens(path); a.StatusCode != 404 {
				n.Errorf("%s answers %d", path, a.StatusCode)
			}
		}
		a := n.subscriber("holder", n.now.Add(time.Hour)).opens(paidAt)
		if a.StatusCode != 200 || a.Header.Get("Cache-Control") != "private, no-store" {
			n.Errorf("a subscriber's picture answers %d %v", a.StatusCode, a.Header)
		}
		page := v.opens(strings.TrimSuffix(freeAt, "/pictures/"+p.ID+"/320"))
		img := all(page.Page, tag("img"))[0]
		if attr(img, "width") != "700" || attr(img, "height") != "400" || !strings.Contains(attr(img, "srcset"), "700w") {
			n.Errorf("the page has %v", img.Attr)
		}
	})
}

func TestPagesNeedNothingFromElsewhere(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "", locked("Locked"))
		s := n.sends("en", "", story.Content{Headline: "Open", Body: paragraphs("One.")})
		v := n.visitor()
		for _, path := range []string{"/en/", "/ru/", "/be/", "/en/latest", "/en/politics/", "/en/corrections", "/en/plus", "/en/account/sign-in", "/ru/account/new", "/be/account/recovery", address(s), "/en/nothing/at/all"} {
			a := v.opens(path)
			if a.StatusCode >= 500 || len(a.Cookies()) != 0 || !strings.Contains(a.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				n.Errorf("%s answers %d %v", path, a.StatusCode, a.Header)
			}
			for _, e := range append(all(a.Page, tag("a")), all(a.Page, tag("img"))...) {
				if to := attr(e, "href") + attr(e, "src"); !strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "#") {
					n.Errorf("%s leads to %q", path, to)
				}
			}
			if len(all(a.Page, tag("style"))) != 0 || strings.Contains(a.Text, "style=") {
				n.Errorf("%s has styles that its policy refuses", path)
			}
			if len(all(a.Page, tag("h1"))) != 1 {
				n.Errorf("%s has %d first headings", path, len(all(a.Page, tag("h1"))))
			}
		}
	})
}

func TestEveryScreenSpeaksItsLanguage(t *testing.T) {
	each(t, func(n *newsroom) {
		for path, want := range map[string]string{"/ru/latest": "Лента", "/be/latest": "Стужка", "/ru/plus": "Что она открывает", "/be/corrections": "Выпраўленняў пакуль не было."} {
			if a := n.visitor().opens(path); !strings.Contains(a.Text, want) {
				n.Errorf("%s does not say %q", path, want)
			}
		}
	})
}

func TestAPageIsMadeOnceForEachClassOfReaders(t *testing.T) {
	each(t, func(n *newsroom) {
		s := n.sends("en", "", locked("Locked"))
		anyone := n.visitor()
		first := anyone.opens(address(s) + "?from=mail")
		if pages, _ := n.press.Held(); pages != 1 {
			n.Fatalf("the press keeps %d pages", pages)
		}
		for _, other := range []string{address(s) + "?page=2", strings.Replace(address(s), "news", "%6eews", 1)} {
			if a := anyone.opens(other); a.StatusCode != 200 {
				n.Errorf("%s answers %d", other, a.StatusCode)
			}
		}
		if pages, _ := n.press.Held(); pages != 1 {
			n.Errorf("other spellings of the address make it %d pages", pages)
		}
		if a := anyone.opens(address(s), "If-None-Match", first.Header.Get("ETag")); a.StatusCode != http.StatusNotModified {
			n.Errorf("the page again answers %d", a.StatusCode)
		}
		for range 2 {
			holder := n.subscriber(fmt.Sprint("holder ", n.now), n.now.Add(time.Hour))
			if !strings.Contains(holder.opens(address(s)).Text, secret) {
				n.Error("a subscriber got another's page")
			}
			n.now = n.now.Add(time.Minute)
		}
		if pages, _ := n.press.Held(); pages != 2 {
			n.Errorf("the press keeps %d pages", pages)
		}
		if strings.Contains(anyone.opens(address(s)).Text, secret) {
			n.Error("an anonymous reader got a subscriber's page")
		}
	})
}

func TestNearTimesAreSaidInWordsOnlyWhileTheyAreTrue(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "", story.Content{Headline: "First", Body: paragraphs("It is so.")})
		v := n.visitor()
		lead := func() string { return texts(all(all(v.opens("/en/").Page, class("lead"))[0], tag("time")))[0] }
		for _, c := range []struct {
			after time.Duration
			words string
		}{{0, "just now"}, {7 * time.Minute, "7 minutes ago"}, {2 * time.Hour, "Today, 14:20"}, {8 * time.Hour, "Yesterday, 14:20"}, {24 * time.Hour, "October 25, 14:20"}} {
			n.now = n.now.Add(c.after)
			if got := lead(); got != c.words {
				n.Errorf("%v later: %q, not %q", c.after, got, c.words)
			}
		}
	})
}

func TestAnAgencyWithoutAPlanSellsNone(t *testing.T) {
	each(t, func(n *newsroom) {
		n.house.Plans = nil
		v := n.visitor()
		if a := v.opens("/en/"); strings.Contains(a.Text, "Subscribe") {
			n.Error("the front page asks to subscribe to nothing")
		}
		if a := v.opens("/en/plus"); a.StatusCode != 404 {
			n.Errorf("the offer answers %d", a.StatusCode)
		}
	})
}

func TestASlashTooManyLeadsToThePage(t *testing.T) {
	each(t, func(n *newsroom) {
		v := n.visitor()
		for _, path := range []string{"/en/latest", "/ru/corrections", "/be/plus"} {
			if a := v.opens(path + "/"); a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != path {
				n.Errorf("%s/ answers %d and leads to %s", path, a.StatusCode, a.Header.Get("Location"))
			}
		}
		for _, path := range []string{"/account", "/account/"} {
			if a := v.opens(path); a.Header.Get("Location") != "/en/account" {
				n.Errorf("%s leads to %s", path, a.Header.Get("Location"))
			}
		}
	})
}

func TestAChangeIsToldWithinItsSentence(t *testing.T) {
	each(t, func(n *newsroom) {
		c := story.Content{Headline: "Changed", Body: paragraphs("One.")}
		st := n.sends("ru", "", c)
		n.now = n.now.Add(time.Minute)
		st, err := n.stories.Revise(context.Background(), n.editor, st.ID, st.Revision, story.Content{Headline: "Changed again",
			Sections: st.Content.Sections, Body: c.Body})
		n.ok(err)
		_, err = n.stories.Update(context.Background(), n.editor, st.ID, st.Revision, "")
		n.ok(err)
		n.press.Refresh()
		if a := n.visitor().opens(address(st)); !strings.Contains(a.Text, ">сегодня, 14:21</time>") {
			n.Errorf("the page does not tell of the change:\n%s", a.Text)
		}
	})
}
