package desk

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/planning"
	"wireroom/story"
)

// covering is the page of a coverage.
type covering struct {
	frame
	Action, Back string
	EventTitle   string
	When         string
	New          bool
	Notice, Base string
	StoryURL     string
	Boxes        map[string]box
	Desks        bool // the agency has several
	Summary      []wrong
	typed        coverText
	wrong        map[string]string
}

// coverText is a coverage as it is typed.
type coverText struct{ Status, Person, Lang, Slug, Desk, Section, Due, Note string }

func (v *visit) coverID() planning.ID { return planning.ID(v.r.PathValue("coverage")) }

// covered finds the event and the coverage that the address names.
func (v *visit) covered() (planning.Event, *planning.Coverage, error) {
	e, err := v.desk.Planning.Get(v.r.Context(), v.eventID())
	if err != nil {
		return e, nil, err
	}
	for i := range e.Coverages {
		if e.Coverages[i].ID == v.coverID() {
			return e, &e.Coverages[i], nil
		}
	}
	return e, nil, fault.NotFound("the coverage")
}

func (d *Desk) newCoverage(w http.ResponseWriter, v *visit) error {
	if err := planning.May(v.person); err != nil {
		return err
	}
	e, err := d.Planning.Get(v.r.Context(), v.eventID())
	if err != nil {
		return err
	}
	t := coverText{Status: string(planning.Intended), Person: v.person.ID, Lang: string(v.house.Languages[0]), Slug: masthead.Slug(e.Title)}
	if v.house.Has(v.edition()) {
		t.Lang = v.lang
	}
	// The next coverage is mostly of the same story in another language.
	if n := len(e.Coverages); n > 0 {
		last := e.Coverages[n-1]
		t.Slug, t.Desk, t.Section, t.Due = last.Slug, last.Desk, last.Section, clock(last.Due, v.house.Zone)
	}
	return v.covering(w, http.StatusOK, &covering{typed: t}, e, nil)
}

func (d *Desk) coverage(w http.ResponseWriter, v *visit) error {
	if err := planning.May(v.person); err != nil {
		return err
	}
	e, c, err := v.covered()
	if err != nil {
		return err
	}
	t := coverText{string(c.Status), c.Person, string(c.Lang), c.Slug, c.Desk, c.Section, clock(c.Due, v.house.Zone), lines(c.Note)}
	return v.covering(w, http.StatusOK, &covering{typed: t}, e, c)
}

func (d *Desk) addCoverage(w http.ResponseWriter, v *visit) error {
	e, err := d.Planning.Get(v.r.Context(), v.eventID())
	if err != nil {
		return err
	}
	return v.saveCover(w, e, nil, func(o planning.Order, _ int64) error {
		_, err := d.Planning.Cover(v.r.Context(), v.person, e.ID, o)
		return err
	})
}

func (d *Desk) saveCoverage(w http.ResponseWriter, v *visit) error {
	e, c, err := v.covered()
	if err != nil {
		return err
	}
	return v.saveCover(w, e, c, func(o planning.Order, base int64) error {
		_, err := d.Planning.Reorder(v.r.Context(), v.person, e.ID, c.ID, base, o)
		return err
	})
}

// saveCover keeps what was typed, or shows it again with what stands against
// it.
func (v *visit) saveCover(w http.ResponseWriter, e planning.Event, was *planning.Coverage, keep func(planning.Order, int64) error) error {
	if err := planning.May(v.person); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	f := v.r.PostForm
	p := &covering{wrong: map[string]string{}, Base: f.Get("base"), typed: coverText{
		f.Get("cover_status"), f.Get("cover_person"), f.Get("lang"), lines(f.Get("slug")), f.Get("cover_desk"), f.Get("cover_section"),
		f.Get("cover_due"), lines(f.Get("cover_note")),
	}}
	base, _ := strconv.ParseInt(p.Base, 10, 64)
	o, err := p.typed.order(was, v.house.Zone)
	if err == nil {
		err = keep(o, base)
	}
	var stale *planning.Stale
	switch {
	case errors.As(err, &stale):
		p.Notice, p.Base = v.T("planning-stale"), strconv.FormatInt(was.Version, 10)
		return v.covering(w, http.StatusConflict, p, e, was)
	case fault.Is(err, fault.KindInvalid):
		field := fieldOf(err)
		if field != "slug" && field != "lang" {
			field = "cover_" + field
		}
		p.wrong[field] = v.rule(field, err)
		p.Summary = append(p.Summary, wrong{field, v.T("field-" + field), p.wrong[field]})
		return v.covering(w, http.StatusUnprocessableEntity, p, e, was)
	case err != nil:
		return err
	}
	return v.see(w, eventURL(e.ID)+"?done=saved")
}

// order reads what was typed. A time that was not touched stays as it was,
// which may be finer than a form shows.
func (t coverText) order(was *planning.Coverage, zone *time.Location) (o planning.Order, err error) {
	o = planning.Order{Status: planning.Status(t.Status), Person: t.Person, Lang: story.Lang(t.Lang), Slug: t.Slug, Desk: t.Desk, Section: t.Section, Note: t.Note}
	if was != nil {
		o.Due = was.Due
	}
	if t.Due != clock(o.Due, zone) {
		o.Due, err = instant("due", t.Due, zone)
	}
	return o, err
}

// covering shows the form; c is nil for a new coverage.
func (v *visit) covering(w http.ResponseWriter, status int, p *covering, e planning.Event, c *planning.Coverage) error {
	p.Back, p.Action, p.EventTitle, p.When, p.New = eventURL(e.ID), eventURL(e.ID)+"/coverages", e.Title, v.lasts(e.Entry), c == nil
	title := v.T("planning-cover")
	if c != nil {
		title, p.Action = v.T("planning-coverage"), coverURL(e.ID, c.ID)
		if p.Base == "" {
			p.Base = strconv.FormatInt(c.Version, 10)
		}
		if c.Story != "" {
			p.StoryURL = storyURL(c.Story)
		}
	}
	p.frame = v.frame(title)
	p.style("planning.css")
	p.types()
	if err := p.boxes(v); err != nil {
		return err
	}
	return v.show(w, status, "planning_coverage", p)
}

func (p *covering) boxes(v *visit) error {
	t := p.typed
	people, err := v.desk.Staff.List(v.r.Context())
	if err != nil {
		return err
	}
	p.Boxes = map[string]box{
		"slug": {Value: t.Slug}, "cover_due": {Value: t.Due, Type: "datetime-local"}, "cover_note": {Value: t.Note, Rows: 3},
		"lang": {}, "cover_status": {}, "cover_person": {}, "cover_section": {}, "cover_desk": {},
	}
	label(v, p.Boxes, p.wrong)
	choose := func(name, value string, list []option) {
		for i := range list {
			list[i].Chosen = list[i].Value == value
		}
		b := p.Boxes[name]
		b.Options = known(list, value)
		p.Boxes[name] = b
	}
	var statuses, langs []option
	for _, s := range planning.Statuses() {
		statuses = append(statuses, option{Value: string(s), Text: v.T("covers-" + string(s))})
	}
	for _, l := range v.house.Languages {
		langs = append(langs, option{Value: string(l), Text: v.T("lang-" + string(l))})
	}
	persons, sections := []option{{Text: v.T("planning-nobody")}}, []option{{Text: v.T("none")}}
	for _, who := range people {
		if who.Here() || who.ID == t.Person {
			persons = append(persons, option{Value: who.ID, Text: who.Name})
		}
	}
	for _, s := range v.house.Sections {
		sections = append(sections, option{Value: s.ID, Text: s.Label(v.edition())})
	}
	choose("cover_status", t.Status, statuses)
	choose("lang", t.Lang, langs)
	choose("cover_person", t.Person, persons)
	choose("cover_section", t.Section, sections)
	p.Desks = len(v.house.Desks) > 0
	desks := []option{{Text: v.T("planning-first-desk")}}
	for _, d := range v.house.Desks {
		desks = append(desks, option{Value: d.ID, Text: d.Name(v.edition())})
	}
	choose("cover_desk", t.Desk, desks)
	return nil
}

func (d *Desk) dropCoverage(w http.ResponseWriter, v *visit) error {
	if err := d.Planning.Drop(v.r.Context(), v.person, v.eventID(), v.coverID()); err != nil {
		return err
	}
	return v.see(w, eventURL(v.eventID())+"?done=dropped")
}

// beginCoverage makes a coverage a story and opens it; one that is a story
// already is opened as it is.
func (d *Desk) beginCoverage(w http.ResponseWriter, v *visit) error {
	if err := planning.May(v.person); err != nil {
		return err
	}
	_, c, err := v.covered()
	if err != nil {
		return err
	}
	if c.Story != "" {
		return v.see(w, storyURL(c.Story))
	}
	st, err := d.Planning.Begin(v.r.Context(), v.person, v.eventID(), v.coverID())
	if err != nil {
		return err
	}
	return v.see(w, storyURL(st.ID))
}

// occasion is what a story came of, as its page says it.
type occasion struct{ URL, Title, When, Due string }

// planned fills in what the story was planned for.
func (p *reading) planned(v *visit, st story.Story) error {
	e, c, err := v.desk.Planning.Of(v.r.Context(), st.ID)
	if fault.Is(err, fault.KindNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	p.Occasion = &occasion{URL: eventURL(e.ID), Title: e.Title, When: v.lasts(e.Entry)}
	if !c.Due.IsZero() {
		p.Occasion.Due = v.near(c.Due)
	}
	return nil
}
