package newsml

import (
	"cmp"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/tree"
)

const (
	namespace = "http://iptc.org/std/nar/2006-10-01/"
	xhtml     = "http://www.w3.org/1999/xhtml"
	// catalog is where IPTC explains the codes of its own schemes.
	catalog = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml"
	// topics is where IPTC keeps the terms of its Media Topics.
	topics = "http://cv.iptc.org/newscodes/mediatopic/"

	// Schemes of our own, explained in each item.
	signalScheme  = "wsignal"
	sectionScheme = "wsection"
	idScheme      = "wid"
)

// Encode writes a NewsML-G2 message: each story as an item, each of its
// pictures as one, and packages that hold together a story with its pictures
// and the same story in several languages.
func Encode(w io.Writer, items []format.Item, o format.Options) error {
	x := &tree.Writer{}
	x.Raw(tree.Header)
	x.Open("newsMessage", "xmlns", namespace)
	x.Open("header")
	x.Leaf("sent", stamp(cmp.Or(o.At, newest(items), time.Unix(0, 0))))
	x.Leaf("sender", o.Agency)
	x.Leaf("transmitId", o.ID)
	x.Close()
	x.Open("itemSet")
	packs := 0
	for _, i := range items {
		i = i.As(o)
		news(x, i, o)
		for _, p := range i.Pictures {
			pictured(x, i, p, o)
		}
		if len(i.Pictures) > 0 {
			refs := []string{i.URI}
			for _, p := range i.Pictures {
				refs = append(refs, pictureURI(i, p))
			}
			packs++
			pack(x, i, parcel{packs, "pictures", "pgrmod:bag", refs}, o)
		}
	}
	for _, set := range languages(items) {
		packs++
		pack(x, set[0], parcel{packs, "languages", "pgrmod:alt", uris(set)}, o)
	}
	x.Close()
	x.Close()
	return x.To(w)
}

func newest(items []format.Item) time.Time {
	var t time.Time
	for _, i := range items {
		if i.Changed.After(t) {
			t = i.Changed
		}
	}
	return t
}

func pictureURI(i format.Item, p format.Picture) string { return i.URI + "#" + p.ID }

// open begins an item with what all have in common.
func open(x *tree.Writer, name, uri string, i format.Item) {
	version := max(i.Version, 1)
	x.Open(name, "guid", uri, "version", strconv.FormatInt(version, 10), "standard", "NewsML-G2", "standardversion", "2.35",
		"conformance", "power", "xml:lang", i.Lang)
	x.Leaf("catalogRef", "", "href", catalog)
	x.Open("catalog")
	for _, alias := range []string{signalScheme, sectionScheme, idScheme} {
		x.Leaf("scheme", "", "alias", alias, "uri", "urn:wireroom:"+alias+":")
	}
	x.Close()
	if i.Holder != "" || i.Copyright != "" {
		x.Open("rightsInfo")
		x.Leaf("copyrightHolder", "", "literal", i.Holder)
		x.Leaf("copyrightNotice", i.Copyright)
		x.Close()
	}
}

// meta writes what is said of the item itself.
func meta(x *tree.Writer, i format.Item, class, title string, o format.Options) {
	x.Open("itemMeta")
	x.Leaf("itemClass", "", "qcode", "ninat:"+class)
	x.Leaf("provider", "", "literal", cmp.Or(o.Agency, i.Content.Credit, i.Holder, "unknown"))
	x.Leaf("versionCreated", stamp(cmp.Or(i.Changed, i.Created, o.At, time.Unix(0, 0))))
	x.Leaf("firstCreated", stamp(i.Created))
	x.Leaf("embargoed", stamp(i.Content.Embargo))
	x.Leaf("pubStatus", "", "qcode", "stat:"+string(i.Standing()))
	x.Leaf("title", title)
	for _, note := range []string{i.Correction, i.Advisory, i.Content.Note} {
		x.Leaf("edNote", note)
	}
	if sign := map[string]string{"correction": "sig:correction", "update": "sig:update", "release": "sig:update"}[string(i.Signal)]; sign != "" {
		x.Leaf("signal", "", "qcode", sign)
	}
	if i.Signal != "" {
		x.Leaf("signal", "", "qcode", signalScheme+":"+string(i.Signal))
	}
	x.Leaf("link", "", "rel", prefixed(idScheme+":page", i.Page), "href", i.Page)
	for _, s := range i.Siblings {
		x.Open("link", "rel", idScheme+":translation", "residref", s.URI)
		x.Leaf("title", cmp.Or(s.Headline, s.URI), "xml:lang", s.Lang)
		x.Close()
	}
	x.Close()
}

// prefixed is s if there is something for it to say.
func prefixed(s, of string) string {
	if of == "" {
		return ""
	}
	return s
}

func news(x *tree.Writer, i format.Item, o format.Options) {
	open(x, "newsItem", i.URI, i)
	meta(x, i, cmp.Or(i.Type, "text"), "", o)
	contentMeta(x, i)
	if len(i.Content.Body.Blocks) > 0 {
		var text strings.Builder
		_ = print.HTML(&text, i.Content.Body.Blocks, print.Options{Wire: true, Dateline: i.Dateline, Picture: i.Image})
		x.Open("contentSet")
		x.Open("inlineXML", "contenttype", "application/xhtml+xml")
		x.Open("html", "xmlns", xhtml)
		x.Open("head")
		x.Raw("<title>")
		x.Text(i.Content.Headline)
		x.Raw("</title>")
		x.Close()
		x.Open("body")
		x.Raw(text.String())
		for range 4 {
			x.Close()
		}
	}
	x.Close()
}

// contentMeta writes what is said of the text.
func contentMeta(x *tree.Writer, i format.Item) {
	c := i.Content
	x.Open("contentMeta")
	if c.Urgency > 0 {
		x.Leaf("urgency", strconv.Itoa(c.Urgency))
	}
	x.Leaf("located", "", "literal", c.Place)
	x.Leaf("creator", "", "literal", c.Byline)
	x.Leaf("infoSource", "", "literal", c.Credit)
	if i.Number > 0 {
		x.Leaf("altId", strconv.FormatInt(i.Number, 10), "type", idScheme+":wire")
	}
	x.Leaf("language", "", "tag", i.Lang)
	for _, k := range c.Keywords {
		x.Leaf("keyword", k)
	}
	for _, s := range i.Subjects {
		subject(x, s)
	}
	x.Leaf("slugline", c.Slug)
	x.Leaf("headline", c.Headline)
	x.Leaf("dateline", i.Dateline)
	x.Leaf("by", c.Byline)
	x.Leaf("creditline", c.Credit)
	x.Leaf("description", c.Teaser, "role", prefixed("drol:summary", c.Teaser))
	x.Close()
}

// subject writes a concept by its media topic, or else by the section alone,
// with its name in each language.
func subject(x *tree.Writer, s format.Subject) {
	section := prefixed(sectionScheme+":"+s.ID, s.ID)
	if s.Code == "" && section == "" {
		x.Open("subject", "literal", s.Name)
	} else {
		x.Open("subject", "type", "cpnat:abstract", "qcode", cmp.Or(s.Code, section))
	}
	langs := make([]string, 0, len(s.Names))
	for l := range s.Names {
		langs = append(langs, l)
	}
	slices.Sort(langs)
	for _, l := range langs {
		x.Leaf("name", s.Names[l], "xml:lang", l)
	}
	if len(langs) == 0 {
		x.Leaf("name", s.Name)
	}
	if s.Code != "" {
		x.Leaf("sameAs", "", "qcode", section)
	}
	x.Close()
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
