package site

import (
	"errors"
	"net/http"
	"time"

	"wireroom/audience"
	"wireroom/fault"
)

// coding is the page where a code is used.
type coding struct {
	frame
	Signed bool
	Code   string // as typed
	Wrong  string
	First  string // where to sign in first
	Safety string
}

func (s *Site) codeEntry(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	return s.showCode(w, v, http.StatusOK, coding{Code: s.carried(w, r)})
}

// carriedLife is for how long a code that was scanned waits for its page.
const carriedLife = 5 * time.Minute

func (s *Site) carriedName() string {
	if s.Secure() {
		return "__Host-code"
	}
	return "code"
}

// carries keeps a code that came with an address for the page that it leads to:
// only that page's own address stays in the history of a browser.
func (s *Site) carries(w http.ResponseWriter, text string) {
	if code, ok := audience.ReadCode(text); ok {
		c := s.cookie(code, carriedLife)
		c.Name = s.carriedName()
		http.SetCookie(w, c)
	}
}

// carried takes the code that was scanned; "" when there is none.
func (s *Site) carried(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(s.carriedName())
	if err != nil {
		return ""
	}
	gone := s.cookie("", -1)
	gone.Name = s.carriedName()
	http.SetCookie(w, gone)
	code, ok := audience.ReadCode(c.Value)
	if !ok {
		return ""
	}
	return audience.Groups(code, " ")
}

func (s *Site) showCode(w http.ResponseWriter, v *visit, status int, c coding) error {
	c.frame = v.frame(v.T("code-title"))
	c.Hidden, c.Signed, c.Safety = true, v.signed, v.safety()
	c.First = entranceURL(v.lang) + "?story=" + toCode
	return s.send(w, v, status, sheet{"code", &c})
}

// redeem uses a code. Who has no account gets one by number, opened for it and
// closed again when the code opens nothing.
func (s *Site) redeem(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	c := coding{Code: r.PostFormValue("code")}
	if !s.pace.allows(r, tryCode) {
		c.Wrong = v.T("too-often")
		return s.showCode(w, v, http.StatusTooManyRequests, c)
	}
	reader, keys := v.reader, audience.Keys{}
	if !v.signed {
		if reader, keys, err = s.Readers.OpenByNumber(r.Context(), v.lang); err != nil {
			return err
		}
	}
	plan, until, err := s.Readers.Redeem(r.Context(), reader.ID, c.Code)
	if err == nil {
		return s.redeemed(w, r, v, keys, plan, until)
	}
	if !v.signed {
		if err := s.Readers.Delete(r.Context(), reader.ID); err != nil {
			return err
		}
	}
	if c.Wrong = v.codeWrong(err); c.Wrong == "" {
		return err
	}
	return s.showCode(w, v, http.StatusUnprocessableEntity, c)
}

// codeWrong says why a code opens nothing; "" when the failure is ours.
func (v *visit) codeWrong(err error) string {
	switch {
	case errors.Is(err, audience.ErrCodeUsed):
		return v.T("code-used")
	case errors.Is(err, audience.ErrPoolEmpty):
		return v.T("code-empty")
	case fault.Is(err, fault.KindNotFound):
		return v.T("code-unknown")
	}
	return ""
}

func (s *Site) redeemed(w http.ResponseWriter, r *http.Request, v *visit, keys audience.Keys, plan string, until time.Time) error {
	if v.signed {
		http.Redirect(w, r, accountURL(v.lang)+"?done=code", http.StatusSeeOther)
		return nil
	}
	name := plan
	if p, ok := v.house.Plan(plan); ok {
		name = p.Name(v.edition())
	}
	return s.tells(w, r, v, keys, told{New: true, Say: v.T("code-done", "plan", name, "day", v.lastDay(until))})
}
