package desk

import (
	"net/http"

	"wireroom/fault"
	"wireroom/staff"
)

// dossier is one person's page, with what may be done to them.
type dossier struct {
	frame
	ID       string
	Name     string
	Facts    []fact
	Done     string
	Hiring   *hiring // nil when it is not the person's to do
	Freeze   bool
	Self     bool // freezing oneself leads through the account
	Thaw     *thawing
	Leave    bool
	Sure     bool // the question before somebody leaves
	Link     bool
	StaffURL string
}

type fact struct{ Name, Words string }

// thawing says how far a frozen account is from being opened.
type thawing struct {
	By     string
	Since  when
	Voices []string
	House  bool // one of the two must keep the house
	Mine   bool // the person has spoken already
	May    bool
}

func (d *Desk) personPage(w http.ResponseWriter, v *visit) error {
	whom, err := v.whom()
	if err != nil {
		return err
	}
	p := &dossier{Sure: v.r.URL.Query().Has("leave")}
	if done := v.r.URL.Query().Get("done"); personDone[done] {
		p.Done = v.T("staff-done-"+done, "name", whom.Name)
	}
	return v.dossier(w, http.StatusOK, p, whom, nil)
}

var personDone = map[string]bool{"change": true, "freeze": true, "thaw": true, "voice": true, "leave": true}

// whom is the person that the address names, for those who may see them.
func (v *visit) whom() (staff.Person, error) {
	if err := v.sees(staff.ActSee); err != nil {
		return staff.Person{}, err
	}
	return v.desk.Staff.ByID(v.r.Context(), v.r.PathValue("person"))
}

// dossier shows a person; typed is the form as it was not taken, and err why.
func (v *visit) dossier(w http.ResponseWriter, status int, p *dossier, whom staff.Person, err error, typed ...staff.Person) error {
	p.frame = v.frame(whom.Name)
	p.style("staff.css")
	p.ID, p.Name, p.StaffURL = whom.ID, whom.Name, staffURL
	here := whom.Left.IsZero()
	p.Self = whom.ID == v.person.ID
	p.Freeze = here && whom.Here() && v.mayStaff(staff.ActFreeze, whom)
	p.Leave = here && v.mayStaff(staff.ActLeave, whom)
	p.Link = whom.Here() && v.mayStaff(staff.ActLink, whom)
	p.Sure = p.Sure && p.Leave
	if here && v.mayStaff(staff.ActChange, whom) {
		shown := whom
		if len(typed) > 0 {
			shown = typed[0]
			shown.ID = whom.ID
		}
		h := v.hires(shown, personURL(whom.ID, ""), err)
		h.Submit, h.Tongues = v.T("save"), nil
		p.Hiring = &h
	}
	if failed := v.fillFacts(p, whom); failed != nil {
		return failed
	}
	return v.show(w, status, "person", p)
}

func (v *visit) fillFacts(p *dossier, whom staff.Person) error {
	add := func(name, words string) {
		if words != "" {
			p.Facts = append(p.Facts, fact{name, words})
		}
	}
	add(v.T("staff-role"), v.T("role-"+string(whom.Role)))
	add(v.T("staff-sections"), v.sections(whom.Sections))
	if v.mayStaff(staff.ActInvite, staff.Person{}) {
		add(v.T("staff-email"), whom.Email)
	}
	add(v.T("staff-left"), v.moment(whom.Left))
	if !whom.Left.IsZero() || whom.Frozen.IsZero() {
		return nil
	}
	t, err := v.desk.Staff.Thawing(v.r.Context(), whom)
	if err != nil {
		return err
	}
	p.Thaw = &thawing{By: t.By, Since: v.age(whom.Frozen), House: t.House, May: v.mayStaff(staff.ActThaw, whom)}
	if t.By == "" {
		p.Thaw.By = v.T("staff-terminal")
	}
	for _, voice := range t.Voices {
		p.Thaw.Voices = append(p.Thaw.Voices, voice.Name)
		p.Thaw.Mine = p.Thaw.Mine || voice.ID == v.person.ID
	}
	return nil
}

func (d *Desk) changePerson(w http.ResponseWriter, v *visit) error {
	whom, err := v.whom()
	if err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	next := v.described(v.r.PostForm)
	next.ID = whom.ID
	if whom.Left.IsZero() { // a form cannot tell who has left by an address
		if err := staff.May(v.person, staff.ActChange, whom); err != nil {
			return err
		}
	}
	err = d.Staff.Change(v.r.Context(), v.person, next)
	switch kind := fault.KindOf(err); {
	case err == nil:
		return v.see(w, personURL(whom.ID, "?done=change"))
	case whom.Left.IsZero() && (kind == fault.KindInvalid || kind == fault.KindConflict):
		return v.dossier(w, http.StatusUnprocessableEntity, &dossier{}, whom, err, next)
	}
	return err
}

func (d *Desk) freeze(w http.ResponseWriter, v *visit) error {
	id := v.r.PathValue("person")
	if err := d.Staff.Freeze(v.r.Context(), v.person, id); err != nil {
		return err
	}
	if id == v.person.ID {
		return v.goesOut(w)
	}
	return v.see(w, personURL(id, "?done=freeze"))
}

func (d *Desk) thaw(w http.ResponseWriter, v *visit) error {
	id := v.r.PathValue("person")
	thawed, err := d.Staff.Thaw(v.r.Context(), v.person, id)
	if err != nil {
		return err
	}
	if !thawed {
		return v.see(w, personURL(id, "?done=voice"))
	}
	return v.see(w, personURL(id, "?done=thaw"))
}

// leave asks once more, for it cannot be undone.
func (d *Desk) leave(w http.ResponseWriter, v *visit) error {
	id := v.r.PathValue("person")
	sure, err := v.field("sure")
	if err != nil {
		return err
	}
	if sure != "yes" {
		whom, err := v.whom()
		if err == nil {
			err = staff.May(v.person, staff.ActLeave, whom)
		}
		if err != nil {
			return err
		}
		return v.see(w, personURL(id, "?leave=ask#leave"))
	}
	if err := d.Staff.Leave(v.r.Context(), v.person, id); err != nil {
		return err
	}
	return v.see(w, personURL(id, "?done=leave"))
}

func (d *Desk) linkFor(w http.ResponseWriter, v *visit) error {
	whom, token, err := d.Staff.LinkFor(v.r.Context(), v.person, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	return v.sendsLink(w, "rescue", whom, token)
}
