package copybook_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"wireroom/copybook"
	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

var (
	edvard = staff.Person{ID: "edvard", Role: staff.Editor}
	now    = time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC)
)

// each keeps a promise over each engine, with the copybook of an agency that
// has editions in English and Belarusian.
func each(t *testing.T, promise func(t *testing.T, s *copybook.Store)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "Europe/Minsk"}
		if err := masthead.New(d).Found(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		promise(t, copybook.New(d, func() time.Time { return now }))
	})
}

func text(name string) copybook.Text {
	return copybook.Text{Kind: copybook.Background, Lang: "en", Name: name, Topic: "Election",
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("The election was held in January."))}}}
}

func adds(t *testing.T, s *copybook.Store, text copybook.Text) copybook.Entry {
	t.Helper()
	e, err := s.Add(t.Context(), edvard, text)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestATextIsKeptAsItWasWritten(t *testing.T) {
	each(t, func(t *testing.T, s *copybook.Store) {
		e := adds(t, s, text(" The election "))
		if e.Name != "The election" || e.Version != 1 || e.By != "edvard" || !e.Changed.Equal(now) {
			t.Errorf("it is kept as %+v", e)
		}
		if got, err := s.Get(t.Context(), e.ID); err != nil || !reflect.DeepEqual(got, e) {
			t.Errorf("it comes back as %+v: %v", got, err)
		}
		if all, err := s.List(t.Context(), "en", false); err != nil || len(all) != 1 || !reflect.DeepEqual(all[0], e) {
			t.Errorf("in the list stand %+v: %v", all, err)
		}
		if all, err := s.List(t.Context(), "be", false); err != nil || len(all) != 0 {
			t.Errorf("in the other language stand %+v: %v", all, err)
		}
	})
}

func TestANameStandsForOneTextInALanguage(t *testing.T) {
	each(t, func(t *testing.T, s *copybook.Store) {
		e := adds(t, s, text("The election"))
		if _, err := s.Add(t.Context(), edvard, text("THE ELECTION")); !fault.Is(err, fault.KindConflict) {
			t.Errorf("a second of the name: %v", err)
		}
		other := text("The election")
		other.Lang = "be"
		adds(t, s, other)

		if _, err := s.Remove(t.Context(), edvard, e.ID); err != nil {
			t.Fatal(err)
		}
		adds(t, s, text("The election"))
		if _, err := s.PutBack(t.Context(), edvard, e.ID); !fault.Is(err, fault.KindConflict) {
			t.Errorf("the name was given away, and it is put back: %v", err)
		}
	})
}

func TestWhatIsRemovedCanBeTakenUpAgain(t *testing.T) {
	each(t, func(t *testing.T, s *copybook.Store) {
		e := adds(t, s, text("The election"))
		count := func(removed bool) int {
			all, err := s.List(t.Context(), "", removed)
			if err != nil {
				t.Fatal(err)
			}
			return len(all)
		}
		if _, err := s.Remove(t.Context(), edvard, e.ID); err != nil || count(false) != 0 || count(true) != 1 {
			t.Errorf("removed: %d in use, %d not: %v", count(false), count(true), err)
		}
		back, err := s.PutBack(t.Context(), edvard, e.ID)
		if err != nil || count(false) != 1 || count(true) != 0 || !reflect.DeepEqual(back.Text, e.Text) {
			t.Errorf("put back: %d in use, %+v: %v", count(false), back, err)
		}
	})
}

func TestASaveOverANewerOneIsRefused(t *testing.T) {
	each(t, func(t *testing.T, s *copybook.Store) {
		e := adds(t, s, text("The election"))
		if _, err := s.Save(t.Context(), edvard, e.ID, e.Version, text("The vote")); err != nil {
			t.Fatal(err)
		}
		var stale *copybook.Stale
		_, err := s.Save(t.Context(), edvard, e.ID, e.Version, text("The poll"))
		if !errors.As(err, &stale) || !fault.Is(err, fault.KindConflict) || stale.Theirs.Name != "The vote" {
			t.Errorf("the second save: %v", err)
		}
		if got, err := s.Get(t.Context(), e.ID); err != nil || got.Name != "The vote" || got.Version != 2 {
			t.Errorf("it stands as %+v: %v", got, err)
		}
	})
}

func TestOnlyEditorsAndChiefsWrite(t *testing.T) {
	each(t, func(t *testing.T, s *copybook.Store) {
		e := adds(t, s, text("The election"))
		for _, role := range staff.Roles() {
			by := staff.Person{ID: "somebody", Role: role}
			may := role == staff.Editor || role == staff.Chief
			_, added := s.Add(t.Context(), by, text("By a "+string(role)))
			_, removed := s.Remove(t.Context(), by, e.ID)
			_, back := s.PutBack(t.Context(), by, e.ID)
			for act, err := range map[string]error{"add": added, "remove": removed, "put back": back} {
				if (err == nil) != may || (err != nil && !fault.Is(err, fault.KindForbidden)) {
					t.Errorf("a %s may %s: %v", role, act, err)
				}
			}
		}
	})
}

func TestWhatCannotBeKeptIsRefusedByItsPlace(t *testing.T) {
	each(t, func(t *testing.T, s *copybook.Store) {
		for field, change := range map[string]func(*copybook.Text){
			"kind":     func(x *copybook.Text) { x.Kind = "poem" },
			"language": func(x *copybook.Text) { x.Lang = "ru" },
			"name":     func(x *copybook.Text) { x.Name = "  " },
			"topic":    func(x *copybook.Text) { x.Topic = "a\nb" },
			"headline": func(x *copybook.Text) { x.Headline = strings.Repeat("x", story.MaxHeadline+1) },
			"body":     func(x *copybook.Text) { x.Body = story.Body{} },
		} {
			x := text("The election")
			change(&x)
			var f *fault.Error
			if _, err := s.Add(t.Context(), edvard, x); !errors.As(err, &f) || f.Kind != fault.KindInvalid || f.Subject != field {
				t.Errorf("a wrong %s: %v", field, err)
			}
		}
		if _, err := s.Get(t.Context(), "no-such"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a made-up text: %v", err)
		}
	})
}
