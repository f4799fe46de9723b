package planning

import (
	"slices"
	"strings"
	"time"

	"wireroom/db"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// ID is the identity of an event or a coverage for ever.
type ID string

// Occurrence says whether an event will be, in IPTC's words for it.
type Occurrence string

// The occurrences.
const (
	Planned   Occurrence = "planned"   // planned, occurs certainly
	Uncertain Occurrence = "uncertain" // planned, may occur
	Cancelled Occurrence = "cancelled" // planned, will not occur
)

// Occurrences lists them.
func Occurrences() []Occurrence { return []Occurrence{Planned, Uncertain, Cancelled} }

// Status says whether there will be a coverage, in IPTC's words for it.
type Status string

// The statuses.
const (
	Intended  Status = "intended"  // coverage intended
	Undecided Status = "undecided" // coverage not decided yet
	Not       Status = "not"       // coverage not intended
	Request   Status = "request"   // coverage upon request
)

// Statuses lists them.
func Statuses() []Status { return []Status{Intended, Undecided, Not, Request} }

// Entry is what is said of an event.
type Entry struct {
	Title  string
	Place  string
	Note   string
	Status Occurrence
	Starts time.Time
	Ends   time.Time // never before Starts; of whole days the midnight after the last
	Whole  bool      // whole days
}

// Event is something expected.
type Event struct {
	ID ID
	Entry
	Version   int64     // how often it was saved
	Changed   time.Time // when last
	By        string    // id of the person who did
	Removed   time.Time // since when it is off the calendar; zero is on it
	Coverages []Coverage
}

// Order is who is to cover an event, and how.
type Order struct {
	Status  Status
	Person  string // id; "" is nobody yet
	Lang    story.Lang
	Slug    string
	Desk    string    // of the masthead's desks; "" is the first
	Section string    // id; "" is none yet
	Due     time.Time // zero is not said
	Note    string
}

// Coverage is an order for an event, and the story that it has become.
type Coverage struct {
	ID    ID
	Event ID
	Order
	Story   story.ID // "" is none yet
	Version int64
}

// Limits in characters.
const (
	MaxTitle = 300
	MaxPlace = 300
	MaxNote  = 5000
)

// May says whether the person may write in the calendar.
func May(by staff.Person) error {
	if !slices.Contains([]staff.Role{staff.Reporter, staff.Editor, staff.Chief}, by.Role) {
		return &story.Refused{Act: story.ActRevise, State: story.Draft, Role: staff.Reporter}
	}
	return nil
}

func whole(t time.Time) time.Time { return db.Time(db.Millis(t)) }

func (e Entry) tidy() Entry {
	e.Title, e.Place, e.Note = strings.TrimSpace(e.Title), strings.TrimSpace(e.Place), strings.TrimSpace(e.Note)
	e.Starts, e.Ends = whole(e.Starts), whole(e.Ends)
	if e.Ends.IsZero() {
		e.Ends = e.Starts
	}
	return e
}

// check names the first thing that an event may not have.
func (e Entry) check() error {
	if e.Title == "" {
		return fault.Invalid("title", "say what is expected")
	}
	for _, f := range []struct {
		field, value string
		most         int
		many         bool
	}{{"title", e.Title, MaxTitle, false}, {"place", e.Place, MaxPlace, false}, {"note", e.Note, MaxNote, true}} {
		if err := story.CheckText(f.field, f.value, f.most, f.many); err != nil {
			return err
		}
	}
	switch {
	case !slices.Contains(Occurrences(), e.Status):
		return fault.Invalid("status", "%.50q is not whether it will be", e.Status)
	case !aYear(e.Starts):
		return fault.Invalid("starts", "say on what day")
	case !aYear(e.Ends) || e.Ends.Before(e.Starts):
		return fault.Invalid("ends", "it ends before it begins")
	}
	return nil
}

func aYear(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 9999 }

func (o Order) tidy() Order {
	o.Slug, o.Note, o.Due = strings.TrimSpace(o.Slug), strings.TrimSpace(o.Note), whole(o.Due)
	return o
}

func (o Order) check(m masthead.Masthead) error {
	if err := story.CheckText("slug", o.Slug, story.MaxLine, false); err != nil {
		return err
	}
	if err := story.CheckText("note", o.Note, MaxNote, true); err != nil {
		return err
	}
	if !slices.Contains(Statuses(), o.Status) {
		return fault.Invalid("status", "%.50q is no status of a coverage", o.Status)
	}
	if !m.Has(o.Lang) {
		return fault.Invalid("language", "there is no edition in %.50q", o.Lang)
	}
	if _, known := m.Section(o.Section); o.Section != "" && !known {
		return fault.Invalid("section", "there is no section %.50q", o.Section)
	}
	if o.Desk != "" && !slices.ContainsFunc(m.AllDesks(), func(d masthead.Desk) bool { return d.ID == o.Desk }) {
		return fault.Invalid("desk", "there is no desk %.50q", o.Desk)
	}
	if !o.Due.IsZero() && !aYear(o.Due) {
		return fault.Invalid("due", "the year has not four digits")
	}
	return nil
}
