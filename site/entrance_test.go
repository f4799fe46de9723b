package site_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireroom/db/dbtest"
)

// keys are the number and the words that a page tells.
func (a answer) keys(n *newsroom) (number, words string) {
	n.Helper()
	var told []string
	for _, dd := range all(a.Page, tag("dd")) {
		told = append(told, text(dd))
	}
	if len(told) != 2 {
		n.Fatalf("the page (%d) tells %q, not a number and words", a.StatusCode, told)
	}
	return told[0], told[1]
}

// signed reports whether the browser has an account's page.
func (v *visitor) signed() bool {
	v.n.Helper()
	a := v.opens("/en/account")
	return a.StatusCode == http.StatusOK && strings.Contains(a.Text, `action="/account/sign-out"`)
}

func TestAnAccountIsOpenedByANumberThatIsToldOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		one := n.visitor()
		if one.opens("/en/account/new"); one.signed() {
			n.Fatal("looking at the page opens an account")
		}
		told := one.posts("/en/account/new")
		number, words := told.keys(n)
		if told.Header.Get("Cache-Control") != "private, no-store" {
			n.Error("the page with the number may be kept on its way")
		}
		if !one.signed() || strings.Contains(one.opens("/en/account").Text, number) {
			n.Error("who opens an account is not signed in, or is told the number again")
		}
		other := n.visitor()
		for _, wrong := range []string{"", "1234", "00000000000000000000", number[:len(number)-1] + "x"} {
			if a := other.posts("/en/account/sign-in", "number", wrong); a.StatusCode != http.StatusUnprocessableEntity || other.signed() {
				n.Errorf("%q answers %d", wrong, a.StatusCode)
			}
		}
		if a := other.opens("/en/account/sign-in?number=" + strings.ReplaceAll(number, " ", "")); a.StatusCode != 200 || other.signed() {
			n.Error("GET signs in")
		}
		if a := other.posts("/ru/account/sign-in", "number", strings.ReplaceAll(number, " ", "-"), "story", "7"); a.Header.Get("Location") != "/ru/news/7" || !other.signed() {
			n.Errorf("the number leads to %q", a.Header.Get("Location"))
		}
		third := n.visitor()
		if a := third.posts("/en/account/recovery", "words", "babab babab babab babab babab"); a.StatusCode != http.StatusUnprocessableEntity {
			n.Errorf("wrong words answer %d", a.StatusCode)
		}
		fresh, _ := third.posts("/en/account/recovery", "words", strings.ToUpper(words)).keys(n)
		if one.signed() || other.signed() || !third.signed() || fresh == number {
			n.Error("the words do not sign the other devices out")
		}
		if a := one.posts("/en/account/sign-in", "number", number); a.StatusCode != http.StatusUnprocessableEntity {
			n.Error("the old number still opens the account")
		}
	})
}

func TestNobodyIsLedToAnotherSiteAfterTheySignIn(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	number, _ := n.visitor().posts("/en/account/new").keys(n)
	for _, story := range []string{"//evil.example", "/../..", "7/../x", "https://evil.example", "0", "x"} {
		if a := n.visitor().posts("/en/account/sign-in", "number", number, "story", story); a.Header.Get("Location") != "/en/account" {
			t.Errorf("%q leads to %q", story, a.Header.Get("Location"))
		}
	}
}

var inLetter = regexp.MustCompile(`(?s)(\d{3} \d{3}).*https://pozirk\.example(/en/account/letter/\w+)`)

// letter waits for a sign-in letter and gives what is in it.
func (n *newsroom) letter() (to, code, link string) {
	n.Helper()
	l := n.box.Next(n.T)
	m := inLetter.FindStringSubmatch(l.Text)
	if m == nil {
		n.Fatalf("the letter says %q", l.Text)
	}
	return l.To[0], m[1], m[2]
}

func TestALetterSignsInTheBrowserThatAskedAndNoOther(t *testing.T) {
	each(t, func(n *newsroom) {
		reader, thief, scanner := n.visitor(), n.visitor(), n.visitor()
		if a := reader.posts("/en/account/letters", "email", " Reader@Example.ORG ", "story", "5"); a.Header.Get("Location") != "/en/account/letter" {
			n.Fatalf("asking answers %d", a.StatusCode)
		}
		to, code, link := n.letter()
		if !strings.EqualFold(to, "reader@example.org") {
			n.Errorf("the letter goes to %s", to)
		}
		for range 5 {
			if a := scanner.opens(link); a.StatusCode != 200 || strings.Contains(a.Text, "<form method=\"post\" action=\"/en/account/letter") {
				n.Errorf("a scanner gets %d and a button", a.StatusCode)
			}
			scanner.posts(link)
		}
		thief.posts("/en/account/letters", "email", "thief@example.org")
		n.letter()
		thief.posts(link)
		thief.posts("/en/account/letter", "code", code)
		if reader.opens(link); thief.signed() || scanner.signed() || reader.signed() {
			n.Fatal("the letter signs in who did not ask, or by a look")
		}
		if a := reader.posts(link); a.Header.Get("Location") != "/en/news/5" || !reader.signed() {
			n.Fatalf("the letter leads to %q", a.Header.Get("Location"))
		}
		if a := reader.opens(link); a.StatusCode != http.StatusNotFound {
			n.Errorf("a letter that was used answers %d", a.StatusCode)
		}
		second := n.visitor()
		second.posts("/en/account/letters", "email", "reader@example.org")
		if _, code, _ = n.letter(); second.posts("/en/account/letter", "code", code).Header.Get("Location") != "/en/account" || !second.signed() {
			n.Error("the code does not sign in")
		}
		late := n.visitor()
		late.posts("/en/account/letters", "email", "reader@example.org")
		_, code, link = n.letter()
		n.now = n.now.Add(15*time.Minute + time.Second)
		if late.posts(link); late.posts("/en/account/letter", "code", code).StatusCode != http.StatusUnprocessableEntity || late.signed() {
			n.Error("a letter is good for longer than fifteen minutes")
		}
	})
}

func TestFiveWrongCodesUseALetterUp(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	v := n.visitor()
	v.posts("/en/account/letters", "email", "reader@example.org")
	_, code, _ := n.letter()
	wrong := "000000"
	if strings.ReplaceAll(code, " ", "") == wrong {
		wrong = "111111"
	}
	for range 5 {
		v.posts("/en/account/letter", "code", wrong)
	}
	if v.posts("/en/account/letter", "code", code); v.signed() {
		t.Error("the sixth try signs in")
	}
}

func TestWithoutAPublicAddressNoLetterIsSent(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.house.PublicURL = ""
	v := n.visitor()
	if strings.Contains(v.opens("/en/account/sign-in").Text, `name="email"`) {
		t.Error("a letter is offered whose link would lead to the host of whoever asks")
	}
	if a := v.posts("/en/account/letters", "email", "reader@example.org"); a.StatusCode != http.StatusNotFound {
		t.Errorf("asking answers %d", a.StatusCode)
	}
}

func TestWhoTriesTooOftenWaitsAndNobodyElse(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	v, neighbour := n.visitor(), n.visitor()
	v.network, neighbour.network = "2001:db8:1:1::1", "2001:db8:1:2::1"
	tries := 0
	for ; v.posts("/en/account/sign-in", "number", "1").StatusCode != http.StatusTooManyRequests; tries++ {
		if v.network = fmt.Sprintf("2001:db8:1:1::%x", tries+2); tries > 1000 {
			t.Fatal("a thousand tries are taken")
		}
	}
	if a := neighbour.posts("/en/account/sign-in", "number", "1"); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("another network is answered %d", a.StatusCode)
	}
	if a := v.posts("/en/account/new"); a.StatusCode != http.StatusOK {
		t.Errorf("another deed is answered %d", a.StatusCode)
	}
	n.now = n.now.Add(15 * time.Minute)
	if a := n.visitor().posts("/en/account/sign-in", "number", "1"); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("after a quarter of an hour the answer is %d", a.StatusCode)
	}
}

// Whether an address has an account cannot be told from any answer: the same
// bytes come for a thousand that have one and a thousand that have none.
func TestAThousandKnownAndAThousandUnknownAddressesGetTheSameAnswer(t *testing.T) {
	const readers = 1000
	n := open(t, dbtest.SQLite(t))
	n.box.Forgets = true
	know := func(email string) {
		asked, err := n.readers.Ask(t.Context(), email, "en")
		n.ok(err)
		_, err = n.readers.AnswerLink(t.Context(), asked.Token, asked.Browser)
		n.ok(err)
	}
	answers := map[string]int{}
	for i := range readers {
		known, unknown := fmt.Sprintf("reader%04d@example.org", i), fmt.Sprintf("nobody%04d@example.org", i)
		know(known)
		for _, email := range []string{known, unknown} {
			v := n.visitor()
			v.network = fmt.Sprintf("198.51.%d.%d", i/250, i%250)
			asked := v.posts("/en/account/letters", "email", email)
			typing := v.opens("/en/account/letter")
			wrong := v.posts("/en/account/letter", "code", "1")
			answers[shape(asked)+shape(typing)+shape(wrong)]++
		}
	}
	if len(answers) != 1 {
		for a, times := range answers {
			t.Logf("%d times:\n%s", times, a[:min(len(a), 400)])
		}
		t.Errorf("there are %d answers, not one", len(answers))
	}
}

var secretValue = regexp.MustCompile(`asker=\w+\.`)

// shape is all of an answer but its date and the browser's random secret.
func shape(a answer) string {
	a.Header.Del("Date")
	var b strings.Builder
	_ = a.Header.Write(&b)
	return fmt.Sprintln(a.StatusCode, secretValue.ReplaceAllString(b.String(), "asker=."), a.Text)
}
