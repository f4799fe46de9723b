package ticker_test

import (
	"context"
	"mime"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/staff"
	"wireroom/story"
)

func TestAKillIsConfirmedByOneClickInItsLetter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		box := mailtest.Open(t)
		post, err := mail.New(mail.Settings{Addr: box.Addr, From: "wire@pozirk.example", TLS: "none"})
		if err != nil {
			t.Fatal(err)
		}
		n := open(t, d, post)
		c, _ := n.client("Radio", func(c *clients.Client) { c.Contact, c.Lang, c.Alarm = "desk@radio.example", "be", 10*time.Minute }, everything)
		_, err = staff.New(d, n.now).Add(t.Context(), staff.Person{Name: "Chief", Email: "chief@pozirk.example", Role: staff.Chief})
		n.ok(err)
		n.kills(n.sends("False", nil))
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() { defer close(done); n.ticker.Ask(ctx) }()
		letter := box.Next(t)
		stop()
		<-done
		if letter.To[0] != "desk@radio.example" || !strings.Contains(subject(t, letter), "АДКЛІКАННЕ") || !strings.Contains(letter.Text, "It is false.") {
			t.Errorf("the letter is %+v", letter)
		}
		at := regexp.MustCompile(`/wire/receipts/\w+`).FindString(letter.Text)
		page := n.gets(at, "").says(200)
		if !strings.Contains(page.body, "Навіна адкліканая") || !strings.Contains(page.body, `method="post"`) {
			t.Errorf("its page says %s", page.body)
		}
		if owed, err := n.clients.Owed(t.Context(), c.ID); err != nil || len(owed) != 1 {
			t.Errorf("after a look it owes %v, %v", owed, err)
		}
		n.ok(n.ticker.Overdue(t.Context()))
		n.shift = 11 * time.Minute
		n.ok(n.ticker.Overdue(t.Context()))
		n.ok(n.ticker.Overdue(t.Context()))
		if alarm := box.Next(t); alarm.To[0] != "chief@pozirk.example" || !strings.Contains(alarm.Text, "Radio") || !strings.Contains(alarm.Text, "/desk/board") {
			t.Errorf("the chief is told %+v", alarm)
		}
		if page := n.asks("POST", at, "", "").says(200); strings.Contains(page.body, `method="post"`) {
			t.Errorf("after a click it says %s", page.body)
		}
		if owed, err := n.clients.Owed(t.Context(), c.ID); err != nil || len(owed) != 0 {
			t.Errorf("after a click it owes %v, %v", owed, err)
		}
		n.gets("/wire/receipts/invented", "").says(404)
	})
}

func TestACorrectionsLetterCarriesTheHeadlineOfThoseWhoHaveIt(t *testing.T) {
	box := mailtest.Open(t)
	post, err := mail.New(mail.Settings{Addr: box.Addr, From: "wire@pozirk.example", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	n := open(t, dbtest.SQLite(t), post)
	n.client("Radio", func(c *clients.Client) { c.Contact = "desk@radio.example" }, everything)
	n.client("Other", func(c *clients.Client) { c.Contact = "desk@other.example" })
	st := n.sends("First", nil)
	c := st.Content
	c.Headline = "Second"
	st, err = n.stories.Revise(t.Context(), chief, st.ID, st.Revision, c)
	n.ok(err)
	_, err = n.stories.Correct(t.Context(), chief, st.ID, st.Revision, story.Say("It was the second."))
	n.ok(err)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); n.ticker.Ask(ctx) }()
	letter := box.Next(t)
	stop()
	<-done
	if letter.To[0] != "desk@radio.example" || subject(t, letter) != "CORRECTION: Second" || !strings.Contains(letter.Text, "It was the second.") {
		t.Errorf("the letter is %+v", letter)
	}
}

// subject is a letter's, read.
func subject(t *testing.T, l mailtest.Letter) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(l.Header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}
