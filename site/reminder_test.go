package site_test

import (
	"strings"
	"testing"
	"time"

	"wireroom/audience"
	"wireroom/masthead"
	"wireroom/site"
)

func TestAPlanThatEndsIsToldOfOnceInItsReadersLanguage(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx := t.Context()
		asked, err := n.readers.Ask(ctx, "alena@example.org", "be")
		n.ok(err)
		_, err = n.readers.AnswerLink(ctx, asked.Token, asked.Browser)
		n.ok(err)
		r, err := n.readers.ByEmail(ctx, "alena@example.org")
		n.ok(err)
		n.ok(n.readers.Grant(ctx, r.ID, audience.Pass{Plan: "plus", Until: n.now.AddDate(0, 0, 6)}))
		s := site.New(n.options)
		n.ok(s.Remind(ctx)) // too early
		n.now = n.now.AddDate(0, 0, 2)
		for range 2 {
			n.ok(s.Remind(ctx))
		}
		letter := n.box.Next(t)
		if letter.To[0] != "alena@example.org" || !strings.Contains(letter.Text, "заканчваецца: 31 кастрычніка 2024") || !strings.Contains(letter.Text, "https://pozirk.example/be/plus") {
			n.Errorf("the letter is %+v", letter)
		}
		n.ok(n.readers.Grant(ctx, r.ID, audience.Pass{Plan: "plus", Until: n.now.AddDate(0, 0, 40)}))
		n.now = n.now.AddDate(0, 0, 38)
		n.ok(s.Remind(ctx))
		if again := n.box.Next(t); !strings.Contains(again.Text, "снежня 2024") {
			n.Errorf("the letter about the next end is %+v", again)
		}
	})
}

func TestARenewalThatWasNotPaidIsToldOfAndOneThatWillBeIsNot(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx := t.Context()
		asked, err := n.readers.Ask(ctx, "alena@example.org", "en")
		n.ok(err)
		_, err = n.readers.AnswerLink(ctx, asked.Token, asked.Browser)
		n.ok(err)
		r, err := n.readers.ByEmail(ctx, "alena@example.org")
		n.ok(err)
		o, _, err := n.readers.Begin(ctx, audience.NewOrder{Reader: r.ID, Plan: "plus", Price: masthead.Price{Currency: "EUR", Amount: 700, Days: 30}, Renews: true, Till: "test"})
		n.ok(err)
		tell := func(f audience.Fact) {
			f.Order, f.Day = o.ID, n.now
			n.ok(n.readers.Tell(ctx, 30, f))
		}
		tell(audience.Fact{Payment: "sub", Kind: audience.FactOpened})
		tell(audience.Fact{Payment: "one", Kind: audience.FactPaid, Amount: 700, Until: n.now.AddDate(0, 0, 4)})
		s := site.New(n.options)
		n.ok(s.Remind(ctx)) // it will be renewed: there is nothing to say
		n.now = n.now.Add(4 * 24 * time.Hour)
		tell(audience.Fact{Payment: "two", Kind: audience.FactFailed})
		n.ok(s.Remind(ctx))
		if letter := n.box.Next(t); !strings.Contains(letter.Text, "did not go through") || !strings.Contains(letter.Text, "/en/plus/payments") {
			n.Errorf("the letter is %+v", letter)
		}
		tell(audience.Fact{Payment: "two", Kind: audience.FactPaid, Amount: 700, Until: n.now.AddDate(0, 0, 30)})
		n.now = n.now.AddDate(0, 0, 10)
		due, err := n.readers.Reminders(ctx)
		if err != nil || len(due) != 0 {
			n.Errorf("after the payment there is still to be told: %v, %v", due, err)
		}
	})
}
