package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// spike lays a story aside that was never sent.
func (d *Desk) spike() panel {
	return panel{noun: "spike", act: story.ActSpike,
		says: func(f *foresight) {
			f.say("what", "says-spike")
			f.say("back", "says-spike-back")
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, _ story.Texts) (story.Story, error) {
			return d.Stories.Spike(ctx, by, id)
		},
	}
}
