package nitf

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/tree"
)

// Namespace is that of NITF's elements.
const Namespace = "http://iptc.org/std/NITF/2006-10-18/"

// Encode writes NITF 3.6, which holds one item.
func Encode(w io.Writer, items []format.Item, o format.Options) error {
	if len(items) != 1 {
		return errors.New("nitf: a document holds one item")
	}
	i := items[0].As(o)
	x := &tree.Writer{}
	x.Raw(tree.Header)
	x.Open("nitf", "xmlns", Namespace, "version", "-//IPTC//DTD NITF 3.6//EN", "baselang", i.Lang)
	head(x, i)
	body(x, i)
	x.Close()
	return x.To(w)
}

func head(x *tree.Writer, i format.Item) {
	x.Open("head")
	x.Leaf("title", i.Content.Headline)
	for _, m := range [][2]string{{"slugline", i.Content.Slug}, {"signal", string(i.Signal)}, {"wire", counted(i.Number)}, {"page", i.Page}} {
		if m[1] != "" {
			x.Leaf("meta", "", "name", m[0], "content", m[1])
		}
	}
	x.Open("tobject", "tobject.type", "news")
	for _, s := range i.Subjects {
		agency, number := "section", s.ID
		if code, ok := strings.CutPrefix(s.Code, "medtop:"); ok {
			agency, number = "medtop", code
		}
		if number == "" {
			number = "none"
		}
		x.Leaf("tobject.subject", "", "tobject.subject.ipr", agency, "tobject.subject.refnum", token(number), "tobject.subject.type", s.Label())
	}
	x.Close()
	docdata(x, i)
	x.Leaf("revision-history", "", "norm", stamp(i.Changed))
	x.Close()
}

func docdata(x *tree.Writer, i format.Item) {
	x.Open("docdata", "management-status", string(i.Standing()))
	x.Leaf("correction", "", "info", i.Correction)
	x.Leaf("doc-id", "", "id-string", i.URI)
	if i.Content.Urgency > 0 {
		x.Leaf("urgency", "", "ed-urg", strconv.Itoa(i.Content.Urgency))
	}
	x.Leaf("date.issue", "", "norm", stamp(i.Created))
	x.Leaf("date.release", "", "norm", stamp(i.Content.Embargo))
	for _, note := range []string{i.Advisory, i.Content.Note} {
		x.Leaf("ed-msg", "", "info", note)
	}
	x.Leaf("du-key", "", "version", counted(i.Version), "key", i.Content.Slug)
	x.Leaf("doc.copyright", "", "holder", i.Holder)
	x.Leaf("doc.rights", "", "limitations", i.Copyright)
	if len(i.Content.Keywords) > 0 {
		x.Open("key-list")
		for _, k := range i.Content.Keywords {
			x.Leaf("keyword", "", "key", k)
		}
		x.Close()
	}
	x.Close()
}

func body(x *tree.Writer, i format.Item) {
	x.Open("body")
	x.Open("body.head")
	if i.Content.Headline != "" {
		x.Open("hedline")
		x.Leaf("hl1", i.Content.Headline)
		x.Close()
	}
	x.Leaf("byline", i.Content.Byline)
	x.Leaf("distributor", i.Content.Credit)
	dateline(x, i)
	if i.Content.Teaser != "" {
		x.Open("abstract")
		x.Leaf("p", i.Content.Teaser)
		x.Close()
	}
	x.Close()
	x.Open("body.content")
	p := printer{x, i}
	p.blocks(i.Content.Body.Blocks)
	x.Close()
	x.Close()
}

// dateline writes it with its place apart: the whole as it opens the text, or
// the place alone.
func dateline(x *tree.Writer, i format.Item) {
	line := i.Dateline
	if line == "" {
		line = i.Content.Place
	}
	if line == "" {
		return
	}
	x.Open("dateline")
	rest := line
	if after, ok := strings.CutPrefix(line, i.Content.Place); ok && i.Content.Place != "" {
		x.Leaf("location", i.Content.Place)
		rest = after
	}
	x.Text(rest)
	x.Close()
}

// token makes a name token of a section's id, which may have any letters.
func token(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == '.' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, s)
}

func counted(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// stamp writes a time as ISO 8601 in its short form, which NITF wants.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("20060102T150405Z")
}
