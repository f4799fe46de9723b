package planning_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/planning"
	"wireroom/staff"
	"wireroom/story"
)

// office is a newsroom that plans, with real parts.
type office struct {
	*testing.T
	plans   *planning.Store
	stories *story.Store
	rita    staff.Person // a reporter
	edvard  staff.Person // an editor
}

var (
	zone = time.FixedZone("", 3*3600)
	noon = time.Date(2026, 11, 25, 12, 0, 0, 0, zone)
)

func each(t *testing.T, promise func(o *office)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		clock := func() time.Time { return noon }
		o := &office{T: t, stories: story.New(d, clock)}
		o.plans = planning.New(d, clock, o.stories)
		o.ok(masthead.New(d).Found(t.Context(), masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "Europe/Minsk",
			Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics"}}}}))
		people := staff.New(d, clock)
		var err error
		o.rita, err = people.Add(t.Context(), staff.Person{Name: "Rita", Email: "rita@pozirk.example", Role: staff.Reporter})
		o.ok(err)
		o.edvard, err = people.Add(t.Context(), staff.Person{Name: "Edvard", Email: "edvard@pozirk.example", Role: staff.Editor})
		o.ok(err)
		promise(o)
	})
}

func (o *office) ok(err error) {
	o.Helper()
	if err != nil {
		o.Fatal(err)
	}
}

func entry(title string, starts, ends time.Time) planning.Entry {
	return planning.Entry{Title: title, Status: planning.Planned, Starts: starts, Ends: ends}
}

func (o *office) adds(e planning.Entry) planning.Event {
	o.Helper()
	kept, err := o.plans.Add(o.Context(), o.rita, e)
	o.ok(err)
	return kept
}

func order(lang story.Lang) planning.Order {
	return planning.Order{Status: planning.Intended, Lang: lang, Slug: "council", Section: "politics", Due: noon.Add(time.Hour), Note: "Bring a camera"}
}

func (o *office) covers(e planning.Event, order planning.Order) planning.Coverage {
	o.Helper()
	c, err := o.plans.Cover(o.Context(), o.rita, e.ID, order)
	o.ok(err)
	return c
}

func TestTheCalendarShowsWhatGoesOnInATime(t *testing.T) {
	each(t, func(o *office) {
		day := time.Date(2026, 11, 25, 0, 0, 0, 0, zone)
		next := day.AddDate(0, 0, 1)
		o.adds(entry("Council", noon, noon.Add(2*time.Hour)))
		o.adds(entry("At midnight", day, day))
		o.adds(entry("Next midnight", next, next))
		for title, span := range map[string][2]time.Time{"Fair": {day.AddDate(0, 0, -3), next}, "Over": {day.AddDate(0, 0, -1), day}} {
			e := entry(title, span[0], span[1])
			e.Whole = true
			o.adds(e)
		}
		gone := o.adds(entry("Off", noon, noon))
		_, err := o.plans.Remove(o.Context(), o.rita, gone.ID)
		o.ok(err)
		found, err := o.plans.Between(o.Context(), day, next)
		o.ok(err)
		var titles []string
		for _, e := range found {
			titles = append(titles, e.Title)
		}
		if want := []string{"Fair", "At midnight", "Council"}; !slices.Equal(titles, want) {
			o.Errorf("on the day there are %q, not %q", titles, want)
		}
		removed, err := o.plans.Removed(o.Context(), 10)
		o.ok(err)
		if len(removed) != 1 || removed[0].ID != gone.ID {
			o.Errorf("off the calendar are %v", removed)
		}
		_, err = o.plans.PutBack(o.Context(), o.rita, gone.ID)
		o.ok(err)
		if found, err = o.plans.Between(o.Context(), day, next); err != nil || len(found) != 4 {
			o.Errorf("put back, there are %d: %v", len(found), err)
		}
	})
}

func TestAnEventAndItsCoveragesComeBackAsTheyWereWritten(t *testing.T) {
	each(t, func(o *office) {
		e := o.adds(entry(" Council ", noon, time.Time{}))
		c := o.covers(e, order("en"))
		got, err := o.plans.Get(o.Context(), e.ID)
		o.ok(err)
		if got.Title != "Council" || !got.Ends.Equal(noon) || len(got.Coverages) != 1 || got.Coverages[0].Slug != "council" || !got.Coverages[0].Due.Equal(c.Due) {
			o.Errorf("it comes back as %+v", got)
		}
		var stale *planning.Stale
		if _, err := o.plans.Save(o.Context(), o.rita, e.ID, e.Version-1, e.Entry); !errors.As(err, &stale) || !fault.Is(err, fault.KindConflict) {
			o.Errorf("a save over a newer one: %v", err)
		}
		if _, err := o.plans.Reorder(o.Context(), o.rita, e.ID, c.ID, c.Version-1, c.Order); !errors.As(err, &stale) {
			o.Errorf("a coverage saved over a newer one: %v", err)
		}
		o.ok(o.plans.Drop(o.Context(), o.rita, e.ID, c.ID))
		if got, err := o.plans.Get(o.Context(), e.ID); err != nil || len(got.Coverages) != 0 {
			o.Errorf("after it was dropped: %v, %v", got.Coverages, err)
		}
	})
}

func TestACoverageBecomesOneStoryWithWhatWasPlannedFilledIn(t *testing.T) {
	each(t, func(o *office) {
		e := o.adds(entry("Council", noon, noon))
		first := order("en")
		first.Person = o.rita.ID
		c, other, again := o.covers(e, first), o.covers(e, order("be")), o.covers(e, order("en"))
		begins := func(c planning.Coverage) story.Story {
			o.Helper()
			st, err := o.plans.Begin(o.Context(), o.edvard, e.ID, c.ID)
			o.ok(err)
			st, err = o.stories.Get(o.Context(), st.ID)
			o.ok(err)
			return st
		}
		st := begins(c)
		if st.Lang != "en" || st.Assigned != o.rita.ID || st.Content.Slug != "council" || !slices.Equal(st.Content.Sections, []string{"politics"}) ||
			st.Content.Note != "Council\nBring a camera" || st.Content.Date.String() != "2026-11-25" || st.State != story.Draft {
			o.Errorf("the story begins as %+v", st)
		}
		if of, covered, err := o.plans.Of(o.Context(), st.ID); err != nil || of.ID != e.ID || covered.ID != c.ID {
			o.Errorf("the story came of %v, %v: %v", of, covered, err)
		}
		if _, err := o.plans.Begin(o.Context(), o.edvard, e.ID, c.ID); !fault.Is(err, fault.KindConflict) {
			o.Errorf("begun twice: %v", err)
		}
		if err := o.plans.Drop(o.Context(), o.edvard, e.ID, c.ID); !fault.Is(err, fault.KindConflict) {
			o.Errorf("dropped when it is a story: %v", err)
		}
		if all, err := o.stories.List(o.Context(), story.Filter{}); err != nil || len(all) != 1 {
			o.Errorf("there are %d stories: %v", len(all), err)
		}
		if sister, apart := begins(other), begins(again); sister.Group != st.Group || apart.Group == st.Group {
			o.Errorf("the groups are %s, %s and %s", st.Group, sister.Group, apart.Group)
		}
		if _, _, err := o.plans.Of(o.Context(), "no-such"); !fault.Is(err, fault.KindNotFound) {
			o.Errorf("a made-up story: %v", err)
		}
	})
}

func TestReportersAndThoseAboveThemPlan(t *testing.T) {
	each(t, func(o *office) {
		e := o.adds(entry("Council", noon, noon))
		c := o.covers(e, order("en"))
		for _, role := range staff.Roles() {
			by := staff.Person{ID: "somebody", Role: role}
			may := role != staff.Translator && role != staff.Administrator
			now, err := o.plans.Get(o.Context(), e.ID)
			o.ok(err)
			acts := map[string]error{}
			_, acts["add"] = o.plans.Add(o.Context(), by, e.Entry)
			_, acts["save"] = o.plans.Save(o.Context(), by, e.ID, now.Version, e.Entry)
			_, acts["remove"] = o.plans.Remove(o.Context(), by, e.ID)
			_, acts["put back"] = o.plans.PutBack(o.Context(), by, e.ID)
			_, acts["cover"] = o.plans.Cover(o.Context(), by, e.ID, order("be"))
			again, err := o.plans.Reorder(o.Context(), by, e.ID, c.ID, c.Version, order("en"))
			if acts["reorder"] = err; err == nil {
				c = again
			}
			for act, err := range acts {
				if (err == nil) != may || (err != nil && !fault.Is(err, fault.KindForbidden)) {
					o.Errorf("a %s may %s: %v", role, act, err)
				}
			}
			if may {
				continue
			}
			_, begun := o.plans.Begin(o.Context(), by, e.ID, c.ID)
			if dropped := o.plans.Drop(o.Context(), by, e.ID, c.ID); !fault.Is(begun, fault.KindForbidden) || !fault.Is(dropped, fault.KindForbidden) {
				o.Errorf("a %s may begin a story: %v; or drop a coverage: %v", role, begun, dropped)
			}
		}
	})
}

func TestWhatCannotBeKeptIsRefusedByItsPlace(t *testing.T) {
	each(t, func(o *office) {
		for field, change := range map[string]func(*planning.Entry){
			"title":  func(e *planning.Entry) { e.Title = " " },
			"place":  func(e *planning.Entry) { e.Place = "a\nb" },
			"note":   func(e *planning.Entry) { e.Note = "\x01" },
			"status": func(e *planning.Entry) { e.Status = "perhaps" },
			"starts": func(e *planning.Entry) { e.Starts = time.Time{} },
			"ends":   func(e *planning.Entry) { e.Ends = e.Starts.Add(-time.Hour) },
		} {
			e := entry("Council", noon, noon)
			change(&e)
			_, err := o.plans.Add(o.Context(), o.rita, e)
			o.names(field, err)
		}
		e := o.adds(entry("Council", noon, noon))
		for field, change := range map[string]func(*planning.Order){
			"slug":     func(c *planning.Order) { c.Slug = "\x01" },
			"status":   func(c *planning.Order) { c.Status = "perhaps" },
			"language": func(c *planning.Order) { c.Lang = "ru" },
			"section":  func(c *planning.Order) { c.Section = "sport" },
			"desk":     func(c *planning.Order) { c.Desk = "sport" },
			"person":   func(c *planning.Order) { c.Person = "nobody" },
			"note":     func(c *planning.Order) { c.Note = "\x01" },
		} {
			c := order("en")
			change(&c)
			_, err := o.plans.Cover(o.Context(), o.rita, e.ID, c)
			o.names(field, err)
		}
	})
}

func (o *office) names(field string, err error) {
	o.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.KindInvalid || f.Subject != field {
		o.Errorf("a wrong %s: %v", field, err)
	}
}
