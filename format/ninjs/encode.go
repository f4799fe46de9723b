package ninjs

import (
	"encoding/json"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"wireroom/format"
	"wireroom/format/print"
)

// item3 is what the standard's version 3.1 calls a news item.
type item3 struct {
	Standard     *standard     `json:"standard,omitempty"`
	URI          string        `json:"uri"`
	Type         string        `json:"type,omitempty"`
	Complete     string        `json:"representationType,omitempty"`
	Version      string        `json:"version,omitempty"`
	Created      string        `json:"firstCreated,omitempty"`
	Changed      string        `json:"versionCreated,omitempty"`
	Embargo      string        `json:"embargoedUntil,omitempty"`
	Status       string        `json:"pubStatus,omitempty"`
	Urgency      int           `json:"urgency,omitempty"`
	Lang         string        `json:"language,omitempty"`
	Slug         string        `json:"slugline,omitempty"`
	Headlines    []wording3    `json:"headlines,omitempty"`
	Descriptions []wording3    `json:"descriptions,omitempty"`
	By           string        `json:"by,omitempty"`
	Place        string        `json:"located,omitempty"`
	Sources      []concept3    `json:"infoSources,omitempty"`
	Bodies       []wording3    `json:"bodies,omitempty"`
	Subjects     []concept3    `json:"subjects,omitempty"`
	Note         string        `json:"edNote,omitempty"`
	Holder       string        `json:"copyrightHolder,omitempty"`
	Copyright    string        `json:"copyrightNotice,omitempty"`
	Sizes        []rendition3  `json:"renditions,omitempty"`
	Associations []associated3 `json:"associations,omitempty"`
	IDs          []id3         `json:"altIds,omitempty"`
}

type standard struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Schema  string `json:"schema"`
}

type wording3 struct {
	Role  string `json:"role,omitempty"`
	Type  string `json:"contentType,omitempty"`
	Chars int    `json:"charCount,omitempty"`
	Words int    `json:"wordCount,omitempty"`
	Value string `json:"value"`
}

type concept3 struct {
	Name    string `json:"name,omitempty"`
	Rel     string `json:"rel,omitempty"`
	URI     string `json:"uri,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type rendition3 struct {
	Name   string `json:"name"`
	Href   string `json:"href,omitempty"`
	Type   string `json:"contentType,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
	Bytes  int64  `json:"sizeInBytes,omitempty"`
}

type associated3 struct {
	Name string `json:"name"`
	Rel  string `json:"rel,omitempty"`
	item3
}

type id3 struct {
	Role  string `json:"role"`
	Value string `json:"value"`
}

// topics is where IPTC keeps the terms of its Media Topics.
const topics = "http://cv.iptc.org/newscodes/mediatopic/"

// Encode writes ninjs 3.1: the one item, or else a list of them.
func Encode(w io.Writer, items []format.Item, o format.Options) error {
	return write(w, items, func(i format.Item) any { return Object(i, o) })
}

// Object is the item as ninjs 3.1 has it, for json to write: within another's
// envelope, for instance.
func Object(i format.Item, o format.Options) any {
	i = i.As(o)
	out := item3{
		Standard: &standard{"ninjs", "3.1", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"},
		URI:      i.URI, Type: typed(i), Complete: "full", Version: counted(i.Version), Created: stamp(i.Created), Changed: stamp(i.Changed),
		Embargo: stamp(i.Content.Embargo), Status: string(i.Standing()), Urgency: i.Content.Urgency, Lang: i.Lang, Slug: i.Content.Slug,
		By: i.Content.Byline, Place: i.Content.Place, Note: i.Editorial(), Holder: i.Holder, Copyright: i.Copyright,
	}
	out.Headlines = worded3(i.Content.Headline)
	out.Descriptions = worded3(i.Content.Teaser)
	if body := xhtml(i); body != "" {
		plain := print.Text(i.Content.Body.Blocks)
		out.Bodies = []wording3{{"main", "application/xhtml+xml", utf8.RuneCountInString(plain), len(strings.Fields(plain)), body}}
	}
	if i.Content.Credit != "" {
		out.Sources = []concept3{{Name: i.Content.Credit}}
	}
	for _, s := range i.Subjects {
		c := concept3{Name: s.Label(), Literal: s.ID}
		if code, ok := strings.CutPrefix(s.Code, "medtop:"); ok {
			c.URI = topics + code
		}
		out.Subjects = append(out.Subjects, c)
	}
	for _, k := range i.Content.Keywords {
		out.Subjects = append(out.Subjects, concept3{Name: k, Rel: keyword})
	}
	out.IDs = ids(i)
	out.Associations = associated(i)
	return out
}

// keyword is how a subject is related that is a keyword alone.
const keyword = "keyword"

// translation is how the same story in another language is related.
const translation = "translation"

func associated(i format.Item) []associated3 {
	var all []associated3
	for n, p := range i.Pictures {
		a := associated3{Name: "picture-" + strconv.Itoa(n+1), item3: item3{URI: i.URI + "#" + p.ID, Type: "picture",
			Headlines: worded3(p.Alt), Descriptions: worded3(p.Caption), By: p.Credit}}
		for _, s := range p.Sizes {
			a.Sizes = append(a.Sizes, rendition3{Name: width(s), Href: s.Href, Type: s.Type, Width: s.Width, Height: s.Height, Bytes: s.Bytes})
		}
		all = append(all, a)
	}
	for _, s := range i.Siblings {
		a := associated3{Name: translation + "-" + s.Lang, Rel: translation, item3: item3{URI: s.URI, Type: "text", Lang: s.Lang, Headlines: worded3(s.Headline)}}
		if s.Page != "" {
			a.IDs = []id3{{"page", s.Page}}
		}
		all = append(all, a)
	}
	return all
}

func width(s format.Size) string { return "w" + strconv.Itoa(s.Width) }

// ids are what the standard has no other place for.
func ids(i format.Item) []id3 {
	var all []id3
	for _, id := range []id3{{"wire", counted(i.Number)}, {"signal", string(i.Signal)}, {"page", i.Page}} {
		if id.Value != "" {
			all = append(all, id)
		}
	}
	return all
}

func typed(i format.Item) string {
	if i.Type == "" {
		return "text"
	}
	return i.Type
}

func worded3(s string) []wording3 {
	if s == "" {
		return nil
	}
	return []wording3{{Role: "main", Value: s}}
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

// xhtml is the text with the dateline that opens it, and its pictures in their
// places.
func xhtml(i format.Item) string {
	var b strings.Builder
	_ = print.HTML(&b, i.Content.Body.Blocks, print.Options{Wire: true, Dateline: i.Dateline, Picture: i.Image})
	return strings.TrimSuffix(b.String(), "\n")
}

func write(w io.Writer, items []format.Item, object func(format.Item) any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if len(items) == 1 {
		return e.Encode(object(items[0]))
	}
	all := make([]any, len(items))
	for n, i := range items {
		all[n] = object(i)
	}
	return e.Encode(all)
}
