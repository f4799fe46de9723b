// Package planning is the calendar of what is expected, who covers it and in
// which language, and how a coverage becomes a story.
//
// It promises that a save over a newer one is refused, that what is taken off
// the calendar can be put back, and that a coverage becomes one story only. It
// leaves to story what happens to that story from then on.
package planning
