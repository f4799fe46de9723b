package reveal

import (
	"slices"
	"strings"
	"time"
)

// Viewer is whoever asks. The zero Viewer is anonymous.
type Viewer struct {
	plans map[string]time.Time
}

// Holder is a viewer with passes: plan ids and the time until which each counts.
func Holder(plans map[string]time.Time) Viewer { return Viewer{plans: plans} }

// Anonymous reports whether the viewer holds nothing.
func (v Viewer) Anonymous() bool { return len(v.plans) == 0 }

// Class names what the viewer holds at the time; viewers of one class are
// shown the same bytes. "" is anonymous.
func (v Viewer) Class(now time.Time) string {
	var held []string
	for plan := range v.plans {
		if v.holds(plan, now) {
			held = append(held, plan)
		}
	}
	slices.Sort(held)
	return strings.Join(held, " ")
}

func (v Viewer) holds(plan string, now time.Time) bool {
	until, ok := v.plans[plan]
	return ok && now.Before(until)
}
