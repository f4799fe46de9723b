package format

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/format/print"
	"wireroom/story"
)

// Never is the end of an embargo that can't be read: rather too long than none.
var Never = time.Date(9999, time.December, 31, 0, 0, 0, 0, time.UTC)

var (
	zonedForms = []string{time.RFC3339, "2006-01-02T15:04:05-0700", "20060102T150405-0700", "20060102T150405Z", time.RFC1123Z, time.RFC1123,
		"2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700"}
	localForms = []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "20060102T150405", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly, "20060102"}
)

// When reads the forms of time that agencies write; without a zone it is UTC.
// What can't be read is the zero time.
func When(s string) (t time.Time, zoned bool) {
	s = strings.TrimSpace(s)
	for _, form := range zonedForms {
		if t, err := time.Parse(form, s); err == nil {
			return t.UTC(), true
		}
	}
	for _, form := range localForms {
		if t, err := time.Parse(form, s); err == nil {
			return t, false
		}
	}
	return time.Time{}, false
}

// Embargoed reads the end of an embargo: Never if it can't be read, zero if
// there is none.
func Embargoed(s string) time.Time {
	if strings.TrimSpace(s) == "" {
		return time.Time{}
	}
	if t, zoned := When(s); zoned {
		return t
	}
	return Never
}

// StatusOf reads a publication status: "stat:usable", "Cancelled" …
func StatusOf(s string) story.Status {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.LastIndexAny(s, ":/"); i >= 0 {
		s = s[i+1:]
	}
	if s == "cancelled" {
		return story.Canceled
	}
	return story.Status(s)
}

// SetTimes puts what an item says of its times in order.
func (i *Item) SetTimes(first, version string) {
	i.Undated = strings.TrimSpace(first+version) == ""
	i.Created, _ = When(first)
	i.Changed, _ = When(version)
	if i.Created.IsZero() {
		i.Created = i.Changed
	}
	if i.Changed.Before(i.Created) {
		i.Changed = i.Created
	}
}

// Line is a line of an editor's note: what the item says and has no other
// place for.
type Line struct{ Name, Value string }

// Noted writes the lines under the editor's note, and lists those that find no
// room there.
func Noted(note string, lines []Line) (whole string, lost []string) {
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Value, b.Value)) })
	parts := []string{}
	if note != "" {
		parts = append(parts, note)
	}
	room := story.MaxText - utf8.RuneCountInString(note)
	for _, l := range lines {
		s := l.Name + ": " + l.Value
		if n := utf8.RuneCountInString(s) + 1; n <= room {
			parts = append(parts, s)
			room -= n
		} else {
			lost = append(lost, l.Name)
		}
	}
	return strings.Join(parts, "\n"), lost
}

// Flat makes one line of a text in a field that has but one.
func Flat(s string) string {
	if strings.ContainsAny(s, "\r\n\t") {
		s = strings.Join(strings.Fields(s), " ")
	}
	return strings.TrimSpace(s)
}

// Name is a URI for an item that came without one: the same for the same words.
func (i Item) Name() string {
	sum := sha256.Sum256([]byte(i.Content.Headline + "\x00" + print.Text(i.Content.Body.Blocks)))
	return "urn:sha256:" + hex.EncodeToString(sum[:16])
}

// Byline is a byline without the word that opens it on the wire.
func Byline(s string) string {
	s = Flat(s)
	if len(s) > 3 && strings.EqualFold(s[:3], "by ") {
		s = strings.TrimSpace(s[3:])
	}
	return s
}

// mostHead is how long a headline may be that was none, in characters.
const mostHead = 120

// Head gives an item without a headline one of its teaser's or its text's first
// words, so that it can be found.
func (i *Item) Head() {
	if i.Content.Headline != "" {
		return
	}
	first := Flat(i.Content.Summary())
	for n := range first {
		if n > mostHead {
			cut := strings.LastIndexByte(first[:n], ' ')
			if cut < 0 {
				cut = n
			}
			i.Content.Headline = first[:cut] + " …"
			return
		}
	}
	i.Content.Headline = first
}
