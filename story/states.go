package story

import (
	"slices"
	"strings"

	"wireroom/fault"
	"wireroom/staff"
)

// State is where a story stands between the first word and the archive.
type State string

// The states of a story.
const (
	Draft     State = "draft"
	InEdit    State = "in_edit"   // with the editors
	Ready     State = "ready"     // edited, waits to be sent
	Sent      State = "sent"      // out as it was first sent
	Updated   State = "updated"   // out, the last release an update
	Corrected State = "corrected" // out, the last release a correction
	Held      State = "held"      // sent, then withheld while we check
	Killed    State = "killed"    // sent, then withdrawn for ever
	Spiked    State = "spiked"    // laid aside without being sent
)

// States lists the states in a story's order of life.
func States() []State {
	return []State{Draft, InEdit, Ready, Sent, Updated, Corrected, Held, Killed, Spiked}
}

// Out reports whether readers have the story, embargo aside.
func (s State) Out() bool { return s == Sent || s == Updated || s == Corrected }

// Act is what a person does to a story.
type Act string

// The acts.
const (
	ActRevise      Act = "revise"
	ActSubmit      Act = "submit"
	ActReady       Act = "ready"
	ActSendBack    Act = "send_back"
	ActRelease     Act = "release"
	ActUpdate      Act = "update"
	ActCorrect     Act = "correct"
	ActHold        Act = "hold"
	ActReleaseHold Act = "release_hold"
	ActKill        Act = "kill"
	ActSpike       Act = "spike"
	ActUnspike     Act = "unspike"
	ActPin         Act = "pin"
	ActTranslate   Act = "translate"
	ActAlert       Act = "alert"   // the headline goes out before the story
	ActRestore     Act = "restore" // an older revision becomes the newest
	ActAgree       Act = "agree"   // a translation was compared with its original
	ActStage       Act = "stage"   // to another stage of the same state
	ActReopen      Act = "reopen"  // what was ready is edited again
	ActDesk        Act = "desk"    // to another desk
	ActAssign      Act = "assign"  // whose turn it is
	ActFlag        Act = "flag"    // the lawyers must look first
	ActUnflag      Act = "unflag"
	ActSchedule    Act = "schedule" // to be sent by itself at an instant
	ActUnschedule  Act = "unschedule"
	ActComment     Act = "comment"
)

// rule is one line of the table of acts: in which states the act is possible,
// where it leads (empty: the state stays), and who may do it from where.
// Editors and chiefs may in all of from.
type rule struct {
	act        Act
	from       []State
	to         State
	reporter   []State // the states in which a reporter may
	own        bool    // a reporter only what they began
	translator []State // the states in which a translator may
	any        bool    // a translator of any story; else of translations alone
	translated bool    // to translations alone
	chief      bool    // for a chief alone

	when func(Story) bool // what must hold of the story besides its state; nil is nothing
}

var (
	unsent  = []State{Draft, InEdit, Ready}
	writing = []State{Draft, InEdit}
	out     = []State{Sent, Updated, Corrected}
	kept    = []State{Draft, InEdit, Ready, Sent, Updated, Corrected, Held}
)

// table is every act of the newsroom. A reporter writes and submits, a
// translator does the same to translations; whatever readers will see is an
// editor's act. An administrator keeps the house and touches no story.
var table = []rule{
	{act: ActRevise, from: kept, reporter: writing, translator: writing},
	{act: ActSubmit, from: []State{Draft}, to: InEdit, reporter: []State{Draft}, translator: []State{Draft}},
	{act: ActReady, from: writing, to: Ready},
	{act: ActSendBack, from: []State{InEdit, Ready}, to: Draft},
	{act: ActRelease, from: unsent, to: Sent},
	{act: ActUpdate, from: append(slices.Clone(out), Held), to: Updated},
	{act: ActCorrect, from: append(slices.Clone(out), Held), to: Corrected},
	{act: ActHold, from: out, to: Held},
	{act: ActReleaseHold, from: []State{Held}, to: Sent},
	{act: ActKill, from: append(slices.Clone(out), Held), to: Killed},
	{act: ActSpike, from: unsent, to: Spiked, reporter: []State{Draft}, own: true},
	{act: ActUnspike, from: []State{Spiked}, to: Draft, chief: true},
	{act: ActPin, from: out},
	{act: ActTranslate, from: kept, reporter: kept, translator: kept, any: true},
	{act: ActAlert, from: unsent, to: Sent},
	{act: ActRestore, from: kept, reporter: writing, translator: writing},
	{act: ActComment, from: kept, reporter: kept, translator: kept, any: true},
	{act: ActAgree, from: kept, translator: kept, translated: true},
	{act: ActStage, from: unsent, reporter: []State{Draft}, translator: []State{Draft}},
	{act: ActReopen, from: []State{Ready}, to: InEdit},
	{act: ActDesk, from: kept, reporter: []State{Draft}, own: true, translator: []State{Draft}},
	{act: ActAssign, from: kept, reporter: writing, translator: writing},
	{act: ActFlag, from: kept, reporter: kept, translator: kept, any: true, when: func(st Story) bool { return st.Legal == "" }},
	{act: ActUnflag, from: kept, when: func(st Story) bool { return st.Legal != "" }},
	{act: ActSchedule, from: unsent, to: Ready},
	{act: ActUnschedule, from: append(slices.Clone(out), Ready), when: Story.Planned},
}

// Refused says that an act is not the person's to do, or nobody's now. Faces
// put it in words of their own language.
type Refused struct {
	Act   Act
	State State
	Role  staff.Role // the lowest role that could; "" when nobody can
	Apart bool       // the story is in none of the person's sections
	Own   bool       // a reporter may do it to a story that they began
	Alone bool       // it translates no other story

	Sections []string // with Apart: those that it would be put into or taken out of
}

func (r *Refused) Error() string { return r.Unwrap().Error() }

// Unwrap makes it Forbidden when another could, Conflict when nobody can.
func (r *Refused) Unwrap() error {
	act, state := words(string(r.Act)), words(string(r.State))
	switch {
	case r.Alone:
		return fault.Conflict("story", "it translates no other story")
	case len(r.Sections) > 0:
		return fault.Forbidden("sections", "%s is not yours to put a story into or to take it out of", strings.Join(r.Sections, ", "))
	case r.Apart:
		return fault.Forbidden("story", "it is in none of your sections")
	case r.Own:
		return fault.Forbidden("story", "a reporter may %s their own story alone", act)
	case r.Role == "":
		return fault.Conflict("story", "it is %s; %s is not possible now", state, act)
	case r.Role == staff.Chief:
		return fault.Forbidden("story", "%s is for a chief", act)
	}
	return fault.Forbidden("story", "%s of a story that is %s is for an editor", act, state)
}

// May says whether the person may do the act to the story as it stands; a
// *Refused tells why not.
func May(by staff.Person, act Act, st Story) error {
	i := slices.IndexFunc(table, func(r rule) bool { return r.act == act })
	if i < 0 {
		return fault.Invalid("act", "there is no act %q", act)
	}
	r := table[i]
	if !slices.Contains(r.from, st.State) || r.when != nil && !r.when(st) {
		return &Refused{Act: act, State: st.State}
	}
	if r.translated && st.Origin == "" {
		return &Refused{Act: act, State: st.State, Alone: true}
	}
	lacks := &Refused{Act: act, State: st.State, Role: staff.Editor}
	if r.chief {
		lacks.Role = staff.Chief
	}
	switch by.Role {
	case staff.Chief:
		return nil
	case staff.Editor:
		if r.chief {
			return lacks
		}
	case staff.Reporter:
		if !slices.Contains(r.reporter, st.State) {
			return lacks
		}
		if r.own && st.Writer != by.ID {
			lacks.Own = true
			return lacks
		}
	case staff.Translator:
		if !slices.Contains(r.translator, st.State) || !r.any && st.Origin == "" {
			return lacks
		}
	default:
		return lacks
	}
	if !by.Covers(st.Content.Sections) {
		lacks.Apart = true
		return lacks
	}
	return nil
}

// reach refuses that somebody whose rights are limited to some sections puts a
// story into another one, or takes it out of one: those who look after that
// section would not notice.
func reach(by staff.Person, st Story, next []string) error {
	if by.Role == staff.Chief || len(by.Sections) == 0 {
		return nil
	}
	var apart []string
	for _, id := range slices.Concat(st.Content.Sections, next) {
		moved := slices.Contains(st.Content.Sections, id) != slices.Contains(next, id)
		if moved && !slices.Contains(by.Sections, id) {
			apart = append(apart, id)
		}
	}
	if len(apart) == 0 {
		return nil
	}
	return &Refused{Act: ActRevise, State: st.State, Role: staff.Editor, Apart: true, Sections: apart}
}

// Acts lists what the person may do to the story as it stands.
func Acts(by staff.Person, st Story) []Act {
	var may []Act
	for _, r := range table {
		if May(by, r.act, st) == nil {
			may = append(may, r.act)
		}
	}
	return may
}

// leads gives the state after an act.
func leads(act Act, from State) State {
	for _, r := range table {
		if r.act == act && r.to != "" {
			return r.to
		}
	}
	return from
}

func words(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c == '_' {
			b[i] = ' '
		}
	}
	return string(b)
}
