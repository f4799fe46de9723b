package desk

import (
	"net/http"

	"wireroom/story"
)

// plan is a sending that is to come.
type plan struct {
	When     string
	Left     until
	By       string
	Revision int64
	What     string // what it is besides a first sending; "" is one
	Cancel   string // "" for those who may not
	Move     string
}

// missed is a planned sending that did not happen.
type missed struct {
	When, Why string
	Lacks     []stop
}

// sendings tells of a story's planned sending and of one that did not happen.
func (v *visit) sendings(st story.Story) (*plan, *missed, error) {
	var p *plan
	if st.Planned() {
		by, err := v.name(st.SendBy)
		if err != nil {
			return nil, nil, err
		}
		p = &plan{When: v.moment(st.SendAt), Left: v.until(st.SendAt), By: by, Revision: st.SendBase}
		switch st.SendAct {
		case story.ActUpdate:
			p.What = v.T("plan-update")
		case story.ActCorrect:
			p.What = v.T("plan-correction")
		}
		if v.may(story.ActUnschedule, st) {
			p.Cancel = actURL(st.ID, "schedule-removal")
		}
		if v.may(story.ActSchedule, st) {
			p.Move = actURL(st.ID, "schedule")
		}
	}
	var m *missed
	if why := st.Missed.Why; why != "" {
		m = &missed{When: v.moment(st.Missed.At), Why: v.T("missed-" + string(why)), Lacks: v.lacking(st.Missed.Lacks, st)}
	}
	return p, m, nil
}

// waits is a story that readers have once its embargo ends.
type waits struct {
	row
	When string
	Left until
}

// plans is the page of what is to be sent by itself.
type plans struct {
	frame
	Missed  []due
	Planned []due
	Waiting []waits
}

// due is a story with its plan.
type due struct {
	row
	Plan   *plan
	Missed *missed
}

func (d *Desk) planned(w http.ResponseWriter, v *visit) error {
	f, err := v.staged(v.T("planned"), "")
	if err != nil {
		return err
	}
	p := &plans{frame: f}
	p.frame.style("workflow.css")
	p.frame.script("until.js")
	lost, planned, err := d.Stories.Plans(v.r.Context())
	if err != nil {
		return err
	}
	if p.Missed, err = v.dues(lost); err != nil {
		return err
	}
	if p.Planned, err = v.dues(planned); err != nil {
		return err
	}
	if p.Waiting, err = v.waiting(); err != nil {
		return err
	}
	return v.show(w, http.StatusOK, "planned", p)
}

func (v *visit) dues(found []story.Story) ([]due, error) {
	var all []due
	for _, st := range found {
		r, err := v.row(st)
		if err != nil {
			return nil, err
		}
		one := due{row: r}
		if one.Plan, one.Missed, err = v.sendings(st); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// waiting are the stories that are on the wire and under embargo.
func (v *visit) waiting() ([]waits, error) {
	found, err := v.desk.Stories.Waiting(v.r.Context())
	if err != nil {
		return nil, err
	}
	var all []waits
	for _, st := range found {
		r, err := v.row(st)
		if err != nil {
			return nil, err
		}
		c := story.Content{Embargo: st.Waits}
		if st.Content.Embargo.Equal(st.Waits) {
			c.EmbargoZone = st.Content.EmbargoZone
		}
		all = append(all, waits{row: r, When: v.embargo(c), Left: v.until(st.Waits)})
	}
	return all, nil
}
