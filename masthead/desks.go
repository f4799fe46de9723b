package masthead

import (
	"slices"

	"wireroom/fault"
)

// Desk is a table of the newsroom with the stages that a story passes there
// before it is sent.
type Desk struct {
	ID     string          `json:"id"`
	Names  map[Lang]string `json:"names"`
	Stages []Stage         `json:"stages"`
}

// Stage is a step of the work on a story. Each belongs to one of the states
// that a story has before it is sent.
type Stage struct {
	ID    string          `json:"id"`
	Names map[Lang]string `json:"names,omitempty"` // none: it is called as its state is
	State string          `json:"state"`           // one of StageStates
}

// Rules are what the agency asks of a story before it goes out, beyond a
// headline and a section.
type Rules struct {
	SecondEyes  bool `json:"second_eyes,omitempty"`  // nobody sends what they alone have seen
	NeedPlan    bool `json:"need_plan,omitempty"`    // who may read it is chosen, not left at what it was
	NeedSlug    bool `json:"need_slug,omitempty"`    // it has a slug
	ForbidStale bool `json:"forbid_stale,omitempty"` // no translation goes out whose original has changed
}

// StageStates are the states that stages belong to, in order of the work.
func StageStates() []string { return []string{"draft", "in_edit", "ready"} }

// Name is the desk's name in lang.
func (d Desk) Name(lang Lang) string { return inLang(d.Names, lang, d.ID) }

// Name is the stage's own name in lang; "" when it is called as its state is.
func (s Stage) Name(lang Lang) string { return inLang(s.Names, lang, "") }

// Stage finds where a story of the state stands at the desk: at the stage of
// the id if it is one of that state, else at the first of the state.
func (d Desk) Stage(id, state string) Stage {
	var first Stage
	for _, s := range d.Stages {
		if s.State != state {
			continue
		}
		if s.ID == id {
			return s
		}
		if first.State == "" {
			first = s
		}
	}
	return first
}

// Has finds a stage of the desk by its id.
func (d Desk) Has(id string) (Stage, bool) {
	for _, s := range d.Stages {
		if s.ID == id {
			return s, true
		}
	}
	return Stage{}, false
}

// AllDesks are the agency's desks; a single one without a name, with a stage
// for each state, where the agency has set none.
func (m Masthead) AllDesks() []Desk {
	if len(m.Desks) > 0 {
		return m.Desks
	}
	var d Desk
	for _, state := range StageStates() {
		d.Stages = append(d.Stages, Stage{ID: state, State: state})
	}
	return []Desk{d}
}

// Desk finds a desk by its id. A story whose desk is "" or was closed lies at
// the first one.
func (m Masthead) Desk(id string) Desk {
	all := m.AllDesks()
	if i := slices.IndexFunc(all, func(d Desk) bool { return d.ID == id }); i >= 0 {
		return all[i]
	}
	return all[0]
}

// MostDesks and MostStages bound what a screen can show.
const (
	MostDesks  = 30
	MostStages = 20
)

// checkDesks names the first thing that the desks lack.
func (m Masthead) checkDesks() error {
	if len(m.Desks) > MostDesks {
		return fault.Invalid("desks", "at most %d desks fit", MostDesks)
	}
	seen := map[string]bool{"": true}
	for _, d := range m.Desks {
		if seen[d.ID] {
			return fault.Invalid("desks", "a desk has no name, or two have the same")
		}
		seen[d.ID] = true
		if err := d.check(); err != nil {
			return err
		}
	}
	return nil
}

func (d Desk) check() error {
	if len(d.Stages) > MostStages {
		return fault.Invalid("stages", "at the desk %q at most %d stages fit", d.ID, MostStages)
	}
	seen, states := map[string]bool{"": true}, map[string]bool{}
	for _, s := range d.Stages {
		if seen[s.ID] {
			return fault.Invalid("stages", "at the desk %q a stage has no name, or two have the same", d.ID)
		}
		if !slices.Contains(StageStates(), s.State) {
			return fault.Invalid("stages", "at the desk %q a stage belongs to draft, in_edit or ready, not to %q", d.ID, s.State)
		}
		seen[s.ID], states[s.State] = true, true
	}
	if len(states) < len(StageStates()) {
		return fault.Invalid("stages", "the desk %q needs a stage for drafts, one for the edit and one for what is ready", d.ID)
	}
	return nil
}
