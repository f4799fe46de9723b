package desk

import (
	"net/http"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/web/words"
)

// signing is the page behind a sign-in link. Following the link changes
// nothing yet, so that a mail scanner that looks at it does not use it up.
type signing struct {
	frame
	Name   string // "" when the link is used up or too old, or there is none
	Used   bool
	Action string
}

func (d *Desk) signInHelp(w http.ResponseWriter, r *http.Request) error {
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "signin", &signing{frame: v.frame(v.T("sign-in"))})
}

func (d *Desk) signInForm(w http.ResponseWriter, r *http.Request) error {
	v, err := d.stranger(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	p := &signing{frame: v.frame(v.T("sign-in")), Action: SignInPath(token)}
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
	session, err := d.Staff.SignIn(r.Context(), token)
	if fault.Is(err, fault.KindNotFound) {
		http.Redirect(w, r, SignInPath(token), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, d.cookie(sessionCookie, session, sessionLife))
	http.Redirect(w, r, homeURL, http.StatusSeeOther)
	return nil
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
