package prose

import (
	"wireroom/format/print"
	"wireroom/story"
)

// Reading is a text as blocks.
type Reading struct {
	Blocks   []story.Node
	Dateline string // that opens the text, where its markup tells
	Left     []Left // what a body can't hold
	Size     int    // bytes of JSON that the blocks take, or took until there was no room
}

// Left is what a text refers to but a body can't hold: a picture's address.
type Left struct {
	Name  string // "img src"
	Value string
}

// Fits reports whether a story has room for the text. If not the Blocks are
// not whole.
func (r Reading) Fits() bool { return r.Size <= story.MaxBody }

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

// Plain is HTML as plain text, for a field that has no markup.
func Plain(markup string) string {
	r := HTML(markup)
	if !r.Fits() {
		return ""
	}
	return print.Text(r.Blocks)
}
