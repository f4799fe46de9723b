package desk

import (
	"strings"

	"wireroom/masthead"
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
