package desk

import (
	"context"

	"wireroom/staff"
	"wireroom/story"
)

// releaseHold lets a held story out again as it was.
func (d *Desk) releaseHold() panel {
	return panel{noun: "release-from-hold", act: story.ActReleaseHold,
		says: func(f *foresight) {
			f.say("what", "says-release-hold", "edition", f.edition(), "sent", f.story.SentRevision)
			if f.story.Revision > f.story.SentRevision {
				f.say("text", "says-release-hold-older", "newest", f.story.Revision)
			}
			f.wire("says-wire-release-hold")
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, _ int64, _ story.Texts) (story.Story, error) {
			return d.Stories.ReleaseHold(ctx, by, id)
		},
	}
}
