package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// kill withdraws a story for ever. It asks twice.
func (d *Desk) kill() panel {
	return panel{noun: "kill", act: story.ActKill, note: "note", needed: true, twice: true, texts: true,
		says: func(f *foresight) {
			f.say("what", "says-kill", "edition", f.edition())
			f.say("back", "says-kill-back")
			f.say("readers", "says-kill-readers")
			f.short("says-short-kill")
			f.wire("says-wire-kill")
			f.others()
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, t story.Texts) (story.Story, error) {
			return d.Stories.Kill(ctx, by, id, t)
		},
	}
}
