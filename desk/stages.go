package desk

import (
	"strings"

	"wireroom/masthead"
	"wireroom/story"
)

// place takes apart where a form wants a story to stand: desk/stage.
func place(s string) (desk, stage string) {
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return "", s
	}
	return s[:i], s[i+1:]
}

// stageName is what a stage is called; one without a name as its state is.
func (v *visit) stageName(s masthead.Stage) string {
	if name := s.Name(v.edition()); name != "" {
		return name
	}
	return v.T("stage-" + s.State)
}

// where says at which stage of which desk a story stands; "" where the agency
// has set none and the state says it all.
func (v *visit) where(st story.Story) string {
	if len(v.house.Desks) == 0 {
		return ""
	}
	lies := v.house.Desk(st.Desk)
	at := lies.Stage(st.Stage, string(st.State))
	if at.ID == "" {
		return lies.Name(v.edition())
	}
	return lies.Name(v.edition()) + " · " + v.stageName(at)
}
