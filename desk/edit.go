package desk

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
)

// writing is the page with the form of a story.
type writing struct {
	frame
	New       bool
	Action    string
	Cancel    string
	Number    int64
	Edition   string
	State     string
	Out       bool // readers have a text already
	Form      form
	Wrong     map[string]string // field → sentence
	Summary   []wrong
	Pens      []string // names that the person signs with
	Notice    string   // what happened to the form, if anything
	Focus     string   // the field where the cursor stands
	Editions  []option
	Sections  []picks
	Topics    []box
	AllTopics []string
	Past      *past // what is told of the topics; nil is nothing
	Plans     []option
	Urgencies []option
	Zones     []option
	Returned  *returned // the note with which it came back
	Original  *original // beside a translation
	Conflict  *conflict
	Leftover  *leftover
	Copies    []option
	Shots     []pictured
	Script    string // what the page's script begins with
}

// wrong is one line of the summary above a form.
type wrong struct{ Field, Label, Words string }

// picks is one of several lists to choose from.
type picks struct {
	Label   string
	Options []option
}

// option is one of a list to choose from.
type option struct {
	Value, Text string
	Chosen      bool
}

func (d *Desk) editForm(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	if err := story.May(v.person, story.ActRevise, st); err != nil {
		return err
	}
	f := printed(st.Content, v.house.Zone)
	f.Base = strconv.FormatInt(st.Revision, 10)
	p := &writing{Form: f}
	if err := v.workingCopy(p, st); err != nil {
		return err
	}
	return v.write(w, http.StatusOK, p, &st)
}

// revise keeps a revision. Whatever stands against it, the form comes back
// with everything that was typed.
func (d *Desk) revise(w http.ResponseWriter, v *visit) error {
	p, err := read(v.r, d.Pictures)
	if err != nil {
		return err
	}
	st, err := d.Stories.Get(v.r.Context(), v.id())
	if err != nil {
		return err
	}
	page := &writing{Form: typed(p.Values)}
	content, wait, err := v.take(p, page, &st)
	if err != nil {
		return err
	}
	if wait {
		return v.again(w, page.status(), page, &st)
	}
	base, _ := strconv.ParseInt(page.Form.Base, 10, 64)
	saved, err := d.Stories.Revise(v.r.Context(), v.person, st.ID, base, content)
	var stale *story.Stale
	switch {
	case err == nil:
		return v.written(w, saved, "revision")
	case errors.As(err, &stale) && v.wantsJSON():
		return v.json(w, http.StatusConflict, v.keptAs(stale.Theirs))
	case errors.As(err, &stale):
		if page.Conflict, err = v.conflict(stale, base); err != nil {
			return err
		}
		return v.write(w, http.StatusConflict, page, &stale.Theirs)
	case fault.Is(err, fault.KindInvalid):
		page.add(v, fieldOf(err), err)
		return v.again(w, http.StatusUnprocessableEntity, page, &st)
	case page.apart(v, err):
		return v.again(w, http.StatusForbidden, page, &st)
	case fault.Is(err, fault.KindConflict), fault.Is(err, fault.KindForbidden):
		page.Notice = v.T("not-saved", "why", v.reason(err), "state", v.T("state-"+string(st.State)))
		return v.again(w, statusOf(err), page, &st)
	}
	return err
}

func statusOf(err error) int {
	if fault.Is(err, fault.KindForbidden) {
		return http.StatusForbidden
	}
	return http.StatusConflict
}

// take reads the form into a content and puts a picture in, or a paragraph. wait
// says that the form is to be shown again before anything is kept. st is nil for a
// new story.
func (v *visit) take(p post, page *writing, st *story.Story) (c story.Content, wait bool, err error) {
	var was story.Story
	if st != nil {
		was = *st
		page.Form.Lang = string(st.Lang)
	}
	if p.wrong != nil {
		page.add(v, "picture", p.wrong)
	}
	if p.picture != nil {
		offered := page.Form.offer(p.picture.Offered)
		if err := page.Form.insert(p.picture.ID); err != nil {
			page.add(v, fieldOf(err), err)
		} else {
			page.Notice = v.T("picture-put")
			if offered {
				page.Notice = v.T("photo-offered")
			}
		}
	}
	copied := p.Get("do") == "copy" && p.Get("copy") != ""
	if copied {
		if err := v.copyIn(&page.Form, p.Get("copy")); err != nil {
			page.add(v, "body", err)
		} else {
			page.Notice = v.T("ed-copied")
		}
	}
	if key := p.Get("past"); key != "" {
		if err := v.pastIn(&page.Form, key, was.ID); err != nil {
			page.add(v, "body", err)
		} else {
			page.Notice = v.T("past-put")
		}
	}
	t, err := v.themes(page.Form.lang())
	if err != nil {
		return c, false, err
	}
	c, problems := page.Form.content(was.Content, v.house.Zone, t)
	for _, problem := range problems {
		page.add(v, problem.Field, problem.err)
	}
	asked := p.Get("do") == "picture"
	if asked && p.picture == nil && p.wrong == nil {
		page.add(v, "picture", fault.Invalid("picture", "choose a file first"))
	}
	return c, asked || p.Get("do") == "copy" || p.Get("past") != "" || len(page.Wrong) > 0, nil
}

func (p *writing) status() int {
	if len(p.Wrong) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// fieldOf is the field of the form that an Invalid fault concerns.
func fieldOf(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return "body"
	}
	field, _, _ := strings.Cut(f.Subject, "[")
	if field == "language" {
		return "lang"
	}
	return field
}

// add notes what is wrong with a field, once.
func (p *writing) add(v *visit, field string, err error) {
	if p.Wrong == nil {
		p.Wrong = map[string]string{}
	}
	if _, known := p.Wrong[field]; known {
		return
	}
	p.Wrong[field] = v.rule(field, err)
	p.Summary = append(p.Summary, wrong{field, v.T("field-" + field), p.Wrong[field]})
	if p.Focus == "" {
		p.Focus = field
	}
}

// rule says what is wrong: the fault's own sentence in English, the field's
// rule in the other languages.
func (v *visit) rule(field string, err error) string {
	var f *fault.Error
	if v.lang != "en" || !errors.As(err, &f) || f.Why == "" {
		return v.T("rule-" + field)
	}
	why := f.Why
	if _, at, ok := strings.Cut(f.Subject, "["); ok {
		index, _, _ := strings.Cut(at, "]")
		if n, err := strconv.Atoi(index); err == nil {
			why = v.T("at-block", "number", n+1) + why
		}
	}
	return strings.ToUpper(why[:1]) + why[1:] + "."
}

// write shows the form. st is nil for a new story.
func (v *visit) write(w http.ResponseWriter, status int, p *writing, st *story.Story) error {
	title := v.T("new-story")
	p.Action, p.Cancel, p.New = "/desk/stories", homeURL, st == nil
	stage, lang := "desk", p.Form.lang()
	if st != nil {
		title = v.T("edit-title", "number", int64(st.Number))
		p.Action, p.Cancel = actURL(st.ID, "revisions"), storyURL(st.ID)
		p.Number, p.State, p.Out = int64(st.Number), v.T("state-"+string(st.State)), st.SentRevision > 0
		stage, lang = stageOf(st.State), st.Lang
	}
	f, err := v.staged(title, stage)
	if err != nil {
		return err
	}
	p.frame, p.Edition = f, v.T("lang-"+string(lang))
	p.frame.types()
	if st != nil {
		p.Shots = v.pictures(st.ID, st.Content.Body)
		p.frame.live(st.ID, 0)
		if p.Returned, err = v.returned(*st); err != nil {
			return err
		}
		if p.Original, err = v.original(*st); err != nil {
			return err
		}
	}
	p.Form.Lang = string(lang)
	p.options(v, lang)
	if err := p.themes(v, st); err != nil {
		return err
	}
	if p.Pens, err = v.desk.Staff.Pens(v.r.Context(), v.person.ID); err != nil {
		return err
	}
	if err := p.copies(v, lang); err != nil {
		return err
	}
	if p.Script, err = p.script(v, st); err != nil {
		return err
	}
	p.frame.style("editor.css")
	p.frame.style("copy.css")
	p.frame.style("picture.css")
	p.frame.style("translation.css")
	return v.show(w, status, "edit", p)
}

func (p *writing) options(v *visit, lang masthead.Lang) {
	for _, l := range v.house.Languages {
		p.Editions = append(p.Editions, option{string(l), v.T("lang-" + string(l)), l == lang})
	}
	for i, chosen := range p.Form.Sections {
		list := []option{{"", v.T("none"), chosen == ""}}
		for _, s := range v.house.Sections {
			list = append(list, option{s.ID, s.Label(v.edition()), s.ID == chosen})
		}
		p.Sections = append(p.Sections, picks{v.T("section-nth", "nth", i+1), known(list, chosen)})
	}
	p.Plans, p.Zones = v.plans(p.Form.Plan), v.zones(p.Form.EmbargoZone)
	p.Urgencies = []option{{"", v.T("urgency-usual"), p.Form.Urgency == ""}}
	for n := 1; n <= 9; n++ {
		s := strconv.Itoa(n)
		p.Urgencies = append(p.Urgencies, option{s, v.T("urgency-" + s), s == p.Form.Urgency})
	}
	p.Urgencies = known(p.Urgencies, p.Form.Urgency)
}

// known adds a value that the list does not have, so that it is not lost.
func known(list []option, value string) []option {
	for _, o := range list {
		if o.Value == value {
			return list
		}
	}
	return append(list, option{value, value, true})
}
