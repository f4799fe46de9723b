package desk

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"wireroom/fault"
	"wireroom/masthead"
)

// bench is the page where a chief sets the desks, their stages and what the
// agency asks of a story before it goes out.
type bench struct {
	frame
	Base    string
	Done    bool
	Notice  string
	Rules   []ruling
	Columns []column
	Desks   []deskEntry

	typed url.Values // what stands over the masthead; nil is nothing
	Up    string     // to the masthead
}

// ruling is one of the agency's rules as a box to tick.
type ruling struct {
	Field, Text, Help string
	On                bool
}

// deskEntry is a desk in the form; without an ID it is a new one.
type deskEntry struct {
	ID, Name string
	Names    []worded
	Stages   []stageEntry
	Removes  string // the field; "" for a new one
	Removed  bool
}

// stageEntry is a stage in the form; without an ID it is a new one.
type stageEntry struct {
	ID, Label string
	Names     []worded
	State     string // the field
	States    []option
	Order     string // the field
	At        string
	Removes   string
	Removed   bool
}

// rules are the agency's rules by the fields of their boxes.
func rules(r *masthead.Rules) map[string]*bool {
	return map[string]*bool{"second_eyes": &r.SecondEyes, "need_plan": &r.NeedPlan, "need_slug": &r.NeedSlug, "forbid_stale": &r.ForbidStale}
}

var ruleOrder = []string{"second_eyes", "need_plan", "need_slug", "forbid_stale"}

func (d *Desk) workflowForm(w http.ResponseWriter, v *visit) error {
	if err := v.chief(); err != nil {
		return err
	}
	return v.bench(w, http.StatusOK, &bench{Done: v.r.URL.Query().Get("done") != ""})
}

func (d *Desk) saveWorkflow(w http.ResponseWriter, v *visit) error {
	if err := v.chief(); err != nil {
		return err
	}
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	p := &bench{Base: v.r.PostForm.Get("base"), typed: v.r.PostForm}
	err := d.Masthead.Change(v.r.Context(), func(now masthead.Masthead) (masthead.Masthead, error) {
		next := resettled(now, v.r.PostForm)
		if p.Base != fingerprint(now) {
			v.house = now
			return next, errStale
		}
		return next, checkDeskWords(next)
	}, v.noteMasthead)
	switch {
	case errors.Is(err, errStale):
		p.Notice, p.Base = v.T("masthead-stale"), ""
		return v.bench(w, http.StatusConflict, p)
	case fault.Is(err, fault.KindInvalid):
		p.Notice = v.rule("masthead-"+fieldOf(err), err)
		return v.bench(w, http.StatusUnprocessableEntity, p)
	case err != nil:
		return err
	}
	return v.see(w, workflowURL+"?done=yes")
}

// bench shows the masthead's desks and rules, with what was typed over them.
func (v *visit) bench(w http.ResponseWriter, status int, p *bench) error {
	m := v.house
	p.frame = v.frame(v.T("workflow"))
	p.frame.types()
	p.frame.style("workflow.css")
	p.Up = mastheadURL
	if p.Base == "" {
		p.Base = fingerprint(v.house)
	}
	boxes := rules(&m.Rules)
	for _, field := range ruleOrder {
		p.Rules = append(p.Rules, ruling{"rule." + field, v.T("rules-" + field), v.T("rules-" + field + "-help"), p.ticked("rule."+field, *boxes[field])})
	}
	for _, l := range m.Languages {
		p.Columns = append(p.Columns, column{string(l), v.T("lang-" + string(l))})
	}
	for _, d := range m.Desks {
		p.Desks = append(p.Desks, v.deskEntry(p, d))
	}
	p.Desks = append(p.Desks, deskEntry{Names: p.words("desk.", nil)})
	return v.show(w, status, "masthead_workflow", p)
}

func (p *bench) words(prefix string, in map[masthead.Lang]string) []worded {
	var all []worded
	for _, c := range p.Columns {
		all = append(all, worded{prefix + "." + c.Lang, c.Name, p.value(prefix+"."+c.Lang, in[masthead.Lang(c.Lang)])})
	}
	return all
}

// value is what was typed into a field, else what stood there.
func (p *bench) value(field, was string) string {
	if p.typed.Has(field) {
		return p.typed.Get(field)
	}
	return was
}

func (p *bench) ticked(field string, was bool) bool {
	if p.typed == nil {
		return was
	}
	return p.typed.Get(field) == "yes"
}

func (v *visit) deskEntry(p *bench, d masthead.Desk) deskEntry {
	e := deskEntry{ID: d.ID, Name: d.Name(v.edition()), Names: p.words("desk."+d.ID, d.Names), Removes: "desk." + d.ID + ".remove"}
	e.Removed = p.ticked(e.Removes, false)
	for i, s := range append(slices.Clone(d.Stages), masthead.Stage{State: "in_edit"}) {
		field := "stage." + d.ID + "." + s.ID
		one := stageEntry{ID: s.ID, Label: v.T("workflow-new-stage"), Names: p.words(field, s.Names), State: field + ".state",
			Order: field + ".order", At: p.value(field+".order", strconv.Itoa(i+1))}
		if s.ID != "" {
			one.Label, one.Removes = v.stageName(s), field+".remove"
			one.Removed = p.ticked(one.Removes, false)
		}
		for _, state := range masthead.StageStates() {
			one.States = append(one.States, option{state, v.T("state-" + state), state == p.value(one.State, s.State)})
		}
		e.Stages = append(e.Stages, one)
	}
	return e
}

// resettled puts what was typed over the desks and the rules. What the form did
// not have, because another chief added it meanwhile, stays as it is.
func resettled(m masthead.Masthead, typed url.Values) masthead.Masthead {
	t := settling{m, typed}
	next := m
	next.Rules = m.Rules
	for field, on := range rules(&next.Rules) {
		*on = typed.Get("rule."+field) == "yes"
	}
	next.Desks = nil
	for _, d := range m.Desks {
		if typed.Get("desk."+d.ID+".remove") == "yes" {
			continue
		}
		next.Desks = append(next.Desks, masthead.Desk{ID: d.ID, Names: t.words("desk."+d.ID, d.Names), Stages: t.stages(d)})
	}
	if names := t.words("desk.", nil); len(names) > 0 {
		next.Desks = append(next.Desks, masthead.Desk{ID: masthead.Slug(first(m, names)), Names: names, Stages: masthead.Masthead{}.AllDesks()[0].Stages})
	}
	return next
}

// settling reads the form of the desks.
type settling struct {
	m     masthead.Masthead
	typed url.Values
}

func (t settling) words(prefix string, was map[masthead.Lang]string) map[masthead.Lang]string {
	in := map[masthead.Lang]string{}
	for _, l := range t.m.Languages {
		field, s := prefix+"."+string(l), was[l]
		if t.typed.Has(field) {
			s = strings.TrimSpace(t.typed.Get(field))
		}
		if s != "" {
			in[l] = s
		}
	}
	return in
}

// stages are those of a desk as they were typed, by their state and, within
// it, by the number that each was given.
func (t settling) stages(d masthead.Desk) []masthead.Stage {
	type placed struct {
		masthead.Stage
		at int
	}
	var all []placed
	for i, s := range append(slices.Clone(d.Stages), masthead.Stage{}) {
		field := "stage." + d.ID + "." + s.ID
		if t.typed.Get(field+".remove") == "yes" {
			continue
		}
		names := t.words(field, s.Names)
		if s.ID == "" {
			if len(names) == 0 {
				continue
			}
			s.ID = masthead.Slug(first(t.m, names))
		}
		if t.typed.Has(field + ".state") {
			s.State = t.typed.Get(field + ".state")
		}
		at, err := strconv.Atoi(t.typed.Get(field + ".order"))
		if err != nil {
			at = i + 1
		}
		all = append(all, placed{masthead.Stage{ID: s.ID, Names: names, State: s.State}, at})
	}
	order := func(s placed) int { return slices.Index(masthead.StageStates(), s.State) }
	slices.SortStableFunc(all, func(a, b placed) int {
		if order(a) != order(b) {
			return order(a) - order(b)
		}
		return a.at - b.at
	})
	var stages []masthead.Stage
	for _, s := range all {
		stages = append(stages, s.Stage)
	}
	return stages
}

// checkDeskWords looks at what the masthead itself takes on trust.
func checkDeskWords(m masthead.Masthead) error {
	for _, d := range m.Desks {
		texts := []map[masthead.Lang]string{d.Names}
		for _, s := range d.Stages {
			texts = append(texts, s.Names)
		}
		for _, in := range texts {
			for _, s := range in {
				if err := checkWord(s); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
