package feed

import (
	"encoding/xml"
	"io"
	"time"
)

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	Title   string      `xml:"title"`
	About   string      `xml:"subtitle,omitempty"`
	ID      string      `xml:"id"`
	Changed string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  atomAuthor  `xml:"author"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type atomAuthor struct {
	Name string `xml:"name"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

type atomTerm struct {
	Term string `xml:"term,attr"`
}

type atomEntry struct {
	Title    string      `xml:"title"`
	ID       string      `xml:"id"`
	Links    []atomLink  `xml:"link"`
	Sent     string      `xml:"published"`
	Changed  string      `xml:"updated"`
	Author   *atomAuthor `xml:"author"`
	Sections []atomTerm  `xml:"category"`
	Summary  string      `xml:"summary,omitempty"`
	HTML     *atomText   `xml:"content"`
}

// Atom writes f as Atom 1.0.
func Atom(w io.Writer, f Feed) error {
	doc := atomFeed{
		Lang: f.Lang, Title: f.Title, About: f.About, ID: f.Self, Changed: atomTime(f.Changed),
		Links:  []atomLink{{Href: f.Home, Rel: "alternate", Type: "text/html"}, {Href: f.Self, Rel: "self", Type: "application/atom+xml"}},
		Author: atomAuthor{f.Agency},
	}
	if f.Hub != "" {
		doc.Links = append(doc.Links, atomLink{Href: f.Hub, Rel: "hub"})
	}
	for _, i := range f.Items {
		entry := atomEntry{
			Title: i.Title, ID: i.ID, Sent: atomTime(i.Sent), Changed: atomTime(latest(i)), Summary: i.Summary,
		}
		if i.URL != "" {
			entry.Links = append(entry.Links, atomLink{Href: i.URL, Rel: "alternate", Type: "text/html"})
		}
		if i.Picture != nil {
			entry.Links = append(entry.Links, atomLink{Href: i.Picture.URL, Rel: "enclosure", Type: i.Picture.Type})
		}
		if i.Author != "" {
			entry.Author = &atomAuthor{i.Author}
		}
		for _, s := range i.Sections {
			entry.Sections = append(entry.Sections, atomTerm{s})
		}
		if i.HTML != "" {
			entry.HTML = &atomText{Type: "html", Text: i.HTML}
		}
		doc.Entries = append(doc.Entries, entry)
	}
	return write(w, doc)
}

// atomTime writes the zero time as the epoch: Atom wants an instant always.
func atomTime(t time.Time) string {
	if t.IsZero() {
		t = time.Unix(0, 0).UTC()
	}
	return t.Format(time.RFC3339)
}

func latest(i Item) time.Time {
	if i.Changed.After(i.Sent) {
		return i.Changed
	}
	return i.Sent
}
