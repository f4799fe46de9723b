package feed

import (
	"cmp"
	"io"
	"iter"
	"strings"

	"github.com/mmcdole/gofeed"

	"wireroom/format"
	"wireroom/format/prose"
)

// MaxBytes is how long a feed may be that is read.
const MaxBytes = 16 << 20

// Decode reads the items of a feed, RSS, Atom or JSON Feed. An item that has no
// text but a summary comes with that as its text.
func Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		f, err := gofeed.NewParser().Parse(io.LimitReader(r, MaxBytes))
		if err != nil {
			yield(format.Item{}, &format.Error{Line: 1, Reason: "this is no feed: " + format.Brief(err.Error())})
			return
		}
		for n, e := range f.Items {
			i, err := item(f, e)
			i.Line = n + 1
			if bad, ok := err.(*format.Error); ok {
				bad.Line = n + 1
			}
			if !yield(i, err) {
				return
			}
		}
	}
}

// item reads one item. Its line is its place in the feed, which tells more
// than a line of a document that often has but one.
func item(f *gofeed.Feed, e *gofeed.Item) (format.Item, error) {
	i := format.Item{URI: cmp.Or(e.GUID, e.Link), Page: e.Link, Lang: f.Language}
	c := &i.Content
	c.Headline = format.Flat(e.Title)
	if strings.Contains(e.Title, "</") {
		// Titles are text, but some feeds write markup into them all the same.
		c.Headline = format.Flat(prose.Plain(e.Title))
	}
	c.Credit = format.Flat(f.Title)
	var by []string
	for _, a := range e.Authors {
		if a != nil && a.Name != "" {
			by = append(by, a.Name)
		}
	}
	c.Byline = format.Byline(strings.Join(by, ", "))
	for _, label := range e.Categories {
		i.Subjects = append(i.Subjects, format.Subject{Name: format.Flat(label)})
	}
	if e.PublishedParsed != nil {
		i.Created = e.PublishedParsed.UTC()
	}
	if e.UpdatedParsed != nil {
		i.Changed = e.UpdatedParsed.UTC()
	}
	if i.Created.IsZero() {
		i.Created = i.Changed
	}
	i.Changed = later(i.Created, i.Changed)
	i.Undated = i.Created.IsZero()
	text := prose.HTML(cmp.Or(e.Content, e.Description))
	if !text.Fits() {
		return i, &format.Error{Field: "content", Reason: "has more text and tags than a story can hold"}
	}
	c.Body.Blocks, i.Size, i.Dateline = text.Blocks, text.Size, text.Dateline
	if e.Content != "" {
		c.Teaser = prose.Plain(e.Description)
	}
	var lines []format.Line
	for _, left := range text.Left {
		lines = append(lines, format.Line{Name: "body " + left.Name, Value: left.Value})
	}
	for _, p := range e.Enclosures {
		lines = append(lines, format.Line{Name: "enclosure", Value: p.URL})
	}
	c.Note, i.Lost = format.Noted("", lines)
	i.URI = cmp.Or(i.URI, i.Name())
	i.Head()
	return i, nil
}
