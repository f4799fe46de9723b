package desk

import (
	"html/template"
	"net/http"
	"strings"
	"time"

	"wireroom/web"
)

// key is one key of the desk's pages: a letter alone, which browsers leave to
// the page. It counts only while nothing is typed, and each person can switch
// all of them off.
type key struct {
	Key  string // as typed on Latin letters
	Name string // of the act or the place: the noun of an act's address
	Word string // id of the sentence that says what it does
	On   string // where it works: list, story, everywhere
}

// keys are the one table from which the pages, their script's letters and the
// page about keys are made.
var keys = []key{
	{"j", "next", "key-next", "list"},
	{"k", "previous", "key-previous", "list"},
	{"o", "open", "key-open", "list"},
	{"f", "seek", "seek", "list"},
	{"0", "newer", "newer-are-here-key", "list"},

	{"e", "edit", "edit", "story"},
	{"m", "submission", "act-submission", "story"},
	{"y", "ready", "act-ready", "story"},
	{"s", "release", "act-release", "story"},
	{"a", "alert", "act-alert", "story"},
	{"u", "update", "act-update", "story"},
	{"c", "correction", "act-correction", "story"},
	{"h", "hold", "act-hold", "story"},
	{"r", "release-from-hold", "act-release-from-hold", "story"},
	{"b", "return", "act-return", "story"},
	{"d", "spike", "act-spike", "story"},
	{"v", "unspike", "act-unspike", "story"},
	{"x", "kill", "act-kill", "story"},
	{"p", "pin", "pin", "story"},
	{"t", "translation", "translate", "story"},
	{"z", "reopening", "act-reopening", "story"},
	{"i", "schedule", "act-schedule", "story"},
	{"q", "schedule-removal", "act-schedule-removal", "story"},
	{"g", "flag", "act-flag", "story"},
	{"w", "assignment", "turn", "story"},

	{"n", "new", "new-story", "everywhere"},
	{"l", "stories", "stories", "everywhere"},
	{"?", "keys", "keys", "everywhere"},
}

// writingKeys are those of the writing page, which its script presses; here
// they are told. They work while something is typed, so they are no letters.
var writingKeys = []key{
	{Key: "Ctrl+Enter", Word: "save"},
	{Key: "Ctrl+B", Word: "ed-strong"},
	{Key: "Ctrl+I", Word: "ed-em"},
	{Key: "F2", Word: "ed-insertion"},
	{Key: "Ctrl+Alt+2", Word: "ed-heading2"},
	{Key: "Ctrl+Shift+9", Word: "ed-quote"},
	{Key: "Ctrl+K", Word: "ed-link"},
	{Key: "Alt+F2", Word: "ed-picture"},
	{Key: "F8", Word: "ed-copybook"},
	{Key: "Ctrl+Alt+0", Word: "ed-comment"},
	{Key: "F9", Word: "ed-spelling"},
	{Key: "Ctrl+Z", Word: "ed-undo"},
}

const (
	keysURL    = "/desk/keys"
	keysCookie = "desk-keys"
)

func (d *Desk) keyRoutes() []web.Route {
	return []web.Route{
		{Method: "GET", Pattern: keysURL, Handler: d.seated(d.keys)},
		{Method: "POST", Pattern: keysURL, Handler: d.seated(d.switchKeys)},
	}
}

// keysOn reports whether the person's browser has the keys on, as it has them
// until they are switched off.
func (v *visit) keysOn() bool {
	c, err := v.r.Cookie(keysCookie)
	return err != nil || c.Value != "off"
}

// Key marks the button or link that a key presses, and says so in its hint.
func (f *frame) Key(name string) template.HTMLAttr {
	if f.Person.Name == "" || !f.visit.keysOn() {
		return ""
	}
	for _, k := range keys {
		if k.Name == name {
			hint := template.HTMLEscapeString(f.T("key-hint", "key", strings.ToUpper(k.Key)))
			return template.HTMLAttr(`data-key="` + k.Key + `" aria-keyshortcuts="` + k.Key + `" title="` + hint + `"`)
		}
	}
	return ""
}

// keyed lets the keys work on the page, unless they are switched off.
func (f *frame) keyed() {
	f.style("keys.css")
	if f.visit.keysOn() {
		f.script("keys.js")
	}
}

// KeysURL leads to the page about keys; "" for those who have none.
func (f *frame) KeysURL() string {
	if f.Person.Name == "" {
		return ""
	}
	return keysURL
}

// keysPage tells every key.
type keysPage struct {
	frame
	On     bool
	Places []keysAt
}

type keysAt struct {
	Name  string
	Class string
	Keys  []key
}

func (d *Desk) keys(w http.ResponseWriter, v *visit) error {
	p := &keysPage{frame: v.frame(v.T("keys")), On: v.keysOn()}
	p.frame.style("keys.css")
	for _, on := range []string{"list", "story", "everywhere"} {
		at := keysAt{Name: v.T("keys-" + on)}
		for _, k := range keys {
			if k.On == on {
				at.Keys = append(at.Keys, key{Key: strings.ToUpper(k.Key), Word: strings.TrimSuffix(v.T(k.Word), ":")})
			}
		}
		p.Places = append(p.Places, at)
		if on == "list" {
			p.Places = append(p.Places, v.whileWriting())
		}
	}
	return v.show(w, http.StatusOK, "keys", p)
}

func (v *visit) whileWriting() keysAt {
	at := keysAt{Name: v.T("keys-writing"), Class: "writing"}
	for _, k := range writingKeys {
		at.Keys = append(at.Keys, key{Key: k.Key, Word: v.T(k.Word)})
	}
	return at
}

func (d *Desk) switchKeys(w http.ResponseWriter, v *visit) error {
	if err := v.r.ParseForm(); err != nil {
		return badForm(err)
	}
	state := "on"
	if v.r.PostForm.Get("keys") == "off" {
		state = "off"
	}
	http.SetCookie(w, d.cookie(keysCookie, state, 365*24*time.Hour))
	return v.see(w, keysURL)
}
