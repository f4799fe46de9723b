package reveal_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/staff"
	"wireroom/story"
)

// newsroom is a small agency with a clock of the test's own.
type newsroom struct {
	*testing.T
	ctx     context.Context
	now     time.Time
	db      *db.DB
	house   masthead.Masthead
	stories *story.Store
	door    *reveal.Door
}

var editor = staff.Person{ID: "e", Role: staff.Editor}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := &newsroom{T: t, ctx: context.Background(), now: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), db: d}
		n.house = masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "UTC", Zone: time.UTC,
			Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}},
			Plans:    []masthead.Plan{{ID: "plus", Notices: map[masthead.Lang]string{"en": "Only for POZIRK+"}}}}
		n.ok(masthead.New(d).Found(n.ctx, n.house))
		clock := func() time.Time { return n.now }
		n.stories = story.New(d, clock)
		n.door = reveal.New(d, func() masthead.Masthead { return n.house }, clock)
		promise(n)
	})
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

func (n *newsroom) sends(headline string, change func(*story.Content)) story.Story {
	n.Helper()
	c := story.Content{Headline: headline, Teaser: "The desk's teaser.", Byline: "Ann", Keywords: []string{"key"}, Note: "For us.",
		Sections: []string{"politics"}, Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One.")), story.Para(story.Plain("Two."))}}}
	if change != nil {
		change(&c)
	}
	st, err := n.stories.Create(n.ctx, editor, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(n.ctx, editor, st.ID, st.Revision)
	n.ok(err)
	return st
}

func paid(c *story.Content) { c.Plan = "plus" }

func (n *newsroom) holder(until time.Time) reveal.Viewer {
	return reveal.Holder(map[string]time.Time{"plus": until}, n.now)
}

func (n *newsroom) story(st story.Story, v reveal.Viewer) reveal.Rendition {
	n.Helper()
	r, err := n.door.Story(n.ctx, "en", st.Number, v)
	n.ok(err)
	return r
}

func TestAPassOpensUntilItsEndAndNotAtIt(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("Paid", paid)
		for who, c := range map[string]struct {
			viewer reveal.Viewer
			full   bool
		}{
			"anybody":                  {reveal.Viewer{}, false},
			"a holder":                 {n.holder(n.now.Add(time.Millisecond)), true},
			"one whose pass ends now":  {n.holder(n.now), false},
			"one of another plan":      {reveal.Holder(map[string]time.Time{"other": n.now.Add(time.Hour)}, n.now), false},
			"one whose pass never was": {n.holder(time.Time{}), false},
		} {
			r := n.story(st, c.viewer)
			if r.Full() != c.full || r.Locked() == c.full || r.Free() {
				n.Errorf("%s: full %v", who, r.Full())
			}
			if !c.full && (len(r.Blocks()) != 1 || !r.Cut() || r.Notice() != "Only for POZIRK+" || r.Byline() != "" || r.Teaser() != "One." || r.Keywords() != nil) {
				n.Errorf("%s has too much or too little: %+v", who, r)
			}
			if c.full && (len(r.Blocks()) != 2 || r.Cut() || r.Notice() != "" || r.Teaser() != "The desk's teaser.") {
				n.Errorf("%s lacks something: %+v", who, r)
			}
		}
	})
}

func TestAStoryOpensToAllAtItsTime(t *testing.T) {
	each(t, func(n *newsroom) {
		at := n.now.Add(time.Hour)
		st := n.sends("Opens", func(c *story.Content) { c.Plan, c.OpensAt = "plus", at })
		next, err := n.door.NextChange(n.ctx)
		n.ok(err)
		if !next.Equal(at) {
			n.Errorf("the next change is at %v", next)
		}
		n.now = at.Add(-time.Millisecond)
		if n.story(st, reveal.Viewer{}).Full() {
			n.Error("it is open before its time")
		}
		n.now = at
		if r := n.story(st, reveal.Viewer{}); !r.Full() || !r.Free() {
			n.Error("it is locked at its time")
		}
	})
}

func TestAnEmbargoHidesFromEverybodyInEveryQuestion(t *testing.T) {
	each(t, func(n *newsroom) {
		at := n.now.Add(time.Hour)
		st := n.sends("Embargoed", func(c *story.Content) { c.Embargo = at })
		n.sends("Open", nil)
		n.now = at.Add(-time.Millisecond)
		v := n.holder(at.Add(time.Hour))
		if _, err := n.door.Story(n.ctx, "en", st.Number, v); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("the story: %v", err)
		}
		if got := n.headlines(v); got != "Open" {
			n.Errorf("the list: %s", got)
		}
		n.now = at
		if got := n.headlines(v); got != "Embargoed Open" {
			n.Errorf("the list at its time: %s", got)
		}
	})
}

// headlines asks each list, which must agree.
func (n *newsroom) headlines(v reveal.Viewer) string {
	n.Helper()
	var answers []string
	for _, q := range []reveal.Query{{Lang: "en"}, {Lang: "en", Section: "politics"}} {
		rs, err := n.door.List(n.ctx, q, v)
		n.ok(err)
		var all []string
		for _, r := range rs {
			all = append(all, r.Headline())
		}
		count, err := n.door.Count(n.ctx, q, v)
		n.ok(err)
		if count != len(all) {
			n.Errorf("%d are counted, %d listed", count, len(all))
		}
		answers = append(answers, strings.Join(all, " "))
	}
	leads, err := n.door.Leads(n.ctx, "en", 10, v)
	n.ok(err)
	if answers[0] != answers[1] || len(leads) != len(strings.Fields(answers[0])) {
		n.Errorf("the lists differ: %q, %d leads", answers, len(leads))
	}
	return answers[0]
}

func TestAKilledStoryTellsItsNoticeIfItWasPublic(t *testing.T) {
	each(t, func(n *newsroom) {
		public := n.sends("Public", nil)
		early := n.sends("Early", func(c *story.Content) { c.Embargo = n.now.Add(time.Hour) })
		for _, st := range []story.Story{public, early} {
			_, err := n.stories.Kill(n.ctx, editor, st.ID, story.Say("It never happened."))
			n.ok(err)
		}
		_, err := n.door.Story(n.ctx, "en", public.Number, reveal.Viewer{})
		var killed *reveal.Killed
		if !errors.As(err, &killed) || killed.Notice != "It never happened." || !fault.Is(err, fault.KindGone) {
			n.Errorf("the public one: %v", err)
		}
		n.now = n.now.Add(2 * time.Hour)
		if _, err := n.door.Story(n.ctx, "en", early.Number, reveal.Viewer{}); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("the one under embargo: %v", err)
		}
		if got := n.headlines(reveal.Viewer{}); got != "" {
			n.Errorf("the list: %s", got)
		}
	})
}

func TestWhatTheDoorDoesNotKnowGivesTheLeast(t *testing.T) {
	each(t, func(n *newsroom) {
		lost := n.sends("Lost plan", paid)
		n.house.Plans = nil
		if r := n.story(lost, n.holder(n.now.Add(time.Hour))); r.Full() {
			n.Error("a plan that is no longer known opens to all")
		}
		strange := n.sends("Strange", nil)
		n.ok(n.db.Do(n.ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(n.ctx, "UPDATE published SET status = 'whatever' WHERE story = ?1", string(strange.ID))
			return err
		}))
		if _, err := n.door.Story(n.ctx, "en", strange.Number, reveal.Viewer{}); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("a status that nobody knows: %v", err)
		}
	})
}

func TestTheDraftOverAStoryStaysInside(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("Out", nil)
		c := st.Content
		c.Headline = "Not yet out"
		_, err := n.stories.Revise(n.ctx, editor, st.ID, st.Revision, c)
		n.ok(err)
		if got := n.story(st, reveal.Viewer{}).Headline(); got != "Out" {
			n.Errorf("readers have %q", got)
		}
	})
}

func TestAPinLeadsAndAnUpdateKeepsItsPlace(t *testing.T) {
	each(t, func(n *newsroom) {
		first := n.sends("First", nil)
		n.now = n.now.Add(time.Minute)
		n.sends("Second", nil)
		n.now = n.now.Add(time.Minute)
		c := first.Content
		c.Headline = "Updated"
		st, err := n.stories.Revise(n.ctx, editor, first.ID, first.Revision, c)
		n.ok(err)
		_, err = n.stories.Update(n.ctx, editor, st.ID, st.Revision, "Adds more")
		n.ok(err)
		if got := n.headlines(reveal.Viewer{}); got != "Second Updated" {
			n.Errorf("the list is %s", got)
		}
		_, err = n.stories.Pin(n.ctx, editor, st.ID, 1)
		n.ok(err)
		leads, err := n.door.Leads(n.ctx, "en", 1, reveal.Viewer{})
		n.ok(err)
		if leads[0].Headline() != "Updated" || leads[0].Advisory() != "Adds more" {
			n.Errorf("the lead is %q (%q)", leads[0].Headline(), leads[0].Advisory())
		}
	})
}
