// Package intake brings in stories from elsewhere: the pages and wires that
// went out before the agency came here.
//
// It promises that a second run adds nothing, that a run which was cut short
// can be run again, that a broken item is named and the rest goes on, and that
// what was left out is counted with its reason. Stories keep their dates. It
// leaves the formats to the format rooms and the keeping to story.
package intake
