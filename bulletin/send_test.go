package bulletin_test

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"wireroom/audience"
	"wireroom/bulletin"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/mail"
	"wireroom/mail/mailtest"
	"wireroom/reveal"
	"wireroom/story"
)

// received are the letters that came, by address.
func (n *newsroom) received() map[string][]mailtest.Letter {
	n.Helper()
	all := map[string][]mailtest.Letter{}
	for n.box.Waiting() > 0 {
		l := n.box.Next(n.TB)
		all[l.To[0]] = append(all[l.To[0]], l)
	}
	return all
}

// parts are a letter's texts by kind, and the order in which they stand.
func parts(t testing.TB, l mailtest.Letter) (texts map[string]string, order []string) {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(string(l.Raw)))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	texts = map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return texts, order
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(p)
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		texts[kind], order = string(text), append(order, kind)
	}
}

func TestEachReaderHasTheIssueOnceAndAsMuchOfItAsTheyMayRead(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		paid := n.reader("paid@one.example", "morning-en")
		n.ok(n.readers.Grant(n.ctx, paid, audience.Pass{Plan: "plus", Until: n.now.AddDate(1, 0, 0)}))
		n.reader("free@two.example", "morning-en", "other")
		n.reader("none@two.example", "other")
		n.sends("Locked", func(c *story.Content) { c.Plan = "plus" })
		n.morning()
		n.issues(b.ID)
		n.mails()
		n.mails()
		got := n.received()
		if len(got) != 2 || len(got["paid@one.example"]) != 1 || len(got["free@two.example"]) != 1 {
			n.Fatalf("letters came to %v", got)
		}
		for who, reads := range map[string]bool{"paid@one.example": true, "free@two.example": false} {
			texts, _ := parts(n, got[who][0])
			for kind, text := range texts {
				if strings.Contains(text, "canary") != reads {
					n.Errorf("%s reads in %s: %s", who, kind, text)
				}
			}
		}
		issues, err := n.letters.Issues(n.ctx, b.ID, 1)
		n.ok(err)
		if i := issues[0]; i.Sent != 2 || i.Waiting != 0 || i.Done.IsZero() || i.Error != "" {
			n.Errorf("the issue is %+v", i)
		}
	})
}

func TestABulletinOfAPlanGoesToItsHoldersAlone(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.bulletin("plus-en", func(b *bulletin.Bulletin) { b.Rules.Plan = "plus" })
	lapsed, holds := n.reader("lapsed@one.example", "plus-en"), n.reader("holds@one.example", "plus-en")
	n.ok(n.readers.Grant(n.ctx, lapsed, audience.Pass{Plan: "plus", Until: n.now.AddDate(0, 0, 1)}))
	n.ok(n.readers.Grant(n.ctx, holds, audience.Pass{Plan: "plus", Until: n.now.AddDate(1, 0, 0)}))
	n.sends("First", nil)
	n.now = n.now.AddDate(0, 0, 2)
	n.issues(b.ID)
	n.mails()
	if got := n.received(); len(got) != 1 || len(got["holds@one.example"]) != 1 {
		n.Errorf("letters came to %v", got)
	}
}

func TestALetterLeadsOutOfItsBulletin(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		id := n.reader("ann@one.example", "morning-en", "week-en")
		n.sends("First", nil)
		n.morning()
		n.issues(b.ID)
		n.mails()
		l := n.box.Next(n.TB)
		if got := l.Header.Get("List-Unsubscribe-Post"); got != "List-Unsubscribe=One-Click" {
			n.Errorf("one click is %q", got)
		}
		ticket := strings.TrimSuffix(strings.TrimPrefix(l.Header.Get("List-Unsubscribe"), "<https://pozirk.example/quit/"), ">")
		for _, sure := range []bool{false, true, true} {
			got, err := n.letters.Quit(n.ctx, ticket, sure)
			n.ok(err)
			chosen, err := n.readers.Bulletins(n.ctx, id)
			n.ok(err)
			if got.ID != b.ID || slices.Contains(chosen, "morning-en") == sure || !slices.Contains(chosen, "week-en") {
				n.Errorf("after leaving %s (%v) they have %q", got.ID, sure, chosen)
			}
		}
		issues, err := n.letters.Issues(n.ctx, b.ID, 1)
		n.ok(err)
		if issues[0].Quit != 1 {
			n.Errorf("%d have left", issues[0].Quit)
		}
		if _, err := n.letters.Quit(n.ctx, ticket[1:], true); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("a ticket of nobody: %v", err)
		}
		n.ok(n.readers.Delete(n.ctx, id))
		if _, err := n.letters.Quit(n.ctx, ticket, true); err != nil {
			n.Errorf("one who is gone cannot leave: %v", err)
		}
	})
}

func TestWhoLeavesOrIsGoneBeforeTheirLetterGetsNone(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		left, gone := n.reader("left@one.example", "morning-en"), n.reader("gone@one.example", "morning-en")
		n.reader("stays@one.example", "morning-en")
		n.sends("First", nil)
		n.morning()
		n.issues(b.ID)
		n.ok(n.readers.Choose(n.ctx, left, nil))
		n.ok(n.readers.Delete(n.ctx, gone))
		n.mails()
		if got := n.received(); len(got) != 1 || len(got["stays@one.example"]) != 1 {
			n.Errorf("letters came to %v", got)
		}
		issues, err := n.letters.Issues(n.ctx, b.ID, 1)
		n.ok(err)
		if issues[0].Done.IsZero() || issues[0].Sent != 1 {
			n.Errorf("the issue is %+v", issues[0])
		}
	})
}

func TestAnAddressThatTakesNoLettersIsLeftAloneAfterThree(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		dead := n.reader("dead@one.example", "morning-en")
		back := n.reader("back@one.example", "morning-en")
		n.reader("well@one.example", "morning-en")
		n.box.Refuses = func(to string) error {
			if to == "dead@one.example" {
				return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}
			}
			return nil
		}
		for day := range 4 {
			n.sends("Of the day", nil)
			n.morning()
			n.issues(b.ID)
			n.mails()
			got := n.received()
			if len(got["well@one.example"]) != 1 || len(got["dead@one.example"]) != 0 || len(got["back@one.example"]) != map[bool]int{true: 1}[day < 3] {
				n.Fatalf("on day %d letters came to %v", day+1, got)
			}
			if day < 3 {
				_, ticket, _ := strings.Cut(strings.TrimSuffix(got["back@one.example"][0].From, "@pozirk.example"), "+")
				n.ok(n.letters.CameBack(n.ctx, mail.Bounce{Ticket: ticket, Good: true}))
			}
			issues, err := n.letters.Issues(n.ctx, b.ID, 1)
			n.ok(err)
			if want := map[bool]int{true: 2}[day < 3]; issues[0].Bounced != want || issues[0].Sent != 1 {
				n.Errorf("on day %d the issue is %+v", day+1, issues[0])
			}
		}
		for _, id := range []string{dead, back} {
			if chosen, err := n.readers.Bulletins(n.ctx, id); err != nil || len(chosen) > 0 {
				n.Errorf("%q are chosen still: %v", chosen, err)
			}
		}
	})
}

func TestALetterThatIsPutOffIsTriedAgain(t *testing.T) {
	each(t, func(n *newsroom) {
		b := n.bulletin("morning-en", nil)
		n.reader("grey@one.example", "morning-en")
		full := true
		n.box.Refuses = func(string) error {
			if full {
				return &smtp.SMTPError{Code: 452, EnhancedCode: smtp.EnhancedCode{4, 2, 2}, Message: "full"}
			}
			return nil
		}
		n.sends("First", nil)
		n.morning()
		n.issues(b.ID)
		n.mails()
		full = false
		n.mails() // too early
		if n.box.Waiting() > 0 {
			n.Error("it is tried again at once")
		}
		n.now = n.now.AddDate(0, 0, 1)
		n.mails()
		if got := n.received(); len(got["grey@one.example"]) != 1 {
			n.Errorf("letters came to %v", got)
		}
		full = true
		n.sends("Second", nil)
		n.morning()
		n.issues(b.ID)
		for range 20 {
			n.mails()
			n.now = n.now.AddDate(0, 0, 1)
		}
		issues, err := n.letters.Issues(n.ctx, b.ID, 1)
		n.ok(err)
		if issues[0].Lapsed != 1 || issues[0].Waiting != 0 || issues[0].Done.IsZero() {
			n.Errorf("the issue is %+v", issues[0])
		}
	})
}

func TestWithoutTheKeyOfTheAddressesTheLettersWait(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.bulletin("morning-en", nil)
	n.reader("ann@one.example", "morning-en")
	n.sends("First", nil)
	n.morning()
	n.issues(b.ID)
	with := n.letters
	n.opens(filepath.Join(n.TempDir(), "elsewhere.key"), n.box.Addr)
	issues, err := n.letters.Issues(n.ctx, b.ID, 1)
	n.ok(err)
	if err := n.sender().Send(n.ctx, issues[0].Number); !errors.Is(err, audience.ErrNoKey) {
		n.Errorf("without the key: %v", err)
	}
	if issues, _ = n.letters.Issues(n.ctx, b.ID, 1); issues[0].Error == "" || issues[0].Waiting != 1 {
		n.Errorf("the issue is %+v", issues[0])
	}
	n.letters = with
	n.mails()
	if issues, _ = n.letters.Issues(n.ctx, b.ID, 1); n.box.Waiting() != 1 || issues[0].Error != "" {
		n.Errorf("the letter did not come; %+v", issues[0])
	}
}

func TestWhatIsKilledOnTheWayGoesNoFurther(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	b := n.bulletin("morning-en", nil)
	for _, who := range []string{"a@one.example", "b@one.example", "c@one.example"} {
		n.reader(who, "morning-en")
	}
	st := n.sends("Canary", nil)
	n.sends("Other", nil)
	n.morning()
	n.issues(b.ID)
	s := n.sender()
	s.Lines = 1
	killed := false
	s.Print = func(ctx context.Context, b bulletin.Bulletin, i bulletin.Issue, v reveal.Viewer) (bulletin.Sheet, error) {
		sheet, err := n.prints(ctx, b, i, v)
		if !killed { // after the first sheet is made
			killed = true
			_, err := n.stories.Kill(n.ctx, editor, st.ID, story.Say("No."))
			n.ok(err)
		}
		return sheet, err
	}
	issues, err := n.letters.Issues(n.ctx, b.ID, 1)
	n.ok(err)
	n.ok(s.Send(n.ctx, issues[0].Number))
	with := 0
	for _, l := range n.received() {
		if texts, _ := parts(n, l[0]); strings.Contains(texts["text/plain"], "Canary") {
			with++
		}
	}
	if with != 1 {
		n.Errorf("%d letters tell of it", with)
	}
}
