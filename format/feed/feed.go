// Package feed writes what feed readers and search engines subscribe to: RSS,
// Atom, JSON Feed, sitemaps and news sitemaps.
//
// It promises well-formed documents whatever the text holds: characters that
// XML cannot carry become U+FFFD and nothing else is changed. It only encodes;
// what a reader may have was decided before an Item was filled.
package feed

import "time"

// Feed is one list of stories. Addresses are absolute.
type Feed struct {
	Title   string
	About   string // one sentence
	Lang    string // "en", "ru", "be"
	Home    string // the page that shows the same list
	Self    string // where this feed answers
	Hub     string // where one asks to be told of changes (WebSub); "" is nowhere
	Agency  string // who publishes it
	Changed time.Time
	Items   []Item // newest first
}

// Item is one story.
type Item struct {
	ID       string // stays for ever: "urn:uuid:…"
	URL      string
	Title    string
	Summary  string   // plain text
	HTML     string   // as much of the text as everyone may have
	Sections []string // labels
	Author   string
	Picture  *Picture
	Sent     time.Time
	Changed  time.Time
}

// Picture goes with an item.
type Picture struct {
	URL  string
	Type string // "image/jpeg"
	Size int64  // bytes; 0 is unknown
}

// The media types that the documents are served with.
const (
	TypeRSS  = "application/rss+xml; charset=utf-8"
	TypeAtom = "application/atom+xml; charset=utf-8"
	TypeJSON = "application/feed+json; charset=utf-8"
	TypeXML  = "application/xml; charset=utf-8"
)
