package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// sendBack returns a story to its writer.
func (d *Desk) sendBack() panel {
	return panel{noun: "return", act: story.ActSendBack, note: "note",
		says: func(f *foresight) {
			f.say("what", "says-return")
			f.say("note", "says-return-note")
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, t story.Texts) (story.Story, error) {
			return d.Stories.SendBack(ctx, by, id, t.Readers)
		},
	}
}
