package desk

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/web"
	"wireroom/web/words"
)

const (
	staffURL    = "/desk/staff"
	inviteURL   = "/desk/staff/new"
	staffActURL = "/desk/staff/acts"
)

func personURL(id, rest string) string { return staffURL + "/" + id + rest }

func (d *Desk) staffRoutes() []web.Route {
	route := func(method, rest string, h page) web.Route {
		return web.Route{Method: method, Pattern: staffURL + rest, Handler: d.seated(h)}
	}
	return []web.Route{
		route("GET", "", d.roster), route("GET", "/new", d.inviteForm), route("POST", "", d.invite), route("GET", "/acts", d.staffActs),
		route("GET", "/{person}", d.personPage), route("POST", "/{person}", d.changePerson),
		route("POST", "/{person}/freeze", d.freeze), route("POST", "/{person}/thaw", d.thaw),
		route("POST", "/{person}/leave", d.leave), route("POST", "/{person}/link", d.linkFor),
	}
}

// roster is the list of the staff.
type roster struct {
	frame
	Here, Left []member
	Invite     bool
	Acts       bool
	Emails     bool // addresses are for those who keep the house
}

type member struct {
	ID, Name, Email, Role, Sections, URL string
	Ways                                 string
	Frozen                               *when
	Left                                 *when
	Seen                                 *when
}

// mayStaff is whether the person may do the act to somebody.
func (v *visit) mayStaff(act staff.Act, whom staff.Person) bool {
	return staff.May(v.person, act, whom) == nil
}

// sees refuses the pages of the staff to those whom they do not concern.
func (v *visit) sees(act staff.Act) error { return staff.May(v.person, act, v.person) }

func (d *Desk) roster(w http.ResponseWriter, v *visit) error {
	all, err := d.Staff.Roster(v.r.Context(), v.person)
	if err != nil {
		return err
	}
	p := &roster{frame: v.frame(v.T("staff")), Invite: v.mayStaff(staff.ActInvite, staff.Person{}), Acts: v.mayStaff(staff.ActAudit, v.person)}
	p.Emails = p.Invite
	p.style("staff.css")
	for _, m := range all {
		line := member{ID: m.ID, Name: m.Name, Email: m.Email, Role: v.T("role-" + string(m.Role)), URL: personURL(m.ID, ""),
			Sections: v.sections(m.Sections), Frozen: v.ageIf(m.Frozen), Left: v.ageIf(m.Person.Left), Seen: v.ageIf(m.Seen), Ways: v.ways(m)}
		if line.Left != nil {
			p.Left = append(p.Left, line)
			continue
		}
		p.Here = append(p.Here, line)
	}
	return v.show(w, http.StatusOK, "staff", p)
}

// ways says in words how somebody comes in.
func (v *visit) ways(m staff.Member) string {
	var ways []string
	if m.Passkeys > 0 {
		ways = append(ways, v.T("staff-passkeys", "n", m.Passkeys))
	}
	if m.Codes {
		ways = append(ways, v.T("staff-codes"))
	}
	return strings.Join(ways, ", ")
}

// hiring is the form by which somebody is taken on or changed.
type hiring struct {
	Action              string
	Name, Email         string
	Roles, Tongues      []option
	Sections            []option
	WrongName           string
	WrongEmail          string
	WrongRole           string
	Submit, SectionHelp string
}

// hires fills the form with a person as typed or as they are.
func (v *visit) hires(p staff.Person, action string, err error) hiring {
	h := hiring{Action: action, Name: p.Name, Email: p.Email}
	for _, role := range staff.Roles() {
		if v.mayStaff(staff.ActInvite, staff.Person{ID: p.ID, Role: role}) {
			h.Roles = append(h.Roles, option{string(role), v.T("role-" + string(role)), role == p.Role})
		}
	}
	for _, s := range v.house.Sections {
		h.Sections = append(h.Sections, option{s.ID, s.Label(v.edition()), slices.Contains(p.Sections, s.ID)})
	}
	for _, lang := range words.Langs {
		h.Tongues = append(h.Tongues, option{lang, speeches[lang], lang == p.Lang || (p.Lang == "" && lang == v.lang)})
	}
	switch field := fieldOf(err); {
	case err == nil:
	case fault.Is(err, fault.KindConflict):
		h.WrongEmail = v.T("staff-wrong-taken")
	case field == "name":
		h.WrongName = v.T("staff-wrong-name")
	case field == "email":
		h.WrongEmail = v.T("staff-wrong-email")
	default:
		h.WrongRole = v.T("staff-wrong-role")
	}
	return h
}

// described reads the form; sections that the agency does not have are none.
func (v *visit) described(typed url.Values) staff.Person {
	p := staff.Person{Name: typed.Get("name"), Email: typed.Get("email"), Role: staff.Role(typed.Get("role"))}
	for _, s := range v.house.Sections {
		if slices.Contains(typed["section"], s.ID) {
			p.Sections = append(p.Sections, s.ID)
		}
	}
	if lang := typed.Get("lang"); words.Spoken(lang) == lang {
		p.Lang = lang
	}
	return p
}

// invitation is the page that takes somebody on.
type invitation struct {
	frame
	Hiring hiring
}

func (v *visit) invitation(w http.ResponseWriter, status int, p staff.Person, err error) error {
	page := &invitation{frame: v.frame(v.T("staff-invite")), Hiring: v.hires(p, staffURL, err)}
	page.Hiring.Submit = v.T("staff-invite-do")
	page.style("staff.css")
	page.types()
	return v.show(w, status, "invite", page)
}

func (d *Desk) inviteForm(w http.ResponseWriter, v *visit) error {
	p := staff.Person{Role: staff.Reporter, Lang: string(v.house.Languages[0])}
	if err := staff.May(v.person, staff.ActInvite, p); err != nil {
		return err
	}
	return v.invitation(w, http.StatusOK, p, nil)
}

func (d *Desk) invite(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	typed := v.described(v.r.PostForm)
	p, token, err := d.Staff.Invite(v.r.Context(), v.person, typed)
	switch kind := fault.KindOf(err); {
	case err == nil:
		return v.sendsLink(w, "invite", p, token)
	case kind == fault.KindInvalid, kind == fault.KindConflict:
		return v.invitation(w, http.StatusUnprocessableEntity, typed, err)
	}
	return err
}

// handing is the page that shows a link once, where no letter carries it.
type handing struct {
	frame
	Name   string
	URL    string // "" when it went by mail
	Email  string
	Failed bool // there is mail, but it was not taken
	Back   string
}

// sendsLink sends a link by mail, or shows it to be handed over.
func (v *visit) sendsLink(w http.ResponseWriter, id string, to staff.Person, token string) error {
	link := v.linkBase() + SignInPath(token)
	p := &handing{frame: v.frame(v.T("staff-link")), Name: to.Name, Email: to.Email, Back: personURL(to.ID, "")}
	p.style("staff.css")
	if !v.mails(v.letter(id, to, "by", v.person.Name, "link", link)) {
		p.URL, p.Failed = link, v.desk.Mail != nil
	}
	return v.show(w, http.StatusOK, "handing", p)
}
