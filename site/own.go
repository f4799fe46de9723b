package site

import (
	"encoding/json"
	"net/http"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/web"
)

// ownRoutes are what a reader does with their account.
func (s *Site) ownRoutes() []web.Route {
	const small = 4 << 10
	return []web.Route{
		{Method: "POST", Pattern: "/{lang}/account/devices", Who: web.Reader, MaxBody: small, Handler: s.own(s.endDevice)},
		{Method: "POST", Pattern: "/{lang}/account/language", Who: web.Reader, MaxBody: small, Handler: s.own(s.speak)},
		{Method: "POST", Pattern: "/{lang}/account/bulletins", Who: web.Reader, MaxBody: small, Handler: s.own(s.chooseBulletins)},
		{Method: "GET", Pattern: "/{lang}/account/export", Who: web.Reader, Handler: s.own(s.export)},
		{Method: "POST", Pattern: "/{lang}/news/{number}/opening", Who: web.Reader, MaxBody: small, Handler: s.own(s.opening)},
		{Method: "POST", Pattern: "/{lang}/news/{number}/gift", Who: web.Reader, MaxBody: small, Handler: s.own(s.present)},
		{Method: "GET", Pattern: "/{lang}/account/removal", Who: web.Reader, Handler: s.own(s.removalForm)},
		{Method: "POST", Pattern: "/{lang}/account/removal", Who: web.Reader, MaxBody: small, Handler: s.own(s.remove)},
	}
}

// own serves those who have signed in and shows others the way in.
func (s *Site) own(h func(http.ResponseWriter, *http.Request, *visit) error) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := s.visit(r)
		if err != nil {
			return err
		}
		if !v.signed {
			http.Redirect(w, r, entranceURL(v.lang), http.StatusSeeOther)
			return nil
		}
		return h(w, r, v)
	}
}

// endDevice signs one device out, or all but this.
func (s *Site) endDevice(w http.ResponseWriter, r *http.Request, v *visit) error {
	done, err := "device", error(nil)
	if r.PostFormValue("others") != "" {
		done, err = "others", s.Readers.SignOutOthers(r.Context(), v.reader.ID, s.session(r))
	} else {
		err = s.Readers.SignOutDevice(r.Context(), v.reader.ID, r.PostFormValue("device"))
	}
	if err != nil {
		return err
	}
	http.Redirect(w, r, accountURL(v.lang)+"?done="+done, http.StatusSeeOther)
	return nil
}

// speak keeps the language of the letters that a reader gets.
func (s *Site) speak(w http.ResponseWriter, r *http.Request, v *visit) error {
	lang := r.PostFormValue("language")
	if !v.house.Has(masthead.Lang(lang)) {
		return fault.Invalid("language", "there is no such edition")
	}
	if err := s.Readers.Speak(r.Context(), v.reader.ID, lang); err != nil {
		return err
	}
	http.Redirect(w, r, accountURL(lang)+"?done=lang", http.StatusSeeOther)
	return nil
}

// export gives a reader all that is kept of them.
func (s *Site) export(w http.ResponseWriter, r *http.Request, v *visit) error {
	kept, err := s.Readers.Kept(r.Context(), v.reader.ID)
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(kept, "", "  ")
	if err != nil {
		return fault.Internal("export an account", err)
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Disposition", `attachment; filename="account.json"`)
	_, _ = w.Write(append(text, '\n'))
	return nil
}

// removal is the page where an account is deleted.
type removal struct {
	frame
	Holds bool // a plan that is lost with it
	Wrong string
	Gone  bool // it has been deleted
}

func (s *Site) removalForm(w http.ResponseWriter, _ *http.Request, v *visit) error {
	return s.showRemoval(w, v, http.StatusOK, removal{})
}

func (s *Site) showRemoval(w http.ResponseWriter, v *visit, status int, p removal) error {
	p.frame = v.frame(v.T("remove-title"))
	p.Hidden, p.Holds = true, v.Class() != ""
	p.switches(func(string) string { return "" })
	return s.send(w, v, status, sheet{"removal", &p})
}

// remove deletes an account at once, when its holder has said that they mean it.
func (s *Site) remove(w http.ResponseWriter, r *http.Request, v *visit) error {
	if r.PostFormValue("sure") == "" {
		return s.showRemoval(w, v, http.StatusUnprocessableEntity, removal{Wrong: v.T("remove-sure-wrong")})
	}
	if err := s.Readers.Delete(r.Context(), v.reader.ID); err != nil {
		return err
	}
	http.SetCookie(w, s.cookie("", -1))
	v.guest = guest{}
	w.Header().Set("Cache-Control", "private, no-store")
	return s.showRemoval(w, v, http.StatusOK, removal{Gone: true})
}
