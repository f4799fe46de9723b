package wxr

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html/charset"

	"wireroom/format"
)

// named is an element whose name alone does not tell what it is.
type named struct {
	XMLName xml.Name
	Text    string `xml:",chardata"`
}

// label is a category, tag or other term of a post.
type label struct {
	Domain   string `xml:"domain,attr"`
	Nicename string `xml:"nicename,attr"`
	Text     string `xml:",chardata"`
}

type meta struct {
	Key   string `xml:"meta_key"`
	Value string `xml:"meta_value"`
}

// entry is an <item>. Versions of the format differ in their namespaces, so
// names are matched by their last part.
type entry struct {
	Titles   []named `xml:"title"`
	Links    []named `xml:"link"`
	Encoded  []named `xml:"encoded"`
	GUID     string  `xml:"guid"`
	PubDate  string  `xml:"pubDate"`
	Creator  string  `xml:"creator"`
	About    []named `xml:"description"`
	ID       string  `xml:"post_id"`
	Date     string  `xml:"post_date"`
	GMT      string  `xml:"post_date_gmt"`
	Modified string  `xml:"post_modified_gmt"`
	Name     string  `xml:"post_name"`
	Status   string  `xml:"status"`
	Type     string  `xml:"post_type"`
	Password string  `xml:"post_password"`
	File     string  `xml:"attachment_url"`
	Labels   []label `xml:"category"`
	Meta     []meta  `xml:"postmeta"`

	Enclosures []struct {
		URL string `xml:"url,attr"`
	} `xml:"enclosure"`
}

// plainly is the element of RSS itself, not one of another namespace.
func plainly(all []named) string {
	for _, n := range all {
		if n.XMLName.Space == "" {
			return strings.TrimSpace(n.Text)
		}
	}
	return ""
}

func (e *entry) content() string { return e.encoded(false) }
func (e *entry) excerpt() string { return e.encoded(true) }

func (e *entry) encoded(excerpt bool) string {
	for _, n := range e.Encoded {
		if strings.Contains(n.XMLName.Space, "excerpt") == excerpt {
			return n.Text
		}
	}
	return ""
}

func (e *entry) meta(key string) string {
	for _, m := range e.Meta {
		if m.Key == key {
			return m.Value
		}
	}
	return ""
}

// writer is a <wp:author>, or a <wp:category>, <wp:tag> or <wp:term>.
type writer struct {
	Login string `xml:"author_login"`
	Name  string `xml:"author_display_name"`
	First string `xml:"author_first_name"`
	Last  string `xml:"author_last_name"`
}

type term struct {
	Category string `xml:"category_nicename"`
	CatName  string `xml:"cat_name"`
	Tag      string `xml:"tag_slug"`
	TagName  string `xml:"tag_name"`
	Taxonomy string `xml:"term_taxonomy"`
	Slug     string `xml:"term_slug"`
	Name     string `xml:"term_name"`
}

func (t term) of() format.Term {
	switch {
	case t.Category != "":
		return termOf("category", t.Category, t.CatName)
	case t.Tag != "":
		return termOf("post_tag", t.Tag, t.TagName)
	}
	return termOf(t.Taxonomy, t.Slug, t.Name)
}

// visitor takes what stands in a file. A nil field is passed over.
type visitor struct {
	item   func(line int, e *entry) bool // false ends the reading
	writer func(writer)
	term   func(term)
	text   func(name, text string) // of the channel itself
}

// scan reads a file. What is wrong with it is a *format.Error.
func scan(r io.Reader, v visitor) error {
	in := format.NewPortions(r)
	d := xml.NewDecoder(newForgiving(in))
	d.CharsetReader = charset.NewReaderLabel
	d.Entity = xml.HTMLEntity
	line, items := 1, 0
	fail := func(err error) error {
		if errors.Is(err, format.ErrPortion) {
			return &format.Error{Line: line, Reason: err.Error()}
		}
		at, _ := d.InputPos()
		return &format.Error{Line: max(at, line), Reason: "this is no XML: " + format.Brief(plain(err))}
	}
	var open []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return whole(open, items)
		}
		if err != nil {
			return fail(err)
		}
		switch t := token.(type) {
		case xml.EndElement:
			open = open[:max(len(open)-1, 0)]
		case xml.StartElement:
			name := t.Name.Local
			if len(open) == 0 && name != "rss" && name != "RDF" {
				return &format.Error{Line: 1, Reason: fmt.Sprintf("this is no export of WordPress: it begins with <%s>, not <rss>", format.Brief(name))}
			}
			line, _ = d.InputPos()
			in.Grant()
			went, err := v.visit(d, t, open, line)
			if err != nil {
				return fail(err)
			}
			switch went {
			case stopped:
				return nil
			case entered:
				open = append(open, name)
			case taken:
				items++
			}
		}
	}
}

// whole tells of a file that ended before it was one.
func whole(open []string, items int) error {
	if len(open) > 0 {
		return &format.Error{Line: 1, Reason: fmt.Sprintf("the file ends within <%s>", open[len(open)-1])}
	}
	if items == 0 {
		return &format.Error{Line: 1, Reason: "this is no export of WordPress: there is nothing in it"}
	}
	return nil
}

// plain is the XML error without its own line, which stands beside.
func plain(err error) string {
	var bad *xml.SyntaxError
	if errors.As(err, &bad) {
		return bad.Msg
	}
	return err.Error()
}

type step int

const (
	entered step = iota
	taken
	passed
	stopped
)

func (v visitor) visit(d *xml.Decoder, t xml.StartElement, open []string, line int) (step, error) {
	name := t.Name.Local
	if len(open) < 2 && (name == "rss" || name == "channel" || name == "RDF") {
		return entered, nil
	}
	switch {
	case name == "item":
		if v.item == nil {
			return taken, d.Skip()
		}
		var e entry
		if err := d.DecodeElement(&e, &t); err != nil {
			return taken, err
		}
		if !v.item(line, &e) {
			return stopped, nil
		}
		return taken, nil
	case name == "author":
		if v.writer == nil {
			return taken, d.Skip()
		}
		var w writer
		err := d.DecodeElement(&w, &t)
		if err == nil && w.Login != "" {
			v.writer(w)
		}
		return taken, err
	case (name == "category" || name == "tag" || name == "term") && t.Name.Space != "":
		if v.term == nil {
			return taken, d.Skip()
		}
		var one term
		err := d.DecodeElement(&one, &t)
		if err == nil && one.of().ID != "" {
			v.term(one)
		}
		return taken, err
	case v.text != nil && (name == "language" || name == "base_blog_url" || name == "link" && t.Name.Space == ""):
		var text string
		err := d.DecodeElement(&text, &t)
		if err == nil {
			v.text(name, strings.TrimSpace(text))
		}
		return passed, err
	}
	return passed, d.Skip()
}
