package bulletin_test

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata"

	"wireroom/bulletin"
	"wireroom/fault"
	"wireroom/masthead"
)

func TestAnIssueIsDueByTheAgencysClock(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Vilnius")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		t.Helper()
		when, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	friday := []time.Weekday{time.Friday}
	for _, c := range []struct {
		rules      bulletin.Rules
		from, next string
	}{
		{bulletin.Rules{At: "07:30"}, "2024-10-25 07:29", "2024-10-25 07:30"},
		{bulletin.Rules{At: "07:30"}, "2024-10-25 07:30", "2024-10-26 07:30"},
		{bulletin.Rules{At: "07:30"}, "2024-10-26 12:00", "2024-10-27 07:30"}, // the night is an hour longer
		{bulletin.Rules{At: "03:30"}, "2024-03-30 12:00", "2024-03-31 04:30"}, // half past three is not that night
		{bulletin.Rules{At: "18:00", Days: friday}, "2024-10-25 18:00", "2024-11-01 18:00"},
		{bulletin.Rules{At: "18:00", Days: friday}, "2024-10-26 01:00", "2024-11-01 18:00"},
	} {
		if got := c.rules.Next(at(c.from), zone); !got.Equal(at(c.next)) {
			t.Errorf("after %s it is due at %v, not %s", c.from, got.In(zone), c.next)
		}
	}
	if got := (bulletin.Rules{At: "07:30", AtOnce: true}).Next(time.Now(), zone); !got.IsZero() {
		t.Errorf("what goes at once is due at %v", got)
	}
}

func TestWhatIsWrongWithABulletinIsNamed(t *testing.T) {
	m := masthead.Masthead{Languages: []masthead.Lang{"en"}, Sections: []masthead.Section{{ID: "politics"}}, Plans: []masthead.Plan{{ID: "plus"}}}
	good := bulletin.Bulletin{ID: "morning-en", Lang: "en", Name: "Morning", Rules: bulletin.Rules{At: "07:30", Most: 20, Sections: []string{"politics"}, Plan: "plus"}}
	if err := good.Check(m); err != nil {
		t.Fatal(err)
	}
	for field, change := range map[string]func(*bulletin.Bulletin){
		"id":       func(b *bulletin.Bulletin) { b.ID = "morning en" },
		"name":     func(b *bulletin.Bulletin) { b.Name = " " },
		"lang":     func(b *bulletin.Bulletin) { b.Lang = "ru" },
		"most":     func(b *bulletin.Bulletin) { b.Rules.Most = 0 },
		"at":       func(b *bulletin.Bulletin) { b.Rules.At = "half past" },
		"urgency":  func(b *bulletin.Bulletin) { b.Rules.Urgency = 10 },
		"sections": func(b *bulletin.Bulletin) { b.Rules.Sections = []string{"sport"} },
		"plan":     func(b *bulletin.Bulletin) { b.Rules.Plan = "gold" },
		"subject":  func(b *bulletin.Bulletin) { b.Rules.Neutral = true },
	} {
		b := good
		change(&b)
		var f *fault.Error
		if !errors.As(b.Check(m), &f) || f.Kind != fault.KindInvalid || f.Subject != field {
			t.Errorf("a wrong %s: %v", field, b.Check(m))
		}
	}
}
