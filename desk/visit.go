package desk

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/web"
	"wireroom/web/words"
)

const (
	sessionCookie = "desk"
	langCookie    = "desk-language"
	sessionLife   = 30 * 24 * time.Hour
)

// visit is one request: who asks, in which language, and when.
type visit struct {
	desk    *Desk
	r       *http.Request
	person  staff.Person
	sitting staff.Sitting // of the person
	lang    string        // of the screens
	house   masthead.Masthead
	now     time.Time // in the agency's zone
	people  map[string]string
	talks   *talking // about the text that the page shows; nil is none
}

// errOutside is for those who have not signed in, or no longer.
var errOutside = fault.Forbidden("the desk", "it opens to those who have signed in")

// page answers a request of somebody who is signed in.
type page func(w http.ResponseWriter, v *visit) error

// seated lets only those in who have a session. A form that arrives without
// one is not lost: it comes back to be sent again.
func (d *Desk) seated(h page) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		v, err := d.visit(r)
		if outside := (&visit{desk: d, r: r}); errors.Is(err, errOutside) && outside.wantsJSON() {
			return outside.json(w, http.StatusUnauthorized, why{"signed out"})
		}
		if errors.Is(err, errOutside) && r.Method == http.MethodPost {
			return d.keepForm(w, r)
		}
		if err != nil {
			return err
		}
		return h(w, v)
	}
}

func (d *Desk) visit(r *http.Request) (*visit, error) {
	cookie, err := r.Cookie(sessionCookie)
	if err != nil {
		return nil, errOutside
	}
	sitting, err := d.Staff.Sitting(r.Context(), cookie.Value)
	if fault.Is(err, fault.KindNotFound) {
		return nil, errOutside
	}
	if err != nil {
		return nil, err
	}
	v, err := d.stranger(r)
	if err != nil {
		return nil, err
	}
	v.person, v.sitting = sitting.Person, sitting
	if _, err := r.Cookie(langCookie); err != nil && words.Spoken(sitting.Lang) == sitting.Lang {
		v.lang = sitting.Lang
	}
	return v, nil
}

// stranger is the visit of somebody not known.
func (d *Desk) stranger(r *http.Request) (*visit, error) {
	house, err := d.Masthead.Load(r.Context())
	if err != nil {
		return nil, err
	}
	v := &visit{desk: d, r: r, house: house, now: d.Now().In(house.Zone)}
	v.lang = spoken(r, house)
	return v, nil
}

// spoken is the language that the person chose, else the browser's first that
// the screens speak, else the agency's own.
func spoken(r *http.Request, house masthead.Masthead) string {
	if c, err := r.Cookie(langCookie); err == nil && words.Spoken(c.Value) == c.Value {
		return c.Value
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		lang, _, _ := strings.Cut(strings.ToLower(tag), "-")
		if words.Spoken(lang) == lang {
			return lang
		}
	}
	return words.Spoken(string(house.Languages[0]))
}

// T says a sentence in the language of the screens.
func (v *visit) T(id string, args ...any) string { return v.desk.words.T(v.lang, id, args...) }

// edition is the screens' language as the masthead knows it.
func (v *visit) edition() masthead.Lang { return masthead.Lang(v.lang) }

// id is the story that the address names.
func (v *visit) id() story.ID { return story.ID(v.r.PathValue("id")) }

// may reports whether the person may do the act to the story.
func (v *visit) may(act story.Act, st story.Story) bool {
	return story.May(v.person, act, st) == nil
}

// name is a person's name by their id; an import has none.
func (v *visit) name(id string) (string, error) {
	if id == "" {
		return v.T("by-import"), nil
	}
	if v.people == nil {
		all, err := v.desk.Staff.List(v.r.Context())
		if err != nil {
			return "", err
		}
		v.people = map[string]string{}
		for _, p := range all {
			v.people[p.ID] = p.Name
		}
	}
	return v.people[id], nil
}

// moment is a time in words, with its zone; "" for none.
func (v *visit) moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return words.Moment(v.lang, t.In(v.house.Zone))
}

// age is a time as a list shows it.
func (v *visit) age(t time.Time) when {
	t = t.In(v.house.Zone)
	w := when{ISO: t.Format(time.RFC3339), Full: words.Moment(v.lang, t)}
	if w.Words = v.desk.words.Ago(v.lang, t, v.now); w.Words == "" {
		w.Words = words.Day(v.lang, t)
	}
	return w
}

// when is a time on a page: for machines, in short and in full.
type when struct{ ISO, Words, Full string }

// see leads to another page after an act.
func (v *visit) see(w http.ResponseWriter, url string) error {
	http.Redirect(w, v.r, url, http.StatusSeeOther)
	return nil
}
