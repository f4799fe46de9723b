package story_test

import (
	"slices"
	"testing"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// limited is somebody of the role whose rights reach the sections alone.
func (n *newsroom) limited(role staff.Role, sections ...string) staff.Person {
	p := n.people[role]
	p.Sections = sections
	return p
}

func TestAStageOfAnotherStateMovesTheStateByItsAct(t *testing.T) {
	each(t, func(n *newsroom) {
		n.opensDesks()
		reporter, editor := n.people[staff.Reporter], n.people[staff.Editor]
		st, err := n.stories.Create(n.ctx, reporter, "en", "", text("First"))
		n.ok(err)
		moves := func(by staff.Person, desk, stage string, want story.State, noted ...story.Act) {
			n.Helper()
			n.later()
			before, err := n.stories.Log(n.ctx, st.ID)
			n.ok(err)
			st, err = n.stories.Move(n.ctx, by, st.ID, desk, stage)
			n.ok(err)
			if st.State != want || st.Desk != desk || st.Stage != stage {
				n.Errorf("it is %s at %s/%s, not %s at %s/%s", st.State, st.Desk, st.Stage, want, desk, stage)
			}
			log, err := n.stories.Log(n.ctx, st.ID)
			n.ok(err)
			var done []story.Act
			for _, d := range log[:len(log)-len(before)] {
				done = append(done, story.Act(d.Act))
			}
			slices.Sort(done)
			if !slices.Equal(done, noted) {
				n.Errorf("what is noted is %v, not %v", done, noted)
			}
		}
		moves(reporter, "news", "facts", story.Draft, story.ActStage)
		moves(reporter, "news", "editing", story.InEdit, story.ActSubmit)
		if _, err := n.stories.Move(n.ctx, reporter, st.ID, "news", "lawyers"); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("a reporter moves it among the editors' stages: %v", err)
		}
		if _, err := n.stories.Move(n.ctx, reporter, st.ID, "news", "done"); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("a reporter makes it ready: %v", err)
		}
		moves(editor, "sports", "night", story.Ready, story.ActDesk, story.ActReady)
		moves(editor, "sports", "lawyers", story.InEdit, story.ActReopen)
		moves(editor, "sports", "writing", story.Draft, story.ActSendBack)
		if st.Assigned != reporter.ID {
			n.Errorf("after it came back it is the turn of %q", st.Assigned)
		}
		for _, wrong := range [][2]string{{"news", "nowhere"}, {"nowhere", ""}, {"", "facts"}} {
			if _, err := n.stories.Move(n.ctx, editor, st.ID, wrong[0], wrong[1]); !fault.Is(err, fault.KindInvalid) {
				n.Errorf("it goes to %v: %v", wrong, err)
			}
		}
		if _, err := n.stories.Move(n.ctx, editor, st.ID, "sports", "writing"); !fault.Is(err, fault.KindConflict) {
			n.Errorf("it goes to where it is: %v", err)
		}
		// A plain act brings it to the first stage of the new state.
		st, err = n.stories.Submit(n.ctx, reporter, st.ID)
		n.ok(err)
		if m, err := n.mastheads.Load(n.ctx); err != nil || m.Desk(st.Desk).Stage(st.Stage, string(st.State)).ID != "editing" {
			n.Errorf("submitted it stands at %q: %v", st.Stage, err)
		}
	})
}

func TestWhatIsOutLiesAtADeskToo(t *testing.T) {
	each(t, func(n *newsroom) {
		n.opensDesks()
		st, err := n.stories.Move(n.ctx, n.chief(), n.in(story.Sent, n.chief()).ID, "sports", "")
		n.ok(err)
		if st.Desk != "sports" || st.Stage != "" || st.State != story.Sent {
			n.Errorf("it is %s at %s/%s", st.State, st.Desk, st.Stage)
		}
	})
}

func TestAReporterTakesWhatNobodyHasAndGivesBackWhatTheyHave(t *testing.T) {
	each(t, func(n *newsroom) {
		reporter, editor := n.people[staff.Reporter], n.people[staff.Editor]
		st := n.in(story.Draft, reporter)
		turn := func(by staff.Person, person string, ok bool) {
			n.Helper()
			got, err := n.stories.Assign(n.ctx, by, st.ID, person, "")
			if ok && (err != nil || got.Assigned != person) || !ok && !fault.Is(err, fault.KindForbidden) {
				n.Errorf("a %s makes it the turn of %q: %q %v", by.Role, person, got.Assigned, err)
			}
			if may := story.MayAssign(by, st, person); ok != (may == nil) {
				n.Errorf("a %s may make it the turn of %q: %v", by.Role, person, may)
			}
			st, err = n.stories.Get(n.ctx, st.ID)
			n.ok(err)
		}
		turn(reporter, editor.ID, false)
		turn(reporter, reporter.ID, true)
		turn(reporter, "", true)
		turn(editor, editor.ID, true)
		turn(reporter, reporter.ID, false)
		turn(reporter, "", false)
		turn(editor, reporter.ID, true)
		if _, err := n.stories.Assign(n.ctx, editor, st.ID, "nobody", ""); !fault.Is(err, fault.KindInvalid) {
			n.Errorf("somebody unknown has it: %v", err)
		}
		st, err := n.stories.Submit(n.ctx, reporter, st.ID)
		n.ok(err)
		if st.Assigned != "" {
			n.Errorf("submitted it is still the turn of %q", st.Assigned)
		}
	})
}

func TestAFlaggedStoryIsNotSentInAnyWay(t *testing.T) {
	each(t, func(n *newsroom) {
		chief, editor, reporter := n.chief(), n.people[staff.Editor], n.people[staff.Reporter]
		for state, ways := range map[story.State][]story.Act{
			story.Ready: {story.ActRelease, story.ActSchedule, story.ActAlert}, story.Sent: {story.ActUpdate, story.ActCorrect}, story.Held: {story.ActReleaseHold, story.ActUpdate},
		} {
			for _, act := range ways {
				st := n.readies(n.in(state, chief), act)
				st, err := n.stories.Flag(n.ctx, reporter, st.ID, "A name is in it.")
				n.ok(err)
				head, err := n.wire.Head(n.ctx)
				n.ok(err)
				if _, err := n.does(act, chief, st); !fault.Is(err, fault.KindInvalid) {
					n.Errorf("%s of what is flagged: %v", act, err)
				}
				if now, err := n.wire.Head(n.ctx); err != nil || now != head {
					n.Errorf("%s of what is flagged goes out: %v", act, err)
				}
				if _, err := n.stories.Flag(n.ctx, editor, st.ID, "Another reason"); !fault.Is(err, fault.KindConflict) {
					n.Errorf("a second flag covers the first: %v", err)
				}
				if _, err := n.stories.Unflag(n.ctx, reporter, st.ID, ""); !fault.Is(err, fault.KindForbidden) {
					n.Errorf("a reporter lifts the flag: %v", err)
				}
				st, err = n.stories.Unflag(n.ctx, editor, st.ID, "They agree.")
				n.ok(err)
				_, err = n.does(act, chief, st)
				n.ok(err)
			}
		}
		st := n.in(story.Sent, chief)
		_, err := n.stories.Flag(n.ctx, reporter, st.ID, "A name is in it.")
		n.ok(err)
		for _, act := range []story.Act{story.ActHold, story.ActKill} { // taking back is never stopped
			_, err := n.does(act, chief, st)
			n.ok(err)
		}
	})
}

func TestRightsOfSomeSectionsDoNotReachTheOthers(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, role := range []staff.Role{staff.Reporter, staff.Editor} {
			economist := n.limited(role, "economy")
			of := func(sections ...string) story.Story {
				c := text("First")
				c.Sections = sections
				st, err := n.stories.Create(n.ctx, n.people[role], "en", "", c)
				n.ok(err)
				return st
			}
			for _, c := range []struct {
				from, to []string
				ok       bool
			}{
				{[]string{"economy"}, []string{"economy"}, true},
				{nil, []string{"economy"}, true},
				{[]string{"economy"}, nil, true},
				{[]string{"economy", "politics"}, []string{"politics", "economy"}, true},
				{[]string{"economy", "politics"}, []string{"politics"}, true},
				{[]string{"economy"}, []string{"politics"}, false},
				{[]string{"economy"}, []string{"economy", "politics"}, false},
				{[]string{"economy", "politics"}, []string{"economy"}, false},
				{nil, []string{"politics"}, false},
				{[]string{"politics"}, []string{"economy"}, false},
				{[]string{"politics"}, []string{"politics"}, false},
			} {
				st, next := of(c.from...), text("Anew")
				next.Sections = c.to
				got, err := n.stories.Revise(n.ctx, economist, st.ID, 1, next)
				if c.ok && (err != nil || !slices.Equal(got.Content.Sections, c.to)) || !c.ok && !fault.Is(err, fault.KindForbidden) {
					n.Errorf("a %s of the economy moves a story from %v to %v: %v", role, c.from, c.to, err)
				}
			}
			next := text("Begun")
			if _, err := n.stories.Create(n.ctx, economist, "en", "", next); !fault.Is(err, fault.KindForbidden) {
				n.Errorf("a %s of the economy begins a story of politics: %v", role, err)
			}
		}
		// The table holds for those whom a story is of, and for nobody else.
		economist, st := n.limited(staff.Editor, "economy"), n.in(story.Ready, n.chief())
		if got := story.Acts(economist, st); len(got) > 0 {
			n.Errorf("an editor of the economy may %v with politics", got)
		}
		if _, err := n.stories.Release(n.ctx, economist, st.ID, st.Revision); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("and sends it: %v", err)
		}
		st.Content.Sections = []string{"economy"}
		if got, want := story.Acts(economist, st), story.Acts(n.people[staff.Editor], st); !slices.Equal(got, want) {
			n.Errorf("with the economy they may %v, not %v", got, want)
		}
		older, err := n.stories.Create(n.ctx, n.chief(), "en", "", text("First"))
		n.ok(err)
		moved := text("Moved")
		moved.Sections = []string{"economy"}
		older, err = n.stories.Revise(n.ctx, n.chief(), older.ID, 1, moved)
		n.ok(err)
		if _, err := n.stories.Restore(n.ctx, economist, older.ID, 2, 1); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("an older revision brings it to politics: %v", err)
		}
	})
}

func TestANoteThatCameWithAStoryStandsUntilItIsSubmittedAgain(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.InEdit, n.chief())
		returned := func(want string) {
			n.Helper()
			n.later()
			st, err := n.stories.Get(n.ctx, st.ID)
			n.ok(err)
			d, ok, err := n.stories.Returned(n.ctx, st)
			n.ok(err)
			if ok != (want != "") || d.Note != want || ok && d.By != n.people[staff.Editor].ID {
				n.Errorf("the note is %q by %q, not %q", d.Note, d.By, want)
			}
		}
		does := func(_ story.Story, err error) { n.Helper(); n.ok(err) }
		returned("")
		does(n.stories.SendBack(n.ctx, n.people[staff.Editor], st.ID, "Who says so?"))
		returned("Who says so?")
		does(n.stories.Revise(n.ctx, n.chief(), st.ID, 1, text("Anew")))
		returned("Who says so?")
		does(n.stories.Submit(n.ctx, n.chief(), st.ID))
		returned("")
		does(n.stories.SendBack(n.ctx, n.people[staff.Editor], st.ID, "Shorter"))
		returned("Shorter")
	})
}
