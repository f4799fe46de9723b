package desk

import (
	"net/http"
	"strings"

	"wireroom/staff"
)

// actsShown is how many acts stand on a page.
const actsShown = 100

// audit is the list of what was done to the staff.
type audit struct {
	frame
	Rows  []auditRow
	Older string
}

type auditRow struct {
	At   when
	By   string
	Act  string // in words
	To   string
	Note string
}

func (d *Desk) staffActs(w http.ResponseWriter, v *visit) error {
	all, err := d.Staff.Acts(v.r.Context(), v.person, v.before(), actsShown+1)
	if err != nil {
		return err
	}
	p := &audit{frame: v.frame(v.T("staff-acts"))}
	p.style("staff.css")
	if len(all) > actsShown {
		all = all[:actsShown]
		p.Older = staffActURL + "?before=" + all[actsShown-1].ID
	}
	for _, a := range all {
		row := auditRow{At: v.age(a.At), By: a.By, Act: v.T("staff-act-" + string(a.Act)), To: a.Subject, Note: v.noted(a)}
		if row.By == "" {
			row.By = v.T("staff-terminal")
		}
		p.Rows = append(p.Rows, row)
	}
	return v.show(w, http.StatusOK, "acts", p)
}

// before is the act that the page goes on after.
func (v *visit) before() string {
	id := v.r.URL.Query().Get("before")
	if len(id) > 64 || strings.ContainsFunc(id, func(r rune) bool { return r < '-' || r > 'z' }) {
		return ""
	}
	return id
}

// noted is the note of an act in words.
func (v *visit) noted(a staff.Done) string {
	switch a.Act {
	case staff.DidSignIn:
		return v.T("way-" + a.Note)
	case staff.ActInvite, staff.ActChange:
		var roles []string
		for _, role := range strings.Split(a.Note, " → ") {
			roles = append(roles, v.T("role-"+role))
		}
		return strings.Join(roles, " → ")
	case staff.DidFailCode:
		return v.T("staff-times", "n", int(a.Count))
	}
	return a.Note
}
