package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/masthead"
	"wireroom/story"
)

// Ninjs takes the texts in files of news in JSON, as they are or gzipped. The
// report holds good even with an error, which says why the run ended early.
func (in *Intake) Ninjs(ctx context.Context, files []string, o Options) (Report, error) {
	return in.Wire(ctx, "ninjs", files, o)
}

// Wire takes the texts in files of news of one of the kinds that choice can
// read. The report holds good even with an error, which says why the run ended
// early.
func (in *Intake) Wire(ctx context.Context, kind string, files []string, o Options) (report Report, err error) {
	reader, ok := choice.Read(kind)
	if !ok {
		return newReport(o), fault.Invalid("kind", "nothing here reads %q", kind)
	}
	sum, err := total(files)
	if err != nil {
		return newReport(o), err
	}
	r, err := in.begin(ctx, o)
	if err != nil {
		return newReport(o), err
	}
	defer func() { report, err = r.report, errors.Join(err, r.shelf.Close()) }()
	r.total = sum
	for _, name := range files {
		if err := r.wireFile(ctx, reader, name); err != nil {
			return r.report, err
		}
	}
	return r.report, nil
}

func (r *run) wireFile(ctx context.Context, reader choice.Reader, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return unreadable(name, err)
	}
	defer f.Close()
	var before int64
	if r.read != nil {
		_, before = r.read()
	}
	var read atomic.Int64
	r.read = func() (string, int64) { return name, before + read.Load() }
	// The next items are read while a batch is written.
	for d := range ahead(ctx, reader.Decode(meter{f, &read})) {
		if err := r.wireItem(ctx, reader.Name, name, d.item, d.err); err != nil {
			return err
		}
	}
	return r.flush(ctx)
}

func (r *run) wireItem(ctx context.Context, kind, file string, i format.Item, err error) error {
	var bad *format.Error
	if errors.As(err, &bad) {
		r.report.breaks(file, bad.Line, bad.Field, bad.Reason)
		return nil
	}
	if err != nil {
		return fault.Internal("read "+file, err)
	}
	lang := edition(i.Lang, r.m)
	switch {
	case notText[i.Type]:
		r.report.skip(file, i.Line, fmt.Sprintf("its type is %s, not text", i.Type))
	case i.Status != "" && i.Status != story.Usable:
		r.report.skip(file, i.Line, "its status is "+format.Brief(string(i.Status)))
	case !r.m.Has(lang):
		r.report.skip(file, i.Line, fmt.Sprintf("there is no edition in %q", format.Brief(i.Lang)))
	case strings.ContainsFunc(i.URI, unicode.IsControl):
		r.report.breaks(file, i.Line, "uri", "there are control characters in it")
	case i.Undated:
		r.report.skip(file, i.Line, "no time")
	case i.Created.IsZero():
		r.report.breaks(file, i.Line, "versioncreated", "there is no time that can be read")
	default:
		a := story.Arrival{Source: kind + " " + i.URI, Lang: lang, Sent: i.Created, Changed: i.Changed, Content: r.wireContent(i)}
		return r.add(ctx, waiting{a, file, i.Line}, i.Size)
	}
	return nil
}

// notText are the types of items that are no stories.
var notText = map[string]bool{"audio": true, "video": true, "picture": true, "graphic": true, "component": true, "event": true, "planning": true,
	"package": true, "concept": true, "catalog": true, "other": true}

// edition is the edition for a language tag: that of "en" takes "en-GB" too.
// An item that does not say stands in the agency's own language.
func edition(tag string, m masthead.Masthead) story.Lang {
	if tag == "" {
		return m.Languages[0]
	}
	if i := strings.IndexAny(tag, "-_"); i >= 0 {
		tag = tag[:i]
	}
	return story.Lang(strings.ToLower(tag))
}

func (r *run) wireContent(i format.Item) story.Content {
	c := i.Content
	var keywords []string
	keep := func(word string) {
		switch {
		case slices.Contains(keywords, word):
		case len(keywords) < story.MaxKeywords:
			keywords = append(keywords, word)
		default:
			count(r.report.Lost, "keywords")
		}
	}
	for _, subject := range i.Subjects {
		label := subject.Label()
		s, ok := r.section(subject)
		switch {
		case !ok && subject.Name == "" && subject.Code != "":
			// A number says nothing to a reader.
			c.Note = strings.TrimSpace(c.Note + "\nsubject: " + label)
		case !ok:
			count(r.report.Labels, label)
			keep(label)
		case slices.Contains(c.Sections, s.ID):
		case len(c.Sections) < story.MaxSections:
			c.Sections = append(c.Sections, s.ID)
		default:
			keep(label)
		}
	}
	for _, k := range c.Keywords {
		keep(k)
	}
	c.Keywords = keywords
	// A place is of the dateline, which needs its day.
	if c.Place == "" && i.Dateline != "" {
		c.Note = strings.TrimSpace(c.Note + "\ndateline: " + i.Dateline)
	}
	if c.Place != "" || i.Dateline != "" {
		c.Date = story.DateOf(i.Created.In(r.m.Zone))
	}
	for _, field := range i.Lost {
		count(r.report.Lost, field)
	}
	return c
}

// section finds the agency's section for a subject, by its label or by its
// media topic: the very one, or the one of the first level above it.
func (r *run) section(s format.Subject) (masthead.Section, bool) {
	for _, label := range []string{s.Name, s.ID} {
		if found, ok := r.m.SectionByLabel(label); ok && label != "" {
			return found, true
		}
	}
	return r.m.SectionByTopic(s.Code)
}
