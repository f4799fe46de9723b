package ninjs

import (
	"fmt"
	"time"

	"wireroom/story"
)

// Item is a news item as a story's content and what an import needs beside it.
type Item struct {
	Line    int       // on which it begins; counts from 1
	Size    int       // bytes of JSON that it, or its envelope, took, and that its texts take now
	URI     string    // names it for ever
	Type    string    // "" and "text" are a text; "picture", "event" …
	Status  string    // "usable", "withheld", "canceled"; "" is usable
	Lang    string    // as it stands there: "en-GB"
	Created time.Time // zero without one that can be read
	Changed time.Time
	Undated bool // the item gives no time at all, which the standard allows

	// Subjects are labels that may name sections of the agency.
	Subjects []string
	// Content lacks sections, plan and date; its keywords lack the subjects.
	Content story.Content
	// Lost lists the fields with content that stand nowhere in Content.
	Lost []string
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
