package site

import (
	"net/http"

	"wireroom/audience"
	"wireroom/fault"
)

// account is a reader's own page.
type account struct {
	frame
	Reader string // "" for one who has not signed in
	Passes []passed
}

// passed is a pass in the reader's words.
type passed struct {
	Plan  string
	Until when
	Over  bool
}

func (s *Site) account(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	a := account{frame: v.frame(v.T("nav-account")), Reader: v.reader.Name}
	a.Hidden = true
	for _, p := range v.passes {
		one := passed{Plan: p.Plan, Until: v.exact(p.Until, true), Over: !v.now.Before(p.Until)}
		if plan, ok := v.house.Plan(p.Plan); ok {
			one.Plan = plan.Name(v.edition())
		}
		a.Passes = append(a.Passes, one)
	}
	return s.send(w, v, http.StatusOK, sheet{"account", &a})
}

// signing is the page behind a sign-in link. Following the link changes
// nothing yet, so that a mail scanner that looks at it does not use it up.
type signing struct {
	frame
	Reader string // "" when the link is used up or too old
	Action string
}

func (s *Site) signInForm(w http.ResponseWriter, r *http.Request) error {
	r.SetPathValue("lang", s.spoken(r))
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	token := r.PathValue("token")
	reader, err := s.Readers.ByLink(r.Context(), token)
	status := http.StatusOK
	if fault.Is(err, fault.KindNotFound) {
		status, reader, err = http.StatusNotFound, audience.Reader{}, nil
	}
	if err != nil {
		return err
	}
	p := signing{frame: v.frame(v.T("sign-in")), Reader: reader.Name, Action: signInURL(token)}
	p.Hidden = true
	p.switches(func(string) string { return "" })
	return s.send(w, v, status, sheet{"signin", &p})
}

func (s *Site) signIn(w http.ResponseWriter, r *http.Request) error {
	token := r.PathValue("token")
	session, err := s.Readers.SignIn(r.Context(), token)
	if fault.Is(err, fault.KindNotFound) {
		http.Redirect(w, r, signInURL(token), http.StatusSeeOther)
		return nil
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(session, sessionLife))
	http.Redirect(w, r, frontURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}

func (s *Site) signOut(w http.ResponseWriter, r *http.Request) error {
	if session := s.session(r); session != "" {
		if err := s.Readers.SignOut(r.Context(), session); err != nil && !fault.Is(err, fault.KindNotFound) {
			return err
		}
	}
	http.SetCookie(w, s.cookie("", -1))
	http.Redirect(w, r, frontURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}
