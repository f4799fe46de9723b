package desk

import "strings"

// box is one field of the form of a story as the page shows it.
type box struct {
	Name, Label, Help string
	Value, Wrong      string
	Type              string // of an input
	Rows              int    // of a text area
	Lang              string // of what is written in it; "" is the screens' own
	Focus             bool
	Options           []option
	List              string // id of a list of what is often typed here; "" is none
}

// shape is how a field is written.
type shape struct {
	kind    string
	rows    int
	written bool // in the story's language
	help    bool // has a line of help
}

var shapes = map[string]shape{
	"slug": {help: true}, "headline": {written: true, rows: 2}, "teaser": {written: true, rows: 3, help: true},
	"body": {written: true, rows: 26, help: true}, "byline": {written: true}, "credit": {written: true, help: true},
	"place": {written: true}, "date": {kind: "date"}, "keywords": {rows: 3, help: true}, "points": {written: true, rows: 3, help: true}, "note": {rows: 3},
	"cut": {kind: "number", help: true}, "opens_at": {kind: "datetime-local"}, "embargo": {kind: "datetime-local", help: true},
	"caption": {written: true}, "picture_credit": {written: true}, "alt": {written: true}, "after": {kind: "number"},
	"copy": {}, "lang": {}, "urgency": {}, "plan": {help: true}, "embargo_zone": {},
}

// In is the box of a field by its name.
func (p *writing) In(name string) box {
	s := shapes[name]
	b := box{
		Name: name, Label: p.T("field-" + name), Value: p.Form.value(name), Wrong: p.Wrong[name],
		Type: s.kind, Rows: s.rows, Focus: p.Focus == name,
	}
	if name == "byline" && len(p.Pens) > 0 {
		b.List = "pens"
	}
	if b.Type == "" {
		b.Type = "text"
	}
	if s.help {
		b.Help = p.T("help-" + name)
	}
	if s.written {
		b.Lang = p.Form.Lang
	}
	return b
}

// Choose is the box of a field with a list to choose from.
func (p *writing) Choose(name string, list []option) box {
	b := p.In(name)
	b.Options = list
	return b
}

func (f form) value(name string) string {
	return map[string]string{
		"slug": f.Slug, "headline": f.Headline, "teaser": f.Teaser, "body": f.Body, "byline": f.Byline, "credit": f.Credit,
		"place": f.Place, "date": f.Date, "keywords": f.Keywords, "points": f.Points, "note": f.Note, "cut": f.Cut, "opens_at": f.OpensAt,
		"embargo": f.Embargo, "caption": f.Caption, "picture_credit": f.PictureCredit, "alt": f.Alt, "after": f.After,
		"lang": f.Lang, "urgency": f.Urgency, "plan": f.Plan, "embargo_zone": f.EmbargoZone,
	}[name]
}

// Described names what explains the box, for those who hear the page.
func (b box) Described() string {
	var ids []string
	if b.Wrong != "" {
		ids = append(ids, "w-"+b.Name)
	}
	if b.Help != "" {
		ids = append(ids, "h-"+b.Name)
	}
	return strings.Join(ids, " ")
}
