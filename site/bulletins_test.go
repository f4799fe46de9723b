package site_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wireroom/bulletin"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/site"
	"wireroom/story"
)

// mails makes a live bulletin with a story of each day.
func (n *newsroom) mails(id string, lang masthead.Lang, change func(*bulletin.Rules)) bulletin.Bulletin {
	n.Helper()
	b := bulletin.Bulletin{ID: bulletin.ID(id), Lang: lang, Name: "The " + id, Live: true, Rules: bulletin.Rules{At: "07:30", Most: 10}}
	if change != nil {
		change(&b.Rules)
	}
	b, err := n.letters.Add(n.Context(), n.editor, b)
	n.ok(err)
	return b
}

func TestAReaderWithAnAddressChoosesBulletins(t *testing.T) {
	each(t, func(n *newsroom) {
		n.mails("morning-en", "en", nil)
		n.mails("week-ru", "ru", func(r *bulletin.Rules) { r.Days = []time.Weekday{time.Friday} })
		n.mails("plus-en", "en", func(r *bulletin.Rules) { r.Plan = "plus" })
		v := n.visitor()
		v.byLetter("ann@example.org")
		page := text(v.opens("/en/account").Page)
		for _, words := range []string{"The morning-en", "every day at 07:30", "The week-ru", "Friday at 07:30"} {
			if !strings.Contains(page, words) {
				n.Errorf("the account does not say %q", words)
			}
		}
		if strings.Contains(page, "The plus-en") {
			n.Error("a bulletin of a plan is offered to one without it")
		}
		for _, id := range []string{"plus-en", "invented", "morning-en"} {
			v.posts("/en/account/bulletins", "bulletin", id)
			if kept := v.opens("/en/account/export").Text; strings.Contains(kept, id) != (id == "morning-en") {
				n.Errorf("with %s chosen is kept %s", id, kept)
			}
		}
		if kept := v.opens("/en/account/export").Text; !strings.Contains(kept, `"bulletins": "morning-en"`) {
			n.Errorf("what is kept is %s", kept)
		}
		ticked := 0
		for _, e := range all(v.opens("/en/account").Page, tag("input")) {
			if attr(e, "name") == "bulletin" && attr(e, "value") == "morning-en" && slices.ContainsFunc(e.Attr, func(a html.Attribute) bool { return a.Key == "checked" }) {
				ticked++
			}
		}
		if ticked != 1 {
			n.Errorf("%d boxes are ticked", ticked)
		}
		v.posts("/en/account/bulletins")
		if kept := v.opens("/en/account/export").Text; strings.Contains(kept, "bulletins") {
			n.Errorf("what is kept after leaving is %s", kept)
		}
	})
}

func TestAnAccountByNumberIsOfferedNoLetters(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.mails("morning-en", "en", nil)
	v := n.visitor()
	v.posts("/en/account/new")
	if strings.Contains(text(v.opens("/en/account").Page), "The morning-en") {
		t.Error("it is offered a bulletin")
	}
	v.posts("/en/account/bulletins", "bulletin", "morning-en")
	if strings.Contains(v.opens("/en/account/export").Text, "morning-en") {
		t.Error("it has a bulletin")
	}
}

func TestAnIssueIsPrintedForTextAndForHTML(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.mails("morning-en", "en", func(r *bulletin.Rules) { r.Whole = true })
	first := n.sends("en", "", locked("Council <meets>"))
	n.sends("en", "", story.Content{Headline: "Roads close", Body: paragraphs("They close.")})
	print := func(v reveal.Viewer) bulletin.Sheet {
		n.Helper()
		draft, err := n.letters.Draft(n.Context(), b)
		n.ok(err)
		sheet, err := site.New(n.options).Digest(n.Context(), b, draft, v)
		n.ok(err)
		return sheet
	}
	free, paid := print(reveal.Viewer{}), print(reveal.Holder(map[string]time.Time{"plus": n.now.Add(time.Hour)}, n.now))
	for what, text := range map[string]string{"text": free.Text, "HTML": html.UnescapeString(free.HTML)} {
		for _, words := range []string{"Roads close", "https://pozirk.example/en/news/" + strconv.FormatInt(int64(first.Number), 10), "The first paragraph.",
			"The material is available only to POZIRK+", bulletin.QuitMark, "https://pozirk.example/en/account", "Politics"} {
			if !strings.Contains(text, words) {
				n.Errorf("the %s does not say %q: %s", what, words, text)
			}
		}
		if strings.Contains(text, secret) {
			n.Errorf("the %s tells what is locked", what)
		}
	}
	if !strings.Contains(paid.Text, secret) || !strings.Contains(paid.HTML, secret) || strings.Contains(paid.Text, "available only") {
		n.Errorf("a subscriber has %s", paid.Text)
	}
	if strings.Contains(free.HTML, "<meets>") || !strings.Contains(free.Text, "Council <meets>") {
		n.Error("a headline is taken for markup")
	}
	for _, fetched := range []string{"<img", "src=", "url(", "<script", "<link"} {
		if strings.Contains(paid.HTML, fetched) {
			n.Errorf("opening the letter fetches something: %s", fetched)
		}
	}
	if free.Subject != "The morning-en: Friday, October 25, 2024" {
		n.Errorf("the subject is %q", free.Subject)
	}
	b.Rules.Subject, b.Rules.Neutral = "Your letter", true
	if got := print(reveal.Viewer{}).Subject; got != "Your letter" {
		n.Errorf("a neutral subject is %q", got)
	}
	b.Rules.Neutral = false
	if got := print(reveal.Viewer{}).Subject; got != "Your letter: Roads close" {
		n.Errorf("a subject with news is %q", got)
	}
}

func TestAMailProgramsButtonLeavesTheBulletinWithoutACookie(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.mails("morning-en", "en", nil)
		v := n.visitor()
		v.byLetter("ann@example.org")
		v.posts("/en/account/bulletins", "bulletin", "morning-en")
		n.sends("en", "", story.Content{Headline: "Roads close", Body: paragraphs("They close.")})
		n.now = n.now.AddDate(0, 0, 1)
		n.ok(n.letters.Compose(n.Context()))
		readers := site.New(n.options)
		sender := bulletin.Sender{Store: n.letters, Post: n.options.Mail, Print: readers.Digest, Quit: readers.QuitURL}
		issues, err := n.letters.Issues(n.Context(), b.ID, 1)
		n.ok(err)
		n.ok(sender.Send(n.Context(), issues[0].Number))
		quit := strings.Trim(n.box.Next(n.T).Header.Get("List-Unsubscribe"), "<>")
		path, ours := strings.CutPrefix(quit, "https://pozirk.example")
		if !ours {
			n.Fatalf("one leaves at %q", quit)
		}
		chosen := func() bool { return strings.Contains(v.opens("/en/account/export").Text, "morning-en") }
		scanner := n.visitor()
		if page := scanner.opens(path); page.StatusCode != http.StatusOK || !chosen() || page.Header.Get("Set-Cookie") != "" {
			n.Errorf("looking at the link answers %d; chosen still: %v", page.StatusCode, chosen())
		}
		if scanner.posts(path+"x", "List-Unsubscribe", "One-Click").StatusCode != http.StatusNotFound || !chosen() {
			n.Error("a ticket that nobody made leaves")
		}
		if got := scanner.posts(path, "List-Unsubscribe", "One-Click"); got.StatusCode != http.StatusOK || chosen() {
			n.Errorf("one click answers %d; chosen still: %v", got.StatusCode, chosen())
		}
	})
}

func TestACorrectionAndAKillStandInTheNextLetter(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.mails("morning-en", "en", nil)
	fixed := n.sends("en", "", story.Content{Headline: "Roads close", Body: paragraphs("They close.")})
	gone := n.sends("en", "", story.Content{Headline: "Canary sings", Body: paragraphs("It sings.")})
	n.now = n.now.AddDate(0, 0, 1)
	n.ok(n.letters.Compose(n.Context()))
	c := fixed.Content
	c.Headline = "Roads open"
	fixed, err := n.stories.Revise(n.Context(), n.editor, fixed.ID, fixed.Revision, c)
	n.ok(err)
	_, err = n.stories.Correct(n.Context(), n.editor, fixed.ID, fixed.Revision, story.Say("They are open."))
	n.ok(err)
	_, err = n.stories.Kill(n.Context(), n.editor, gone.ID, story.Say("It never sang."))
	n.ok(err)
	b, err = n.letters.Get(n.Context(), b.ID)
	n.ok(err)
	draft, err := n.letters.Draft(n.Context(), b)
	n.ok(err)
	sheet, err := site.New(n.options).Digest(n.Context(), b, draft, reveal.Viewer{})
	n.ok(err)
	for what, text := range map[string]string{"text": sheet.Text, "HTML": sheet.HTML} {
		for _, words := range []string{"Corrections to what we wrote", "Roads open", "They are open.", "Withdrawn", "It never sang."} {
			if !strings.Contains(text, words) {
				n.Errorf("the %s does not say %q: %s", what, words, text)
			}
		}
		if strings.Contains(text, "Canary sings") || strings.Contains(text, "It sings") {
			n.Errorf("the %s repeats what is withdrawn", what)
		}
	}
}
