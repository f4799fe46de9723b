package ninjs

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/prose"
	"wireroom/story"
)

// newItem puts each field where a story has a place for it.
func newItem(members map[string]any) (format.Item, *format.Error) {
	f := newFields(members)
	i := format.Item{
		URI:    f.text("uri", "guid"),
		Type:   f.text("type"),
		Status: story.Status(f.text("pubstatus")),
		Lang:   f.text("language"),
	}
	f.drop("$standard", "standard", "charcount", "wordcount")
	if s, ok := f.values["representationtype"].(string); ok && (s == "complete" || s == "full") {
		f.drop("representationtype")
	}
	i.Version = f.version()
	c := &i.Content
	if n, ok := f.values["urgency"].(float64); ok {
		c.Urgency = int(n)
		f.drop("urgency")
	}
	times(&i, f)
	c.Slug = format.Flat(f.text("slugline"))
	c.Byline = format.Flat(f.text("byline", "by"))
	c.Place = format.Flat(f.text("located"))
	c.Credit = format.Flat(f.text("source", "provider"))
	if c.Credit == "" {
		c.Credit = f.source()
	}
	c.Headline = format.Flat(f.headline())
	c.Teaser = strings.TrimSpace(f.teaser())
	c.Body, i.Dateline = f.body()
	var words []string
	i.Subjects, words = f.subjects("subject", "subjects", "service")
	c.Keywords = append(words, f.concepts("keywords", "genre", "genres", "person", "people", "organisation", "organisations",
		"place", "places", "event", "events", "object", "objects")...)
	f.ids(&i)
	f.associated(&i)
	c.Note, i.Lost = f.note(f.text("ednote"))
	i.Size = f.size
	if f.bad != nil {
		return format.Item{}, f.bad
	}
	if i.URI == "" {
		return format.Item{}, &format.Error{Field: "uri", Reason: "is missing"}
	}
	return i, nil
}

// version is a whole number, as agencies count; what else stands there is left
// for the note.
func (f *fields) version() int64 {
	s, _ := f.values["version"].(string)
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	f.drop("version")
	return n
}

func times(i *format.Item, f *fields) {
	i.Undated = true
	for _, name := range []string{"firstcreated", "contentcreated", "versioncreated"} {
		i.Undated = i.Undated && f.values[name] == nil
	}
	i.Created, i.Changed = f.time("firstcreated"), f.time("versioncreated")
	if i.Created.IsZero() {
		i.Created = f.time("contentcreated")
	}
	if i.Created.IsZero() {
		i.Created = i.Changed
	}
	if i.Changed.Before(i.Created) {
		i.Changed = i.Created
	}
	for _, name := range []string{"embargoed", "embargoeduntil"} {
		v := f.values[name]
		if !hasContent(v) {
			continue
		}
		until := format.Never
		if s, ok := v.(string); ok {
			if t, zoned := format.When(s); zoned {
				until = t
				f.drop(name)
			}
		}
		if until.After(i.Content.Embargo) {
			i.Content.Embargo = until
		}
	}
}

// time reads a time; one that can't be read is left for the note.
func (f *fields) time(name string) time.Time {
	s, ok := f.values[name].(string)
	if !ok {
		return time.Time{}
	}
	t, _ := format.When(s)
	if !t.IsZero() {
		f.drop(name)
	}
	return t
}

// words are one of several forms of a headline, a description or a body.
type words struct {
	field, role, kind, value string
}

// forms takes what stands in a list of wordings, or in members such as
// headline and headline_short. A member's ending is its role, or its kind.
func (f *fields) forms(listed, member string) []words {
	var all []words
	if entries, ok := f.values[listed].([]any); ok {
		f.drop(listed)
		for i, e := range entries {
			m, _ := e.(map[string]any)
			w := words{fmt.Sprintf("%s[%d].value", f.names[listed], i), textOf(m, "role"), strings.ToLower(textOf(m, "contenttype")), textOf(m, "value")}
			if w.value != "" {
				all = append(all, w)
			}
		}
	}
	names := f.starting(member + "_")
	if f.values[member] != nil {
		names = append([]string{member}, names...)
	}
	for _, n := range names {
		s, ok := f.values[n].(string)
		if !ok {
			continue
		}
		f.drop(n)
		role := strings.TrimPrefix(strings.TrimPrefix(n, member), "_")
		kind := ""
		for _, k := range []string{"text", "html", "xhtml"} {
			if rest, ok := strings.CutSuffix(role, k); ok && (rest == "" || rest[len(rest)-1] == '_') {
				role, kind = strings.TrimSuffix(rest, "_"), k
			}
		}
		if s != "" {
			all = append(all, words{f.names[n], role, kind, s})
		}
	}
	return all
}

// textOf gives a text among members whose names may have capitals.
func textOf(m map[string]any, name string) string {
	for n, v := range m {
		if s, ok := v.(string); ok && strings.EqualFold(n, name) {
			return s
		}
	}
	return ""
}

func (w words) markup() bool {
	return strings.Contains(w.kind, "html") || strings.Contains(w.kind, "xml")
}

// choose gives the form that a story takes: of the best role, then of the best
// kind. Other kinds of the same role say the same; other roles go to the note.
func (f *fields) choose(all []words, name string, roles []string, rank func(words) int) (words, bool) {
	if len(all) == 0 {
		return words{}, false
	}
	byRole := func(w words) int {
		if n := slices.Index(roles, w.role); n >= 0 {
			return n
		}
		return len(roles)
	}
	best := 0
	for i, w := range all {
		a, b := byRole(w), byRole(all[best])
		if a < b || a == b && w.role == all[best].role && rank(w) < rank(all[best]) {
			best = i
		}
	}
	noted := map[string]string{all[best].role: all[best].kind}
	for i, w := range all {
		if kind, ok := noted[w.role]; i != best && (!ok || kind == w.kind) {
			noted[w.role] = w.kind
			f.over = append(f.over, format.Line{Name: strings.TrimSpace(name + " " + w.role), Value: w.value})
		}
	}
	return all[best], true
}

// plainFirst prefers what needs no reading of markup.
func plainFirst(w words) int {
	if w.markup() {
		return 1
	}
	return 0
}

// markupFirst prefers the text with its paragraphs, headings and links.
func markupFirst(w words) int {
	switch {
	case strings.Contains(w.kind, "html"):
		return 0
	case !w.markup():
		return 1
	}
	return 2
}

func (f *fields) headline() string {
	w, ok := f.choose(f.forms("headlines", "headline"), "headline", []string{"", "main"}, plainFirst)
	if !ok {
		return f.text("title")
	}
	if f.values["title"] == w.value {
		f.drop("title")
	}
	return f.unmarked(w)
}

func (f *fields) teaser() string {
	w, ok := f.choose(f.forms("descriptions", "description"), "description", []string{"", "main", "summary", "abstract"}, plainFirst)
	if !ok {
		return ""
	}
	return f.unmarked(w)
}

func (f *fields) body() (body story.Body, dateline string) {
	w, ok := f.choose(f.forms("bodies", "body"), "body", []string{"", "main"}, markupFirst)
	if !ok {
		return story.Body{}, ""
	}
	if !w.markup() {
		r := prose.Text(w.value)
		f.fits(w, r)
		return story.Body{Blocks: r.Blocks}, ""
	}
	r := prose.HTML(w.value)
	if f.fits(w, r) {
		for _, l := range r.Left {
			f.over = append(f.over, format.Line{Name: "body " + l.Name, Value: l.Value})
		}
	}
	return story.Body{Blocks: r.Blocks}, r.Dateline
}

// unmarked is the plain text of a wording that should have no markup.
func (f *fields) unmarked(w words) string {
	if !w.markup() {
		return w.value
	}
	r := prose.HTML(w.value)
	if !f.fits(w, r) {
		return ""
	}
	return print.Text(r.Blocks)
}

// fits notes what a wording took of a body's room. One that found none spoils
// the item.
func (f *fields) fits(w words, r prose.Reading) bool {
	f.size += r.Size
	if r.Fits() {
		return true
	}
	f.bad = cmp.Or(f.bad, &format.Error{Field: format.Brief(w.field), Reason: "has more text and tags than a story can hold"})
	return false
}
