package feed

import (
	"encoding/xml"
	"io"
	"strings"
	"time"
)

// asHTML writes plain text as HTML, which a description of RSS is read as: a
// teaser that speaks of <script> must not become one in a reader of feeds.
var asHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

type rss struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Atom    string     `xml:"xmlns:atom,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title   string    `xml:"title"`
	Link    string    `xml:"link"`
	About   string    `xml:"description"`
	Lang    string    `xml:"language"`
	Changed string    `xml:"lastBuildDate,omitempty"`
	Links   []rssLink `xml:"atom:link"`
	Items   []rssItem `xml:"item"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type rssItem struct {
	Title    string        `xml:"title"`
	Link     string        `xml:"link,omitempty"`
	GUID     rssGUID       `xml:"guid"`
	Sent     string        `xml:"pubDate"`
	Author   string        `xml:"dc:creator,omitempty"`
	Sections []string      `xml:"category"`
	Summary  string        `xml:"description,omitempty"`
	HTML     string        `xml:"content:encoded,omitempty"`
	Picture  *rssEnclosure `xml:"enclosure"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	ID        string `xml:",chardata"`
}

type rssEnclosure struct {
	URL  string `xml:"url,attr"`
	Size int64  `xml:"length,attr"`
	Type string `xml:"type,attr"`
}

// RSS writes f as RSS 2.0.
func RSS(w io.Writer, f Feed) error {
	doc := rss{
		Version: "2.0",
		Atom:    "http://www.w3.org/2005/Atom",
		DC:      "http://purl.org/dc/elements/1.1/",
		Content: "http://purl.org/rss/1.0/modules/content/",
		Channel: rssChannel{
			Title: f.Title, Link: f.Home, About: f.About, Lang: f.Lang, Changed: stamp(f.Changed, time.RFC1123Z),
			Links: []rssLink{{Href: f.Self, Rel: "self", Type: "application/rss+xml"}},
		},
	}
	if f.Hub != "" {
		doc.Channel.Links = append(doc.Channel.Links, rssLink{Href: f.Hub, Rel: "hub"})
	}
	for _, i := range f.Items {
		item := rssItem{
			Title: i.Title, Link: i.URL, GUID: rssGUID{ID: i.ID}, Sent: stamp(i.Sent, time.RFC1123Z),
			Author: i.Author, Sections: i.Sections, Summary: asHTML.Replace(i.Summary), HTML: i.HTML,
		}
		if i.Picture != nil {
			item.Picture = &rssEnclosure{URL: i.Picture.URL, Size: i.Picture.Size, Type: i.Picture.Type}
		}
		doc.Channel.Items = append(doc.Channel.Items, item)
	}
	return write(w, doc)
}

func write(w io.Writer, doc any) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return xml.NewEncoder(w).Encode(doc)
}

func stamp(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(layout)
}
