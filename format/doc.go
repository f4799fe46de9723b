// Package format is the shape in which news comes and goes: one item with all
// that a wire format says of it.
//
// It promises that each encoder beneath it writes that shape and each decoder
// gives it, so that what came by one format may go by any other. It leaves to
// those rooms how a format is written, to reveal what a client may have, and to
// intake what becomes of an item that came.
package format
