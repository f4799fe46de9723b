package portal

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"wireroom/fault"
	"wireroom/mail"
	"wireroom/web/words"
)

// signing is the page by which one comes in.
type signing struct {
	frame
	Letters bool   // somebody carries letters
	Sent    bool   // a letter was asked for
	Email   string // as it was typed
	Wrong   string
	Who     string // of the link; "" is nobody
	Used    bool   // the link was used or is over
}

func (p *Portal) signInPage(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.visit(r); err == nil {
		http.Redirect(w, r, homeURL, http.StatusSeeOther)
		return nil
	}
	return p.showSigning(w, r, http.StatusOK, signing{})
}

func (p *Portal) showSigning(w http.ResponseWriter, r *http.Request, status int, s signing) error {
	if s.Lang == "" {
		s.frame = p.strange(r, p.own(), "sign-in")
	}
	s.Letters = p.Mail != nil && p.Masthead().PublicURL != ""
	if s.Wrong != "" {
		s.Wrong = s.T(s.Wrong)
	}
	return p.show(w, status, "signin", "page", s)
}

// askForLetter answers everybody alike, and as soon: whether an address has a
// seat is nobody's business but its owner's.
func (p *Portal) askForLetter(w http.ResponseWriter, r *http.Request) error {
	email := strings.TrimSpace(r.PostFormValue("email"))
	if !strings.Contains(email, "@") {
		return p.showSigning(w, r, http.StatusUnprocessableEntity, signing{Email: email, Wrong: "sign-in-no-address"})
	}
	if !p.pace.allows(r, "") || !p.pace.allows(r, strings.ToLower(email)) {
		return p.showSigning(w, r, http.StatusTooManyRequests, signing{Email: email, Wrong: "sign-in-too-often"})
	}
	if p.Mail != nil && p.Masthead().PublicURL != "" {
		p.carry(func(ctx context.Context) (mail.Letter, error) { return p.letterOf(ctx, email) })
	}
	return p.showSigning(w, r, http.StatusOK, signing{Email: email, Sent: true})
}

// letterOf is the letter with a link for an address; NotFound if it has no seat.
func (p *Portal) letterOf(ctx context.Context, email string) (mail.Letter, error) {
	seat, token, err := p.Clients.Link(ctx, email)
	if err != nil {
		return mail.Letter{}, err
	}
	c, err := p.Clients.Client(ctx, seat.Client)
	if err != nil {
		return mail.Letter{}, err
	}
	lang := p.tongue(seat, c)
	// The host of a request is what its sender says it is, so the link begins
	// with the public address and nothing else.
	args := []any{"name", seat.Name, "agency", p.credit(lang), "client", c.Name, "link", p.Masthead().PublicURL + EnterPath(token)}
	return mail.Letter{To: seat.Email, Subject: p.words.T(lang, "sign-in-letter-subject", args...), Text: p.words.T(lang, "sign-in-letter", args...)}, nil
}

// enterPage is where a letter's link leads. To look at it signs nobody in:
// programs that check mail follow links as well.
func (p *Portal) enterPage(w http.ResponseWriter, r *http.Request) error {
	seat, err := p.Clients.ByLink(r.Context(), r.PathValue("token"))
	if fault.Is(err, fault.KindNotFound) {
		return p.showSigning(w, r, http.StatusNotFound, signing{Used: true})
	}
	if err != nil {
		return err
	}
	c, err := p.Clients.Client(r.Context(), seat.Client)
	if err != nil {
		return err
	}
	s := signing{frame: p.strange(r, p.tongue(seat, c), "sign-in"), Who: seat.Name}
	return p.showSigning(w, r, http.StatusOK, s)
}

func (p *Portal) enter(w http.ResponseWriter, r *http.Request) error {
	session, err := p.Clients.SignIn(r.Context(), r.PathValue("token"))
	if fault.Is(err, fault.KindNotFound) {
		return p.showSigning(w, r, http.StatusNotFound, signing{Used: true})
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, p.cookie(session, sessionLife))
	http.Redirect(w, r, homeURL, http.StatusSeeOther)
	return nil
}

func (p *Portal) signOut(w http.ResponseWriter, v *visit) error {
	if c, err := v.r.Cookie(sessionCookie); err == nil {
		if err := p.Clients.SignOut(v.r.Context(), c.Value); err != nil {
			return err
		}
	}
	http.SetCookie(w, p.cookie("", -time.Second))
	http.Redirect(w, v.r, signInURL, http.StatusSeeOther)
	return nil
}

// language keeps the language of somebody's screens and letters.
func (p *Portal) language(w http.ResponseWriter, v *visit) error {
	lang := v.r.PostFormValue("lang")
	if !slices.Contains(words.Langs, lang) {
		return fault.Invalid("lang", "the screens do not speak %.20q", lang)
	}
	if err := p.Clients.Speak(v.r.Context(), v.seat.ID, lang); err != nil {
		return err
	}
	back := v.r.PostFormValue("back")
	if !Owns(back) || strings.ContainsAny(back, "\\\r\n") {
		back = homeURL
	}
	http.Redirect(w, v.r, back, http.StatusSeeOther)
	return nil
}

// cookie goes along with links from letters, which lead into the portal; what
// changes anything is asked by forms of its own pages alone.
func (p *Portal) cookie(value string, life time.Duration) *http.Cookie {
	return &http.Cookie{Name: sessionCookie, Value: value, Path: "/wire", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: p.Secure(), SameSite: http.SameSiteLaxMode}
}

const (
	mostCarriers = 16
	carryTime    = time.Minute
)

// carriers counts the letters that are under way.
type carriers struct{ busy atomic.Int64 }

// carry writes and sends a letter while the page is answered already.
func (p *Portal) carry(write func(context.Context) (mail.Letter, error)) {
	if p.post.busy.Add(1) > mostCarriers {
		p.post.busy.Add(-1)
		p.Log.Error("a letter was not sent", "why", "too many are under way")
		return
	}
	go func() {
		defer p.post.busy.Add(-1)
		ctx, cancel := context.WithTimeout(context.Background(), carryTime)
		defer cancel()
		letter, err := write(ctx)
		if err == nil {
			err = p.Mail.Send(ctx, letter)
		}
		if err != nil && !fault.Is(err, fault.KindNotFound) {
			p.Log.Error("a letter was not sent", "error", err)
		}
	}()
}
