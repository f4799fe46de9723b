package story_test

import (
	"slices"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// planned is a story that the editor has approved to go out in an hour.
func (n *newsroom) planned() story.Story {
	n.Helper()
	st := n.in(story.InEdit, n.people[staff.Reporter])
	st, err := n.stories.Schedule(n.ctx, n.people[staff.Editor], st.ID, st.Revision, n.now.Add(time.Hour))
	n.ok(err)
	return st
}

// at lets the time come and sends what is due.
func (n *newsroom) at(t time.Time) {
	n.Helper()
	n.now = t
	n.ok(n.stories.SendDue(n.ctx))
}

func (n *newsroom) story(id story.ID) story.Story {
	n.Helper()
	st, err := n.stories.Get(n.ctx, id)
	n.ok(err)
	return st
}

func TestAPlannedStoryGoesOutAtItsTimeAndNotBefore(t *testing.T) {
	each(t, func(n *newsroom) {
		st, editor := n.planned(), n.people[staff.Editor]
		if st.State != story.Ready || st.SendBy != editor.ID || st.SendBase != 1 || !st.SendAt.Equal(n.now.Add(time.Hour)) {
			n.Fatalf("it is planned as %+v", st)
		}
		if next, err := n.stories.NextDue(n.ctx); err != nil || !next.Equal(st.SendAt) {
			n.Errorf("the next is due at %s: %v", next, err)
		}
		n.at(st.SendAt.Add(-time.Millisecond))
		if got := n.story(st.ID); got.State != story.Ready {
			n.Fatalf("a millisecond before, it is %s", got.State)
		}
		n.at(st.SendAt)
		got := n.story(st.ID)
		if got.State != story.Sent || got.SentRevision != 1 || !got.FirstSent.Equal(n.now) || got.Planned() || got.Missed.Why != "" {
			n.Errorf("at its time it is %+v", got)
		}
		sendings, err := n.stories.Releases(n.ctx, st.ID)
		n.ok(err)
		log, err := n.stories.Log(n.ctx, st.ID)
		n.ok(err)
		if len(sendings) != 1 || sendings[0].By != editor.ID || log[0].Act != "release_planned" || log[0].By != editor.ID {
			n.Errorf("it was sent as %+v, noted as %+v", sendings, log[0])
		}
		n.at(n.now.Add(time.Hour))
		if again := n.story(st.ID); again.Releases != 1 {
			n.Errorf("it went out %d times", again.Releases)
		}
		if next, err := n.stories.NextDue(n.ctx); err != nil || !next.IsZero() {
			n.Errorf("the next is due at %s: %v", next, err)
		}
	})
}

func TestAPlanOutlivesTheProgram(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.planned()
		n.now = st.SendAt.Add(3 * time.Hour) // the program was away
		again := story.New(n.db, func() time.Time { return n.now })
		n.ok(again.SendDue(n.ctx))
		if got := n.story(st.ID); got.State != story.Sent || !got.FirstSent.Equal(n.now) {
			n.Errorf("it is %s since %s", got.State, got.FirstSent)
		}
	})
}

func TestWhoeverOvertakesAPlanEndsIt(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.chief()
		for what, c := range map[string]struct {
			does func(st story.Story) (story.Story, error)
			why  story.Missing
		}{
			"a newer text": {func(st story.Story) (story.Story, error) { return n.does(story.ActRevise, chief, st) }, story.MissedText},
			"sent back":    {func(st story.Story) (story.Story, error) { return n.does(story.ActSendBack, chief, st) }, story.MissedBack},
			"edited again": {func(st story.Story) (story.Story, error) { return n.does(story.ActReopen, chief, st) }, story.MissedBack},
			"sent at once": {func(st story.Story) (story.Story, error) { return n.does(story.ActRelease, chief, st) }, ""},
			"an alert":     {func(st story.Story) (story.Story, error) { return n.does(story.ActAlert, chief, st) }, ""},
			"spiked":       {func(st story.Story) (story.Story, error) { return n.does(story.ActSpike, chief, st) }, ""},
			"taken back":   {func(st story.Story) (story.Story, error) { return n.does(story.ActUnschedule, chief, st) }, ""},
		} {
			st := n.planned()
			at := st.SendAt
			st, err := c.does(st)
			n.ok(err)
			if st.Planned() || st.SendBy != "" || st.SendBase != 0 || st.Missed.Why != c.why || c.why != "" && !st.Missed.At.Equal(at) {
				n.Errorf("%s: the plan stands as %s by %q, missed %+v", what, st.SendAt, st.SendBy, st.Missed)
			}
			if got := n.story(st.ID); got.Missed.Why != st.Missed.Why || !got.Missed.At.Equal(st.Missed.At) {
				n.Errorf("%s: it is kept as %+v", what, got.Missed)
			}
			before := st.Releases
			n.at(at)
			if got := n.story(st.ID); got.Releases != before {
				n.Errorf("%s: and yet it goes out", what)
			}
		}
		// Whatever does not touch the text leaves the plan.
		st := n.planned()
		for _, act := range []story.Act{story.ActAssign, story.ActTranslate, story.ActFlag, story.ActUnflag} {
			_, err := n.does(act, chief, n.story(st.ID))
			n.ok(err)
		}
		if n.at(st.SendAt); n.story(st.ID).State != story.Sent {
			n.Errorf("it is %s", n.story(st.ID).State)
		}
	})
}

// freezes closes the desk to somebody since an instant; 0 opens it again.
func (n *newsroom) freezes(person string, since int64) {
	n.Helper()
	n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(n.ctx, `UPDATE person SET frozen = ?2 WHERE id = ?1`, person, since)
		return err
	}))
}

func TestWhatStopsAPlannedSendingIsKeptAndSeen(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.chief()
		for what, c := range map[string]struct {
			before func(st story.Story)
			why    story.Missing
			lacks  []story.Lack
		}{
			"a flag": {func(st story.Story) {
				_, err := n.stories.Flag(n.ctx, chief, st.ID, "A name is in it.")
				n.ok(err)
			}, story.MissedLacks, []story.Lack{{Need: story.NeedLawyer, Words: "A name is in it."}}},
			"a rule": {func(story.Story) { n.asks(masthead.Rules{NeedSlug: true}) }, story.MissedLacks, []story.Lack{{Need: story.NeedSlug}}},
			"frozen": {func(st story.Story) {
				n.freezes(st.SendBy, 1)
			}, story.MissedRefused, nil},
		} {
			n.asks(masthead.Rules{})
			st := n.planned()
			head, err := n.wire.Head(n.ctx)
			n.ok(err)
			c.before(st)
			n.at(st.SendAt)
			got := n.story(st.ID)
			if got.State != story.Ready || got.Planned() || got.Missed.Why != c.why || !slices.Equal(got.Missed.Lacks, c.lacks) || !got.Missed.At.Equal(st.SendAt) {
				n.Errorf("%s: it is %s, missed %+v", what, got.State, got.Missed)
			}
			if now, err := n.wire.Head(n.ctx); err != nil || now != head {
				n.Errorf("%s: something goes out: %v", what, err)
			}
			n.freezes(st.SendBy, 0)
			missed, planned, err := n.stories.Plans(n.ctx)
			n.ok(err)
			if !slices.ContainsFunc(missed, func(m story.Story) bool { return m.ID == st.ID }) || len(planned) > 0 {
				n.Errorf("%s: %d missed, %d planned", what, len(missed), len(planned))
			}
		}
	})
}

func TestOneStoryThatCannotGoOutDoesNotHoldUpTheOthers(t *testing.T) {
	each(t, func(n *newsroom) {
		first, second := n.planned(), n.planned()
		_, err := n.stories.Flag(n.ctx, n.chief(), first.ID, "A name is in it.")
		n.ok(err)
		n.at(second.SendAt)
		if got := n.story(second.ID); got.State != story.Sent {
			n.Errorf("the other is %s", got.State)
		}
	})
}

func TestOfSeveralMachinesOneSends(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.planned()
		n.now = st.SendAt
		clock := func() time.Time { return n.now }
		holds := func(until time.Time) {
			n.Helper()
			n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
				_, err := tx.Exec(n.ctx, `INSERT INTO turn (name, holder, until) VALUES ('plan', 'another', ?1)
					ON CONFLICT (name) DO UPDATE SET holder = 'another', until = excluded.until`, until)
				return err
			}))
		}
		holds(n.now.Add(time.Second))
		n.ok(n.stories.SendDue(n.ctx))
		if got := n.story(st.ID); got.State != story.Ready {
			n.Fatalf("while another sends it is %s", got.State)
		}
		holds(n.now) // it died
		n.ok(n.stories.SendDue(n.ctx))
		if got := n.story(st.ID); got.State != story.Sent {
			n.Fatalf("after another died it is %s", got.State)
		}
		// The turn was given back, so the next machine need not wait.
		next := n.planned()
		n.now = next.SendAt
		n.ok(story.New(n.db, clock).SendDue(n.ctx))
		if got := n.story(next.ID); got.State != story.Sent {
			n.Errorf("the next machine finds it %s", got.State)
		}
	})
}

func TestAPlanIsMadeForATimeToComeAndTheTextThatWasSeen(t *testing.T) {
	each(t, func(n *newsroom) {
		st, editor := n.in(story.Ready, n.chief()), n.people[staff.Editor]
		for _, wrong := range []time.Time{n.now, n.now.Add(-time.Hour), n.now.AddDate(2, 0, 0), {}} {
			if _, err := n.stories.Schedule(n.ctx, editor, st.ID, 1, wrong); !fault.Is(err, fault.KindInvalid) {
				n.Errorf("it is planned for %s: %v", wrong, err)
			}
		}
		if _, err := n.stories.Schedule(n.ctx, editor, st.ID, 2, n.now.Add(time.Hour)); !fault.Is(err, fault.KindConflict) {
			n.Errorf("a text that nobody saw is planned: %v", err)
		}
		bare, err := n.stories.Create(n.ctx, n.chief(), "en", "", story.Content{})
		n.ok(err)
		if _, err := n.stories.Schedule(n.ctx, editor, bare.ID, 1, n.now.Add(time.Hour)); !fault.Is(err, fault.KindInvalid) {
			n.Errorf("a story without a headline is planned: %v", err)
		}
		// A plan may be moved.
		st = n.planned()
		later := st.SendAt.Add(time.Hour)
		st, err = n.stories.Schedule(n.ctx, editor, st.ID, 1, later)
		n.ok(err)
		n.at(later.Add(-time.Second))
		if n.story(st.ID).State != story.Ready {
			n.Error("it goes out at its old time")
		}
		if n.at(later); n.story(st.ID).State != story.Sent {
			n.Error("it does not go out at its new time")
		}
	})
}

func TestASecondPairOfEyesIsAskedOfAPlanToo(t *testing.T) {
	each(t, func(n *newsroom) {
		n.asks(masthead.Rules{SecondEyes: true})
		editor := n.people[staff.Editor]
		own, err := n.stories.Create(n.ctx, editor, "en", "", text("First"))
		n.ok(err)
		if _, err := n.stories.Schedule(n.ctx, editor, own.ID, 1, n.now.Add(time.Hour)); !fault.Is(err, fault.KindInvalid) {
			n.Errorf("an editor approves their own: %v", err)
		}
		st, err := n.stories.Schedule(n.ctx, n.chief(), own.ID, 1, n.now.Add(time.Hour))
		n.ok(err)
		if n.at(st.SendAt); n.story(st.ID).State != story.Sent {
			n.Error("what another approved does not go out")
		}
	})
}
