package reveal

import (
	"slices"
	"strings"
	"time"

	"wireroom/story"
)

// Viewer is whoever asks, with the plans that they held when they asked. The
// zero Viewer is anonymous.
type Viewer struct {
	plans []string
	given story.ID // one story that is open to them beside

	client *Contract // nil is a reader
}

// Given is the viewer to whom one story is open beside what they hold: a
// friend's gift, or one of the month's free stories.
func (v Viewer) Given(id story.ID) Viewer {
	v.given = id
	return v
}

// Holder is a viewer with passes, plan ids and the time until which each
// counts. Those that count at now are the viewer's for as long as the one
// request takes, so that no page is made half before a pass ends and half after.
func Holder(passes map[string]time.Time, now time.Time) Viewer {
	var v Viewer
	for plan, until := range passes {
		if now.Before(until) {
			v.plans = append(v.plans, plan)
		}
	}
	slices.Sort(v.plans)
	return v
}

// Class names what the viewer holds; viewers of one class are shown the same
// bytes. "" holds nothing.
func (v Viewer) Class() string {
	class := strings.Join(v.plans, " ")
	if v.client != nil {
		class = "client " + v.client.Client
	}
	if v.given != "" {
		class += " given " + string(v.given)
	}
	return class
}
