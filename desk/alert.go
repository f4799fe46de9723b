package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// alert sends the headline before there is a story.
func (d *Desk) alert() panel {
	return panel{noun: "alert", act: story.ActAlert, sends: true,
		says: func(f *foresight) {
			f.say("what", "says-alert", "edition", f.edition())
			f.when()
			f.say("who", "says-alert-who")
			f.say("later", "says-alert-later")
			f.place()
			f.wire("says-wire-alert")
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, base int64, _ story.Texts) (story.Story, error) {
			return d.Stories.Alert(ctx, by, id, base)
		},
	}
}

// alerts reports whether the act sends the headline alone.
func (p panel) alerts(st story.Story) bool {
	return p.act == story.ActAlert || p.act == story.ActCorrect && st.Alert
}

// text is what the panel's act would send.
func (p panel) text(st story.Story) story.Content {
	if p.alerts(st) {
		return st.Content.AlertOnly()
	}
	return st.Content
}
