package desk

import (
	"slices"
	"strconv"

	"wireroom/staff"
	"wireroom/story"
	"wireroom/web/words"
)

// frame is what stands around every page.
type frame struct {
	visit   *visit
	Lang    string
	Agency  string
	Title   string
	Styles  []string // addresses of sheets, in order
	Scripts []string // addresses of modules; every page can be used without
	Icon    string
	Path    string
	Person  staff.Person // without a Name: nobody is signed in
	Role    string
	Nav     []choice
	Affairs []choice  // further rooms, behind one button
	Afield  bool      // the page is one of those
	Live    *liveMark // the page is told what happens; nil is not
	Form    bool      // something is typed here: nothing leads away by accident
	Remind  string    // what the person should still do for their account; "" is nothing
	Stages  []stageLink
	Saved   []savedLink
	Langs   []speech
}

// speech is a language of the screens.
type speech struct {
	Lang, Name string
	Current    bool
}

var speeches = map[string]string{"en": "English", "ru": "Русский", "be": "Беларуская"}

func (v *visit) frame(title string) frame {
	f := frame{
		visit: v, Lang: v.lang, Agency: v.house.Credit(v.edition()), Title: title, Path: v.r.URL.RequestURI(),
		Styles: []string{v.desk.assets.URL("desk.css")}, Icon: v.desk.assets.URL("icon.svg"),
		Person: v.person, Nav: v.nav(), Affairs: v.affairs(),
	}
	f.Afield = slices.ContainsFunc(f.Affairs, func(c choice) bool { return c.Current })
	if v.person.Role != "" {
		f.Role = v.T("role-" + string(v.person.Role))
		f.Remind = v.remind()
	}
	for _, lang := range words.Langs {
		f.Langs = append(f.Langs, speech{lang, speeches[lang], lang == v.lang})
	}
	return f
}

// types marks the page as one where something is typed: nothing leads away by
// accident.
func (f *frame) types() {
	f.Form = true
	f.script("desk.js")
}

// liveMark is what a page says of itself when it opens the stream of events.
type liveMark struct {
	Story story.ID // "" is none in particular
	After int64    // number of the last act that it shows; 0 is not known
}

// live has the page told what happens at the desk.
func (f *frame) live(id story.ID, after int64) {
	f.Live = &liveMark{id, after}
	f.script("live.js")
}

// style and script add a file of the assets to the page.
func (f *frame) style(name string)  { f.Styles = append(f.Styles, f.visit.desk.assets.URL(name)) }
func (f *frame) script(name string) { f.Scripts = append(f.Scripts, f.visit.desk.assets.URL(name)) }

// T says a sentence in the language of the screens.
func (f *frame) T(id string, args ...any) string { return f.visit.T(id, args...) }

// Zone is the agency's offset: "UTC+3".
func (f *frame) Zone() string { return words.Zone(f.visit.now) }

// stage is a column of the desk: the states that belong together.
type stage struct {
	id     string
	states []story.State
}

// stages in the order of a story's life. The first is what waits for work.
var stages = []stage{
	{"desk", []story.State{story.Draft, story.InEdit, story.Ready}},
	{"draft", []story.State{story.Draft}},
	{"in_edit", []story.State{story.InEdit}},
	{"ready", []story.State{story.Ready}},
	{"out", []story.State{story.Sent, story.Updated, story.Corrected}},
	{"held", []story.State{story.Held}},
	{"killed", []story.State{story.Killed}},
	{"spiked", []story.State{story.Spiked}},
}

// everything is no column of the desk, but where a search may look.
var everything = stage{"all", story.States()}

// stageOf is the stage that a state alone makes.
func stageOf(s story.State) string {
	if s.Out() {
		return "out"
	}
	return string(s)
}

// stageLink is a stage with how many stories stand there.
type stageLink struct {
	ID, Name, URL string
	Count         string // "999+" for all that nobody counts
	Current       bool
}

// staged is a frame with the stages beside the page.
func (v *visit) staged(title, current string) (frame, error) {
	f := v.frame(title)
	f.script("stages.js")
	counts, err := v.desk.Stories.Counts(v.r.Context())
	if err != nil {
		return f, err
	}
	for _, s := range stages {
		link := stageLink{ID: s.id, Name: v.T("stage-" + s.id), URL: stageURL(s.id), Current: s.id == current}
		n := 0
		for _, state := range s.states {
			n += counts[state]
		}
		link.Count = strconv.Itoa(n)
		if n >= story.MostCounted {
			link.Count = strconv.Itoa(story.MostCounted-1) + "+"
		}
		f.Stages = append(f.Stages, link)
	}
	return f, f.saved()
}

// remind asks for passkeys until there are enough, where browsers keep them.
func (v *visit) remind() string {
	if _, ok := v.passkeySite(); !ok || v.sitting.Passkeys >= staff.EnoughPasskeys {
		return ""
	}
	if v.sitting.Passkeys == 0 {
		return v.T("remind-first")
	}
	return v.T("remind-second")
}
