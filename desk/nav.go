package desk

import (
	"wireroom/bulletin"
	"wireroom/staff"
)

// way leads to a place of the desk from everywhere.
type way struct {
	id, url string
	shown   bool
}

// nav is the way to the rooms of every day, for this person.
func (v *visit) nav() []choice {
	return v.open([]way{
		{"stories", homeURL, true},
		{"new-story", newURL, true},
		{"planned", plannedURL, true},
		{"planning", planningURL, true},
		{"board", boardURL, true},
		{"copybook", copybookURL, true},
		{"quotations-room", quotationsURL, true},
		{"mentions", mentionsURL, true},
	})
}

// affairs is the way to the rooms where the agency itself is looked after.
func (v *visit) affairs() []choice {
	return v.open([]way{
		{"register-room", peopleURL, true},
		{"figures", figuresURL, true},
		{"letters", bulletinsURL, bulletin.May(v.person) == nil},
		{"readers", readersURL, v.looksAfterReaders()},
		{"clients", clientsURL, v.keepsClients()},
		{"endpoints", endpointsURL, v.sees(staff.ActClients) == nil},
		{"sources", sourcesURL, v.person.Role.KeepsHouse()},
		{"staff", staffURL, v.sees(staff.ActSee) == nil},
		{"masthead", mastheadURL, v.person.Role.KeepsHouse()},
	})
}

func (v *visit) open(rooms []way) []choice {
	var all []choice
	for _, r := range rooms {
		if r.shown {
			text := v.T(r.id)
			if r.id == "mentions" {
				text += v.calls()
			}
			all = append(all, choice{text, r.url, v.r.URL.Path == r.url})
		}
	}
	return all
}
