package desk

import (
	"strings"
	"time"

	"wireroom/masthead"
	"wireroom/story"
	"wireroom/web/words"
)

// cities are the zones that a form offers beside the agency's own.
var cities = []string{
	"Europe/Minsk", "Europe/Vilnius", "Europe/Warsaw", "Europe/Kyiv", "Europe/Moscow", "Europe/Brussels", "Europe/London", "America/New_York", "UTC",
}

// zone is the zone of the name, or the agency's.
func zoneOf(name string, agency *time.Location) *time.Location {
	if name == "" || !story.IsZone(name) {
		return agency
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return agency
	}
	return zone
}

// city is a zone's name in the language of the screens.
func (v *visit) city(zone string) string {
	for _, c := range cities {
		if c == zone {
			_, place, _ := strings.Cut(zone, "/")
			if place == "" {
				place = zone
			}
			return v.T("zone-in-" + strings.ToLower(place))
		}
	}
	return zone
}

// zones are the zones to choose from for a time; the agency's is the usual one.
func (v *visit) zones(chosen string) []option {
	all := []option{{"", v.T("zone-own", "zone", words.Zone(v.now)), chosen == ""}}
	for _, c := range cities {
		all = append(all, option{c, v.city(c), c == chosen})
	}
	return known(all, chosen)
}

// embargo says when the embargo of a content ends: by the agency's clock and,
// if it was written by another, by that one too.
func (v *visit) embargo(c story.Content) string {
	here := v.moment(c.Embargo)
	if c.Embargo.IsZero() || c.EmbargoZone == "" {
		return here
	}
	there := words.Moment(v.lang, c.Embargo.In(zoneOf(c.EmbargoZone, v.house.Zone)))
	if there == here {
		return here
	}
	return v.T("zone-both", "here", here, "there", there, "city", v.city(c.EmbargoZone))
}

// until is a time to come with what is left, for a page that counts down.
type until struct {
	when
	Over string // what stands there once it is past
	In   string // how a clock that counts down is said, with % for it
}

// until tells how long it is to an instant; zero when it is past.
func (v *visit) until(t time.Time) until {
	left := t.Sub(v.now)
	if t.IsZero() || left <= 0 {
		return until{}
	}
	u := until{when: when{ISO: t.In(v.house.Zone).Format(time.RFC3339), Full: v.moment(t)}, Over: v.T("left-over"), In: v.T("left-clock")}
	switch {
	case left < time.Minute:
		u.Words = v.T("left-now")
	case left < time.Hour:
		u.Words = v.T("left-minutes", "n", int(left/time.Minute))
	case left < 48*time.Hour:
		u.Words = v.T("left-hours", "n", int(left/time.Hour))
	default:
		u.Words = v.T("left-days", "n", int(left/(24*time.Hour)))
	}
	return u
}

// open is the value of a form's plan that stands for no plan on purpose. No
// plan has it as its id, for an id is of letters and digits.
const open = "*"

// plans are the ways to say who may read a story. Where the agency wants it
// chosen, nothing is chosen until somebody did; elsewhere both ways of having
// no plan are the same.
func (v *visit) plans(chosen string) []option {
	var all []option
	if v.house.Rules.NeedPlan {
		all = append(all, option{"", v.T("plan-choose"), chosen == ""}, option{open, v.T("open-to-all"), chosen == open})
	} else {
		value := ""
		if chosen == open {
			value = open
		}
		all = append(all, option{value, v.T("open-to-all"), chosen == value})
	}
	for _, plan := range v.house.Plans {
		all = append(all, option{plan.ID, plan.Name(masthead.Lang(v.lang)), plan.ID == chosen})
	}
	return known(all, chosen)
}

// unchosen reports whether the agency wants it said who may read a story, and
// nobody has said it yet.
func (v *visit) unchosen(c story.Content) bool {
	return v.house.Rules.NeedPlan && c.Plan == "" && !c.Open
}

// access is who may read a content, as its revisions are set side by side.
func (v *visit) access(c story.Content) string {
	if c.Open {
		return v.T("open-to-all")
	}
	return c.Plan
}
