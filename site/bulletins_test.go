package site_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"wireroom/bulletin"
	"wireroom/db/dbtest"
	"wireroom/masthead"
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
