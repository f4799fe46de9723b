package feed

import (
	"encoding/xml"
	"io"
	"time"
)

// Page is one address of a sitemap.
type Page struct {
	URL      string
	Changed  time.Time
	Versions []Version // the same page in every language, this one too
}

// Version is a page in another language.
type Version struct{ Lang, URL string }

// News is one story of a news sitemap.
type News struct {
	URL, Title string
	Lang       string
	Sent       time.Time
}

const (
	nsSitemap = "http://www.sitemaps.org/schemas/sitemap/0.9"
	nsNews    = "http://www.google.com/schemas/sitemap-news/0.9"
	nsXHTML   = "http://www.w3.org/1999/xhtml"
)

type urlset struct {
	XMLName xml.Name     `xml:"urlset"`
	NS      string       `xml:"xmlns,attr"`
	News    string       `xml:"xmlns:news,attr,omitempty"`
	XHTML   string       `xml:"xmlns:xhtml,attr,omitempty"`
	URLs    []sitemapURL `xml:"url"`
}

type sitemapURL struct {
	Loc      string        `xml:"loc"`
	Changed  string        `xml:"lastmod,omitempty"`
	Versions []xhtmlLink   `xml:"xhtml:link"`
	News     *newsElements `xml:"news:news"`
}

type xhtmlLink struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

type newsElements struct {
	Name  string `xml:"news:publication>news:name"`
	Lang  string `xml:"news:publication>news:language"`
	Sent  string `xml:"news:publication_date"`
	Title string `xml:"news:title"`
}

type sitemapIndex struct {
	XMLName xml.Name     `xml:"sitemapindex"`
	NS      string       `xml:"xmlns,attr"`
	Maps    []sitemapURL `xml:"sitemap"`
}

// Sitemap writes pages as a sitemap; the format allows 50,000.
func Sitemap(w io.Writer, pages []Page) error {
	doc := urlset{NS: nsSitemap, XHTML: nsXHTML}
	for _, p := range pages {
		u := sitemapURL{Loc: p.URL, Changed: stamp(p.Changed, time.RFC3339)}
		for _, v := range p.Versions {
			u.Versions = append(u.Versions, xhtmlLink{"alternate", v.Lang, v.URL})
		}
		doc.URLs = append(doc.URLs, u)
	}
	return write(w, doc)
}

// SitemapIndex writes the addresses of sitemaps.
func SitemapIndex(w io.Writer, maps []Page) error {
	doc := sitemapIndex{NS: nsSitemap}
	for _, p := range maps {
		doc.Maps = append(doc.Maps, sitemapURL{Loc: p.URL, Changed: stamp(p.Changed, time.RFC3339)})
	}
	return write(w, doc)
}

// NewsSitemap writes stories of the last two days, at most 1,000 by the
// format; agency is the publication's name.
func NewsSitemap(w io.Writer, agency string, stories []News) error {
	doc := urlset{NS: nsSitemap, News: nsNews}
	for _, s := range stories {
		doc.URLs = append(doc.URLs, sitemapURL{
			Loc:  s.URL,
			News: &newsElements{Name: agency, Lang: s.Lang, Sent: s.Sent.Format(time.RFC3339), Title: s.Title},
		})
	}
	return write(w, doc)
}
