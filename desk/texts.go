package desk

import (
	"net/url"
	"strings"

	"wireroom/story"
)

// saying is what a panel asks for beside the words for readers.
type saying struct {
	Short, Desk           string // as they were typed
	ShortWrong, DeskWrong string
}

func heard(form url.Values) *saying {
	return &saying{Short: strings.ReplaceAll(lines(form.Get("short")), "\n", " "), Desk: lines(form.Get("desk_note"))}
}

// texts are all that was typed on the panel.
func (a *asking) texts() story.Texts {
	t := story.Say(a.Note)
	if a.Texts != nil {
		t.Short, t.Desk = a.Texts.Short, a.Texts.Desk
	}
	return t
}

// blames notes what is wrong with one of the texts; false if it is none of them.
func (s *saying) blames(v *visit, err error) bool {
	if s == nil {
		return false
	}
	switch fieldOf(err) {
	case "short":
		s.ShortWrong = v.rule("short", err)
	case "desk_note":
		s.DeskWrong = v.rule("desk_note", err)
	default:
		return false
	}
	return true
}

// short says who reads the short text and who the note.
func (f *foresight) short(id string) {
	f.say("short", id)
	f.say("desk-note", "says-desk-note")
}
