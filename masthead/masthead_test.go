package masthead_test

import (
	"context"
	"errors"
	"testing"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/masthead"
)

func pozirk() masthead.Masthead {
	return masthead.Masthead{Name: "Pozirk", Languages: []masthead.Lang{"en", "be"}, ZoneName: "Europe/Vilnius",
		Sections: []masthead.Section{{ID: "politics", Labels: map[masthead.Lang]string{"en": "Politics", "be": "Палітыка"}}},
		Plans:    []masthead.Plan{{ID: "plus", Names: map[masthead.Lang]string{"en": "POZIRK+"}}}}
}

func TestAnAgencyIsFoundedOnceAndComesBackAsItWas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx, s := context.Background(), masthead.New(d)
		if _, err := s.Load(ctx); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("before it is founded: %v", err)
		}
		if err := s.Found(ctx, pozirk()); err != nil {
			t.Fatal(err)
		}
		if err := s.Found(ctx, pozirk()); !fault.Is(err, fault.KindConflict) {
			t.Errorf("founding it again: %v", err)
		}
		m, err := s.Load(ctx)
		if err != nil || m.Zone.String() != "Europe/Vilnius" {
			t.Fatalf("it comes back as %+v: %v", m, err)
		}
		if found, ok := m.SectionByLabel("ПАЛІТЫКА"); !ok || found.ID != "politics" {
			t.Errorf("by its label the section is %v", found)
		}
	})
}

func TestAMastheadThatCannotStandIsRefusedByName(t *testing.T) {
	for field, change := range map[string]func(*masthead.Masthead){
		"name":      func(m *masthead.Masthead) { m.Name = " " },
		"languages": func(m *masthead.Masthead) { m.Languages = []masthead.Lang{"xx"} },
		"sections":  func(m *masthead.Masthead) { m.Sections = []masthead.Section{{ID: "latest"}} },
		"plans":     func(m *masthead.Masthead) { m.Plans = []masthead.Plan{{ID: ""}} },
		"zone":      func(m *masthead.Masthead) { m.ZoneName = "Mars/Base" },
	} {
		m := pozirk()
		change(&m)
		var f *fault.Error
		if err := m.Check(); !errors.As(err, &f) || f.Kind != fault.KindInvalid || f.Subject != field {
			t.Errorf("a wrong %s: %v", field, err)
		}
	}
}
