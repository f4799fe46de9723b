package saved

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"wireroom/format"
	"wireroom/format/prose"
)

// says is what a page tells machines of itself.
type says struct {
	headline, teaser   string
	published, changed string
	lang, address      string
	access             string
	authors            []string
	terms              []format.Term
}

// look reads the head, the JSON-LD and, for pages that have neither, the marks
// within the text.
func look(doc *html.Node) says {
	var s says
	var ld article
	var stamp, name string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.Data {
		case "html":
			s.lang = cmp.Or(s.lang, value(n, "lang"), value(n, "xml:lang"))
		case "meta":
			s.meta(cmp.Or(value(n, "property"), value(n, "name"), value(n, "itemprop")), value(n, "content"))
		case "link", "a":
			if has(n, "rel", "canonical") || has(n, "class", "p-canonical") {
				s.address = cmp.Or(s.address, value(n, "href"))
			}
		case "script":
			if strings.EqualFold(value(n, "type"), "application/ld+json") && n.FirstChild != nil && ld.Headline == "" {
				ld = linked(n.FirstChild.Data)
			}
		case "time":
			if at := value(n, "datetime"); stamp == "" || has(n, "class", "dt-published") {
				stamp = cmp.Or(at, stamp)
			}
		case "h1":
			name = cmp.Or(name, format.Flat(inside(n)))
		}
	}
	s.add(ld)
	s.headline = cmp.Or(s.headline, name)
	s.published = cmp.Or(s.published, stamp)
	if !strings.HasPrefix(s.address, "http://") && !strings.HasPrefix(s.address, "https://") {
		s.address = ""
	}
	return s
}

func (s *says) meta(name, content string) {
	content = format.Flat(prose.Printable(content))
	if content == "" {
		return
	}
	switch strings.ToLower(name) {
	case "article:published_time", "datepublished", "pubdate", "dc.date", "dc.date.issued", "date":
		s.published = cmp.Or(s.published, content)
	case "article:modified_time", "datemodified":
		s.changed = cmp.Or(s.changed, content)
	case "article:section":
		s.term("section", content)
	case "article:tag":
		s.term("tag", content)
	case "keywords", "news_keywords":
		for k := range strings.SplitSeq(content, ",") {
			s.term("tag", format.Flat(k))
		}
	case "author", "dc.creator", "byl":
		if by := format.Byline(content); !strings.HasPrefix(by, "http") && !slices.Contains(s.authors, by) {
			s.authors = append(s.authors, by)
		}
	case "og:description", "description":
		s.teaser = cmp.Or(s.teaser, content)
	case "og:url":
		s.address = cmp.Or(s.address, content)
	case "article:content_tier":
		if tier := strings.ToLower(content); tier != "free" {
			s.access = cmp.Or(s.access, tier)
		}
	}
}

func (s *says) term(kind, name string) {
	t := format.Term{Kind: kind, ID: strings.ToLower(name), Name: name}
	if name != "" && !slices.Contains(s.terms, t) {
		s.terms = append(s.terms, t)
	}
}

// article is schema.org's, of what a page of news has.
type article struct {
	Type      any    `json:"@type"`
	Headline  string `json:"headline"`
	Published string `json:"datePublished"`
	Modified  string `json:"dateModified"`
	Section   any    `json:"articleSection"`
	Author    any    `json:"author"`
	Free      any    `json:"isAccessibleForFree"`
	Graph     []any  `json:"@graph"`
}

// linked finds the article in a page's JSON-LD: alone, in a list or a graph.
func linked(data string) article {
	var any1 any
	if json.Unmarshal([]byte(data), &any1) != nil {
		return article{}
	}
	all, ok := any1.([]any)
	if !ok {
		all = []any{any1}
	}
	for _, one := range all {
		fields, _ := one.(map[string]any)
		if graph, ok := fields["@graph"].([]any); ok {
			all = append(all, graph...)
		}
	}
	for _, one := range all {
		var a article
		again, err := json.Marshal(one)
		if err != nil || json.Unmarshal(again, &a) != nil {
			continue
		}
		for _, t := range texts(a.Type) {
			if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || strings.HasSuffix(t, "Report") {
				return a
			}
		}
	}
	return article{}
}

func (s *says) add(a article) {
	s.headline = format.Flat(prose.Printable(a.Headline))
	s.published, s.changed = cmp.Or(a.Published, s.published), cmp.Or(a.Modified, s.changed)
	for _, name := range texts(a.Section) {
		s.term("section", format.Flat(prose.Printable(name)))
	}
	var by []string
	for _, name := range texts(a.Author) {
		if name = format.Byline(prose.Printable(name)); name != "" && !slices.Contains(by, name) {
			by = append(by, name)
		}
	}
	if len(by) > 0 {
		s.authors = by
	}
	if free, ok := a.Free.(bool); ok && !free || strings.EqualFold(first(a.Free), "false") {
		s.access = cmp.Or(s.access, "locked")
	}
}

func first(v any) string {
	if all := texts(v); len(all) > 0 {
		return all[0]
	}
	return ""
}

// texts are the texts of a value that may be one, several, or things with names.
func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case map[string]any:
		if name, ok := v["name"].(string); ok {
			return []string{name}
		}
	case []any:
		var all []string
		for _, one := range v {
			if _, nested := one.([]any); !nested {
				all = append(all, texts(one)...)
			}
		}
		return all
	}
	return nil
}

func value(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

// has reports whether one of the words of an attribute is the word.
func has(n *html.Node, name, word string) bool {
	return slices.Contains(strings.Fields(value(n, name)), word)
}

func inside(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return prose.Printable(b.String())
}
