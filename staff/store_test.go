package staff_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/staff"
)

func TestAPersonIsKnownByTheirAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		s := staff.New(d, time.Now)
		ada, err := s.Add(ctx, staff.Person{Name: " Ada ", Email: " Ada@Pozirk.example", Role: staff.Chief})
		if err != nil {
			t.Fatal(err)
		}
		if found, err := s.ByEmail(ctx, "ADA@pozirk.example "); err != nil || !reflect.DeepEqual(found, ada) || found.Name != "Ada" {
			t.Errorf("found %v: %v", found, err)
		}
		for want, p := range map[fault.Kind]staff.Person{
			fault.KindConflict: {Name: "Eve", Email: "ada@pozirk.example", Role: staff.Reporter},
			fault.KindInvalid:  {Name: "Bob", Email: "bob@pozirk.example", Role: "owner"},
		} {
			if _, err := s.Add(ctx, p); !fault.Is(err, want) {
				t.Errorf("adding %v: %v, want %v", p, err, want)
			}
		}
		if all, err := s.List(ctx); err != nil || len(all) != 1 {
			t.Errorf("the staff are %v: %v", all, err)
		}
		if _, err := s.BySession(ctx, "made up"); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("a made-up session: %v", err)
		}
	})
}
