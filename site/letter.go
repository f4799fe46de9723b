package site

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"time"

	"wireroom/audience"
	"wireroom/fault"
	"wireroom/mail"
)

// askerLife is as long as a letter is good.
const askerLife = 15 * time.Minute

// sendsLetters reports whether readers can sign in by a letter. Its link leads
// to the public address alone: the host of a request is what its sender says.
func (s *Site) sendsLetters(v *visit) bool { return s.Mail != nil && v.house.PublicURL != "" }

// askLetter sends a letter to whatever address is asked for. All get the same
// answer: an account is looked for only when the letter is answered.
func (s *Site) askLetter(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if !s.sendsLetters(v) {
		return fault.NotFound("letter")
	}
	e := entrance{Email: r.PostFormValue("email"), Story: cameFrom(r.PostFormValue("story")), At: "email"}
	if !s.pace.allows(r, askLetter) {
		e.Wrong = v.T("too-often")
		return s.showEntrance(w, v, http.StatusTooManyRequests, e)
	}
	asked, err := s.Readers.Ask(r.Context(), e.Email, v.lang)
	if fault.Is(err, fault.KindInvalid) {
		e.Wrong = v.T("email-wrong")
		return s.showEntrance(w, v, http.StatusUnprocessableEntity, e)
	}
	if err != nil {
		return err
	}
	if asked.Token != "" && !s.carriers.take(v.signInLetter(e.Email, asked)) {
		s.Log.Error("a letter to a reader was not sent", "why", "too many wait")
	}
	http.SetCookie(w, s.askerCookie(asked.Browser+"."+e.Story, askerLife))
	http.Redirect(w, r, letterURL(v.lang), http.StatusSeeOther)
	return nil
}

func (v *visit) signInLetter(to string, a audience.Asked) mail.Letter {
	agency := v.house.Credit(v.edition())
	return mail.Letter{
		To: strings.TrimSpace(to), Subject: v.T("letter-subject", "agency", agency),
		Text: v.T("letter", "agency", agency, "code", a.Code[:3]+" "+a.Code[3:],
			"link", v.house.PublicURL+letterURL(v.lang)+"/"+a.Token) + "\n",
	}
}

// letterLost logs that a letter did not go, without what the carrier said of
// whom it was for.
func (s *Site) letterLost(err error) {
	why := "the carrier did not take it"
	var said *textproto.Error
	var line *net.OpError
	switch {
	case errors.As(err, &said):
		why = fmt.Sprintf("the carrier said %d", said.Code)
	case errors.As(err, &line):
		why = "the carrier cannot be reached"
	}
	s.Log.Error("a letter to a reader was not sent", "why", why)
}

// answering is the page on which a letter is answered.
type answering struct {
	frame
	State string // typing, here, elsewhere, dead
	Wrong string
	Back  string // the entrance
	To    string // where its form goes
}

func (s *Site) showLetter(w http.ResponseWriter, v *visit, status int, a answering) error {
	a.frame = v.frame(v.T("sign-in"))
	a.Hidden, a.Back = true, entranceURL(v.lang)
	a.switches(func(string) string { return "" })
	return s.send(w, v, status, sheet{"letter", &a})
}

// codeForm is where the letter's code is typed, in the browser that asked.
func (s *Site) codeForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if browser, _ := s.asker(r); browser == "" {
		http.Redirect(w, r, entranceURL(v.lang), http.StatusSeeOther)
		return nil
	}
	return s.showLetter(w, v, http.StatusOK, answering{State: "typing", To: letterURL(v.lang)})
}

func (s *Site) enterByCode(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	browser, story := s.asker(r)
	a := answering{State: "typing", To: letterURL(v.lang)}
	if !s.pace.allows(r, tryCode) {
		a.Wrong = v.T("too-often")
		return s.showLetter(w, v, http.StatusTooManyRequests, a)
	}
	session, err := s.Readers.AnswerCode(r.Context(), browser, r.PostFormValue("code"))
	if fault.Is(err, fault.KindNotFound) {
		a.Wrong = v.T("letter-code-wrong")
		return s.showLetter(w, v, http.StatusUnprocessableEntity, a)
	}
	return s.enters(w, r, v, session, story, err)
}

// letterForm is behind the letter's link. It uses nothing up, for scanners of
// mail follow links too.
func (s *Site) letterForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	browser, _ := s.asker(r)
	token := r.PathValue("token")
	same, err := s.Readers.LookAsk(r.Context(), token, browser)
	switch {
	case fault.Is(err, fault.KindNotFound):
		return s.showLetter(w, v, http.StatusNotFound, answering{State: "dead"})
	case err != nil:
		return err
	case !same:
		return s.showLetter(w, v, http.StatusOK, answering{State: "elsewhere"})
	}
	return s.showLetter(w, v, http.StatusOK, answering{State: "here", To: letterURL(v.lang) + "/" + token})
}

func (s *Site) enterByLetter(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	browser, story := s.asker(r)
	token := r.PathValue("token")
	session, err := s.Readers.AnswerLink(r.Context(), token, browser)
	if fault.Is(err, fault.KindNotFound) {
		http.Redirect(w, r, letterURL(v.lang)+"/"+token, http.StatusSeeOther)
		return nil
	}
	return s.enters(w, r, v, session, story, err)
}

// enters gives the browser its session in place of the secret that it asked
// with.
func (s *Site) enters(w http.ResponseWriter, r *http.Request, v *visit, session, story string, err error) error {
	seatless := errors.Is(err, audience.ErrNoSeat) && session != ""
	if err != nil && !seatless {
		return err
	}
	if seatless {
		http.SetCookie(w, s.seatlessCookie("yes", sessionLife))
	}
	http.SetCookie(w, s.askerCookie("", -1))
	http.SetCookie(w, s.cookie(session, sessionLife))
	http.Redirect(w, r, v.back(story), http.StatusSeeOther)
	return nil
}

// askerCookie is what the browser that asks for a letter keeps until it is
// answered: its secret, and the story to go back to.
func (s *Site) askerCookie(value string, age time.Duration) *http.Cookie {
	c := s.cookie(value, age)
	c.Name = strings.Replace(c.Name, "reader", "asker", 1)
	return c
}

// asker is the secret of the browser that asked for a letter; "" is none.
func (s *Site) asker(r *http.Request) (browser, story string) {
	c, err := r.Cookie(s.askerCookie("", 0).Name)
	if err != nil {
		return "", ""
	}
	browser, story, _ = strings.Cut(c.Value, ".")
	return browser, cameFrom(story)
}
