package saved

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/story"
)

const (
	// MaxBytes is how long a page may be that is read.
	MaxBytes = 16 << 20
	// maxElements bounds the work on a page.
	maxElements = 100_000
)

// Decode reads one page. file names it within its folder; a page that does not
// say its address had it from there. A *format.Error says that there is no
// article in it.
func Decode(file string, r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		yield(decode(file, r))
	}
}

func decode(file string, r io.Reader) (i format.Item, err error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return i, err
	}
	if len(data) > MaxBytes {
		return i, &format.Error{Line: 1, Reason: fmt.Sprintf("the page has more than %d bytes", MaxBytes)}
	}
	in, err := charset.NewReader(bytes.NewReader(data), "")
	if err != nil {
		return i, &format.Error{Line: 1, Reason: "the page is empty"}
	}
	doc, err := html.Parse(in)
	if err != nil {
		return i, &format.Error{Line: 1, Reason: "this is no HTML: " + format.Brief(err.Error())}
	}
	return item(file, look(doc), doc)
}

func item(file string, s says, doc *html.Node) (format.Item, error) {
	i := format.Item{Line: 1, Lang: s.lang, Page: s.address, Origin: &format.Origin{
		Kind: "post", State: "published", Access: s.access, Terms: s.terms, Addresses: addresses(file, s.address)}}
	absolute(doc, s.address)
	found, err := extract(doc)
	if err != nil {
		return i, &format.Error{Line: 1, Reason: "there is no article on the page: " + format.Brief(err.Error())}
	}
	var text strings.Builder
	if found.Node != nil {
		if err := found.RenderHTML(&text); err != nil {
			return i, err
		}
	}
	p := prose.Illustrated(prose.Printable(text.String()))
	if !p.Fits() {
		return i, &format.Error{Line: 1, Reason: "the page has more text and tags than a story can hold"}
	}
	if len(p.Blocks) == 0 {
		return i, &format.Error{Line: 1, Reason: "there is no article on the page"}
	}
	c := &i.Content
	c.Headline = format.Flat(prose.Printable(cmp.Or(s.headline, found.Title())))
	c.Body.Blocks = headless(p.Blocks, c.Headline)
	c.Teaser = format.Flat(prose.Printable(s.teaser))
	i.Size, i.Lang = p.Size, cmp.Or(i.Lang, found.Language())
	published, changed := s.published, s.changed
	if published == "" {
		if t, err := found.PublishedTime(); err == nil {
			published = t.UTC().Format("2006-01-02T15:04:05Z07:00")
		}
	}
	i.SetTimes(published, "")
	if i.Created.IsZero() {
		i.Undated = true // a day in words is none that we can read
	} else if t, _ := format.When(changed); t.After(i.Created) {
		i.Changed = t
	}
	if _, zoned := format.When(published); !zoned {
		i.Origin.Local = true
	}
	authors(&i, s.authors, found.Byline())
	var lines []format.Line
	for _, left := range p.Left {
		lines = append(lines, format.Line{Name: left.Name, Value: left.Value})
		i.Origin.Aside = append(i.Origin.Aside, left.Name)
	}
	c.Note, i.Lost = format.Noted("", lines)
	i.URI = cmp.Or(s.address, file)
	i.Head()
	return i, nil
}

// extract runs the library, which has met less than the world has.
func extract(doc *html.Node) (a readability.Article, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("its structure can't be followed")
		}
	}()
	p := readability.NewParser()
	p.MaxElemsToParse = maxElements
	return p.ParseAndMutate(doc, nil)
}

// authors are those that the page tells machines, else its byline.
func authors(i *format.Item, told []string, byline string) {
	if len(told) == 0 {
		if by := format.Byline(prose.Printable(byline)); by != "" {
			told = []string{by}
		}
	}
	for _, name := range told {
		i.Origin.Authors = append(i.Origin.Authors, format.Author{ID: name, Name: name})
	}
}

// addresses are where the page was: as it says, else as its file is named.
func addresses(file, address string) []string {
	if address != "" {
		return []string{address}
	}
	at := (&url.URL{Path: "/" + strings.TrimPrefix(file, "/")}).String()
	all := []string{at}
	for _, index := range []string{"index.html", "index.htm", ".html", ".htm"} {
		if bare, ok := strings.CutSuffix(at, index); ok && bare != "/" && bare != "" {
			all = append(all, bare)
			break
		}
	}
	return all
}

// headless is a text without the heading that repeats the headline.
func headless(blocks []story.Node, headline string) []story.Node {
	for n, b := range blocks {
		if b.Type == story.Heading && strings.EqualFold(strings.TrimSpace(words(b)), headline) {
			return append(blocks[:n:n], blocks[n+1:]...)
		}
		if b.Type == story.Paragraph {
			break
		}
	}
	return blocks
}

func words(n story.Node) string {
	var b strings.Builder
	for _, c := range n.Content {
		b.WriteString(c.Text)
	}
	return b.String()
}

// absolute makes links whole where the page says its address. Pictures stay as
// they are, for they may lie beside the file.
func absolute(doc *html.Node, address string) {
	base, err := url.Parse(address)
	if err != nil || base.Host == "" {
		return
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode || n.Data != "a" {
			continue
		}
		for k, a := range n.Attr {
			if u, err := url.Parse(strings.TrimSpace(a.Val)); a.Key == "href" && err == nil && !u.IsAbs() {
				n.Attr[k].Val = base.ResolveReference(u).String()
			}
		}
	}
}
