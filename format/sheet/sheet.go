package sheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/prose"
	"wireroom/story"
)

// columns are the names in the first row.
var columns = []string{"id", "wire", "version", "status", "signal", "language", "sent", "changed", "embargo", "urgency", "slug", "headline", "teaser",
	"byline", "credit", "place", "dateline", "subjects", "topics", "keywords", "note", "copyright", "page", "text"}

// Encode writes the items with a row of names above them.
func Encode(w io.Writer, items []format.Item, o format.Options) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	for _, i := range items {
		if err := out.Write(row(i.As(o))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func row(i format.Item) []string {
	c := i.Content
	var subjects, codes []string
	for _, s := range i.Subjects {
		subjects = append(subjects, s.Label())
		if s.Code != "" {
			codes = append(codes, s.Code)
		}
	}
	return []string{i.URI, counted(i.Number), counted(i.Version), string(i.Standing()), string(i.Signal), i.Lang, stamp(i.Created), stamp(i.Changed),
		stamp(c.Embargo), counted(int64(c.Urgency)), c.Slug, c.Headline, c.Teaser, c.Byline, c.Credit, c.Place, i.Dateline,
		strings.Join(subjects, "; "), strings.Join(codes, "; "), strings.Join(c.Keywords, "; "), i.Editorial(), i.Copyright, i.Page, print.Text(c.Body.Blocks)}
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

// Decode reads a sheet. A *format.Error stands for a row that can't be read,
// with the rest going on.
func Decode(r io.Reader) iter.Seq2[format.Item, error] {
	return func(yield func(format.Item, error) bool) {
		in := csv.NewReader(r)
		in.FieldsPerRecord = -1
		names, err := in.Read()
		if err != nil {
			yield(format.Item{}, told(err))
			return
		}
		at := map[string]int{}
		for n, name := range names {
			at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = n
		}
		if _, ok := at["headline"]; !ok {
			yield(format.Item{}, &format.Error{Line: 1, Field: "headline", Reason: "there is no such column; the first row names them"})
			return
		}
		for {
			cells, err := in.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(format.Item{}, told(err))
				return
			}
			line, _ := in.FieldPos(0)
			if !yield(item(line, at, names, cells)) {
				return
			}
		}
	}
}

func told(err error) error {
	var bad *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return &format.Error{Line: 1, Reason: "the file is empty"}
	case errors.As(err, &bad):
		return &format.Error{Line: max(bad.Line, 1), Reason: fmt.Sprintf("this is no CSV: %v", bad.Err)}
	}
	return err
}

func item(line int, at map[string]int, names, cells []string) (format.Item, error) {
	cell := func(name string) string {
		if n, ok := at[name]; ok && n < len(cells) {
			return cells[n]
		}
		return ""
	}
	i := format.Item{Line: line, URI: cell("id"), Status: format.StatusOf(cell("status")), Signal: story.Signal(cell("signal")), Lang: cell("language"),
		Dateline: cell("dateline"), Copyright: cell("copyright"), Page: cell("page")}
	i.Number, _ = strconv.ParseInt(cell("wire"), 10, 64)
	i.Version, _ = strconv.ParseInt(cell("version"), 10, 64)
	i.SetTimes(cell("sent"), cell("changed"))
	c := &i.Content
	if s := cell("urgency"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 9 {
			return format.Item{}, &format.Error{Line: line, Field: "urgency", Reason: fmt.Sprintf("must be a whole number from 1 to 9, not %q", format.Brief(s))}
		}
		c.Urgency = n
	}
	c.Embargo = format.Embargoed(cell("embargo"))
	c.Slug, c.Headline, c.Teaser, c.Byline = format.Flat(cell("slug")), format.Flat(cell("headline")), strings.TrimSpace(cell("teaser")), format.Flat(cell("byline"))
	c.Credit, c.Place = format.Flat(cell("credit")), format.Flat(cell("place"))
	for _, s := range parts(cell("subjects")) {
		i.Subjects = append(i.Subjects, format.Subject{Name: s})
	}
	c.Keywords = parts(cell("keywords"))
	text := prose.Verbatim(strings.Trim(prose.Printable(cell("text")), "\n"))
	if !text.Fits() {
		return format.Item{}, &format.Error{Line: line, Field: "text", Reason: "has more text than a story can hold"}
	}
	c.Body.Blocks, i.Size = text.Blocks, text.Size
	c.Note, i.Lost = format.Noted(strings.TrimSpace(cell("note")), others(names, cells))
	if i.URI == "" {
		i.URI = i.Name()
	}
	i.Head()
	return i, nil
}

func parts(s string) []string {
	var all []string
	for p := range strings.SplitSeq(s, ";") {
		if p = format.Flat(p); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// others are the cells of columns that are not ours.
func others(names, cells []string) []format.Line {
	ours := map[string]bool{}
	for _, c := range columns {
		ours[c] = true
	}
	var all []format.Line
	for n, cell := range cells {
		if n < len(names) && !ours[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(names[n], "\ufeff")))] && strings.TrimSpace(cell) != "" {
			all = append(all, format.Line{Name: format.Brief(names[n]), Value: cell})
		}
	}
	return all
}
