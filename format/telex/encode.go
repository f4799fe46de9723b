package telex

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/print"
)

// The signs that part a message: its header, its text and its end.
const (
	soh = "\x01"
	stx = "\x02"
	etx = "\x03"
	eot = "\x04"
)

// Encode writes one item for people and for mail: a header of IPTC 7901's in
// readable lines, a blank line, the headline, a blank line and the text.
func Encode(w io.Writer, items []format.Item, o format.Options) error {
	i, err := only(items, o)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(first(i, o) + "\n")
	for _, f := range fields(i) {
		b.WriteString(f.Name + ": " + f.Value + "\n")
	}
	b.WriteString("\n" + line(i.Content.Headline) + "\n\n" + text(i) + "\n")
	_, err = io.WriteString(w, b.String())
	return err
}

// Encode7901 writes one item as machines take it: with the signs that part a
// message, and lines that end as on a teleprinter.
func Encode7901(w io.Writer, items []format.Item, o format.Options) error {
	i, err := only(items, o)
	if err != nil {
		return err
	}
	var b strings.Builder
	b.WriteString(soh + first(i, o) + "\n\n")
	for _, f := range fields(i) {
		b.WriteString(f.Name + ": " + f.Value + "\n")
	}
	b.WriteString(stx + line(i.Content.Headline) + " =\n\n" + text(i) + "\n")
	b.WriteString(etx + i.Changed.UTC().Format("021504 GMT Jan 06") + "\n" + eot)
	_, err = io.WriteString(w, strings.ReplaceAll(b.String(), "\n", "\r\n"))
	return err
}

func only(items []format.Item, o format.Options) (format.Item, error) {
	if len(items) != 1 {
		return format.Item{}, errors.New("telex: a message holds one item")
	}
	return items[0].As(o), nil
}

// first is the line that names a message: source and number, urgency, category,
// words and who sends.
func first(i format.Item, o format.Options) string {
	urgency := i.Content.Rank()
	category := "i"
	if len(i.Subjects) > 0 && i.Subjects[0].ID != "" {
		category = strings.Join(strings.Fields(i.Subjects[0].ID), "-")
	}
	words := len(strings.Fields(print.Text(i.Content.Body.Blocks)))
	source := strings.Join(strings.Fields(o.Agency), "-")
	if source == "" {
		source = "wire"
	}
	return strings.TrimSpace(strings.Join([]string{"wr" + pad(i.Number), strconv.Itoa(urgency), category, strconv.Itoa(words), print.Carried(source)}, " "))
}

func pad(n int64) string {
	s := strconv.FormatInt(n, 10)
	return strings.Repeat("0", max(0, 4-len(s))) + s
}

// fields are what the first line has no place for, each in a line of its own.
func fields(i format.Item) []format.Line {
	c := i.Content
	var subjects, codes []string
	for _, s := range i.Subjects {
		subjects = append(subjects, s.Label())
		if s.Code != "" {
			codes = append(codes, s.Code)
		}
	}
	all := []format.Line{
		{Name: "Slug", Value: c.Slug}, {Name: "Status", Value: string(i.Standing())}, {Name: "Signal", Value: string(i.Signal)},
		{Name: "Embargo", Value: stamp(c.Embargo)}, {Name: "Sent", Value: stamp(i.Created)}, {Name: "Changed", Value: stamp(i.Changed)},
		{Name: "Version", Value: counted(i.Version)}, {Name: "Language", Value: i.Lang}, {Name: "Urgency", Value: counted(int64(c.Urgency))},
		{Name: "Id", Value: i.URI}, {Name: "Page", Value: i.Page}, {Name: "Byline", Value: c.Byline}, {Name: "Credit", Value: c.Credit}, {Name: "Place", Value: c.Place},
		{Name: "Dateline", Value: i.Dateline}, {Name: "Subjects", Value: strings.Join(subjects, "; ")}, {Name: "Topics", Value: strings.Join(codes, "; ")},
		{Name: "Keywords", Value: strings.Join(c.Keywords, "; ")}, {Name: "Teaser", Value: c.Teaser}, {Name: "Note", Value: i.Editorial()},
		{Name: "Copyright", Value: i.Copyright},
	}
	var full []format.Line
	for _, f := range all {
		if f.Value = line(f.Value); f.Value != "" {
			full = append(full, f)
		}
	}
	return full
}

// text is the body, which the dateline opens; the signs that part a message
// don't stand within it.
func text(i format.Item) string {
	return opened(line(i.Dateline)) + strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ReplaceAll(print.Text(i.Content.Body.Blocks), "\r\n", "\n"))
}

// opened is the dateline as it stands before the first word.
func opened(dateline string) string {
	if dateline == "" {
		return ""
	}
	return dateline + " "
}

// line is a text without line ends and signs.
func line(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, format.Flat(s))
}

func counted(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
