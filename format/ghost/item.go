package ghost

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/story"
)

func (a *Archive) item(line int, data json.RawMessage) (format.Item, error) {
	p, url, err := unwrap[post](data)
	if err != nil {
		return format.Item{}, &format.Error{Reason: "this post can't be read: " + format.Brief(err.Error())}
	}
	o := &format.Origin{Kind: p.kind(), State: cmp.Or(string(p.Status), "published"), Authors: a.authorsOf(p), Terms: a.tagsOf(p)}
	if v := string(p.Visibility); v != "public" {
		o.Access = v
	}
	i := format.Item{Line: line, URI: cmp.Or(string(p.UUID), string(p.ID), url), Lang: string(p.Locale), Origin: o}
	for _, address := range []string{url, string(p.Canonical)} {
		if strings.HasPrefix(address, "http") {
			o.Addresses = append(o.Addresses, address)
		}
	}
	if p.Slug != "" {
		o.Addresses = append(o.Addresses, "/"+string(p.Slug)+"/")
	}
	published := string(p.Published)
	if o.State == "scheduled" {
		o.Waits = published
	}
	i.SetTimes(published, string(p.Updated))
	if published == "" {
		i.SetTimes("", "")
	}
	return i, a.fill(&i, p)
}

// kind is "post" or "page".
func (p post) kind() string {
	switch v := p.Page.(type) {
	case bool:
		if v {
			return "page"
		}
	case float64:
		if v != 0 {
			return "page"
		}
	}
	return cmp.Or(string(p.Type), "post")
}

// longest is how many bytes of HTML are looked at: what a story can hold, with
// many tags.
const longest = 4 * story.MaxBody

func (a *Archive) fill(i *format.Item, p post) error {
	o, c := i.Origin, &i.Content
	c.Headline, c.Slug = plain(string(p.Title)), format.Flat(prose.Printable(string(p.Slug)))
	c.Teaser = strings.TrimSpace(prose.Printable(string(p.Excerpt)))
	// Ghost writes its own address so, to be able to move.
	markup := strings.ReplaceAll(string(p.HTML), "__GHOST_URL__", "")
	if len(markup) > longest {
		return &format.Error{Field: "html", Reason: "has more text and tags than a story can hold"}
	}
	var text prose.Page
	switch {
	case markup != "":
		text = prose.Illustrated(prose.Printable(markup))
	case p.Plain != "":
		text.Reading = prose.Text(prose.Printable(string(p.Plain)))
	case p.Lexical+p.Mobiledoc != "":
		return &format.Error{Field: "html", Reason: "is empty, and the text in the editor's own form alone can't be read; export with a version of Ghost that writes html"}
	}
	if !text.Fits() {
		return &format.Error{Field: "html", Reason: "has more text and tags than a story can hold"}
	}
	c.Body.Blocks, i.Size, o.Mark = text.Blocks, text.Size, text.Mark
	if n, ok := a.opening(p); ok {
		c.Body.Blocks = slices.Insert(c.Body.Blocks, 0, n)
		o.Opening = 1
		if o.Mark > 0 {
			o.Mark++
		}
	}
	var lines []format.Line
	for _, left := range text.Left {
		lines = append(lines, format.Line{Name: left.Name, Value: left.Value})
		o.Aside = append(o.Aside, left.Name)
	}
	c.Note, i.Lost = format.Noted("", lines)
	i.URI = cmp.Or(i.URI, i.Name())
	i.Head()
	return nil
}

// opening is the picture above the text.
func (a *Archive) opening(p post) (story.Node, bool) {
	src := strings.TrimPrefix(string(p.Image), "__GHOST_URL__")
	if src == "" {
		return story.Node{}, false
	}
	x := a.extras[p.ID]
	alt, caption := cmp.Or(p.Alt, x.Alt), cmp.Or(p.Caption, x.Caption)
	return story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: src, Alt: plain(string(alt)), Caption: plain(string(caption))}}, true
}

func (a *Archive) tagsOf(p post) []format.Term {
	var all []format.Term
	add := func(t format.Term, ok bool) {
		if ok && t.ID != "" && !slices.Contains(all, t) {
			all = append(all, t)
		}
	}
	for _, data := range p.Tags {
		row, _, err := unwrap[named](data)
		add(row.tag(), err == nil)
	}
	for _, t := range inOrder(a.tagged[p.ID]) {
		tag, ok := a.tags[t.Tag]
		add(tag, ok)
	}
	return all
}

func (a *Archive) authorsOf(p post) []format.Author {
	var all []format.Author
	add := func(w format.Author, ok bool) {
		if ok && w.ID != "" && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	for _, data := range append(slices.Clone(p.Authors), p.Author) {
		if len(data) > 0 {
			row, _, err := unwrap[named](data)
			add(row.author(), err == nil)
		}
	}
	for _, t := range inOrder(a.written[p.ID]) {
		w, ok := a.authors[t.Author]
		add(w, ok)
	}
	if len(all) == 0 {
		w, ok := a.authors[p.Writer]
		add(w, ok)
	}
	return all
}

// plain reads a field that may have markup in it.
func plain(s string) string {
	s = prose.Printable(s)
	if strings.ContainsAny(s, "<&") {
		s = prose.Plain(s)
	}
	return format.Flat(s)
}
