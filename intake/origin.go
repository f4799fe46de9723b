package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/format"
	"wireroom/masthead"
	"wireroom/story"
)

// posted puts an item of a publishing system into words of this agency. It
// reports false when the item is not to be taken, which it has told.
func (r *run) posted(file string, i *format.Item) (draft, ok bool) {
	o, f := i.Origin, r.found
	if f.kind(o.Kind) == Leave {
		count(r.report.Left, "kind "+o.Kind)
		return false, false
	}
	r.report.Stories++
	switch f.state(o.State) {
	case Leave:
		count(r.report.Left, "state "+o.State)
		return false, false
	case AsDraft:
		draft = true
	}
	if !r.locks(file, i) {
		return false, false
	}
	c := &i.Content
	var by []string
	for _, a := range o.Authors {
		if name := f.author(a, 1); name != "" && !slices.Contains(by, name) {
			by = append(by, name)
		}
	}
	c.Byline = strings.Join(by, ", ")
	for _, t := range o.Terms {
		switch word := f.term(t, 1); word {
		case Leave:
		case AsKeyword:
			c.Keywords = append(c.Keywords, cmp.Or(t.Name, t.ID))
		default:
			i.Subjects = append(i.Subjects, format.Subject{ID: word})
		}
	}
	if o.Local {
		i.Created, i.Changed = inZone(i.Created, f.zone()), inZone(i.Changed, f.zone())
	}
	if o.Waits != "" {
		c.Note = strings.TrimSpace("was to go out: " + o.Waits + "\n" + c.Note)
	}
	for _, name := range o.Aside {
		count(r.report.Aside, name)
	}
	return draft, true
}

// charted reports whether somebody says what names mean, or is to.
func (r *run) charted() bool { return r.o.Chart != nil || r.o.WriteTo != nil }

// wired puts an item of a wire into words of this agency.
func (r *run) wired(i *format.Item) {
	if by := i.Content.Byline; by != "" {
		i.Content.Byline = r.found.author(format.Author{ID: by, Name: by}, 1)
	}
	var kept []format.Subject
	for _, s := range i.Subjects {
		label := s.Label()
		word := r.found.name("terms", "subject/"+label, "", 1, func() string {
			if section, ok := r.section(s); ok {
				return section.ID
			}
			return AsKeyword
		})
		switch word {
		case Leave:
		case AsKeyword:
			i.Content.Keywords = append(i.Content.Keywords, label)
		default:
			kept = append(kept, format.Subject{ID: word})
		}
	}
	i.Subjects = kept
}

// zone is that of times without one.
func (f *found) zone() *time.Location {
	if f.chart.zone != nil {
		return f.chart.zone
	}
	return f.m.Zone
}

// inZone is a time whose digits are of a zone that they do not name.
func inZone(t time.Time, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	y, m, d := t.Date()
	return time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone).UTC()
}

// locks gives a locked item its plan and what its teaser shows: up to the mark,
// else the picture above the text alone. What nobody has decided is not taken,
// for it would be open.
func (r *run) locks(file string, i *format.Item) bool {
	o := i.Origin
	if o.Access == "" {
		return true
	}
	word := r.found.plan(o.Access)
	switch word {
	case AsOpen:
		return true
	case Leave:
		count(r.report.Left, "access "+o.Access)
		return false
	case "":
		r.report.breaks(file, i.Line, "plans", fmt.Sprintf("%q says who may read it, and no plan is given for that; write one into a map", o.Access))
		return false
	}
	i.Content.Plan = word
	i.Content.Cut = -1
	if show := max(o.Mark, o.Opening); show > 0 {
		i.Content.Cut = show
	}
	// What the old site said to everybody of what is behind the gate.
	if t := i.Content.Teaser; t != "" && utf8.RuneCountInString(t) <= story.MaxLine && !strings.Contains(t, "\n") {
		i.Content.Points = []string{t}
	}
	return true
}

// dropped takes a block out of a content and keeps the cut where it was.
func dropped(c *story.Content, at int) {
	c.Body.Blocks = slices.Delete(c.Body.Blocks, at, at+1)
	if c.Cut > at {
		if c.Cut--; c.Cut == 0 {
			c.Cut = -1
		}
	}
}

// fits takes out what is too long for its field: the desk's note keeps it where
// that has room.
func (r *run) fits(c *story.Content) {
	away := func(what, words string) {
		count(r.report.Lost, "long "+what)
		if line := what + ": " + words; utf8.RuneCountInString(c.Note)+utf8.RuneCountInString(line) < story.MaxText {
			c.Note = strings.TrimSpace(c.Note + "\n" + line)
		}
	}
	long := func(s string, most int) bool { return len(s) > most && utf8.RuneCountInString(s) > most }
	if long(c.Teaser, story.MaxText) {
		away("teaser", c.Teaser)
		c.Teaser = ""
	}
	for name, field := range map[string]*string{"slug": &c.Slug, "byline": &c.Byline, "credit": &c.Credit} {
		if long(*field, story.MaxLine) {
			away(name, *field)
			*field = ""
		}
	}
	c.Keywords = slices.DeleteFunc(c.Keywords, func(k string) bool {
		if long(k, story.MaxLine) {
			away("keyword", k)
			return true
		}
		return false
	})
}

// editionOf is the edition of an item, and whether there is one.
func (r *run) editionOf(i format.Item) (masthead.Lang, bool) {
	lang := r.found.language(i.Lang)
	return masthead.Lang(lang), lang != Leave
}
