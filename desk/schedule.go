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
	return panel{noun: "schedule", act: story.ActSchedule, sends: true, plans: func(ctx context.Context, by staff.Person, id story.ID, base int64, at time.Time, _ story.Texts) (story.Story, error) {
		return d.Stories.Schedule(ctx, by, id, base, at)
	},
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
type timed func(ctx context.Context, by staff.Person, id story.ID, base int64, at time.Time, t story.Texts) (story.Story, error)

// when is the field of a panel's instant. Where one may also do without, it has
// another name, so that no instant of the one act is taken for the other's.
func (p panel) when() string {
	if p.plans == nil {
		return "plan_at"
	}
	return "send_at"
}

// does carries the panel's act out.
func (p panel) does(v *visit, st story.Story, base int64, a *asking) (story.Story, error) {
	plans := p.plans
	if plans == nil && p.later != nil && a.At != "" {
		plans = p.later
	}
	if plans == nil {
		return p.do(v.r.Context(), v.person, st.ID, base, a.texts())
	}
	at, err := instant("send_at", a.At, zoneOf(a.AtZone, v.house.Zone))
	if err == nil && at.IsZero() {
		err = fault.Invalid("send_at", "say when it is to be sent")
	}
	if err != nil {
		return story.Story{}, err
	}
	return plans(v.r.Context(), v.person, st.ID, base, at, a.texts())
}

// When is the field of the instant; nil where a panel asks for none.
func (a *asking) When() *box {
	if a.later {
		return &box{Name: "plan_at", Label: a.T("field-plan_at"), Help: a.T("help-plan_at", "zone", a.Zone()), Type: "datetime-local",
			Value: a.At, Wrong: a.AtWrong, Focus: a.AtWrong != ""}
	}
	if !a.plans {
		return nil
	}
	return &box{Name: "send_at", Label: a.T("field-send_at"), Help: a.T("access-help", "zone", a.Zone()), Type: "datetime-local",
		Value: a.At, Wrong: a.AtWrong, Focus: true}
}

// Clock is the list of zones in which the instant may be typed.
func (a *asking) Clock() box {
	return box{Name: "send_zone", Label: a.T("field-send_zone"), Options: a.frame.visit.zones(a.AtZone)}
}

// proposed proposes an instant: that of the plan, or the next whole hour.
func (v *visit) proposed(st story.Story) string {
	at := st.SendAt
	if at.IsZero() {
		at = v.now.Truncate(time.Hour).Add(time.Hour)
	}
	return clock(at, v.house.Zone)
}
