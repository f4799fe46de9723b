package story_test

import (
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// revised is a story that is out with a newer revision over it.
func (n *newsroom) revised() story.Story {
	n.Helper()
	st := n.in(story.Sent, n.chief())
	c := st.Content
	c.Headline = "Second"
	st, err := n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, c)
	n.ok(err)
	return st
}

func TestAnUpdateAndACorrectionGoOutAtTheirTime(t *testing.T) {
	each(t, func(n *newsroom) {
		editor := n.people[staff.Editor]
		for state, plan := range map[story.State]func(story.Story) (story.Story, error){
			story.Updated: func(st story.Story) (story.Story, error) {
				return n.stories.ScheduleUpdate(n.ctx, editor, st.ID, st.Revision, n.now.Add(time.Hour), "Adds the vote")
			},
			story.Corrected: func(st story.Story) (story.Story, error) {
				return n.stories.ScheduleCorrection(n.ctx, editor, st.ID, st.Revision, n.now.Add(time.Hour), story.Say("It was the second."))
			},
		} {
			st := n.revised()
			was, err := plan(st)
			if err != nil || was.State != story.Sent || was.SentRevision != 1 || !was.Planned() {
				n.Fatalf("it is planned as %+v: %v", was, err)
			}
			log, err := n.stories.Log(n.ctx, st.ID)
			n.ok(err)
			if log[0].Act != "schedule" || log[0].By != editor.ID {
				n.Errorf("noted is %+v", log[0])
			}
			n.at(was.SendAt.Add(-time.Millisecond))
			if got := n.story(st.ID); got.SentRevision != 1 {
				n.Error("it went out before its time")
			}
			n.at(was.SendAt)
			got := n.story(st.ID)
			sendings, err := n.stories.Releases(n.ctx, st.ID)
			n.ok(err)
			if got.State != state || got.SentRevision != 2 || got.Planned() || got.Missed.Why != "" || len(sendings) != 2 || sendings[0].By != editor.ID {
				n.Errorf("at its time it is %+v, sent as %+v", got, sendings)
			}
			if want := was.SendTexts.Readers; sendings[0].Note != want || want == "" {
				n.Errorf("it says %q, not %q", sendings[0].Note, want)
			}
			n.at(n.now.Add(time.Hour))
			if again := n.story(st.ID); again.Releases != 2 {
				n.Errorf("it went out %d times", again.Releases)
			}
		}
	})
}

// After its alert the story itself is the same revision, and goes out once.
func TestTheStoryAfterItsAlertGoesOutAtItsTimeAndOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.chief())
		c := st.Content
		c.Urgency = 1
		st, err := n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, c)
		n.ok(err)
		st, err = n.stories.Alert(n.ctx, n.chief(), st.ID, st.Revision)
		n.ok(err)
		st, err = n.stories.ScheduleUpdate(n.ctx, n.chief(), st.ID, st.Revision, n.now.Add(time.Hour), "")
		n.ok(err)
		n.at(st.SendAt)
		n.at(n.now.Add(time.Hour))
		if got := n.story(st.ID); got.Alert || got.Releases != 2 || got.Planned() {
			n.Errorf("it is %+v", got)
		}
	})
}

func TestAPlannedUpdateEndsWhenSomethingOvertakesIt(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.chief()
		for name, c := range map[string]struct {
			act story.Act
			why story.Missing
		}{
			"a newer text": {story.ActRevise, story.MissedText}, "a hold": {story.ActHold, story.MissedHeld},
			"an update": {story.ActUpdate, ""}, "a kill": {story.ActKill, ""}, "its removal": {story.ActUnschedule, ""},
		} {
			st := n.revised()
			st, err := n.stories.ScheduleUpdate(n.ctx, chief, st.ID, st.Revision, n.now.Add(time.Hour), "")
			n.ok(err)
			st, err = n.does(c.act, chief, st)
			n.ok(err)
			if st = n.story(st.ID); st.Planned() || st.SendAct != "" || st.Missed.Why != c.why {
				n.Errorf("after %s it is planned for %s as %q, missed for %q", name, st.SendAt, st.SendAct, st.Missed.Why)
			}
			releases := st.Releases
			n.at(n.now.Add(2 * time.Hour))
			if got := n.story(st.ID); got.Releases != releases {
				n.Errorf("after %s it went out all the same", name)
			}
		}
	})
}

func TestWhoMayNotSendAnUpdateMayNotPlanOne(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.revised()
		for role, kind := range map[staff.Role]fault.Kind{staff.Reporter: fault.KindForbidden, staff.Translator: fault.KindForbidden, staff.Administrator: fault.KindForbidden} {
			if _, err := n.stories.ScheduleUpdate(n.ctx, n.people[role], st.ID, st.Revision, n.now.Add(time.Hour), ""); !fault.Is(err, kind) {
				n.Errorf("a %s: %v", role, err)
			}
		}
		for state, st := range map[string]story.Story{"a draft": n.in(story.Draft, n.chief()), "what is held": n.in(story.Held, n.chief()), "what is out already": n.in(story.Sent, n.chief())} {
			if _, err := n.stories.ScheduleUpdate(n.ctx, n.chief(), st.ID, st.Revision, n.now.Add(time.Hour), ""); !fault.Is(err, fault.KindConflict) {
				n.Errorf("%s: %v", state, err)
			}
		}
		if _, err := n.stories.ScheduleCorrection(n.ctx, n.chief(), st.ID, st.Revision, n.now.Add(time.Hour), story.Texts{}); !fault.Is(err, fault.KindInvalid) {
			n.Errorf("without a word of correction: %v", err)
		}
	})
}

func TestWhatIsSentUnderEmbargoWaitsOnTheWire(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.InEdit, n.people[staff.Reporter])
		c := st.Content
		c.Embargo = n.now.Add(2 * time.Hour)
		st, err := n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, c)
		n.ok(err)
		waiting := func() int {
			found, err := n.stories.Waiting(n.ctx)
			n.ok(err)
			return len(found)
		}
		if waiting() != 0 {
			n.Error("what is not sent waits")
		}
		st, err = n.stories.Release(n.ctx, n.chief(), st.ID, st.Revision)
		n.ok(err)
		if found, err := n.stories.Waiting(n.ctx); err != nil || len(found) != 1 || found[0].ID != st.ID || !found[0].Waits.Equal(c.Embargo) {
			n.Errorf("waiting are %+v: %v", found, err)
		}
		// A draft over it changes nothing.
		d := c
		d.Embargo = time.Time{}
		st, err = n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, d)
		n.ok(err)
		if waiting() != 1 {
			n.Error("a draft ends the embargo")
		}
		_, err = n.stories.Hold(n.ctx, n.chief(), st.ID, "")
		n.ok(err)
		if waiting() != 0 {
			n.Error("what is held waits")
		}
		_, err = n.stories.ReleaseHold(n.ctx, n.chief(), st.ID)
		n.ok(err)
		if n.now = n.now.Add(2 * time.Hour); waiting() != 0 {
			n.Error("it waits after its embargo")
		}
	})
}
