package site

import (
	"net/http"

	"wireroom/audience"
	"wireroom/fault"
)

// opening is the page where an account is opened that nobody but its holder can
// name, and the one where a lost number is replaced.
type opening struct {
	frame
	Words  string // as typed
	Wrong  string
	Safety string
}

// told is the page that tells a number and its words, once.
type told struct {
	frame
	Number, Words string
	New           bool   // a new account, not a new number of one
	Say           string // what else happened; "" is nothing
	Next          string
	Safety        string
}

func (s *Site) openingForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if v.signed {
		http.Redirect(w, r, accountURL(v.lang), http.StatusSeeOther)
		return nil
	}
	return s.showOpening(w, v, http.StatusOK, "opening", v.T("new-title"), opening{})
}

func (s *Site) showOpening(w http.ResponseWriter, v *visit, status int, page, title string, o opening) error {
	o.frame = v.frame(title)
	o.Hidden, o.Safety = true, v.safety()
	return s.send(w, v, status, sheet{page, &o})
}

// opens opens an account by number and signs in.
func (s *Site) opens(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	if !s.pace.allows(r, openAccount) {
		return s.showOpening(w, v, http.StatusTooManyRequests, "opening", v.T("new-title"), opening{Wrong: v.T("too-often")})
	}
	_, keys, err := s.Readers.OpenByNumber(r.Context(), v.lang)
	if err != nil {
		return err
	}
	return s.tells(w, r, v, keys, told{New: true})
}

// tells signs in by new keys and shows them, this once.
func (s *Site) tells(w http.ResponseWriter, r *http.Request, v *visit, keys audience.Keys, t told) error {
	session, err := s.Readers.SignInByNumber(r.Context(), keys.Number)
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(session, sessionLife))
	v.signed = true
	t.frame = v.frame(v.T("told-title"))
	t.Hidden, t.Safety = true, v.safety()
	t.switches(func(string) string { return "" })
	t.Number, t.Words, t.Next = audience.Groups(keys.Number, " "), keys.Words, accountURL(v.lang)
	return s.send(w, v, http.StatusOK, sheet{"told", &t})
}

func (s *Site) recoveryForm(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	return s.showOpening(w, v, http.StatusOK, "recovery", v.T("recover-title"), opening{})
}

// recovers gives the account of the words a new number.
func (s *Site) recovers(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	o := opening{Words: r.PostFormValue("words")}
	if !s.pace.allows(r, tryNumber) {
		o.Wrong = v.T("too-often")
		return s.showOpening(w, v, http.StatusTooManyRequests, "recovery", v.T("recover-title"), o)
	}
	_, keys, err := s.Readers.Recover(r.Context(), o.Words)
	if fault.Is(err, fault.KindNotFound) {
		o.Wrong = v.T("words-wrong")
		return s.showOpening(w, v, http.StatusUnprocessableEntity, "recovery", v.T("recover-title"), o)
	}
	if err != nil {
		return err
	}
	return s.tells(w, r, v, keys, told{})
}
