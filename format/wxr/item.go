package wxr

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/story"
)

func (a *Archive) item(line int, e *entry) (format.Item, error) {
	o := &format.Origin{Kind: cmp.Or(e.Type, "post"), State: cmp.Or(e.Status, "publish"), Access: e.access(), Addresses: a.addresses(e)}
	i := format.Item{Line: line, URI: a.uri(e), Lang: a.language, Page: plainly(e.Links), Origin: o}
	if o.Kind == "attachment" {
		return i, nil
	}
	o.Authors = a.authorsOf(e)
	for _, l := range e.Labels {
		a.label(&i, l)
	}
	times(&i, e)
	return i, a.fill(&i, e)
}

// longest is how many bytes of HTML are looked at: what a story can hold, with
// many tags.
const longest = 4 * story.MaxBody

// fill gives the item its words.
func (a *Archive) fill(i *format.Item, e *entry) error {
	o, c := i.Origin, &i.Content
	long := len(e.content()) > longest
	var text body
	if !long {
		text = a.body(e)
	}
	if long || !text.Fits() {
		return &format.Error{Line: i.Line, Field: "content:encoded", Reason: "has more text and tags than a story can hold"}
	}
	c.Headline = plainText(plainly(e.Titles))
	c.Teaser = strings.TrimSpace(prose.Plain(e.excerpt()))
	c.Slug = slug(e.Name)
	c.Body.Blocks, i.Size, o.Mark = text.Blocks, text.Size, text.Mark
	if p, ok := a.opening(e); ok {
		c.Body.Blocks = slices.Insert(c.Body.Blocks, 0, p)
		o.Opening = 1
		if o.Mark > 0 {
			o.Mark++
		}
	}
	lines := text.lines
	for _, left := range text.Left {
		lines = append(lines, format.Line{Name: left.Name, Value: left.Value})
	}
	for _, f := range e.Enclosures {
		lines = append(lines, format.Line{Name: "enclosure", Value: f.URL})
	}
	for _, l := range lines {
		o.Aside = append(o.Aside, l.Name)
	}
	c.Note, i.Lost = format.Noted("", lines)
	i.URI = cmp.Or(i.URI, i.Name())
	i.Head()
	return nil
}

// uri names a post by its number on its site, which stays when its address
// changes. Guids are not unique on sites that were copied.
func (a *Archive) uri(e *entry) string {
	switch id := strings.TrimSpace(e.ID); {
	case id != "" && a.home != "":
		return a.home + "/?p=" + id
	case strings.TrimSpace(e.GUID) != "":
		return strings.TrimSpace(e.GUID)
	}
	return plainly(e.Links)
}

// addresses are those at which WordPress answered for the post.
func (a *Archive) addresses(e *entry) []string {
	all := []string{plainly(e.Links), strings.TrimSpace(e.GUID)}
	if id := strings.TrimSpace(e.ID); id != "" {
		all = append(all, a.home+"/?p="+id)
	}
	return slices.DeleteFunc(all, func(s string) bool {
		return !strings.HasPrefix(s, "http://") && !strings.HasPrefix(s, "https://")
	})
}

func (a *Archive) authorsOf(e *entry) []format.Author {
	var all []format.Author
	for _, l := range e.Labels {
		// Co-Authors Plus keeps several writers as terms.
		if l.Domain == "author" {
			id := strings.TrimPrefix(l.Nicename, "cap-")
			all = append(all, format.Author{ID: id, Name: cmp.Or(a.authors[id], format.Flat(l.Text))})
		}
	}
	if id := strings.TrimSpace(e.Creator); id != "" && len(all) == 0 {
		all = append(all, format.Author{ID: id, Name: cmp.Or(a.authors[id], id)})
	}
	return all
}

// label sorts what WordPress calls a category.
func (a *Archive) label(i *format.Item, l label) {
	t := termOf(cmp.Or(l.Domain, "category"), l.Nicename, l.Text)
	switch t.Kind {
	case "author", "nav_menu", "post_translations":
	case "language": // Polylang
		i.Lang = t.ID
	default:
		if t.ID != "" && !slices.Contains(i.Origin.Terms, t) {
			i.Origin.Terms = append(i.Origin.Terms, t)
		}
	}
}

// zero is how WordPress writes that there is no time yet.
func zero(s string) string {
	if s = strings.TrimSpace(s); strings.HasPrefix(s, "0000") {
		return ""
	}
	return s
}

func times(i *format.Item, e *entry) {
	gmt, local := zero(e.GMT), zero(e.Date)
	switch {
	case gmt != "":
		i.SetTimes(gmt, zero(e.Modified))
	case local != "":
		i.SetTimes(local, "")
		i.Origin.Local = true
	default:
		i.SetTimes(strings.TrimSpace(e.PubDate), zero(e.Modified))
	}
	if e.Status == "future" {
		i.Origin.Waits = cmp.Or(local, gmt)
	}
}

// guards are parts of the names under which plugins keep who may read a post.
var guards = []string{"restrict", "member", "pmpro", "rcp_", "paywall", "subscri", "premium", "_access"}

// access names the lock of a post: its password, or the plugin's setting.
func (e *entry) access() string {
	if strings.TrimSpace(e.Password) != "" {
		return "password"
	}
	for _, m := range e.Meta {
		key := strings.ToLower(m.Key)
		if !slices.ContainsFunc(guards, func(g string) bool { return strings.Contains(key, g) }) {
			continue
		}
		switch v := strings.ToLower(strings.TrimSpace(m.Value)); v {
		case "", "0", "no", "off", "false", "none", "all", "public", "a:0:{}", "[]", "default":
		default:
			return "meta " + m.Key
		}
	}
	return ""
}

// opening is the picture above the text.
func (a *Archive) opening(e *entry) (story.Node, bool) {
	p, ok := a.pictures[strings.TrimSpace(e.meta("_thumbnail_id"))]
	if !ok || p.file == "" {
		return story.Node{}, false
	}
	return story.Node{Type: story.PictureNode, Attrs: &story.Attrs{Picture: p.file, Caption: p.caption}}, true
}

// slug is the post's own, which WordPress keeps percent-encoded.
func slug(name string) string {
	if clear, err := url.PathUnescape(name); err == nil {
		name = clear
	}
	return format.Flat(prose.Printable(name))
}

// plainText reads a field that may have markup in it.
func plainText(s string) string {
	s = prose.Printable(s)
	if strings.ContainsAny(s, "<&") {
		s = prose.Plain(s)
	}
	return format.Flat(s)
}
