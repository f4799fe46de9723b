package desk

import (
	"net/http"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/web"
	"wireroom/web/words"
)

// signing is the page by which one comes in. Following a link changes nothing
// yet, so that a mail scanner that looks at it does not use it up.
type signing struct {
	frame
	Name    string // "" when the link is used up or too old, or there is none
	Used    bool
	Action  string
	Passkey bool   // whether browsers keep passkeys for this address
	Letters bool   // whether a link can be sent
	Email   string // as it was typed
	Wrong   string // why a code did not open
	Sent    bool   // a letter was asked for
}

// signInRoutes are for whoever is not signed in yet.
func (d *Desk) signInRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: helpURL, Handler: d.signInHelp},
		{Method: "GET", Pattern: "/desk/sign-in/{token}", Handler: d.signInForm},
		{Method: "POST", Pattern: "/desk/sign-in/{token}", Handler: d.signIn},
		{Method: "POST", Pattern: signInCodeURL, Handler: d.signInByCode},
		{Method: "POST", Pattern: signInLetterURL, Handler: d.askForLetter},
		{Method: "POST", Pattern: signInAskURL, Handler: d.askForSignIn},
		{Method: "POST", Pattern: signInKeyURL, Handler: d.signInByPasskey},
		{Method: "POST", Pattern: "/desk/sign-out", Handler: d.signOut},
		{Method: "POST", Pattern: "/desk/language", Handler: d.language},
	}
}

const (
	signInCodeURL   = "/desk/sign-in/code"
	signInLetterURL = "/desk/sign-in/letter"
	signInKeyURL    = "/desk/sign-in/passkey"
	signInAskURL    = "/desk/sign-in/passkey/challenge"
)

func (v *visit) signing() *signing {
	p := &signing{frame: v.frame(v.T("sign-in"))}
	p.style("staff.css")
	p.script("passkey.js")
	_, p.Passkey = v.passkeySite()
	p.Letters = v.desk.Mail != nil && v.house.PublicURL != ""
	return p
}

func (d *Desk) signInHelp(w http.ResponseWriter, r *http.Request) error {
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "signin", v.signing())
}

func (d *Desk) signInForm(w http.ResponseWriter, r *http.Request) error {
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	p := v.signing()
	p.Action = SignInPath(token)
	person, err := d.Staff.ByLink(r.Context(), token)
	if fault.Is(err, fault.KindNotFound) {
		p.Used = true
		return v.show(w, http.StatusNotFound, "signin", p)
	}
	if err != nil {
		return err
	}
	p.Name = person.Name
	return v.show(w, http.StatusOK, "signin", p)
}

func (d *Desk) signIn(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	session, err := d.Staff.SignInFrom(r.Context(), token, cameFrom(r))
	if fault.Is(err, fault.KindNotFound) || fault.Is(err, fault.KindForbidden) {
		http.Redirect(w, r, SignInPath(token), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	return d.letIn(w, r, session)
}

// letIn hands the session to the browser.
func (d *Desk) letIn(w http.ResponseWriter, r *http.Request, session string) error {
	http.SetCookie(w, d.cookie(sessionCookie, session, sessionLife))
	http.Redirect(w, r, homeURL, http.StatusSeeOther)
	return nil
}

func (d *Desk) signInByCode(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	email := r.PostForm.Get("email")
	session, err := d.Staff.SignInByCode(r.Context(), email, r.PostForm.Get("code"), cameFrom(r))
	if err == nil {
		return d.letIn(w, r, session)
	}
	if !fault.Is(err, fault.KindForbidden) {
		return err
	}
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	p := v.signing()
	p.Email, p.Wrong = email, v.T("sign-in-code-wrong")
	return v.show(w, http.StatusForbidden, "signin", p)
}

// askForLetter answers everybody alike. A link that a stranger asks for begins
// with the public address and nothing else: the host of a request is what its
// sender says it is.
func (d *Desk) askForLetter(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	p := v.signing()
	if !p.Letters {
		return fault.NotFound("page")
	}
	person, token, err := d.Staff.AskForLink(r.Context(), r.PostForm.Get("email"))
	if err != nil {
		return err
	}
	switch {
	case token != "":
		v.mailsLater(v.letter("link", person, "link", v.house.PublicURL+SignInPath(token)))
	case person.ID != "":
		v.mailsLater(v.letter("nolink", person))
	}
	p.Sent = true
	return v.show(w, http.StatusOK, "signin", p)
}

func (d *Desk) signOut(w http.ResponseWriter, r *http.Request) error {
	if c, err := r.Cookie(sessionCookie); err == nil {
		if err := d.Staff.SignOut(r.Context(), c.Value); err != nil {
			return err
		}
		d.live.signOut()
	}
	http.SetCookie(w, d.cookie(sessionCookie, "", -time.Second))
	http.Redirect(w, r, helpURL, http.StatusSeeOther)
	return nil
}

// language keeps the language of the screens in the browser.
func (d *Desk) language(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return badForm(err)
	}
	lang := r.PostForm.Get("lang")
	if words.Spoken(lang) != lang {
		return fault.Invalid("language", "the screens do not speak %q", lang)
	}
	http.SetCookie(w, d.cookie(langCookie, lang, 365*24*time.Hour))
	back := r.PostForm.Get("back")
	if !strings.HasPrefix(back, homeURL) || strings.ContainsAny(back, "\\\r\n") {
		back = homeURL
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

func (d *Desk) cookie(name, value string, life time.Duration) *http.Cookie {
	return &http.Cookie{
		Name: name, Value: value, Path: "/desk", MaxAge: int(life / time.Second),
		HttpOnly: true, Secure: d.Secure(), SameSite: http.SameSiteStrictMode,
	}
}
