package desk

import (
	"net/http"
	"net/url"

	"wireroom/fault"
	"wireroom/story"
	"wireroom/web"
)

// lockRoutes are the addresses of a story's lock, which scripts call.
func (d *Desk) lockRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/desk/stories/{id}/lock", Handler: d.called(d.lock)},
		{Method: "POST", Pattern: "/desk/stories/{id}/lock/release", Handler: d.called(d.unlock)},
	}
}

// locked says to a script who writes a story.
type locked struct {
	Mine     bool   `json:"mine"`
	Name     string `json:"name"`
	Since    string `json:"since"`
	Revision int64  `json:"revision,omitempty"` // the newest, after taking over
}

func (v *visit) locked(l story.Lock, tab string) (locked, error) {
	if l.Free() || l.HeldBy(v.person.ID, tab) {
		return locked{Mine: !l.Free()}, nil
	}
	name, err := v.name(l.Person)
	return locked{Name: name, Since: instantOf(l.Since)}, err
}

func (d *Desk) lock(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	tab, err := tabOf(v.r.PostForm.Get("tab"))
	if err != nil {
		return err
	}
	var l story.Lock
	var st story.Story
	if v.r.PostForm.Get("take") == "yes" {
		l, st, err = d.Stories.TakeOver(v.r.Context(), v.person, v.id(), tab, v.typedOver)
	} else {
		l, err = d.Stories.TakeLock(v.r.Context(), v.person, v.id(), tab)
	}
	if err != nil {
		return err
	}
	said, err := v.locked(l, tab)
	if err != nil {
		return err
	}
	said.Revision = st.Revision
	status := http.StatusOK
	if !said.Mine {
		status = http.StatusConflict
	}
	return answer(w, status, said)
}

// typedOver makes a content of a form that somebody else was filling in.
func (v *visit) typedOver(fields map[string][]string, over story.Content) (story.Content, error) {
	f := typed(url.Values(fields))
	t, err := v.themes(f.lang())
	if err != nil {
		return story.Content{}, err
	}
	c, wrong := f.content(over, v.house.Zone, t)
	if len(wrong) > 0 {
		return c, fault.Invalid(wrong[0].Field, "%v", wrong[0].err)
	}
	return c, nil
}

// unlock is also called by a page that is going away, which reads no answer.
func (d *Desk) unlock(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	tab, err := tabOf(v.r.PostForm.Get("tab"))
	if err != nil {
		return err
	}
	if err := d.Stories.ReleaseLock(v.r.Context(), v.person, v.id(), tab); err != nil {
		return err
	}
	return answer(w, http.StatusOK, locked{})
}
