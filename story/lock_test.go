package story_test

import (
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

func TestALockStandsWhileItsHolderGivesSignsOfLife(t *testing.T) {
	each(t, func(n *newsroom) {
		editor, chief := n.people[staff.Editor], n.chief()
		st := n.in(story.Draft, editor)
		began := n.now
		l, err := n.stories.TakeLock(n.ctx, editor, st.ID, "one")
		n.ok(err)
		if !l.HeldBy(editor.ID, "one") || !l.Since.Equal(began) {
			n.Fatalf("the lock is %+v", l)
		}
		holds := func(who staff.Person, tab string) {
			n.Helper()
			l, err := n.stories.TakeLock(n.ctx, chief, st.ID, "two")
			n.ok(err)
			if !l.HeldBy(who.ID, tab) {
				n.Errorf("after %s the lock is %+v", n.now.Sub(began), l)
			}
		}
		n.now = n.now.Add(40 * time.Second)
		_, err = n.types(editor, st, "one", "A word")
		n.ok(err)
		n.now = n.now.Add(40 * time.Second)
		holds(editor, "one")
		n.ok(n.stories.Stay(n.ctx, []story.Seat{{Story: st.ID, Person: editor.ID, Tab: "one"}}))
		n.now = n.now.Add(59 * time.Second)
		holds(editor, "one")
		n.now = n.now.Add(time.Second)
		holds(chief, "two")
		n.ok(n.stories.Stay(n.ctx, []story.Seat{{Story: st.ID, Person: editor.ID, Tab: "one"}}))
		holds(chief, "two")
		n.ok(n.stories.ReleaseLock(n.ctx, editor, st.ID, "one"))
		holds(chief, "two")
		n.ok(n.stories.ReleaseLock(n.ctx, chief, st.ID, "two"))
		if l, err := n.stories.LockOn(n.ctx, st.ID); err != nil || !l.Free() {
			n.Errorf("let go it is %+v: %v", l, err)
		}
	})
}

func TestALockIsForThoseWhoMayWriteAndStopsNoAct(t *testing.T) {
	each(t, func(n *newsroom) {
		reporter := n.people[staff.Reporter]
		st := n.in(story.Draft, reporter)
		_, err := n.stories.TakeLock(n.ctx, reporter, st.ID, "one")
		n.ok(err)
		for _, role := range []staff.Role{staff.Administrator, staff.Translator} {
			_, err := n.stories.TakeLock(n.ctx, n.people[role], st.ID, "two")
			_, _, taken := n.stories.TakeOver(n.ctx, n.people[role], st.ID, "two", reading)
			if !fault.Is(err, fault.KindForbidden) || !fault.Is(taken, fault.KindForbidden) {
				n.Errorf("a %s: %v, %v", role, err, taken)
			}
		}
		_, err = n.stories.Release(n.ctx, n.people[staff.Editor], st.ID, st.Revision)
		n.ok(err)
		st, err = n.stories.Revise(n.ctx, n.people[staff.Editor], st.ID, st.Revision, text("Saved beside the lock"))
		n.ok(err)
		_, err = n.stories.Kill(n.ctx, n.people[staff.Editor], st.ID, story.Say("Not so."))
		n.ok(err)
		if _, err := n.stories.TakeLock(n.ctx, n.people[staff.Editor], st.ID, "two"); !fault.Is(err, fault.KindConflict) {
			n.Errorf("writing what is killed: %v", err)
		}
	})
}

func TestTakingOverKeepsBothTexts(t *testing.T) {
	each(t, func(n *newsroom) {
		reporter, editor := n.people[staff.Reporter], n.people[staff.Editor]
		st := n.in(story.Draft, reporter)
		_, err := n.types(reporter, st, "one", "Typed by the reporter")
		n.ok(err)
		if l, err := n.types(editor, st, "two", "Typed by the editor"); err != nil || !l.HeldBy(reporter.ID, "one") {
			n.Fatalf("the editor types beside the lock: %+v, %v", l, err)
		}
		l, now, err := n.stories.TakeOver(n.ctx, editor, st.ID, "two", reading)
		n.ok(err)
		if !l.HeldBy(editor.ID, "two") || now.Revision != 2 || now.Content.Headline != "Typed by the reporter" || now.By != reporter.ID {
			n.Errorf("after taking over: %+v, revision %d by %q: %q", l, now.Revision, now.By, now.Content.Headline)
		}
		if len(now.Content.Body.Blocks) != 2 {
			n.Errorf("the body is %+v", now.Content.Body)
		}
		if !n.working(st, reporter).None() || n.working(st, editor).Typed["headline"][0] != "Typed by the editor" {
			n.Error("the working copies are not as they should be")
		}
		// The reporter's keys go on: their words are kept, over what they know.
		if l, err := n.types(reporter, st, "one", "Typed on by the reporter"); err != nil || !l.HeldBy(editor.ID, "two") {
			n.Errorf("the reporter types on: %+v, %v", l, err)
		}
		if w := n.working(st, reporter); w.Base != 1 || w.Typed["headline"][0] != "Typed on by the reporter" {
			n.Errorf("their words are %+v", w)
		}
	})
}

func TestTakingOverLeavesWhatIsNoRevisionAsItWasTyped(t *testing.T) {
	each(t, func(n *newsroom) {
		reporter, editor := n.people[staff.Reporter], n.people[staff.Editor]
		take := func(st story.Story, revision int64) {
			n.Helper()
			_, now, err := n.stories.TakeOver(n.ctx, editor, st.ID, "two", reading)
			n.ok(err)
			if now.Revision != revision {
				n.Errorf("revision %d", now.Revision)
			}
		}
		broken := n.in(story.Draft, reporter)
		_, err := n.types(reporter, broken, "one", "no content")
		n.ok(err)
		take(broken, 1)
		late := n.in(story.Draft, reporter)
		_, err = n.types(reporter, late, "one", "Typed over the first")
		n.ok(err)
		_, err = n.stories.Revise(n.ctx, editor, late.ID, 1, text("The second"))
		n.ok(err)
		take(late, 2)
		apart := n.in(story.Draft, reporter)
		_, err = n.types(reporter, apart, "one", "Not theirs by now")
		n.ok(err)
		_, err = n.stories.Ready(n.ctx, editor, apart.ID)
		n.ok(err)
		take(apart, 1)
		for _, st := range []story.Story{broken, late, apart} {
			if n.working(st, reporter).None() {
				n.Errorf("the words over %q are gone", st.Content.Headline)
			}
		}
		same := n.in(story.Draft, reporter)
		_, err = n.types(reporter, same, "one", same.Content.Headline)
		n.ok(err)
		take(same, 1)
		if !n.working(same, reporter).None() {
			n.Error("words that are saved already stay beside the story")
		}
	})
}

func TestTheBellRingsForEachActAndLiveTellsWhatItWas(t *testing.T) {
	each(t, func(n *newsroom) {
		editor := n.people[staff.Editor]
		bell, stop := n.stories.Listen()
		defer stop()
		last := int64(0)
		rings := func() story.Live {
			n.Helper()
			select {
			case <-bell:
			case <-time.After(20 * time.Second):
				n.Fatal("nothing rings")
			}
			live, err := n.stories.Live(n.ctx, last)
			n.ok(err)
			last = live.Last
			return live
		}
		st := n.in(story.Draft, editor)
		for {
			if live := rings(); len(live.Touched) == 1 && live.Touched[0].Story == st.ID && live.Touched[0].State == story.Draft {
				break
			}
		}
		other, err := n.stories.Create(n.ctx, editor, "en", "", text("Second"))
		n.ok(err)
		st, err = n.stories.Submit(n.ctx, editor, st.ID)
		n.ok(err)
		for {
			if live := rings(); len(live.Touched) > 0 && live.Touched[len(live.Touched)-1].Story == st.ID {
				break
			}
		}
		if again, err := n.stories.Live(n.ctx, 0); err != nil || len(again.Touched) != 2 || again.Touched[0].Story != other.ID {
			n.Errorf("from the start one sees %+v: %v", again.Touched, err)
		}
		_, err = n.stories.TakeLock(n.ctx, editor, st.ID, "one")
		n.ok(err)
		for len(rings().Locks) != 1 {
		}
		seat := story.Seat{Story: st.ID, Person: editor.ID, Tab: "one"}
		n.ok(n.stories.Arrive(n.ctx, seat))
		for len(rings().Readers(st.ID)) != 1 {
		}
		n.ok(n.stories.Leave(n.ctx, seat))
		for len(rings().Seats) != 0 {
		}
	})
}
