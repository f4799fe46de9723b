package bulletin

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/wire"
)

// ID is the name by which readers' choices keep a bulletin: "morning-en".
type ID string

// MostStories bounds an issue: nobody reads a letter that is longer.
const MostStories = 100

// Rules say what goes into a bulletin and when.
type Rules struct {
	AtOnce   bool           `json:"at_once,omitempty"`  // each story is an issue, as soon as it is sent
	Days     []time.Weekday `json:"days,omitempty"`     // none is each day
	At       string         `json:"at,omitempty"`       // of the agency's clock: "07:30"
	Sections []string       `json:"sections,omitempty"` // ids; none is all
	Plan     string         `json:"plan,omitempty"`     // "" is for everybody, else for those who hold it
	Most     int            `json:"most,omitempty"`     // stories of an issue
	Urgency  int            `json:"urgency,omitempty"`  // the least urgent that goes in; 0 is any
	Whole    bool           `json:"whole,omitempty"`    // with the text, for those who may read it
	Subject  string         `json:"subject,omitempty"`  // "" is the bulletin's name and the day
	Neutral  bool           `json:"neutral,omitempty"`  // the subject is the words alone, and tells no news
}

// Bulletin is one of the agency's letters.
type Bulletin struct {
	ID    ID
	Lang  masthead.Lang
	Name  string
	Rules Rules
	Live  bool        // it is offered and sent
	Place wire.Number // up to which it is composed
	Due   time.Time   // when the next issue is; zero is not by the clock
}

var isID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// Check names the first thing that is wrong with a bulletin of the agency.
func (b Bulletin) Check(m masthead.Masthead) error {
	switch {
	case !isID.MatchString(string(b.ID)) || len(b.ID) > 40:
		return fault.Invalid("id", "a bulletin's address has small Latin letters, digits and hyphens, such as morning-en")
	case strings.TrimSpace(b.Name) == "" || len(b.Name) > 100:
		return fault.Invalid("name", "a bulletin needs a name")
	case !m.Has(b.Lang):
		return fault.Invalid("lang", "the agency has no edition in %q", b.Lang)
	case b.Rules.Most < 1 || b.Rules.Most > MostStories:
		return fault.Invalid("most", "an issue has from 1 to %d stories", MostStories)
	case b.Rules.Urgency < 0 || b.Rules.Urgency > 9:
		return fault.Invalid("urgency", "urgency is from 1 to 9")
	case b.Rules.Neutral && strings.TrimSpace(b.Rules.Subject) == "":
		return fault.Invalid("subject", "a subject that tells nothing still needs words")
	case len(b.Rules.Subject) > 200:
		return fault.Invalid("subject", "this is too long for a subject")
	}
	for _, id := range b.Rules.Sections {
		if _, ok := m.Section(id); !ok {
			return fault.Invalid("sections", "the agency has no section %q", id)
		}
	}
	if _, ok := m.Plan(b.Rules.Plan); b.Rules.Plan != "" && !ok {
		return fault.Invalid("plan", "the agency has no such plan")
	}
	if _, err := b.Rules.clock(); !b.Rules.AtOnce && err != nil {
		return err
	}
	return nil
}

// clock is the time of the day.
func (r Rules) clock() (time.Duration, error) {
	t, err := time.Parse("15:04", r.At)
	if err != nil {
		return 0, fault.Invalid("at", "write the time like 07:30")
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, nil
}

// Next is the first time after t at which an issue is due, by the clocks of the
// zone; zero is never.
func (r Rules) Next(t time.Time, zone *time.Location) time.Time {
	at, err := r.clock()
	if r.AtOnce || err != nil {
		return time.Time{}
	}
	day := t.In(zone)
	for range 15 {
		due := time.Date(day.Year(), day.Month(), day.Day(), 0, int(at/time.Minute), 0, 0, zone)
		if due.After(t) && r.on(due.Weekday()) {
			return due.UTC()
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 12, 0, 0, 0, zone)
	}
	return time.Time{}
}

func (r Rules) on(day time.Weekday) bool { return len(r.Days) == 0 || slices.Contains(r.Days, day) }

// Takes reports whether a story of these sections and this urgency is for the
// bulletin.
func (r Rules) Takes(sections []string, urgency int) bool {
	if r.Urgency > 0 && (urgency == 0 || urgency > r.Urgency) {
		return false
	}
	return len(r.Sections) == 0 || slices.ContainsFunc(sections, func(id string) bool { return slices.Contains(r.Sections, id) })
}

// For reports whether one who holds the plans may have the bulletin.
func (r Rules) For(passes map[string]time.Time, now time.Time) bool {
	return r.Plan == "" || passes[r.Plan].After(now)
}

// May says whether the person may make and change bulletins.
func May(by staff.Person) error {
	if by.Role != staff.Editor && by.Role != staff.Chief {
		return fault.Forbidden("the bulletins", "they are made by editors and chiefs")
	}
	return nil
}
