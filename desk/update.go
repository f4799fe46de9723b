package desk

import (
	"context"
	"time"

	"wireroom/staff"
	"wireroom/story"
)

// update sends a newer text of a story that is out.
func (d *Desk) update() panel {
	return panel{noun: "update", act: story.ActUpdate, note: "advisory", sends: true,
		says: func(f *foresight) {
			f.replaces()
			f.note("says-advisory", "says-advisory-locked")
			f.wire("says-wire-update")
			f.others()
		},
		do: func(ctx context.Context, by staff.Person, id story.ID, base int64, t story.Texts) (story.Story, error) {
			return d.Stories.Update(ctx, by, id, base, t.Readers)
		},
		later: func(ctx context.Context, by staff.Person, id story.ID, base int64, at time.Time, t story.Texts) (story.Story, error) {
			return d.Stories.ScheduleUpdate(ctx, by, id, base, at, t.Readers)
		},
	}
}

// replaces says what becomes of the text that readers have.
func (f *foresight) replaces() {
	if f.story.Alert {
		f.say("alert", "says-after-alert")
	}
	f.say("what", "says-replaces", "sent", f.story.SentRevision, "newest", f.story.Revision, "edition", f.edition())
	if f.embargoed() {
		f.say("when", "says-embargo-again", "when", f.visit.embargo(f.story.Content))
	} else {
		f.say("when", "says-at-once")
	}
	if f.story.State == story.Held {
		f.say("hold", "says-ends-hold")
	}
	f.readers()
}
