package desk

import (
	"net/url"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/planning"
	"wireroom/web/words"
)

// plannedText is an event as it is typed.
type plannedText struct{ Title, Place, Note, Status, Day, From, Last, Until string }

func typedEvent(f url.Values) plannedText {
	return plannedText{
		Title: lines(f.Get("event_title")), Place: lines(f.Get("event_place")), Note: lines(f.Get("event_note")), Status: f.Get("event_status"),
		Day: f.Get("event_day"), From: f.Get("event_from"), Last: f.Get("event_last"), Until: f.Get("event_until"),
	}
}

// plannedText writes an event as the form shows it.
func (v *visit) plannedText(e planning.Entry) plannedText {
	starts, ends := e.Starts.In(v.house.Zone), e.Ends.In(v.house.Zone)
	t := plannedText{Title: e.Title, Place: e.Place, Note: lines(e.Note), Status: string(e.Status), Day: starts.Format(isoDay)}
	if e.Whole {
		if last := ends.AddDate(0, 0, -1); last.After(starts) {
			t.Last = last.Format(isoDay)
		}
		return t
	}
	t.From = words.Clock(starts)
	if ends.After(starts) {
		t.Until = words.Clock(ends)
		if !midnight(ends).Equal(midnight(starts)) {
			t.Last = ends.Format(isoDay)
		}
	}
	return t
}

// entry reads what was typed, in the agency's zone. Without a time the event
// takes whole days; a last day without a time is taken to its end.
func (t plannedText) entry(zone *time.Location) (planning.Entry, error) {
	e := planning.Entry{Title: t.Title, Place: t.Place, Note: t.Note, Status: planning.Occurrence(t.Status), Whole: t.From == ""}
	var err error
	if e.Starts, err = dayAt("starts", t.Day, t.From, zone); err != nil {
		return e, err
	}
	last := t.Last
	if last == "" {
		last = t.Day
	}
	switch {
	case e.Whole && t.Until != "":
		return e, fault.Invalid("starts", "say also when it begins")
	case !e.Whole && t.Until == "" && t.Last == "":
		e.Ends = e.Starts
	default:
		if e.Ends, err = dayAt("ends", last, t.Until, zone); err == nil && t.Until == "" {
			e.Ends = e.Ends.AddDate(0, 0, 1)
		}
	}
	return e, err
}

// dayAt is a time of a day; "" is its first instant.
func dayAt(field, day, clock string, zone *time.Location) (time.Time, error) {
	if clock == "" {
		clock = "00:00"
	}
	at, err := time.ParseInLocation(isoDay+" 15:04", day+" "+clock, zone)
	if err != nil {
		return at, fault.Invalid(field, "a day is written like 2024-10-25 and a time like 14:05, not %.30q", day+" "+clock)
	}
	return at, nil
}

// lasts says when an event is.
func (v *visit) lasts(e planning.Entry) string {
	starts, ends := e.Starts.In(v.house.Zone), e.Ends.In(v.house.Zone)
	all := words.LongDay(v.lang, starts)
	if !e.Whole {
		all += ", " + words.Clock(starts)
	}
	last := ends
	if midnight(ends).Equal(ends) && ends.After(starts) {
		last = ends.AddDate(0, 0, -1) // the midnight after it
	}
	var until []string
	if !midnight(last).Equal(midnight(starts)) {
		until = append(until, words.LongDay(v.lang, last))
	}
	if !e.Whole && last.Equal(ends) && ends.After(starts) {
		until = append(until, words.Clock(ends))
	}
	if len(until) > 0 {
		all += " – " + strings.Join(until, ", ")
	}
	return all
}
