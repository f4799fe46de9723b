package desk

import (
	"encoding/json"

	"wireroom/masthead"
	"wireroom/story"
)

// editing is what the script of the writing page begins with.
type editing struct {
	Story  string            `json:"story"` // "" for one that is yet to begin
	Lang   string            `json:"lang"`
	Zone   string            `json:"zone"`
	Person string            `json:"person"` // whose words the browser keeps
	Name   string            `json:"name"`
	Agency string            `json:"agency"`
	Today  string            `json:"today"`
	At     string            `json:"at"`   // when the words on the page were kept; "" for a new story
	Live   string            `json:"live"` // the script of the stream, for a story that begins here
	Doc    *story.Body       `json:"doc"`
	Words  map[string]string `json:"words"`
}

// editorWords are the sentences that the script says; in each a % stands for
// what it puts in.
var editorWords = []string{
	"ed-tools", "ed-strong", "ed-em", "ed-insertion", "ed-heading2", "ed-heading3", "ed-bullets", "ed-numbers", "ed-quote",
	"ed-link", "ed-picture", "ed-table", "ed-copybook", "ed-comment", "ed-undo", "ed-redo",
	"ed-address", "ed-set", "ed-unlink", "ed-link-wrong",
	"ed-row-add", "ed-row-away", "ed-col-add", "ed-col-away", "ed-row-head", "ed-table-away",
	"ed-words", "ed-signs", "ed-meter", "ed-headline", "ed-alert", "ed-over",
	"ed-saving", "ed-saved", "ed-save-key", "ed-not-saved", "ed-not-saved-net", "ed-signed-out", "ed-wrong",
	"ed-kept", "ed-not-kept", "ed-no-net", "ed-stay", "ed-here-only", "ed-differ", "ed-found", "ed-take-mine", "ed-take-desk", "ed-forget",
	"ed-locked", "ed-take", "ed-overtaken", "ed-overtaken-save", "ed-take-back", "ed-free", "ed-open-newest", "ed-here", "ed-newer", "ed-elsewhere", "ed-write-here",
	"ed-picture-coming", "ed-picture-in", "ed-picture-net", "ed-needed", "ed-picture-caption", "ed-picture-credit", "ed-picture-alt",
	"ed-crop", "ed-picture-away", "ed-crop-x", "ed-crop-y", "ed-crop-w", "ed-crop-h", "ed-crop-focus-x",
	"ed-crop-focus-y", "ed-crop-how", "ed-crop-do", "ed-crop-cancel", "ed-template", "ed-copybook-none", "ed-copybook-name",
	"ed-comment-first", "ed-comment-on", "ed-comment-add", "ed-comment-choose", "ed-wire", "ed-wire-headline", "ed-wire-dateline",
	"ed-house", "ed-twofold",
}

// EditorURL is the address of the script of the writing page.
func (p *writing) EditorURL() string { return p.frame.visit.desk.assets.URL("editor.js") }

// script writes down what the script begins with; "" leaves the plain form to
// itself.
func (p *writing) script(v *visit, st *story.Story) (string, error) {
	e := editing{Lang: p.Form.Lang, Zone: v.house.ZoneName, Doc: p.Form.document(), Words: map[string]string{},
		Person: v.person.ID, Name: v.person.Name,
		Agency: v.house.Credit(masthead.Lang(p.Form.Lang)), Today: story.DateOf(v.now).String(), Live: v.desk.assets.URL("live.js")}
	if e.Doc == nil {
		return "", nil
	}
	if st != nil {
		e.Story, e.At = string(st.ID), instantOf(st.Changed)
		if p.Leftover != nil {
			e.At = p.Leftover.Age.ISO
		}
	}
	for _, id := range editorWords {
		e.Words[id] = v.T(id)
	}
	data, err := json.Marshal(e)
	return string(data), err
}
