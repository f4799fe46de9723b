package telex

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"iter"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"wireroom/format"
	"wireroom/format/prose"
	"wireroom/story"
)

// MaxBytes is how long a file of messages may be.
const MaxBytes = 16 << 20

// Decode reads the messages of a file: IPTC 7901 with or without its signs, or
// ANPA. An *format.Error stands for a message that can't be read, with the rest
// going on.
func Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		all, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
		if err != nil {
			yield(format.Item{}, err)
			return
		}
		if len(all) > MaxBytes {
			yield(format.Item{}, &format.Error{Line: 1, Reason: fmt.Sprintf("the file is longer than %d MB", MaxBytes>>20)})
			return
		}
		at := 1
		for _, message := range messages(all) {
			i, err := read(letters(message))
			if bad, ok := err.(*format.Error); ok {
				bad.Line += at - 1
			}
			i.Line, i.Size = at, i.Size+len(message)
			if !yield(i, err) {
				return
			}
			at += bytes.Count(message, []byte("\n"))
		}
	}
}

// messages cuts a file after each sign of a message's end.
func messages(all []byte) [][]byte {
	var parts [][]byte
	for m := range bytes.SplitAfterSeq(all, []byte(eot)) {
		if len(bytes.Trim(m, "\x00\x04\x16\x7f \t\r\n")) > 0 {
			parts = append(parts, m)
		}
	}
	if parts == nil {
		return [][]byte{nil}
	}
	return parts
}

// letters reads what is no UTF-8 as the Latin letters of western Europe.
func letters(message []byte) string {
	if !utf8.Valid(message) {
		if decoded, err := charmap.Windows1252.NewDecoder().Bytes(message); err == nil {
			message = decoded
		}
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(message), "\r\n", "\n"), "\r", "\n")
}

// read makes an item of one message; its errors count lines from its start.
func read(s string) (format.Item, error) {
	head, rest, signed := cutHead(s)
	r := &reading{}
	if head, ok := strings.CutPrefix(head, anpaMark); signed && ok {
		return r.anpa(head, rest)
	}
	if !r.first(head) {
		at := 1 + strings.Count(s[:len(s)-len(strings.TrimLeft(s, "\x16\x01\n \x7f"))], "\n")
		return format.Item{}, &format.Error{Line: at, Field: "header", Reason: "is not that of a message: source and number, urgency, category, words"}
	}
	body, tail, _ := strings.Cut(rest, etx)
	body = prose.Printable(body)
	r.top(&body, signed)
	text := prose.Wrapped(body)
	if !signed || r.ours {
		text = prose.Verbatim(strings.TrimPrefix(strings.Trim(body, "\n"), opened(r.item.Dateline)))
	}
	return r.done(text, tail)
}

// anpaMark begins the head of an ANPA message here: a sign of its own that
// cutHead puts there.
const anpaMark = "\x1f"

var anpaFirst = regexp.MustCompile(`^[a-zA-Z][0-9]{4}\x1f`)

// cutHead parts a message into header and text. Without signs a blank line
// parts them.
func cutHead(s string) (head, rest string, signed bool) {
	s = strings.TrimLeft(s, "\x16\x7f\x00 \n")
	if after, ok := strings.CutPrefix(s, soh); ok {
		head, rest, _ = strings.Cut(after, stx)
		if anpaFirst.MatchString(head) {
			head = anpaMark + head
		}
		return head, rest, true
	}
	head, rest, _ = strings.Cut(s, "\n\n")
	return head, rest, false
}

// reading is an item as it grows.
type reading struct {
	item  format.Item
	ours  bool // it has fields that Encode writes
	lines []format.Line
}

func (r *reading) note(name, value string) {
	if value = strings.TrimSpace(value); value != "" {
		r.lines = append(r.lines, format.Line{Name: name, Value: value})
	}
}

var opening = regexp.MustCompile(`^([[:alpha:]]+)\s?(\d+)\s+([1-9])\s+(\S+)\s+(\d+)(?:\s+(.*))?$`)

// first reads the header: its first line, the fields, and the slug.
func (r *reading) first(head string) bool {
	lines := strings.Split(strings.TrimSpace(head), "\n")
	found := opening.FindStringSubmatch(strings.TrimSpace(lines[0]))
	if found == nil {
		return false
	}
	r.item.Number, _ = strconv.ParseInt(found[2], 10, 64)
	r.item.Content.Urgency, _ = strconv.Atoi(found[3])
	rank := r.item.Content.Urgency
	for _, l := range lines[1:] {
		name, value, ok := strings.Cut(l, ": ")
		switch {
		case ok && r.field(name, value):
			r.ours = true
		case strings.TrimSpace(l) != "":
			r.item.Content.Slug = strings.TrimSpace(r.item.Content.Slug + " " + strings.TrimSuffix(strings.TrimSpace(l), "/"))
		}
	}
	if r.ours {
		r.item.Content.Urgency = 0
		if set := r.urgency(lines[1:]); set {
			r.item.Content.Urgency = rank
		}
		return true
	}
	r.item.Number = 0
	r.note("message", found[1]+found[2])
	r.note("category", found[4])
	r.note("source", found[6])
	return true
}

func (r *reading) urgency(lines []string) bool {
	for _, l := range lines {
		if strings.HasPrefix(l, "Urgency: ") {
			return true
		}
	}
	return false
}

// field takes a line that Encode wrote.
func (r *reading) field(name, value string) bool {
	i := &r.item
	texts := map[string]*string{
		"Slug": &i.Content.Slug, "Language": &i.Lang, "Id": &i.URI, "Page": &i.Page, "Byline": &i.Content.Byline, "Credit": &i.Content.Credit,
		"Place": &i.Content.Place, "Dateline": &i.Dateline, "Teaser": &i.Content.Teaser, "Note": &i.Content.Note, "Copyright": &i.Copyright,
	}
	if at := texts[name]; at != nil {
		*at = value
		return true
	}
	switch name {
	case "Status":
		i.Status = format.StatusOf(value)
	case "Signal":
		i.Signal = story.Signal(value)
	case "Embargo":
		i.Content.Embargo = format.Embargoed(value)
	case "Sent":
		i.Created, _ = format.When(value)
	case "Changed":
		i.Changed, _ = format.When(value)
	case "Version":
		i.Version, _ = strconv.ParseInt(value, 10, 64)
	case "Subjects":
		for s := range strings.SplitSeq(value, "; ") {
			i.Subjects = append(i.Subjects, format.Subject{Name: s})
		}
	case "Keywords":
		i.Content.Keywords = strings.Split(value, "; ")
	case "Urgency", "Topics":
	default:
		return false
	}
	return true
}

// mostHead is how many lines a headline with its flags and byline may take.
const mostHead = 8

// top takes the headline from the text: the lines up to one that ends with "=",
// or else the first.
func (r *reading) top(body *string, signed bool) {
	lines := strings.Split(strings.TrimLeft(*body, "\n"), "\n")
	end := -1
	for n, l := range lines[:min(mostHead, len(lines))] {
		if signed && strings.HasSuffix(strings.TrimSpace(l), "=") {
			end = n
			break
		}
	}
	head := lines[:max(end, 0)+1]
	*body = strings.Join(lines[len(head):], "\n")
	if !signed || r.ours {
		r.item.Content.Headline = strings.TrimSpace(strings.TrimSuffix(strings.Join(head, " "), " ="))
		return
	}
	var headline []string
	for _, l := range head {
		l = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(l), "="))
		switch {
		case strings.HasPrefix(strings.ToLower(l), "by "):
			r.item.Content.Byline = format.Byline(l)
		case l == strings.ToUpper(l) && len(head) > 1:
			r.note("flag", l)
			r.flag(l)
		default:
			headline = append(headline, l)
		}
	}
	r.item.Content.Headline = strings.TrimSpace(strings.Join(headline, " "))
}

// flag reads a line such as CORRECTION or 1ST LEAD over a headline.
func (r *reading) flag(l string) {
	switch {
	case strings.Contains(l, "KILL"):
		r.item.Status, r.item.Signal = story.Canceled, story.SignalKill
	case strings.Contains(l, "EMBARGO"):
		r.item.Content.Embargo = format.Never
	case strings.Contains(l, "CORRECT") || strings.Contains(l, "REFILE"):
		r.item.Signal = story.SignalCorrection
	case strings.Contains(l, "LEAD") || strings.Contains(l, "WRITETHRU") || strings.Contains(l, "UPDATE"):
		r.item.Signal = cmp.Or(r.item.Signal, story.SignalUpdate)
	}
}

var signedAt = regexp.MustCompile(`(\d{6}) GMT ([A-Z][a-z]{2}) (\d{2})`)

// done puts the item together with the time that stands after the text.
func (r *reading) done(text prose.Reading, tail string) (format.Item, error) {
	if !text.Fits() {
		return format.Item{}, &format.Error{Line: 1, Field: "text", Reason: "has more text than a story can hold"}
	}
	i := &r.item
	i.Content.Body.Blocks, i.Size = text.Blocks, text.Size
	if found := signedAt.FindStringSubmatch(tail); found != nil && i.Created.IsZero() {
		if t, err := time.Parse("021504 Jan 06", found[1]+" "+found[2]+" "+found[3]); err == nil {
			i.Created = t
		}
	}
	if i.Changed.Before(i.Created) {
		i.Changed = i.Created
	}
	i.Undated = i.Created.IsZero()
	i.Content.Note, i.Lost = format.Noted(i.Content.Note, r.lines)
	i.URI = cmp.Or(i.URI, i.Name())
	i.Head()
	return *i, nil
}
