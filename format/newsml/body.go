package newsml

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/format/nitf"
	"wireroom/format/prose"
	"wireroom/format/tree"
)

// body takes the text out of the forms in which an item has it: as XML, or
// else as plain data.
func (r *reading) body(set *tree.Node) error {
	if set == nil {
		return nil
	}
	for _, n := range set.Children("inlinexml") {
		if n.Words() != "" || len(n.Children("")) > 0 {
			return r.inline(n)
		}
	}
	for _, n := range set.Children("inlinedata") {
		if strings.TrimSpace(n.Raw()) != "" {
			return r.text(n, n.Raw())
		}
	}
	return nil
}

// inline reads NITF by its own rules, and all else as HTML.
func (r *reading) inline(n *tree.Node) error {
	inner := n.Find("nitf")
	if inner == nil {
		return r.fit(n, page(cmp.Or(n.Find("body"), n)))
	}
	within, err := nitf.Read(inner)
	if err != nil {
		return err
	}
	c, own := &r.item.Content, within.Content
	c.Body, r.item.Size = own.Body, r.item.Size+within.Size
	c.Headline, c.Byline, c.Place = cmp.Or(c.Headline, own.Headline), cmp.Or(c.Byline, own.Byline), cmp.Or(c.Place, own.Place)
	c.Teaser, r.item.Dateline = cmp.Or(c.Teaser, own.Teaser), cmp.Or(r.item.Dateline, within.Dateline)
	if own.Slug != c.Headline {
		c.Slug = cmp.Or(c.Slug, own.Slug)
	}
	for _, s := range within.Subjects {
		if !slices.ContainsFunc(r.item.Subjects, func(o format.Subject) bool { return o.Label() == s.Label() }) {
			r.item.Subjects = append(r.item.Subjects, s)
		}
	}
	r.lines.add("nitf", own.Note)
	return nil
}

// page reads HTML. Where all of it is one paragraph that a machine broke into
// lines, as some agencies send it, the lines tell more than the tags.
func page(body *tree.Node) prose.Reading {
	if all := body.Children(""); len(all) == 1 && all[0].Name == "p" && len(all[0].Children("")) == 0 {
		if raw := all[0].Raw(); strings.Count(strings.TrimSpace(raw), "\n") > 2 {
			return prose.Wrapped(raw)
		}
	}
	return prose.HTML(body.Markup(plainly))
}

// text reads plain data, which some agencies fill with HTML all the same.
func (r *reading) text(n *tree.Node, s string) error {
	low := strings.ToLower(s)
	if strings.Contains(n.Attr("contenttype"), "html") || strings.Contains(low, "<p>") || strings.Contains(low, "<br") {
		return r.fit(n, prose.HTML(s))
	}
	return r.fit(n, prose.Text(s))
}

func (r *reading) fit(n *tree.Node, text prose.Reading) error {
	if !text.Fits() {
		return &format.Error{Line: n.Line, Field: format.Brief(n.Name), Reason: "has more text and tags than a story can hold"}
	}
	r.item.Content.Body.Blocks = text.Blocks
	r.item.Size += text.Size
	r.item.Dateline = cmp.Or(text.Dateline, r.item.Dateline)
	for _, l := range text.Left {
		r.lines.add("body "+l.Name, l.Value)
	}
	return nil
}

// plainly leaves out what is no text.
func plainly(n *tree.Node) string {
	switch n.Name {
	case "head", "script", "style", "nitf":
		return ""
	case "hl1", "hl2":
		return "h2"
	}
	return n.Name
}

// picture reads where a picture lies in its sizes.
func (r *reading) picture(set *tree.Node) {
	c := r.item.Content
	p := format.Picture{ID: r.item.URI, Caption: c.Teaser, Credit: cmp.Or(c.Byline, c.Credit), Alt: c.Headline}
	for _, n := range set.Children("remotecontent") {
		width, _ := strconv.Atoi(n.Attr("width"))
		height, _ := strconv.Atoi(n.Attr("height"))
		bytes, _ := strconv.ParseInt(n.Attr("size"), 10, 64)
		p.Sizes = append(p.Sizes, format.Size{Href: cmp.Or(n.Attr("href"), n.Attr("residref")), Type: n.Attr("contenttype"),
			Width: width, Height: height, Bytes: bytes})
	}
	slices.SortStableFunc(p.Sizes, func(a, b format.Size) int { return a.Width - b.Width })
	r.item.Pictures = []format.Picture{p}
}
