package story

import (
	"context"
	"encoding/json"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
)

// PlanChannel rings after a sending was planned.
const PlanChannel = "plan"

// MostAhead is how far ahead a sending can be planned.
const MostAhead = 366 * 24 * time.Hour

// Planned reports whether the story is to be sent by itself.
func (st Story) Planned() bool { return !st.SendAt.IsZero() }

// Missing says why a planned sending did not happen.
type Missing string

// The reasons.
const (
	MissedText    Missing = "text"    // the text was changed after it was approved
	MissedBack    Missing = "back"    // the story was taken back to be edited
	MissedLacks   Missing = "lacks"   // the checklist stopped it
	MissedHeld    Missing = "held"    // readers have it no more
	MissedRefused Missing = "refused" // who approved it may no longer send it
)

// Missed tells of a planned sending that did not happen.
type Missed struct {
	At    time.Time `json:"at"` // when it was to be
	Why   Missing   `json:"why"`
	Lacks []Lack    `json:"lacks,omitempty"` // of the checklist
}

// String is how a table keeps it; "" for nothing.
func (m Missed) String() string {
	if m.Why == "" {
		return ""
	}
	data, err := json.Marshal(m)
	if err != nil {
		return ""
	}
	return string(data)
}

func (m *Missed) read(s string) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), m); err != nil {
		return fault.Internal("read why a story was not sent", err)
	}
	return nil
}

// Schedule has the newest revision sent for the first time at an instant, in
// the person's name: they approve it now. base is the revision that they saw; a
// *Stale when there is a newer one. What stops a sending now stops the plan,
// and is asked again when the time has come. The story is ready until then.
func (s *Store) Schedule(ctx context.Context, by staff.Person, id ID, base int64, at time.Time) (Story, error) {
	return s.plan(ctx, by, id, base, at, ActRelease, Texts{})
}

// ScheduleUpdate has an update sent at an instant. Readers keep what they have
// until then; any other sending before it ends the plan.
func (s *Store) ScheduleUpdate(ctx context.Context, by staff.Person, id ID, base int64, at time.Time, advisory string) (Story, error) {
	if err := checkNote("advisory", advisory, false); err != nil {
		return Story{}, err
	}
	return s.plan(ctx, by, id, base, at, ActUpdate, Say(advisory))
}

// ScheduleCorrection has a correction sent at an instant.
func (s *Store) ScheduleCorrection(ctx context.Context, by staff.Person, id ID, base int64, at time.Time, t Texts) (Story, error) {
	t, err := t.checked()
	if err != nil {
		return Story{}, err
	}
	return s.plan(ctx, by, id, base, at, ActCorrect, t)
}

func (s *Store) plan(ctx context.Context, by staff.Person, id ID, base int64, at time.Time, send Act, t Texts) (Story, error) {
	at = whole(at)
	switch now := s.now(); {
	case !at.After(now):
		return Story{}, fault.Invalid("send_at", "this time is past")
	case at.After(now.Add(MostAhead)):
		return Story{}, fault.Invalid("send_at", "this is more than a year ahead")
	}
	return s.frame(ctx, by, id, func(tx *db.Tx, st Story) (deed, error) {
		m, err := masthead.Read(ctx, tx)
		if err != nil {
			return deed{}, err
		}
		d := deed{acts: []Act{ActSchedule}, noted: string(ActSchedule), words: at.In(m.Zone).Format("2006-01-02 15:04 (UTC-07:00)")}
		if send != ActRelease {
			// The story stays as it is until then, so the sending is no act yet.
			d.acts = nil
			if err := May(by, send, st); err != nil {
				return deed{}, err
			}
			if !st.State.Out() {
				return deed{}, &Refused{Act: send, State: st.State}
			}
		}
		d.change = func(tx *db.Tx, st *Story) error {
			if err := st.approve(ctx, tx, by, base, at, send, t); err != nil || len(d.acts) > 0 {
				return err
			}
			return note(ctx, tx, st.ID, by.ID, d.noted, d.words, st.Changed)
		}
		return d, nil
	})
}

// approve makes the plan, if the story could be sent now.
func (st *Story) approve(ctx context.Context, tx *db.Tx, by staff.Person, base int64, at time.Time, send Act, t Texts) error {
	if st.Revision != base {
		return &Stale{Theirs: *st}
	}
	if !st.Unsent(send) {
		return errOutAlready
	}
	asSent := *st
	asSent.Alert = st.alerts(send)
	if err := complete(ctx, tx, by, asSent); err != nil {
		return err
	}
	st.SendAt, st.SendBy, st.SendBase, st.SendAct, st.SendTexts, st.Missed = at, by.ID, base, "", Texts{}, Missed{}
	if send != ActRelease {
		st.SendAct, st.SendTexts = send, t
	}
	tx.Notify(PlanChannel)
	return nil
}

// Unschedule takes the plan to send back; the story stays as it is.
func (s *Store) Unschedule(ctx context.Context, by staff.Person, id ID) (Story, error) {
	return s.act(ctx, by, id, ActUnschedule, "", func(_ *db.Tx, st *Story) error {
		st.unplan()
		return nil
	})
}

func (st *Story) unplan() {
	st.SendAt, st.SendBy, st.SendBase, st.SendAct, st.SendTexts, st.Missed = time.Time{}, "", 0, "", Texts{}, Missed{}
}

// miss ends the plan and keeps why.
func (st *Story) miss(why Missing, lacks []Lack) {
	at := st.SendAt
	st.unplan()
	st.Missed = Missed{At: at, Why: why, Lacks: lacks}
}

// lapse ends a plan that an act has overtaken. What was approved is one
// revision of a story that is ready or out: a newer one, or a story that is
// edited again or held, is not what the plan was made for.
func lapse(ctx context.Context, tx *db.Tx, by staff.Person, before Story, st *Story) error {
	if st.SentRevision != before.SentRevision || st.State == Spiked || st.State == Killed {
		st.unplan()
		return nil
	}
	if !before.Planned() || !st.Planned() {
		return nil
	}
	switch {
	case st.Revision != st.SendBase:
		st.miss(MissedText, nil)
	case st.SendAct != "" && !st.State.Out():
		st.miss(MissedHeld, nil)
	case st.SendAct == "" && st.State != Ready:
		st.miss(MissedBack, nil)
	default:
		return nil
	}
	return note(ctx, tx, st.ID, by.ID, "plan_lost", "", st.Changed)
}

// Plans reads the stories that are to be sent by themselves, the next first,
// and before them those whose planned sending did not happen.
func (s *Store) Plans(ctx context.Context) (missed, planned []Story, err error) {
	missed, err = s.many(ctx, columns+` WHERE s.send_missed <> '' ORDER BY s.changed DESC LIMIT 200`)
	if err != nil {
		return nil, nil, err
	}
	planned, err = s.many(ctx, columns+` WHERE s.send_at > 0 ORDER BY s.send_at, s.number LIMIT 500`)
	return missed, planned, err
}

// Waiting reads the stories that were sent and wait on the wire for the end of
// their embargo, the next first.
func (s *Store) Waiting(ctx context.Context) ([]Story, error) {
	return s.many(ctx, columns+` WHERE s.waits > 0 AND s.waits > ?1 AND s.state IN (?2, ?3, ?4) ORDER BY s.waits, s.number LIMIT 500`,
		db.Millis(s.now()), string(Sent), string(Updated), string(Corrected))
}
