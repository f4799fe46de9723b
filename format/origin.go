package format

// Origin is what a publishing system knows of an item and a wire does not tell.
type Origin struct {
	Kind      string   // "post", "page", or as the system calls it
	State     string   // "publish", "draft" …, as the system calls it
	Access    string   // who may read it, as the system calls it; "" is everybody
	Local     bool     // the times stand in the site's zone, which is not told
	Authors   []Author // in their order
	Terms     []Term   // in their order
	Addresses []string // at which it could be read
	Mark      int      // blocks before the mark behind which the text is paid for; 0 is no mark
	Opening   int      // blocks of the picture above the text: 0 or 1
	Aside     []string // names of what the body can't hold and the note tells
	Waits     string   // when it was to go out by itself
}

// Author is somebody who wrote.
type Author struct {
	ID   string // names them in the system
	Name string
}

// Term is a category, a tag or another label of a publishing system.
type Term struct {
	Kind string // "category", "tag" …
	ID   string // names it among its kind
	Name string
}

// Key names a term among all of the system.
func (t Term) Key() string { return t.Kind + "/" + t.ID }
