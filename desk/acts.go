package desk

import (
	"net/http"
	"strconv"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/story"
)

// doneNouns are the acts that a story's page tells of when they are done.
var doneNouns = []string{
	"create", "revision", "submission", "ready", "unspike", "pin", "translation",
	"release", "alert", "update", "correction", "hold", "release-from-hold", "kill", "spike", "return", "restoration",
	"reopening", "stage", "desk", "assignment", "schedule", "schedule-removal", "flag", "flag-removal", "agreement",
}

// buttons are the acts that need no panel: they change nothing for readers.
var buttons = []struct {
	noun string
	act  story.Act
}{
	{"submission", story.ActSubmit},
	{"ready", story.ActReady},
	{"unspike", story.ActUnspike},
	{"reopening", story.ActReopen},
}

// acts offers what the person may do now.
func (p *reading) acts(v *visit, st story.Story) error {
	if v.may(story.ActRevise, st) {
		p.Edit = actURL(st.ID, "edit")
	}
	for _, b := range buttons {
		if v.may(b.act, st) {
			p.Acts = append(p.Acts, act{Noun: b.noun, Text: v.T("act-" + b.noun), URL: actURL(st.ID, b.noun)})
		}
	}
	for _, a := range v.desk.panels() {
		err := a.may(v, st)
		if err != nil && !fault.Is(err, fault.KindForbidden) && !fault.Is(err, fault.KindConflict) {
			return err
		}
		// The flag's own line leads to its removal.
		if err == nil && a.fits(st) && a.act != story.ActUnflag {
			p.Acts = append(p.Acts, act{Noun: a.noun, Text: v.T("act-" + a.noun), URL: actURL(st.ID, a.noun),
				Panel: true, Strong: a.act == story.ActRelease, Danger: a.twice, Barred: st.Legal != "" && sends(a.act)})
		}
	}
	if v.may(story.ActPin, st) {
		p.Pin = &pinning{URL: actURL(st.ID, "pin")}
		for n := range 10 {
			text := strconv.Itoa(n)
			if n == 0 {
				text = v.T("no-pin")
			}
			p.Pin.Choices = append(p.Pin.Choices, option{strconv.Itoa(n), text, n == st.Pin})
		}
	}
	return nil
}

// sends reports whether an act gives readers a text, which a legal flag bars.
func sends(a story.Act) bool {
	switch a {
	case story.ActRelease, story.ActAlert, story.ActUpdate, story.ActCorrect, story.ActSchedule:
		return true
	}
	return false
}

// submit hands a draft to the editors.
func (d *Desk) submit(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Submit(v.r.Context(), v.person, v.id())
	return v.done(w, st, "submission", err)
}

// ready says that a story is edited and waits to be sent.
func (d *Desk) ready(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Ready(v.r.Context(), v.person, v.id())
	return v.done(w, st, "ready", err)
}

// unspike takes a spiked story up again.
func (d *Desk) unspike(w http.ResponseWriter, v *visit) error {
	st, err := d.Stories.Unspike(v.r.Context(), v.person, v.id())
	return v.done(w, st, "unspike", err)
}

// pin puts a story higher on the front page.
func (d *Desk) pin(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	n, err := strconv.Atoi(v.r.PostForm.Get("pin"))
	if err != nil {
		return fault.Invalid("pin", "a pin is 0 to 9")
	}
	st, err := d.Stories.Pin(v.r.Context(), v.person, v.id(), n)
	return v.done(w, st, "pin", err)
}

// translation starts the story in another language and opens its form.
func (d *Desk) translation(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	st, err := d.Stories.Translate(v.r.Context(), v.person, v.id(), masthead.Lang(v.r.PostForm.Get("lang")))
	return v.done(w, st, "translation", err)
}

func (v *visit) done(w http.ResponseWriter, st story.Story, noun string, err error) error {
	if err != nil {
		return err
	}
	return v.see(w, doneURL(st.ID, noun))
}
