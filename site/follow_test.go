package site_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/bulletin"
	"wireroom/bulletin/cuttings"
	"wireroom/reveal"
	"wireroom/site"
	"wireroom/story"
)

// writes is a visitor who has signed in by a letter.
func (n *newsroom) writes(address string) *visitor {
	n.Helper()
	v := n.visitor()
	v.posts("/en/account/letters", "email", address)
	_, code, _ := n.letter()
	if a := v.posts("/en/account/letter", "code", code); a.StatusCode != http.StatusSeeOther {
		n.Fatalf("signing in answers %d", a.StatusCode)
	}
	return v
}

// of is the account of an address.
func (n *newsroom) of(address string) string {
	n.Helper()
	r, err := n.readers.ByEmail(n.Context(), address)
	n.ok(err)
	return r.ID
}

func TestAReaderFollowsASearchAndLeavesItInTheirAccount(t *testing.T) {
	each(t, func(n *newsroom) {
		n.archives()
		if page := n.visitor().opens(search("harbour")).Text; !strings.Contains(page, `href="/en/account/follow?key=harbour&amp;kind=search"`) {
			t.Error("no link leads from a search to following it")
		}
		at := "/en/account/follow?kind=search&key=" + url.QueryEscape("harbour <b>")
		if answer := n.visitor().opens(at); answer.StatusCode != http.StatusSeeOther || answer.Header.Get("Location") != "/en/account/sign-in" {
			t.Errorf("a stranger is answered %d", answer.StatusCode)
		}
		v := n.writes("ann@example.org")
		form := v.opens(at).Text
		for _, want := range []string{`value="now"`, `value="daily" checked`, `value="weekly"`, "harbour &lt;b&gt;", `/en/search/rss.xml?q=harbour`} {
			if !strings.Contains(form, want) {
				t.Errorf("the page has no %s", want)
			}
		}
		if answer := v.posts("/en/account/follow", "kind", "search", "key", "harbour", "rhythm", "now"); answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("following answers %d", answer.StatusCode)
		}
		page := v.opens("/en/account?done=follow").Text
		for _, want := range []string{"You follow it.", "“harbour”", "At once, with each story"} {
			if !strings.Contains(page, want) {
				t.Errorf("the account has no %s", want)
			}
		}
		if kept := v.opens("/en/account/export").Text; !strings.Contains(kept, `"query": "harbour"`) || !strings.Contains(kept, `"letters": "now"`) {
			t.Errorf("the export says %s", kept)
		}
		all, err := n.readers.Follows(context.Background(), n.of("ann@example.org"))
		n.ok(err)
		v.posts("/en/account/unfollow", "follow", all[0].ID)
		if page := v.opens("/en/account").Text; strings.Contains(page, "harbour") {
			t.Error("what was left is still there")
		}
		for _, wrong := range []string{"kind=search&key=", "kind=person&key=nobody", "kind=other&key=x", "kind=topic&key=none"} {
			if answer := v.opens("/en/account/follow?" + wrong); answer.StatusCode != http.StatusNotFound {
				t.Errorf("%s answers %d", wrong, answer.StatusCode)
			}
		}
	})
}

func TestAPersonIsFollowedFromTheirPage(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		e := n.enters(register.Person, vera())
		n.archives()
		v := n.writes("ann@example.org")
		at := "/en/account/follow?key=" + string(e.ID) + "&amp;kind=person"
		if page := v.opens("/en/people/" + e.Slug).Text; !strings.Contains(page, `href="`+at+`"`) {
			t.Error("no link leads from the page to following")
		}
		if page := v.opens(strings.ReplaceAll(at, "&amp;", "&")).Text; !strings.Contains(page, "Follow Viera Kupala") || !strings.Contains(page, `/en/people/`+e.Slug+`/rss.xml`) {
			t.Errorf("the page says %s", page)
		}
		v.posts("/en/account/follow", "kind", "person", "key", string(e.ID), "rhythm", "weekly")
		if page := v.opens("/be/account").Text; !strings.Contains(page, `<a href="/en/people/`+e.Slug+`" lang="en">Viera Kupala</a>`) {
			t.Error("the account does not name her")
		}
		if answer := v.posts("/en/account/follow", "kind", "place", "key", string(e.ID), "rhythm", "weekly"); answer.StatusCode != http.StatusNotFound {
			t.Errorf("as a place she answers %d", answer.StatusCode)
		}
	})
}

func TestWithoutAnAddressOneFollowsWithoutLetters(t *testing.T) {
	each(t, func(n *newsroom) {
		v := n.member()
		if page := v.opens("/en/account/follow?kind=search&key=harbour").Text; strings.Contains(page, `value="now"`) || !strings.Contains(page, "no e-mail address") {
			t.Error("letters are offered to an account without an address")
		}
		if answer := v.posts("/en/account/follow", "kind", "search", "key", "harbour", "rhythm", "now"); answer.StatusCode == http.StatusSeeOther {
			t.Error("letters are promised that cannot come")
		}
		if answer := v.posts("/en/account/follow", "kind", "search", "key", "harbour", "rhythm", ""); answer.StatusCode != http.StatusSeeOther {
			t.Errorf("following answers %d", answer.StatusCode)
		}
	})
}

func TestALetterAboutWhatIsFollowedIsLeftByItsTicket(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx := context.Background()
		n.writes("ann@example.org")
		reader := n.of("ann@example.org")
		n.options.Register = register.New(n.db, n.options.Now)
		e, err := n.options.Register.Add(ctx, n.editor, register.Person, register.Facts{Names: map[story.Lang]string{"en": "Anna Novik"}, Public: true})
		n.ok(err)
		n.ok(n.readers.Follow(ctx, reader, audience.Follow{Aim: audience.Aim{Kind: audience.AimPerson, Key: string(e.ID), Lang: "en"}, Name: "Anna Novik", Rhythm: audience.AtOnce}, 0))
		st := n.sends("en", "", locked("Anna Novik speaks"))
		printer := site.New(n.options)
		issue := bulletin.Issue{At: n.now, Items: []bulletin.Item{{Kind: bulletin.News, Story: st.ID, Number: st.Number}}}
		sheet, err := printer.Cutting(ctx, "en", []string{"Anna Novik"}, issue, reveal.Viewer{})
		n.ok(err)
		if sheet.Subject != "Anna Novik speaks" || !strings.Contains(sheet.HTML, "What you follow: Anna Novik") || strings.Contains(sheet.HTML, secret) || !strings.Contains(sheet.Text, "End these letters: "+bulletin.QuitMark) {
			t.Errorf("the letter is %q: %s", sheet.Subject, sheet.Text)
		}
		issue.Items = append(issue.Items, bulletin.Item{Kind: bulletin.News, Story: n.sends("en", "", story.Content{Headline: "Anna Novik again"}).ID})
		if sheet, err = printer.Cutting(ctx, "en", []string{"Anna Novik"}, issue, reveal.Viewer{}); err != nil || sheet.Subject != "What you follow" {
			t.Errorf("of several the subject is %q, %v", sheet.Subject, err)
		}
		tickets, err := n.readers.Tickets(ctx)
		n.ok(err)
		ticket, err := tickets.For(reader, cuttings.Issue)
		n.ok(err)
		out := n.visitor()
		if page := out.opens("/en/bulletins/" + ticket).Text; !strings.Contains(page, "What you follow") {
			t.Error("the page does not say which letters end")
		}
		if all, _ := n.readers.Follows(ctx, reader); all[0].Rhythm != audience.AtOnce {
			t.Error("a look ends the letters")
		}
		out.posts("/en/bulletins/" + ticket)
		if all, _ := n.readers.Follows(ctx, reader); len(all) != 1 || all[0].Rhythm != audience.NoLetters {
			t.Errorf("after leaving there is %+v", all)
		}
	})
}
