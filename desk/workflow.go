package desk

import (
	"net/http"

	"wireroom/story"
	"wireroom/web"
)

const (
	plannedURL  = "/desk/planned"
	workflowURL = "/desk/masthead/workflow"
)

func (d *Desk) workflowRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: plannedURL, Handler: d.seated(d.planned)},
		{Method: "GET", Pattern: workflowURL, Handler: d.seated(d.workflowForm)},
		{Method: "POST", Pattern: workflowURL, Handler: d.seated(d.saveWorkflow), MaxBody: 1 << 20},

		{Method: "POST", Pattern: "/desk/stories/{id}/reopening", Handler: d.seated(d.reopen)},
		{Method: "POST", Pattern: "/desk/stories/{id}/stage", Handler: d.seated(d.stage)},
		{Method: "POST", Pattern: "/desk/stories/{id}/desk", Handler: d.seated(d.otherDesk)},
		{Method: "POST", Pattern: "/desk/stories/{id}/assignment", Handler: d.seated(d.assign)},
		{Method: "POST", Pattern: "/desk/stories/{id}/schedule-removal", Handler: d.seated(d.unschedule)},
	}
}

// flow is where a story stands in the work: whose turn it is, at which stage of
// which desk, what stops it and when it is to go out.
type flow struct {
	Returned *returned
	Legal    string // why it is flagged
	Lift     string // the way to lift the flag
	Plan     *plan
	Missed   *missed
	Embargo  until
	Under    string // the embargo in words; "" is none
	StageURL string
	Stages   []option
	DeskURL  string
	Desks    []option
	Turn     string // whose it is; "" is anybody's
	TurnURL  string
	People   []option
}

// returned is the note with which a story came back to its writer.
type returned struct {
	By, Note string
	Age      when
}

func (v *visit) returned(st story.Story) (*returned, error) {
	d, ok, err := v.desk.Stories.Returned(v.r.Context(), st)
	if err != nil || !ok {
		return nil, err
	}
	by, err := v.name(d.By)
	return &returned{by, d.Note, v.age(d.At)}, err
}

// flow fills in the workflow of a story's page.
func (p *reading) flow(v *visit, st story.Story) (err error) {
	f := &flow{Legal: st.Legal}
	p.Flow = f
	if f.Returned, err = v.returned(st); err != nil {
		return err
	}
	if v.may(story.ActUnflag, st) {
		f.Lift = actURL(st.ID, "flag-removal")
	}
	if f.Plan, f.Missed, err = v.sendings(st); err != nil {
		return err
	}
	if st.Content.Embargo.After(v.now) {
		f.Embargo, f.Under = v.until(st.Content.Embargo), v.T("warn-embargo", "when", v.embargo(st.Content))
	}
	f.places(v, st)
	return f.turn(v, st)
}

// places are the stages and the desks that the person may move the story to.
func (f *flow) places(v *visit, st story.Story) {
	lies := v.house.Desk(st.Desk)
	at := lies.Stage(st.Stage, string(st.State))
	if v.may(story.ActStage, st) {
		f.StageURL = actURL(st.ID, "stage")
		for _, s := range lies.Stages {
			if act, ok := story.Passing(st.State, story.State(s.State)); s.ID == at.ID || ok && v.may(act, st) {
				f.Stages = append(f.Stages, option{lies.ID + "/" + s.ID, v.stageName(s), s.ID == at.ID})
			}
		}
		if len(f.Stages) == 1 { // where it lies already
			f.StageURL, f.Stages = "", nil
		}
	}
	if all := v.house.AllDesks(); len(all) > 1 && v.may(story.ActDesk, st) {
		f.DeskURL = actURL(st.ID, "desk")
		for _, d := range all {
			f.Desks = append(f.Desks, option{d.ID, d.Name(v.edition()), d.ID == lies.ID})
		}
	}
}

// turn says whose turn it is, and whose the person may make it.
func (f *flow) turn(v *visit, st story.Story) error {
	if st.Assigned != "" {
		name, err := v.name(st.Assigned)
		if err != nil {
			return err
		}
		f.Turn = name
	}
	if !v.may(story.ActAssign, st) {
		return nil
	}
	f.TurnURL = actURL(st.ID, "assignment")
	people, err := v.desk.Staff.List(v.r.Context())
	if err != nil {
		return err
	}
	f.People = append(f.People, option{"", v.T("turn-nobody"), st.Assigned == ""})
	for _, p := range people {
		mine := p.ID == st.Assigned
		if mine || p.Here() && story.Works(p.Role) && story.MayAssign(v.person, st, p.ID) == nil {
			f.People = append(f.People, option{p.ID, p.Name, mine})
		}
	}
	return nil
}

func (d *Desk) reopen(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Reopen(v.r.Context(), v.person, v.id())
	return v.done(w, st, "reopening", err)
}

// stage moves a story to another stage of its desk.
func (d *Desk) stage(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	desk, stage := place(v.r.PostForm.Get("to"))
	st, err := d.Stories.Move(v.r.Context(), v.person, v.id(), desk, stage)
	return v.done(w, st, "stage", err)
}

// otherDesk moves a story to the first stage of another desk.
func (d *Desk) otherDesk(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	st, err := d.Stories.Move(v.r.Context(), v.person, v.id(), v.r.PostForm.Get("to"), "")
	return v.done(w, st, "desk", err)
}

func (d *Desk) assign(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	st, err := d.Stories.Assign(v.r.Context(), v.person, v.id(), v.r.PostForm.Get("person"), lines(v.r.PostForm.Get("note")))
	return v.done(w, st, "assignment", err)
}

func (d *Desk) unschedule(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Unschedule(v.r.Context(), v.person, v.id())
	return v.done(w, st, "schedule-removal", err)
}
