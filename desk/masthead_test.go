package desk_test

import (
	"slices"
	"strings"
	"testing"

	"wireroom/masthead"
	"wireroom/staff"
)

const headed = "/desk/masthead"

// masthead is the agency as it stands.
func (n *newsroom) masthead() masthead.Masthead {
	n.Helper()
	m, err := n.mastheads.Load(n.ctx())
	n.ok(err)
	return m
}

func TestTheMastheadIsAChiefsToChange(t *testing.T) {
	one(t, func(n *newsroom) {
		form := n.as(staff.Chief).opens(headed).says(200, "Masthead", "Sections", "Plans").form(headed)
		for _, role := range []staff.Role{staff.Reporter, staff.Editor} {
			c := n.as(role)
			c.opens("/desk/").lacks(headed)
			c.opens(headed).says(403, "it is a chief's to change").lacks("Only for")
			c.sends(form.fills("name", "Taken over")).says(403)
		}
		if got := n.masthead().Name; got != "Pozirk" {
			n.Errorf("the agency is called %q", got)
		}
		if at := n.as(staff.Chief).opens("/desk/").link("Masthead"); at != headed {
			n.Errorf("a chief is led to %s", at)
		}
	})
}

func TestAChiefSaysWhatTheAgencyIs(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		f := chief.opens(headed).form(headed)
		for field, want := range map[string]string{"name": "Pozirk", "zone": "Europe/Minsk", "names.be": "Позірк", "section.politics.ru": "Политика",
			"plan.plus.en": "POZIRK+", "notice.plus.be": "Толькі для ПОЗІРК+", "section..en": "", "plan..en": "", "notice..en": ""} {
			if got, ok := f.Values[field]; !ok || got[0] != want {
				n.Errorf("%s stands as %q", field, got)
			}
		}
		f.fills("name", "Pozirk & Co – “news”", "zone", "Europe/Vilnius", "public_url", "https://pozirk.example/", "section.politics.ru", "Власть", "section..en", "Foreign Policy",
			"section..be", "Замежжа", "topic.politics", "medtop:11000000", "plan..en", "Friends", "notice..en", "Only for friends", "notice.plus.en", "Only for POZIRK+ – at last")
		chief.sends(f).says(200, "Saved. Pages follow at once.")
		m := n.masthead()
		if m.Name != "Pozirk & Co – “news”" || m.ZoneName != "Europe/Vilnius" || m.PublicURL != "https://pozirk.example" || m.Sections[0].Labels["ru"] != "Власть" || m.Sections[0].Topic != "medtop:11000000" {
			n.Errorf("it is kept as %+v", m)
		}
		if len(m.Sections) != 3 || m.Sections[2].ID != "foreign-policy" || m.Sections[2].Labels["be"] != "Замежжа" || m.Sections[0].ID != "politics" {
			n.Errorf("the sections are %+v", m.Sections)
		}
		if len(m.Plans) != 2 || m.Plans[1].ID != "friends" || m.Plans[1].Notices["en"] != "Only for friends" || m.Plans[0].Notices["en"] != "Only for POZIRK+ – at last" {
			n.Errorf("the plans are %+v", m.Plans)
		}
		longest := strings.Repeat("ж", 500)
		chief.sends(chief.opens(headed).form(headed).fills("names.ru", longest)).says(200, "Saved.")
		if got := n.masthead().Names["ru"]; got != longest {
			n.Errorf("the longest name is kept as %q", got)
		}
		// What was not touched stays to the letter, again and again.
		chief.sends(chief.opens(headed).form(headed)).says(200, "Saved.")
		if again := n.masthead(); again.Name != m.Name || len(again.Sections) != 3 || len(again.Plans) != 2 || again.Plans[0].Notices["ru"] != "Только для ПОЗІРК+" {
			n.Errorf("saved untouched it becomes %+v", again)
		}
		chief.opens("/desk/new").says(200, "Foreign Policy", "Friends")
	})
}

func TestAMastheadThatCannotStandIsToldByItsFieldAndKept(t *testing.T) {
	one(t, func(n *newsroom) {
		chief, long := n.as(staff.Chief), strings.Repeat("ж", 501)
		for _, c := range []struct{ field, typed, why string }{
			{"name", " ", "An agency needs a name."}, {"name", long, "at most 500 characters"}, {"zone", "Mars/Base", `"Mars/Base" is no time zone`},
			{"public_url", "pozirk.example", "begins with https:// or http://"}, {"public_url", "ftp://pozirk.example", "begins with https:// or http://"},
			{"section..en", "Latest", "The address /latest/ is empty, taken twice or in use by the site."},
			{"section..en", "Politics", "The address /politics/ is empty, taken twice or in use by the site."}, {"section..be", "!!!", "The address // is empty"},
			{"plan..en", "Plus", `the plan "Plus" stands there twice`}, {"plan..ru", "+++", "has no letters"},
			{"plan..be", "", "has no letters"}, // a notice alone makes no plan
			{"names.be", "a\x01", "no line ends or control characters"}, {"section.politics.en", long, "at most 500 characters"}, {"notice.plus.ru", "one\ntwo", "no line ends"},
			{"plan.plus.en", long, "at most 500 characters"}, {"notice..en", "a\x02", "no line ends or control"},
			{"topic.politics", "politics", `"politics" is no media topic`},
		} {
			f := chief.opens(headed).form(headed).fills("name", "New name", "names.ru", "Новое", "notice.plus.en", "New – “notice”", "plan..be", "Новы", "notice..be", "Толькі для новых")
			if !strings.HasPrefix(c.field, "section..") {
				f.fills("section..ru", "Мир")
			}
			want := f.fills(c.field, c.typed)
			p := chief.sends(f).says(422)
			told := strings.ToLower(strings.Join(p.texts("p", "warn"), " "))
			if !strings.Contains(told, strings.ToLower(c.why)) {
				n.Errorf("%s %.20q is told %q", c.field, c.typed, told)
			}
			for field, typed := range p.form(headed).Values {
				if strings.TrimSpace(strings.ReplaceAll(want.Get(field), "\n", "")) != strings.ReplaceAll(typed[0], "\n", "") {
					n.Errorf("%s %.20q: in %s stood %q, and comes back %q", c.field, c.typed, field, want.Get(field), typed)
				}
			}
		}
		if m := n.masthead(); m.Name != "Pozirk" || len(m.Sections) != 2 || len(m.Plans) != 1 {
			n.Errorf("it is kept as %+v", m)
		}
	})
}

func TestANewSectionIsNotLostOnTheWayToARightMasthead(t *testing.T) {
	one(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		f := chief.opens(headed).form(headed).fills("section..en", "World", "section..ru", "Мир", "plan..en", "Friends", "notice..en", "For friends", "zone", "Mars/Base")
		f = chief.sends(f).says(422).form(headed)
		chief.sends(f.fills("zone", "Europe/Minsk")).says(200, "Saved.")
		m := n.masthead()
		if len(m.Sections) != 3 || m.Sections[2].ID != "world" || m.Sections[2].Labels["ru"] != "Мир" || len(m.Plans) != 2 || m.Plans[1].Notices["en"] != "For friends" {
			n.Errorf("it is kept as %+v", m)
		}
	})
}

func TestTwoChiefsDoNotOverwriteEachOtherUnaware(t *testing.T) {
	each(t, func(n *newsroom) {
		chaya, other := n.as(staff.Chief), n.seats(n.joins("Cyryl", staff.Chief))
		f := chaya.opens(headed).form(headed)
		theirs := other.opens(headed).form(headed)
		other.sends(theirs.fills("section..en", "World", "names.ru", "Позирк", "plan..en", "Friends", "notice..en", "For friends")).says(200, "Saved.")

		f = chaya.sends(f.fills("name", "Pozirk News", "section..en", "Culture")).says(409, "Somebody saved the masthead while you were writing").form(headed)
		if n.masthead().Name != "Pozirk" {
			n.Error("it is saved before the chief knew")
		}
		for field, want := range map[string]string{"name": "Pozirk News", "section..en": "Culture", "section.world.en": "World", "plan.friends.en": "Friends", "notice.friends.en": "For friends"} {
			if f.Get(field) != want {
				n.Errorf("%s stands as %q", field, f.Get(field))
			}
		}
		chaya.sends(f).says(200, "Saved.")
		m := n.masthead()
		var sections []string
		for _, s := range m.Sections {
			sections = append(sections, s.Label("en"))
		}
		if m.Name != "Pozirk News" || !slices.Equal(sections, []string{"Politics", "Economy", "World", "Culture"}) || len(m.Plans) != 2 || m.Plans[1].Notice("en") != "For friends" {
			n.Errorf("it is kept as %+v", m)
		}
	})
}
