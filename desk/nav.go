package desk

import (
	"wireroom/bulletin"
	"wireroom/staff"
)

// nav is the way from room to room, for this person.
func (v *visit) nav() []choice {
	rooms := []struct {
		id, url string
		shown   bool
	}{
		{"stories", homeURL, true},
		{"new-story", newURL, true},
		{"planned", plannedURL, true},
		{"planning", planningURL, true},
		{"board", boardURL, true},
		{"figures", figuresURL, true},
		{"copybook", copybookURL, true},
		{"quotations-room", quotationsURL, true},
		{"mentions", mentionsURL, true},
		{"letters", bulletinsURL, bulletin.May(v.person) == nil},
		{"readers", readersURL, v.looksAfterReaders()},
		{"clients", clientsURL, v.keepsClients()},
		{"endpoints", endpointsURL, v.sees(staff.ActClients) == nil},
		{"sources", sourcesURL, v.person.Role.KeepsHouse()},
		{"staff", staffURL, v.sees(staff.ActSee) == nil},
		{"masthead", mastheadURL, v.person.Role.KeepsHouse()},
	}
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
