package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// release sends a story for the first time.
func (d *Desk) release() panel {
	return panel{noun: "release", act: story.ActRelease, sends: true,
		says: func(f *foresight) {
			f.say("what", "says-release", "edition", f.edition())
			f.when()
			f.readers()
			f.place()
			f.feeds()
			f.languages()
			f.wire("says-wire-new")
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, base int64, _ story.Texts) (story.Story, error) {
			return d.Stories.Release(ctx, by, id, base)
		},
	}
}
