package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// flag keeps a story back until the lawyers have looked at it.
func (d *Desk) flag() panel {
	return panel{noun: "flag", act: story.ActFlag, note: "note", needed: true,
		says: func(f *foresight) {
			f.say("what", "says-flag")
			f.say("back", "says-flag-back")
			if f.story.Planned() {
				f.say("plan", "says-flag-plan", "when", f.visit.moment(f.story.SendAt))
			}
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, t story.Texts) (story.Story, error) {
			return d.Stories.Flag(ctx, by, id, t.Readers)
		},
	}
}

// unflag lets a story go on that the lawyers have looked at.
func (d *Desk) unflag() panel {
	return panel{noun: "flag-removal", act: story.ActUnflag, note: "note",
		says: func(f *foresight) {
			f.say("why", "says-flag-why", "why", f.story.Legal)
			f.say("what", "says-unflag")
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, t story.Texts) (story.Story, error) {
			return d.Stories.Unflag(ctx, by, id, t.Readers)
		},
	}
}
