// Package ical writes a calendar as RFC 5545 has it, for the calendars of
// telephones and offices.
//
// It promises that each text comes back whole from a reader that follows the
// RFC, on lines of at most 75 octets that never part a letter. Instants are
// written in UTC, so that no rules of time zones travel with them.
package ical

import (
	"bytes"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Calendar is a name and its events.
type Calendar struct {
	Name   string
	Made   time.Time // when it was written down
	Events []Event
}

// Status is whether an event will be.
type Status string

// The statuses of an event.
const (
	Confirmed Status = "CONFIRMED"
	Tentative Status = "TENTATIVE"
	Cancelled Status = "CANCELLED"
)

// Event is something at a time.
type Event struct {
	UID      string // for ever, the world over
	Sequence int64  // grows with each change
	Changed  time.Time
	Starts   time.Time
	Ends     time.Time // zero or Starts for an instant; of whole days the midnight after the last
	Whole    bool      // whole days in the zone of Starts
	Title    string
	Place    string
	Text     string
	URL      string
	Status   Status
}

// Encode writes the calendar.
func Encode(c Calendar) []byte {
	var b bytes.Buffer
	line(&b, "BEGIN:VCALENDAR")
	line(&b, "VERSION:2.0")
	line(&b, "PRODID:-//Wireroom//Calendar//EN")
	line(&b, "CALSCALE:GREGORIAN")
	text(&b, "NAME", c.Name)
	text(&b, "X-WR-CALNAME", c.Name) // as programs knew it before RFC 7986
	for _, e := range c.Events {
		e.encode(&b, c.Made)
	}
	line(&b, "END:VCALENDAR")
	return b.Bytes()
}

func (e Event) encode(b *bytes.Buffer, made time.Time) {
	line(b, "BEGIN:VEVENT")
	text(b, "UID", e.UID)
	line(b, "DTSTAMP:"+instant(made))
	line(b, "LAST-MODIFIED:"+instant(e.Changed))
	line(b, "SEQUENCE:"+strconv.FormatInt(e.Sequence, 10))
	if e.Whole {
		const day = "20060102"
		line(b, "DTSTART;VALUE=DATE:"+e.Starts.Format(day))
		if e.Ends.After(e.Starts) {
			line(b, "DTEND;VALUE=DATE:"+e.Ends.In(e.Starts.Location()).Format(day))
		}
	} else {
		line(b, "DTSTART:"+instant(e.Starts))
		if e.Ends.After(e.Starts) {
			line(b, "DTEND:"+instant(e.Ends))
		}
	}
	text(b, "SUMMARY", e.Title)
	text(b, "LOCATION", e.Place)
	text(b, "DESCRIPTION", e.Text)
	if e.URL != "" {
		line(b, "URL:"+plain(e.URL))
	}
	if e.Status != "" {
		line(b, "STATUS:"+string(e.Status))
	}
	line(b, "CLASS:CONFIDENTIAL")
	line(b, "END:VEVENT")
}

func instant(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`)

// text writes a property of type TEXT, unless it is empty.
func text(b *bytes.Buffer, name, value string) {
	if value != "" {
		line(b, name+":"+escapes.Replace(plain(strings.ReplaceAll(value, "\r\n", "\n"))))
	}
}

// plain leaves out what a line may not have.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// line writes a content line, folded.
func line(b *bytes.Buffer, s string) {
	const most = 75
	room := most
	for len(s) > room {
		at := room
		for !utf8.RuneStart(s[at]) {
			at--
		}
		b.WriteString(s[:at] + "\r\n ")
		s, room = s[at:], most-1
	}
	b.WriteString(s + "\r\n")
}
