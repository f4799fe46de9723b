package desk

import (
	"errors"

	"wireroom/story"
)

// apart notes at the sections' field that the person's rights do not reach
// some of them, and reports whether err says so.
func (p *writing) apart(v *visit, err error) bool {
	var refused *story.Refused
	if !errors.As(err, &refused) || len(refused.Sections) == 0 {
		return false
	}
	if p.Wrong == nil {
		p.Wrong = map[string]string{}
	}
	p.Wrong["sections"] = v.reason(err)
	p.Summary = append(p.Summary, wrong{"sections", v.T("field-sections"), p.Wrong["sections"]})
	p.Focus = "sections"
	return true
}
