package story

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
)

// Limits of a story's fields, in characters; MaxBody in bytes of JSON.
const (
	MaxHeadline = 500
	MaxLine     = 300  // slug, byline, credit, place, each keyword
	MaxText     = 5000 // teaser, editor's note, advisory, correction
	MaxKeywords = 100
	MaxPoints   = 5 // each a line
	MaxSections = 3
	MaxTopics   = 3
	MaxBody     = 1 << 20
)

// tidy trims the blanks of the keyboard from the one-line fields, and no other
// sign, and cuts times to the millisecond that is
// kept. The body is never touched.
func (c Content) tidy() Content {
	for _, f := range []*string{&c.Slug, &c.Headline, &c.Byline, &c.Credit, &c.Place} {
		*f = strings.Trim(*f, " \t\r\n")
	}
	c.OpensAt, c.Embargo = whole(c.OpensAt), whole(c.Embargo)
	if c.Embargo.IsZero() {
		c.EmbargoZone = ""
	}
	return c
}

func whole(t time.Time) time.Time { return db.Time(db.Millis(t)) }

// check names the first field that a revision may not have: Invalid.
func (c Content) check(m masthead.Masthead) error {
	lines := []struct {
		field, value string
		most         int
		many         bool // more than one line
	}{
		{"headline", c.Headline, MaxHeadline, false},
		{"slug", c.Slug, MaxLine, false},
		{"teaser", c.Teaser, MaxText, true},
		{"byline", c.Byline, MaxLine, false},
		{"credit", c.Credit, MaxLine, false},
		{"place", c.Place, MaxLine, false},
		{"note", c.Note, MaxText, true},
	}
	for _, l := range lines {
		if err := checkText(l.field, l.value, l.most, l.many); err != nil {
			return err
		}
	}
	if c.Urgency < 0 || c.Urgency > 9 {
		return fault.Invalid("urgency", "urgency is 1 (flash) to 9, not %d", c.Urgency)
	}
	if err := checkYear("date", c.Date.Year, c.Date.IsZero()); err != nil {
		return err
	}
	if err := checkYear("opens_at", c.OpensAt.Year(), c.OpensAt.IsZero()); err != nil {
		return err
	}
	if err := checkYear("embargo", c.Embargo.Year(), c.Embargo.IsZero()); err != nil {
		return err
	}
	if !IsZone(c.EmbargoZone) {
		return fault.Invalid("embargo_zone", "%.50q is no time zone", c.EmbargoZone)
	}
	if err := c.checkLists(m); err != nil {
		return err
	}
	return c.Body.Check()
}

func (c Content) checkLists(m masthead.Masthead) error {
	if len(c.Sections) > MaxSections {
		return fault.Invalid("sections", "a story has at most %d sections, not %d", MaxSections, len(c.Sections))
	}
	for i, id := range c.Sections {
		if _, ok := m.Section(id); !ok {
			return fault.Invalid("sections", "there is no section %q", id)
		}
		for _, other := range c.Sections[:i] {
			if other == id {
				return fault.Invalid("sections", "the section %q stands there twice", id)
			}
		}
	}
	if err := c.checkTopics(); err != nil {
		return err
	}
	if _, ok := m.Plan(c.Plan); c.Plan != "" && !ok {
		return fault.Invalid("plan", "there is no plan %q", c.Plan)
	}
	if c.Open && c.Plan != "" {
		return fault.Invalid("plan", "a story is open to all or for a plan, not both")
	}
	if len(c.Keywords) > MaxKeywords {
		return fault.Invalid("keywords", "a story has at most %d keywords, not %d", MaxKeywords, len(c.Keywords))
	}
	for i, k := range c.Keywords {
		if err := checkText(fmt.Sprintf("keywords[%d]", i), k, MaxLine, false); err != nil {
			return err
		}
	}
	if len(c.Points) > MaxPoints {
		return fault.Invalid("points", "a story has at most %d points, not %d", MaxPoints, len(c.Points))
	}
	for i, p := range c.Points {
		if err := checkText(fmt.Sprintf("points[%d]", i), p, MaxLine, false); err != nil {
			return err
		}
	}
	return nil
}

// checkTopics looks at their shape alone: the register knows which there are.
func (c Content) checkTopics() error {
	if len(c.Topics) > MaxTopics {
		return fault.Invalid("topics", "a story belongs to at most %d topics, not %d", MaxTopics, len(c.Topics))
	}
	for i, id := range c.Topics {
		switch {
		case !db.IsID(id):
			return fault.Invalid("topics", "%.50q is no topic", id)
		case slices.Contains(c.Topics[:i], id):
			return fault.Invalid("topics", "one of the topics stands there twice")
		}
	}
	return nil
}

// IsZone reports whether the name is one of a time zone that everybody knows by
// it, or "" for the agency's own. Local is another one on each machine.
func IsZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "Local"
}

func checkYear(field string, year int, zero bool) error {
	if !zero && (year < 1000 || year > 9999) {
		return fault.Invalid(field, "the year %d has not four digits", year)
	}
	return nil
}

// checkText refuses what can't be kept and printed exactly: broken UTF-8,
// control characters (XML 1.0 has no way to write them) and excess length.
func checkText(field, s string, most int, many bool) error {
	if !utf8.ValidString(s) {
		return fault.Invalid(field, "the text is not valid UTF-8")
	}
	if n := utf8.RuneCountInString(s); n > most {
		return fault.Invalid(field, "the text has %d characters, at most %d fit", n, most)
	}
	for _, r := range s {
		if many && (r == '\n' || r == '\r' || r == '\t') {
			continue
		}
		if unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF {
			return fault.Invalid(field, "the character U+%04X can't be printed", r)
		}
	}
	return nil
}

// checkNote is for advisories, corrections and kill notices.
func checkNote(field, s string, needed bool) error {
	if needed && strings.TrimSpace(s) == "" {
		return fault.Invalid(field, "say in a sentence what readers should know")
	}
	return checkText(field, s, MaxText, true)
}
