package desk

import (
	"maps"
	"net/http"
	"net/url"
	"strconv"

	"wireroom/story"
	"wireroom/web"
)

// workingRoutes are the addresses of what is typed and not yet saved.
func (d *Desk) workingRoutes() []web.Route {
	return []web.Route{
		{Method: "POST", Pattern: "/desk/stories/{id}/working", Handler: d.called(d.keepWorking), MaxBody: textSize},
		{Method: "POST", Pattern: "/desk/stories/{id}/working/removal", Handler: d.seated(d.dropWorking)},
	}
}

// workingSaid tells a script that its words are on the disk.
type workingSaid struct {
	At       string `json:"at,omitempty"`
	Revision int64  `json:"revision,omitempty"` // that they were typed over
	Lock     locked `json:"lock"`
	Why      string `json:"why,omitempty"` // why they could not be saved as a revision
}

func (d *Desk) keepWorking(w http.ResponseWriter, v *visit) error {
	p, err := read(v.r, nil)
	if err != nil {
		return err
	}
	tab := ""
	if p.Has("tab") {
		if tab, err = tabOf(p.Get("tab")); err != nil {
			return err
		}
	}
	base, _ := strconv.ParseInt(p.Get("base"), 10, 64)
	fields := maps.Clone(p.Values)
	for _, name := range []string{"tab", "base", "do", "as"} {
		delete(fields, name)
	}
	kept, lock, err := d.Stories.KeepWorking(v.r.Context(), v.person, story.Working{Story: v.id(), Base: base, Tab: tab, Typed: fields})
	if err != nil && kept.None() {
		return err
	}
	said := workingSaid{At: instantOf(kept.At), Revision: kept.Base}
	status := http.StatusOK
	if err != nil {
		status, said.Why = web.Status(err), v.reason(err)
	}
	if said.Lock, err = v.locked(lock, tab); err != nil {
		return err
	}
	return answer(w, status, said)
}

func (d *Desk) dropWorking(w http.ResponseWriter, v *visit) error {
	if err := d.Stories.DropWorking(v.r.Context(), v.person, v.id()); err != nil {
		return err
	}
	if v.wantsJSON() {
		return answer(w, http.StatusOK, struct{}{})
	}
	return v.see(w, actURL(v.id(), "edit"))
}

// leftover tells on the form that it shows what was typed and never saved.
type leftover struct {
	Age   when
	Drop  string // where to throw it away
	Since int64  // a revision that was saved meanwhile; 0 is none
}

// workingCopy fills the form with what the person had typed over the story and
// not saved, if there is any.
func (v *visit) workingCopy(p *writing, st story.Story) error {
	kept, err := v.desk.Stories.WorkingOf(v.r.Context(), st.ID, v.person.ID)
	if err != nil || kept.None() {
		return err
	}
	p.Form = typed(url.Values(kept.Typed))
	p.Form.Base = strconv.FormatInt(kept.Base, 10)
	p.Leftover = &leftover{Age: v.age(kept.At), Drop: actURL(st.ID, "working/removal")}
	if kept.Base != st.Revision {
		p.Leftover.Since = st.Revision
	}
	return nil
}

// others are the people who have words of their own for the story, which are
// not in what one reads: those who write now and those who left them there.
func (v *visit) others(st story.Story) ([]string, error) {
	lock, err := v.desk.Stories.LockOn(v.r.Context(), st.ID)
	if err != nil {
		return nil, err
	}
	all, err := v.desk.Stories.Workings(v.r.Context(), st.ID)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, w := range all {
		switch {
		case w.Person == v.person.ID:
			said = append(said, v.T("working-mine", "ago", v.age(w.At).Words))
			continue
		case w.Person == lock.Person:
			continue
		}
		name, err := v.name(w.Person)
		if err != nil {
			return nil, err
		}
		said = append(said, v.T("working-theirs", "name", name, "ago", v.age(w.At).Words))
	}
	if !lock.Free() && lock.Person != v.person.ID {
		name, err := v.name(lock.Person)
		if err != nil {
			return nil, err
		}
		said = append(said, v.T("writes-now", "name", name, "ago", v.age(lock.Since).Words))
	}
	return said, nil
}
