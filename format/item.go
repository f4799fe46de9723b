package format

import (
	"fmt"
	"time"

	"wireroom/story"
)

// Item is a news item: what a client gets of a release, or what came in from
// elsewhere. A decoder fills what its format tells; zero is not told.
type Item struct {
	URI     string       // names the story for ever: "urn:uuid:…"
	Number  int64        // of this release on the wire
	Version int64        // counts the story's releases from 1
	Type    string       // "" and "text" are a text; "picture", "event" …
	Status  story.Status // "" is usable
	Signal  story.Signal // what the release was; "" is not told
	Lang    string       // as it stands there: "en-GB"
	Page    string       // address of the story's page

	Created time.Time // when it first went out; zero without one that can be read
	Changed time.Time // when this release went out
	Undated bool      // the item gives no time at all, which some formats allow

	// Content holds the words. Of what came in it lacks sections, plan and date,
	// and its keywords lack the subjects; in what goes out Subjects stand for
	// sections.
	Content  story.Content
	Dateline string // as it opens the text: "October 25, Pozirk."; what came in keeps it in the body
	Subjects []Subject

	Advisory   string // what an update adds
	Correction string // what a correction puts right, or why the story is held or killed
	Pictures   []Picture
	Siblings   []Sibling // the story in other languages
	Holder     string    // who has the copyright
	Copyright  string    // the notice in words

	// Of what came in:
	Line int      // on which it begins; counts from 1
	Size int      // bytes that it, or its envelope, took, and that its texts take now
	Lost []string // the fields with content that stand nowhere in Content

	Origin *Origin // of the publishing system that it stood in; nil is a wire
}

// Subject is what an item is about: a section of the agency, a term of IPTC's
// Media Topics, or a label that may name one.
type Subject struct {
	ID    string            // the section's, as in its address
	Code  string            // "medtop:11000000"
	Name  string            // in the item's language
	Names map[string]string // by language, where there are several
}

// Label is what names the subject best.
func (s Subject) Label() string {
	switch {
	case s.Name != "":
		return s.Name
	case s.Code != "":
		return s.Code
	}
	return s.ID
}

// Picture is a picture of the item. In the body a node of type picture with
// the same ID marks its place.
type Picture struct {
	ID                   string
	Caption, Credit, Alt string
	Sizes                []Size // smallest first
}

// Size is a picture in one width.
type Size struct {
	Href, Type    string // "image/jpeg"
	Width, Height int    // pixels
	Bytes         int64  // 0 is not known
}

// Sibling is the same story in another language.
type Sibling struct {
	URI, Lang, Headline, Page string
}

// Options are what a document says beside its items.
type Options struct {
	// Round prints an editor's insertion in parentheses, for systems that lose
	// square brackets.
	Round  bool
	Agency string    // who sends
	At     time.Time // when the document is made
	ID     string    // names the document, where the format wants it named
	Title  string    // of a feed
	Lang   string    // of a feed
	Home   string    // the page that shows the same list
	Self   string    // where a feed answers
}

// Error is an item, or a whole file, that can't be read.
type Error struct {
	Line   int    // where it begins; counts from 1
	Field  string // "places[2].geojson.type"; "" is the item itself
	Reason string // a sentence for a person, without the field
}

func (e *Error) Error() string {
	if e.Field == "" {
		return fmt.Sprintf("line %d: %s", e.Line, e.Reason)
	}
	return fmt.Sprintf("line %d: %s: %s", e.Line, e.Field, e.Reason)
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
