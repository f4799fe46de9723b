package site

import (
	"net/http"

	"wireroom/audience"
	"wireroom/fault"
)

// entrance is the page where a reader signs in, by number or by letter.
type entrance struct {
	frame
	Letters bool   // there is somebody who carries letters
	Story   string // the number of the story that they came from; "" is none
	Email   string // as typed
	Number  string // as typed
	Wrong   string // the sentence that says what is; "" is nothing
	At      string // the field that is wrong
	Safety  string // the agency's word to those who read where it can be punished
}

func (s *Site) entrance(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	story := cameFrom(r.URL.Query().Get("story"))
	if v.signed {
		http.Redirect(w, r, v.back(story), http.StatusSeeOther)
		return nil
	}
	return s.showEntrance(w, v, http.StatusOK, entrance{Story: story})
}

func (s *Site) showEntrance(w http.ResponseWriter, v *visit, status int, e entrance) error {
	e.frame = v.frame(v.T("sign-in"))
	e.Hidden, e.Letters, e.Safety = true, s.sendsLetters(v), v.safety()
	return s.send(w, v, status, sheet{"entrance", &e})
}

// safety is the agency's word to those who read where it can be punished.
func (v *visit) safety() string { return v.house.Readers.Safe(v.edition()) }

// toCode stands in the place of a story's number for the page of the codes.
const toCode = "code"

// cameFrom takes the number of a story from a form; "" if it is none.
func cameFrom(story string) string {
	if story == toCode {
		return story
	}
	if _, err := number(story); err != nil {
		return ""
	}
	return story
}

// back is where a reader goes once they have signed in.
func (v *visit) back(story string) string {
	switch story {
	case "":
		return accountURL(v.lang)
	case toCode:
		return codeURL(v.lang)
	}
	return storyURL(v.lang, story)
}

// enterByNumber signs in whoever knows an account's number.
func (s *Site) enterByNumber(w http.ResponseWriter, r *http.Request) error {
	v, err := s.visit(r)
	if err != nil {
		return err
	}
	e := entrance{Number: r.PostFormValue("number"), Story: cameFrom(r.PostFormValue("story")), At: "number"}
	if !s.pace.allows(r, tryNumber) {
		e.Wrong = v.T("too-often")
		return s.showEntrance(w, v, http.StatusTooManyRequests, e)
	}
	session, err := s.Readers.SignInByNumber(r.Context(), e.Number)
	if fault.Is(err, fault.KindNotFound) {
		e.Wrong = v.T("number-unknown")
		if _, could := audience.ReadNumber(e.Number); !could {
			e.Wrong = v.T("number-slip")
		}
		return s.showEntrance(w, v, http.StatusUnprocessableEntity, e)
	}
	if err != nil {
		return err
	}
	http.SetCookie(w, s.cookie(session, sessionLife))
	http.Redirect(w, r, v.back(e.Story), http.StatusSeeOther)
	return nil
}

// toCode leads to the page of the codes in the browser's language.
func (s *Site) toCode(w http.ResponseWriter, r *http.Request) error {
	s.carries(w, r.URL.Query().Get("code"))
	http.Redirect(w, r, codeURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}

// toEntrance leads to the sign-in in the browser's language.
func (s *Site) toEntrance(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, entranceURL(s.spoken(r)), http.StatusSeeOther)
	return nil
}
