package desk

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/web"
)

// apology is a plain page for what could not be done.
type apology struct {
	frame
	Words   string
	Outside bool
	Back    string // to the story concerned; "" to the list
}

// Sorry speaks to the person about an error. A story's address leads back to
// the story.
func (d *Desk) Sorry(w http.ResponseWriter, r *http.Request, err error) {
	status := web.Status(err)
	v, failed := d.visit(r)
	if failed != nil {
		// A page for an error must not ask much: whoever has gone away or
		// whatever broke, a stranger's frame will do.
		if v, failed = d.stranger(r.WithContext(context.WithoutCancel(r.Context()))); failed != nil {
			http.Error(w, http.StatusText(status), status)
			return
		}
	}
	a := &apology{frame: v.frame(v.T(sorryID(status))), Outside: errors.Is(err, errOutside), Words: v.reason(err)}
	var refused *story.Refused
	switch {
	case a.Outside:
		a.Title = v.T("outside-title")
	case errors.As(err, &refused) && refused.Role == "":
		a.Title = v.T("refused-title")
	}
	if rest, ok := strings.CutPrefix(r.URL.Path, "/desk/stories/"); ok && status != http.StatusNotFound {
		id, noun, _ := strings.Cut(rest, "/")
		if noun != "" {
			a.Back = "/desk/stories/" + id
		}
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		a.Path = a.Back // this address may have no page to come back to
	}
	if err := v.show(w, status, "sorry", a); err != nil {
		http.Error(w, http.StatusText(status), status)
	}
}

func sorryID(status int) string {
	switch status {
	case http.StatusBadRequest, http.StatusForbidden, http.StatusNotFound, http.StatusMethodNotAllowed,
		http.StatusConflict, http.StatusRequestEntityTooLarge:
		return "sorry-" + strconv.Itoa(status)
	}
	return "sorry-500"
}

// reason says why in the language of the screens. The rooms below speak
// English only, so their own sentence is given where that is the language.
func (v *visit) reason(err error) string {
	status := web.Status(err)
	var refused *story.Refused
	switch {
	case errors.Is(err, errOutside):
		return v.T("outside-why")
	case errors.As(err, &refused) && refused.Role == "":
		return v.T("refused-state", "state", v.T("state-"+string(refused.State)))
	case errors.As(err, &refused) && len(refused.Sections) > 0:
		return v.T("refused-sections", "sections", v.sections(refused.Sections))
	case errors.As(err, &refused) && refused.Apart:
		return v.T("refused-apart")
	case errors.As(err, &refused) && refused.Own:
		return v.T("refused-own")
	case errors.As(err, &refused):
		return v.T("refused-" + string(refused.Role))
	}
	var staffed *staff.Refused
	if errors.As(err, &staffed) {
		if staffed.Self {
			return v.T("refused-staff-self")
		}
		return v.T("refused-staff")
	}
	var f *fault.Error
	if v.lang == "en" && status < 500 && errors.As(err, &f) && f.Why != "" {
		return v.T("why", "subject", f.Subject, "why", f.Why)
	}
	return v.T(sorryID(status) + "-why")
}
