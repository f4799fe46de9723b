package story_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// types keeps what somebody typed over the newest revision.
func (n *newsroom) types(by staff.Person, st story.Story, tab, headline string) (story.Lock, error) {
	_, l, err := n.stories.KeepWorking(n.ctx, by, story.Working{Story: st.ID, Base: st.Revision, Tab: tab,
		Typed: map[string][]string{"headline": {headline}, "section": {"politics", "", ""}}})
	return l, err
}

// reading takes the headline alone from what was typed.
func reading(typed map[string][]string, over story.Content) (story.Content, error) {
	over.Headline = typed["headline"][0]
	if over.Headline == "no content" {
		return over, fault.Invalid("headline", "it is none")
	}
	return over, nil
}

func (n *newsroom) working(st story.Story, by staff.Person) story.Working {
	n.Helper()
	w, err := n.stories.WorkingOf(n.ctx, st.ID, by.ID)
	n.ok(err)
	return w
}

func TestWhatIsTypedIsKeptApartForEachPersonUntilItIsSaved(t *testing.T) {
	each(t, func(n *newsroom) {
		editor, chief := n.people[staff.Editor], n.chief()
		st := n.in(story.Draft, editor)
		_, err := n.types(editor, st, "one", "Typed \x00 by the editor")
		n.ok(err)
		n.now = n.now.Add(time.Second)
		_, err = n.types(editor, st, "one", "Typed \x00 on")
		n.ok(err)
		_, err = n.types(chief, st, "two", "Typed by the chief")
		n.ok(err)
		want := story.Working{Story: st.ID, Person: editor.ID, Base: 1, At: n.now, Tab: "one",
			Typed: map[string][]string{"headline": {"Typed \x00 on"}, "section": {"politics", "", ""}}}
		if got := n.working(st, editor); !reflect.DeepEqual(got, want) {
			n.Errorf("kept is %+v", got)
		}
		if all, err := n.stories.Workings(n.ctx, st.ID); err != nil || len(all) != 2 {
			n.Errorf("%d people have words: %v", len(all), err)
		}
		_, err = n.stories.Revise(n.ctx, editor, st.ID, 1, text("Saved"))
		n.ok(err)
		if !n.working(st, editor).None() || n.working(st, chief).None() {
			n.Error("saving does not end the saver's working copy alone")
		}
		n.ok(n.stories.DropWorking(n.ctx, chief, st.ID))
		if !n.working(st, chief).None() {
			n.Error("dropped words are still there")
		}
	})
}

func TestWordsBegunInTimeAreKeptWhenTheStoryMovesOn(t *testing.T) {
	each(t, func(n *newsroom) {
		reporter := n.people[staff.Reporter]
		st := n.in(story.Draft, reporter)
		_, err := n.types(reporter, st, "one", "Begun")
		n.ok(err)
		_, err = n.stories.Ready(n.ctx, n.chief(), st.ID)
		n.ok(err)
		if _, err := n.types(reporter, st, "one", "Typed on"); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("typing on in what is ready: %v", err)
		}
		if got := n.working(st, reporter).Typed["headline"]; !reflect.DeepEqual(got, []string{"Typed on"}) {
			n.Errorf("kept is %q", got)
		}
		other := n.in(story.Ready, reporter)
		if _, err := n.types(reporter, other, "one", "Late"); !fault.Is(err, fault.KindForbidden) || !n.working(other, reporter).None() {
			n.Errorf("beginning to write what is ready: %v", err)
		}
		if _, err := n.types(reporter, story.Story{ID: "no-such-story"}, "one", "x"); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("typing into no story: %v", err)
		}
	})
}

func TestTwoTabsOfOnePersonDoNotWriteOverEachOther(t *testing.T) {
	each(t, func(n *newsroom) {
		editor := n.people[staff.Editor]
		st := n.in(story.Draft, editor)
		_, err := n.types(editor, st, "one", "In one tab")
		n.ok(err)
		var two *story.TwoTabs
		if _, err := n.types(editor, st, "two", "In another"); !errors.As(err, &two) || !fault.Is(err, fault.KindConflict) {
			n.Errorf("the other tab: %v", err)
		}
		if got := n.working(st, editor); got.Typed["headline"][0] != "In one tab" {
			n.Errorf("kept is %q", got.Typed)
		}
		l, _, err := n.stories.TakeOver(n.ctx, editor, st.ID, "two", reading)
		n.ok(err)
		if !l.HeldBy(editor.ID, "two") {
			n.Errorf("the lock is %+v", l)
		}
		if _, err := n.types(editor, st, "two", "In another"); err != nil {
			n.Errorf("after taking it: %v", err)
		}
		n.now = n.now.Add(story.LockLife)
		if l, err := n.types(editor, st, "three", "Much later"); err != nil || !l.HeldBy(editor.ID, "three") {
			n.Errorf("when the other has long been silent: %+v, %v", l, err)
		}
	})
}
