package desk

import (
	"net/http"
	"strings"
	"time"

	"wireroom/format/ical"
	"wireroom/planning"
)

// icalURL is the calendar as a file for other calendars.
const icalURL = planningURL + "/calendar.ics"

// A file has what was expected a month ago and what is in the coming year.
const (
	icalBack  = 31
	icalAhead = 366
)

var icalStatus = map[planning.Occurrence]ical.Status{
	planning.Planned: ical.Confirmed, planning.Uncertain: ical.Tentative, planning.Cancelled: ical.Cancelled,
}

// calendarFile gives the calendar to whoever is signed in, and to nobody else:
// what an agency expects is not for everybody to know.
func (d *Desk) calendarFile(w http.ResponseWriter, v *visit) error {
	today := midnight(v.now)
	found, err := d.Planning.Between(v.r.Context(), today.AddDate(0, 0, -icalBack), today.AddDate(0, 0, icalAhead))
	if err != nil {
		return err
	}
	c := ical.Calendar{Name: v.T("planning-ical-name", "agency", v.house.Credit(v.edition())), Made: v.now}
	for _, e := range found {
		x := ical.Event{
			UID: string(e.ID) + "@wireroom", Sequence: max(e.Version-1, 0), Changed: e.Changed,
			Starts: e.Starts.In(v.house.Zone), Ends: e.Ends, Whole: e.Whole, Title: e.Title, Place: e.Place,
			URL: v.linkBase() + eventURL(e.ID), Status: icalStatus[e.Status],
		}
		if x.Text, err = v.spelt(e); err != nil {
			return err
		}
		c.Events = append(c.Events, x)
	}
	h := w.Header()
	h.Set("Content-Type", "text/calendar; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="calendar.ics"`)
	h.Set("Cache-Control", "private, no-store")
	_, _ = w.Write(ical.Encode(c))
	return nil
}

// spelt is an event's note, and who covers it in which language.
func (v *visit) spelt(e planning.Event) (string, error) {
	var all []string
	if e.Note != "" {
		all = append(all, e.Note)
	}
	for _, c := range e.Coverages {
		o, err := v.ordered(e, c)
		if err != nil {
			return "", err
		}
		if o.Person == "" {
			o.Person = v.T("planning-nobody")
		}
		line := o.Lang + ": " + o.Person
		for _, s := range []string{o.Slug, o.Status} {
			if s != "" {
				line += ", " + s
			}
		}
		if !c.Due.IsZero() {
			line += ", " + v.T("planning-due", "when", c.Due.In(v.house.Zone).Format(time.DateOnly+" 15:04"))
		}
		all = append(all, line)
	}
	if len(e.Coverages) == 0 && e.Status != planning.Cancelled {
		all = append(all, v.T("planning-uncovered"))
	}
	return strings.Join(all, "\n"), nil
}
