package desk

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"wireroom/fault"
	"wireroom/planning"
	"wireroom/story"
)

// planned is the page of one event: to write in for those who may, with its
// coverages below.
type planned struct {
	frame
	Action, Back string
	New, May     bool
	Removed      bool
	Done, Notice string
	Base         string
	Boxes        map[string]box
	Summary      []wrong
	Event        expected
	When, By     string
	Coverages    []ordered
	Cover        string // where a coverage is ordered
	typed        plannedText
	wrong        map[string]string
}

func (v *visit) eventID() planning.ID { return planning.ID(v.r.PathValue("event")) }

func (d *Desk) newEvent(w http.ResponseWriter, v *visit) error {
	if err := planning.May(v.person); err != nil {
		return err
	}
	p := &planned{typed: plannedText{Status: string(planning.Planned), Day: v.now.Format(isoDay)}}
	if day, err := time.Parse(isoDay, v.r.URL.Query().Get("day")); err == nil {
		p.typed.Day = day.Format(isoDay)
	}
	return v.planned(w, http.StatusOK, p, nil)
}

func (d *Desk) event(w http.ResponseWriter, v *visit) error {
	e, err := d.Planning.Get(v.r.Context(), v.eventID())
	if err != nil {
		return err
	}
	p := &planned{typed: v.plannedText(e.Entry)}
	switch v.r.URL.Query().Get("done") {
	case "saved":
		p.Done = v.T("planning-done-saved")
	case "dropped":
		p.Done = v.T("planning-done-dropped")
	}
	return v.planned(w, http.StatusOK, p, &e)
}

func (d *Desk) addEvent(w http.ResponseWriter, v *visit) error {
	return v.saveEventAs(w, nil, func(e planning.Entry, _ int64) (planning.Event, error) {
		return d.Planning.Add(v.r.Context(), v.person, e)
	})
}

func (d *Desk) saveEvent(w http.ResponseWriter, v *visit) error {
	was, err := d.Planning.Get(v.r.Context(), v.eventID())
	if err != nil {
		return err
	}
	return v.saveEventAs(w, &was, func(e planning.Entry, base int64) (planning.Event, error) {
		return d.Planning.Save(v.r.Context(), v.person, was.ID, base, e)
	})
}

// eventFields are the fields of the form by what the calendar calls them.
var eventFields = map[string]string{
	"title": "event_title", "place": "event_place", "note": "event_note", "status": "event_status", "starts": "event_day", "ends": "event_last",
}

// saveEventAs keeps what was typed, or shows it again with what stands against
// it.
func (v *visit) saveEventAs(w http.ResponseWriter, was *planning.Event, keep func(planning.Entry, int64) (planning.Event, error)) error {
	if err := planning.May(v.person); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	p := &planned{wrong: map[string]string{}, Base: v.r.PostForm.Get("base"), typed: typedEvent(v.r.PostForm)}
	base, _ := strconv.ParseInt(p.Base, 10, 64)
	e, err := p.typed.entry(v.house.Zone)
	var kept planning.Event
	if err == nil {
		kept, err = keep(e, base)
	}
	var stale *planning.Stale
	switch {
	case errors.As(err, &stale):
		p.Notice, p.Base = v.T("planning-stale"), strconv.FormatInt(was.Version, 10)
		return v.planned(w, http.StatusConflict, p, was)
	case fault.Is(err, fault.KindInvalid):
		field := eventFields[fieldOf(err)]
		p.wrong[field] = v.rule(field, err)
		p.Summary = append(p.Summary, wrong{field, v.T("field-" + field), p.wrong[field]})
		return v.planned(w, http.StatusUnprocessableEntity, p, was)
	case err != nil:
		return err
	}
	return v.see(w, eventURL(kept.ID)+"?done=saved")
}

// planned shows the form; e is nil for a new event.
func (v *visit) planned(w http.ResponseWriter, status int, p *planned, e *planning.Event) error {
	p.Action, p.Back, p.New, p.May = planningURL, planningURL, e == nil, planning.May(v.person) == nil
	title := v.T("planning-new")
	if e != nil {
		title, p.Action, p.Removed = e.Title, eventURL(e.ID), !e.Removed.IsZero()
		p.Back += "?month=" + e.Starts.In(v.house.Zone).Format(isoMonth)
		p.Cover = eventURL(e.ID) + "/coverages/new"
		if p.Base == "" {
			p.Base = strconv.FormatInt(e.Version, 10)
		}
		if err := p.fill(v, e); err != nil {
			return err
		}
	}
	p.frame = v.frame(title)
	p.style("planning.css")
	if p.May {
		p.types()
	}
	p.boxes(v)
	return v.show(w, status, "planning_event", p)
}

func (p *planned) fill(v *visit, e *planning.Event) (err error) {
	p.When = v.lasts(e.Entry)
	if p.Event, err = v.expected(*e, midnight(e.Starts.In(v.house.Zone))); err != nil {
		return err
	}
	if p.By, err = v.name(e.By); err != nil {
		return err
	}
	p.By += ", " + v.age(e.Changed).Words
	p.Coverages = p.Event.Coverages
	var ids []story.ID
	for _, c := range e.Coverages {
		if c.Story != "" {
			ids = append(ids, c.Story)
		}
	}
	begun, err := v.desk.Stories.Several(v.r.Context(), ids)
	if err != nil {
		return err
	}
	for i, c := range e.Coverages {
		o := &p.Coverages[i]
		if st, ok := begun[c.Story]; ok {
			o.StoryState = v.T("state-" + string(st.State))
		} else if p.May {
			o.Drop = o.URL + "/removal"
			if !p.Removed && story.MayWrite(v.person, sectionsOf(c)) == nil {
				o.Begin = o.URL + "/story"
			}
		}
	}
	return nil
}

func sectionsOf(c planning.Coverage) []string {
	if c.Section == "" {
		return nil
	}
	return []string{c.Section}
}

func (p *planned) boxes(v *visit) {
	t := p.typed
	p.Boxes = map[string]box{
		"event_title":  {Value: t.Title, Focus: p.New && p.typed.Title == ""},
		"event_place":  {Value: t.Place},
		"event_note":   {Value: t.Note, Rows: 4},
		"event_day":    {Value: t.Day, Type: "date"},
		"event_from":   {Value: t.From, Type: "time", Help: v.T("help-event_from")},
		"event_last":   {Value: t.Last, Type: "date", Help: v.T("help-event_last")},
		"event_until":  {Value: t.Until, Type: "time"},
		"event_status": {},
	}
	label(v, p.Boxes, p.wrong)
	b := p.Boxes["event_status"]
	for _, s := range planning.Occurrences() {
		b.Options = append(b.Options, option{string(s), v.T("occurs-" + string(s)), string(s) == t.Status})
	}
	b.Options = known(b.Options, t.Status)
	p.Boxes["event_status"] = b
}

// label fills in what boxes have by their names.
func label(v *visit, boxes map[string]box, wrong map[string]string) {
	for name, b := range boxes {
		b.Name, b.Label, b.Wrong = name, v.T("field-"+name), wrong[name]
		if b.Type == "" {
			b.Type = "text"
		}
		boxes[name] = b
	}
}

func (d *Desk) removeEvent(w http.ResponseWriter, v *visit) error {
	if _, err := d.Planning.Remove(v.r.Context(), v.person, v.eventID()); err != nil {
		return err
	}
	return v.see(w, planningURL+"?done=removal")
}

func (d *Desk) returnEvent(w http.ResponseWriter, v *visit) error {
	e, err := d.Planning.PutBack(v.r.Context(), v.person, v.eventID())
	if err != nil {
		return err
	}
	return v.see(w, eventURL(e.ID)+"?done=saved")
}
