package desk

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/story"
	"wireroom/story/markup"
)

// form is a story as it is typed: texts, so that what is wrong can be shown
// again as it stood.
type form struct {
	As   string // the id that a new story is to have
	Lang string // of a new story
	Base string // the revision that the text was made from

	Slug, Headline, Teaser, Byline, Credit, Place string
	Date, Urgency, Keywords, Points, Note         string
	Sections                                      [story.MaxSections]string
	Topics                                        [story.MaxTopics]string // by name, or by id
	Plan, OpensAt, Embargo, Cut, Body             string
	EmbargoZone                                   string // of Embargo; "" is the agency's

	drawn *drawn // the body as the script sent it, which Body then repeats

	Caption, PictureCredit, Alt, After string // of a picture to be put in
}

// typed reads the form's texts as they were sent.
func typed(p url.Values) form {
	f := form{
		As: p.Get("as"), Lang: p.Get("lang"), Base: p.Get("base"),
		Slug: p.Get("slug"), Headline: strings.ReplaceAll(lines(p.Get("headline")), "\n", " "), Teaser: lines(p.Get("teaser")),
		Byline: p.Get("byline"), Credit: p.Get("credit"), Place: p.Get("place"),
		Date: p.Get("date"), Urgency: p.Get("urgency"), Keywords: lines(p.Get("keywords")), Points: lines(p.Get("points")), Note: lines(p.Get("note")),
		Plan: p.Get("plan"), OpensAt: p.Get("opens_at"), Embargo: p.Get("embargo"), EmbargoZone: p.Get("embargo_zone"), Cut: p.Get("cut"), Body: lines(p.Get("body")),
		Caption: p.Get("caption"), PictureCredit: p.Get("picture_credit"), Alt: p.Get("alt"), After: p.Get("after"),
	}
	copy(f.Sections[:], p["section"])
	copy(f.Topics[:], p["topic"])
	if doc := p.Get("doc"); doc != "" {
		f.drawn, f.Body = draw(doc)
	}
	return f
}

// printed writes a content as the form shows it.
func printed(c story.Content, zone *time.Location) form {
	f := form{
		Slug: c.Slug, Headline: c.Headline, Teaser: lines(c.Teaser), Byline: c.Byline, Credit: c.Credit, Place: c.Place,
		Date: c.Date.String(), Keywords: strings.Join(c.Keywords, "\n"), Points: strings.Join(c.Points, "\n"), Note: lines(c.Note),
		Plan: c.Plan, OpensAt: clock(c.OpensAt, zone), Body: markup.Print(c.Body),
		Embargo: clock(c.Embargo, zoneOf(c.EmbargoZone, zone)), EmbargoZone: c.EmbargoZone,
		drawn: &drawn{body: c.Body},
	}
	if c.Open {
		f.Plan = open
	}
	if c.Urgency != 0 {
		f.Urgency = strconv.Itoa(c.Urgency)
	}
	if c.Cut != 0 {
		f.Cut = strconv.Itoa(max(c.Cut, 0))
	}
	copy(f.Sections[:], c.Sections)
	copy(f.Topics[:], c.Topics)
	return f
}

// Problem is what is wrong with a field.
type problem struct {
	Field string
	err   error
}

// content reads what was typed, in the agency's zone where none was chosen. A field that was not
// touched keeps what was there before, which may be finer than a form shows:
// a time within a repeated hour, a line end of another kind.
func (f form) content(was story.Content, zone *time.Location, t themes) (story.Content, []problem) {
	before := printed(was, zone)
	c := story.Content{
		Slug: f.Slug, Headline: f.Headline, Byline: f.Byline, Credit: f.Credit, Place: f.Place, Plan: f.Plan,
		Teaser: untouched(f.Teaser, before.Teaser, was.Teaser), Note: untouched(f.Note, before.Note, was.Note),
		Keywords: was.Keywords, Points: was.Points, Sections: f.sections(), Body: was.Body, OpensAt: was.OpensAt, Embargo: was.Embargo, Cut: was.Cut,
		EmbargoZone: f.EmbargoZone,
	}
	if c.Plan == open {
		c.Plan, c.Open = "", true
	}
	var wrong []problem
	try := func(field string, err error) {
		if err != nil {
			wrong = append(wrong, problem{field, err})
		}
	}
	var err error
	c.Urgency, err = number("urgency", f.Urgency)
	try("urgency", err)
	if f.Date != "" {
		c.Date, err = story.ParseDate(f.Date)
		try("date", invalid("date", err))
	}
	c.Topics, err = t.read(f.Topics[:], was.Topics)
	try("topics", err)
	if f.Keywords != before.Keywords {
		c.Keywords = split(f.Keywords)
	}
	if f.Points != before.Points {
		c.Points = split(f.Points)
	}
	if f.OpensAt != before.OpensAt {
		c.OpensAt, err = instant("opens_at", f.OpensAt, zone)
		try("opens_at", err)
	}
	if f.Embargo != before.Embargo || f.EmbargoZone != before.EmbargoZone {
		c.Embargo, err = instant("embargo", f.Embargo, zoneOf(f.EmbargoZone, zone))
		try("embargo", err)
	}
	if f.Cut != before.Cut {
		c.Cut, err = cut(f.Cut)
		try("cut", err)
	}
	if f.Body != before.Body || f.drawn != nil {
		c.Body, err = f.body()
		try("body", err)
	}
	return c, wrong
}

// body reads the text, drawn or in markup.
func (f form) body() (story.Body, error) {
	if f.drawn != nil {
		return f.drawn.body, f.drawn.err
	}
	body, err := markup.Parse(f.Body)
	if err == nil {
		err = body.Check()
	}
	return body, err
}

func untouched(typed, shown, was string) string {
	if typed == shown {
		return was
	}
	return typed
}

func (f form) sections() []string {
	return slices.DeleteFunc(slices.Clone(f.Sections[:]), func(id string) bool { return id == "" })
}

// split gives the lines that are not empty.
func split(s string) []string {
	return slices.DeleteFunc(strings.Split(s, "\n"), func(k string) bool { return strings.TrimSpace(k) == "" })
}

func invalid(field string, err error) error {
	if err == nil {
		return nil
	}
	return fault.Invalid(field, "%v", err)
}

func number(field, s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fault.Invalid(field, "%.50q is no number", s)
	}
	return n, nil
}

// cut reads how many blocks a teaser shows: nothing typed is the usual one, 0
// is none at all.
func cut(s string) (int, error) {
	n, err := number("cut", s)
	switch {
	case err != nil:
		return 0, err
	case s == "":
		return 0, nil
	case n < 0 || n > 1<<20:
		return 0, fault.Invalid("cut", "%d is no number of paragraphs", n)
	case n == 0:
		return -1, nil
	}
	return n, nil
}

const (
	clockMinutes = "2006-01-02T15:04"
	clockSeconds = "2006-01-02T15:04:05"
	clockMillis  = "2006-01-02T15:04:05.000"
)

// clock writes an instant as a form's field has it, in zone.
func clock(t time.Time, zone *time.Location) string {
	switch {
	case t.IsZero():
		return ""
	case t.Nanosecond() != 0:
		return t.In(zone).Format(clockMillis)
	case t.Second() != 0:
		return t.In(zone).Format(clockSeconds)
	}
	return t.In(zone).Format(clockMinutes)
}

func instant(field, s string, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{clockMinutes, clockSeconds} {
		if t, err := time.ParseInLocation(layout, s, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fault.Invalid(field, "a time is written like 2024-10-25T14:05, not %.50q", s)
}

// offer takes the words that came in a picture's file where none were typed;
// false if there are none to take.
func (f *form) offer(w media.Words) bool {
	before := *f
	if f.Caption == "" {
		f.Caption = w.Caption
	}
	if f.PictureCredit == "" {
		f.PictureCredit = w.Credit
	}
	return f.Caption != before.Caption || f.PictureCredit != before.PictureCredit
}

// insert puts a picture into the typed body after a block, or at its end.
func (f *form) insert(id string) error {
	body, err := f.body()
	if err != nil {
		return err
	}
	at := len(body.Blocks)
	if f.After != "" {
		after, err := number("after", f.After)
		if err != nil {
			return err
		}
		at = min(max(after, 0), at)
	}
	body.Blocks = slices.Insert(body.Blocks, at, story.Node{Type: story.PictureNode,
		Attrs: &story.Attrs{Picture: id, Caption: f.Caption, Credit: f.PictureCredit, Alt: f.Alt}})
	f.Body, f.drawn = markup.Print(body), &drawn{body: body}
	f.Caption, f.PictureCredit, f.Alt, f.After = "", "", "", ""
	return nil
}

func (f form) lang() masthead.Lang { return masthead.Lang(f.Lang) }
