package desk

import (
	"context"
	"time"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// schedule has a story sent by itself at an instant.
func (d *Desk) schedule() panel {
	return panel{noun: "schedule", act: story.ActSchedule, sends: true, plans: d.Stories.Schedule,
		says: func(f *foresight) {
			f.say("what", "says-schedule", "edition", f.edition(), "revision", f.story.Revision, "by", f.visit.person.Name)
			f.say("when", "says-schedule-when")
			if f.embargoed() {
				f.say("embargo", "says-embargo", "when", f.visit.embargo(f.story.Content))
			}
			f.say("back", "says-schedule-back")
			f.readers()
			f.place()
			f.feeds()
			f.languages()
			f.wire("says-wire-new")
		},
	}
}

// timed is a panel's act that is done at an instant.
type timed func(ctx context.Context, by staff.Person, id story.ID, base int64, at time.Time) (story.Story, error)

// does carries the panel's act out.
func (p panel) does(v *visit, st story.Story, base int64, a *asking) (story.Story, error) {
	if p.plans == nil {
		return p.do(v.r.Context(), v.person, st.ID, base, a.texts())
	}
	at, err := instant("send_at", a.At, v.house.Zone)
	if err == nil && at.IsZero() {
		err = fault.Invalid("send_at", "say when it is to be sent")
	}
	if err != nil {
		return story.Story{}, err
	}
	return p.plans(v.r.Context(), v.person, st.ID, base, at)
}

// When is the field of the instant; nil where a panel asks for none.
func (a *asking) When() *box {
	if !a.plans {
		return nil
	}
	return &box{Name: "send_at", Label: a.T("field-send_at"), Help: a.T("access-help", "zone", a.Zone()), Type: "datetime-local",
		Value: a.At, Wrong: a.AtWrong, Focus: true}
}

// dues proposes an instant: that of the plan, or the next whole hour.
func (v *visit) proposed(st story.Story) string {
	at := st.SendAt
	if at.IsZero() {
		at = v.now.Truncate(time.Hour).Add(time.Hour)
	}
	return clock(at, v.house.Zone)
}
