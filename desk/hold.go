package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// hold withholds a story while the desk checks it.
func (d *Desk) hold() panel {
	return panel{noun: "hold", act: story.ActHold, note: "note",
		says: func(f *foresight) {
			f.say("what", "says-hold", "edition", f.edition())
			f.say("when", "says-hold-when")
			f.say("back", "says-hold-back")
			f.wire("says-wire-hold")
			f.others()
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, t story.Texts) (story.Story, error) {
			return d.Stories.Hold(ctx, by, id, t.Readers)
		},
	}
}
