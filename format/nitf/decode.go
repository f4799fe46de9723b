package nitf

import (
	"cmp"
	"io"
	"iter"
	"strconv"
	"strings"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/format/tree"
	"wireroom/story"
)

// Decode reads the one item of a document.
func Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		root, err := tree.Read(r)
		if err != nil {
			yield(format.Item{}, err)
			return
		}
		if root.Name != "nitf" {
			yield(format.Item{}, &format.Error{Line: root.Line, Field: format.Brief(root.Name), Reason: "is no NITF; its root is <nitf>"})
			return
		}
		i, err := Read(root)
		if err == nil {
			i.URI = cmp.Or(i.URI, i.Name())
			i.Head()
		}
		yield(i, err)
	}
}

// Read makes an item of a nitf element, which may stand within another format.
// The item has no URI if the document gives none.
func Read(root *tree.Node) (format.Item, error) {
	head, doc, top := root.At("head"), root.At("head", "docdata"), root.At("body", "body.head")
	i := format.Item{Line: root.Line, Lang: cmp.Or(root.Attr("lang"), root.Attr("baselang"))}
	i.URI = doc.At("doc-id").Attr("id-string")
	i.Status = format.StatusOf(doc.Attr("management-status"))
	i.Version, _ = strconv.ParseInt(doc.At("du-key").Attr("version"), 10, 64)
	i.Correction = doc.At("correction").Attr("info")
	r := &reading{item: &i}
	r.meta(head)
	r.times(head, doc)
	c := &i.Content
	c.Urgency = urgency(cmp.Or(doc.At("urgency"), head.At("urgency")).Attr("ed-urg"))
	c.Headline = top.At("hedline", "hl1").Words()
	title := head.At("title").Words()
	c.Slug = format.Flat(cmp.Or(r.slug, spoken(doc.At("du-key").Attr("key")), unlike(title, c.Headline)))
	c.Headline = cmp.Or(c.Headline, title)
	r.byline(top)
	c.Credit = top.At("distributor").Words()
	line := top.At("dateline")
	c.Place = placed(line.At("location"))
	if line != nil && line.At("location").Words() != line.Words() {
		i.Dateline = verbatim(line)
	}
	c.Teaser = prose.Plain(top.At("abstract").Markup(named))
	r.subjects(head)
	i.Holder = doc.At("doc.copyright").Attr("holder")
	i.Copyright = doc.At("doc.rights").Attr("limitations")
	if err := r.body(root); err != nil {
		return format.Item{}, err
	}
	r.notes(head, doc, top)
	return i, nil
}

// reading is an item as it grows.
type reading struct {
	item  *format.Item
	slug  string
	lines []format.Line
}

func (r *reading) note(name, value string) {
	if value = strings.TrimSpace(value); value != "" {
		r.lines = append(r.lines, format.Line{Name: name, Value: value})
	}
}

// meta reads what agencies put beside the standard's own fields.
func (r *reading) meta(head *tree.Node) {
	for _, m := range head.Children("meta") {
		name, value := m.Attr("name"), m.Attr("content")
		switch name {
		case "slugline", "anpa-keyword":
			r.slug = cmp.Or(r.slug, value)
		case "signal":
			r.item.Signal = story.Signal(value)
		case "wire":
			r.item.Number, _ = strconv.ParseInt(value, 10, 64)
		case "page":
			r.item.Page = value
		default:
			r.note("meta "+name, value)
		}
	}
}

// times reads when the text was issued and when it may be released. A release
// that no program filled in is none.
func (r *reading) times(head, doc *tree.Node) {
	issue, changed := doc.At("date.issue").Attr("norm"), head.At("revision-history").Attr("norm")
	r.item.SetTimes(cmp.Or(issue, changed), changed)
	release := doc.At("date.release").Attr("norm")
	if release == issue || strings.HasPrefix(release, "YYYY") {
		return
	}
	if until := format.Embargoed(release); until.After(r.item.Created) {
		r.item.Content.Embargo = until
	}
}

func (r *reading) byline(top *tree.Node) {
	line := top.At("byline")
	if line == nil {
		return
	}
	title := line.At("byttl").Words()
	r.item.Content.Byline = format.Byline(strings.TrimSuffix(line.Words(), title))
	r.note("byttl", title)
}

func (r *reading) subjects(head *tree.Node) {
	seen := map[string]bool{"": true}
	for _, t := range head.At("tobject").Children("tobject.subject") {
		number := t.Attr("tobject.subject.refnum")
		s := format.Subject{Name: cmp.Or(t.Attr("tobject.subject.detail"), t.Attr("tobject.subject.matter"), t.Attr("tobject.subject.type"))}
		switch t.Attr("tobject.subject.ipr") {
		case "medtop":
			s.Code = "medtop:" + number
		case "section":
			s.ID = number
		default:
			if number != "" {
				s.Code = "subj:" + number
			}
		}
		if !seen[s.Label()] {
			seen[s.Label()] = true
			r.item.Subjects = append(r.item.Subjects, s)
		}
	}
	for _, k := range head.At("docdata", "key-list").Children("keyword") {
		if word := cmp.Or(format.Flat(k.Attr("key")), k.Words()); !seen[word] {
			seen[word] = true
			r.item.Content.Keywords = append(r.item.Content.Keywords, word)
		}
	}
}

func (r *reading) body(root *tree.Node) error {
	content := root.At("body", "body.content")
	if content == nil {
		content = root.At("body")
	}
	text := prose.HTML(content.Markup(named))
	if !text.Fits() {
		return &format.Error{Line: content.Line, Field: "body.content", Reason: "has more text and tags than a story can hold"}
	}
	r.item.Content.Body.Blocks = text.Blocks
	r.item.Size = text.Size
	if r.item.Dateline == "" {
		r.item.Dateline = text.Dateline
	}
	for _, l := range text.Left {
		r.note("body "+l.Name, l.Value)
	}
	return nil
}

// notes keeps for the editor what has no place of its own.
func (r *reading) notes(head, doc, top *tree.Node) {
	var said []string
	for _, m := range doc.Children("ed-msg") {
		if info := strings.TrimSpace(m.Attr("info")); info != "" {
			said = append(said, info)
		}
	}
	for _, n := range top.Children("note") {
		said = append(said, n.Words())
	}
	for _, h := range top.At("hedline").Children("hl2") {
		r.note("hl2", unlike(h.Words(), r.item.Content.Headline))
	}
	for _, h := range head.Children("revision-history") {
		r.note("revision", h.Attr("comment"))
	}
	r.note("copyright", r.item.Holder)
	if r.item.Correction != "" {
		said = append([]string{r.item.Correction}, said...)
	}
	r.item.Content.Note, r.item.Lost = format.Noted(strings.Join(said, "\n"), r.lines)
}

// named gives NITF's elements the names of HTML's.
func named(n *tree.Node) string {
	switch n.Name {
	case "hl1", "hl2":
		return "h2"
	case "bq":
		return "blockquote"
	case "em":
		if strings.Contains(n.Attr("class"), "bold") {
			return "strong"
		}
	case "media":
		return "p"
	case "media-caption", "media-producer":
		return "span"
	case "media-reference", "media-object", "media-metadata", "script", "style":
		return ""
	}
	return n.Name
}

// placed is the town of a location, or all that it says.
func placed(location *tree.Node) string {
	return cmp.Or(location.At("city").Words(), location.Words())
}

// verbatim is the text without a blank put between its parts.
func verbatim(n *tree.Node) string {
	var b strings.Builder
	for _, c := range n.Nodes {
		b.WriteString(c.Raw())
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func urgency(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 || n > 9 {
		return 0
	}
	return n
}

// spoken is a key that a person chose, and not one that a machine counts.
func spoken(key string) string {
	if key == strings.ToUpper(key) {
		return ""
	}
	return key
}

// unlike is s, or nothing if it says what other says.
func unlike(s, other string) string {
	if s == other {
		return ""
	}
	return s
}
