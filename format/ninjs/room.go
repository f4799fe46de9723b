package ninjs

import (
	"cmp"

	"wireroom/story"
)

// leastNode is how many bytes of JSON a node takes at least.
const leastNode = len(`{"type":"hard_break"}`)

// room is how many bytes of a body's JSON are left. A node takes far more in
// memory than its tag in a file, so what no story can hold is not built first.
type room int

// take leaves less room; false when there is none.
func (r *room) take(bytes int) bool {
	*r -= room(bytes)
	return *r >= 0
}

// fits notes what a wording took of a body's room. One that found none spoils
// the item.
func (f *fields) fits(w words, left room) bool {
	f.size += story.MaxBody - int(left)
	if left >= 0 {
		return true
	}
	f.bad = cmp.Or(f.bad, &Error{Field: Brief(w.field), Reason: "has more text and tags than a story can hold"})
	return false
}

// mostQuoted is how many characters of a file's text stand in a message.
const mostQuoted = 100

// Brief cuts a text that comes from a file, so that whoever keeps it in a
// message does not keep all of it.
func Brief(s string) string {
	n := 0
	for i := range s {
		if n == mostQuoted {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
