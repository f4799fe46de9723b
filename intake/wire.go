package intake

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/masthead"
	"wireroom/story"
)

// Ninjs takes the texts in files of news in JSON, as they are or gzipped. The
// report holds good even with an error, which says why the run ended early.
func (in *Intake) Ninjs(ctx context.Context, files []string, o Options) (Report, error) {
	return in.Wire(ctx, "ninjs", files, o)
}

// Wire takes the texts in files of news of one of the Kinds, and of the files
// of that kind in folders. The report holds good even with an error, which says
// why the run ended early.
func (in *Intake) Wire(ctx context.Context, name string, files []string, o Options) (report Report, err error) {
	k, ok := kindOf(name)
	if !ok {
		return newReport(o), fault.Invalid("kind", "nothing here reads %q", name)
	}
	o.Silent = o.Silent || k.whole
	places, sum, others, err := k.find(files)
	if err != nil {
		return newReport(o), err
	}
	r, err := in.begin(ctx, o)
	if err != nil {
		return newReport(o), err
	}
	defer func() { report, err = r.report, errors.Join(err, r.shelf.Close()) }()
	r.kind, r.total, r.report.OtherKind = k, sum, others
	return r.report, r.all(ctx, places)
}

// all looks through the files and then takes what is in them.
func (r *run) all(ctx context.Context, places []place) error {
	for _, p := range places {
		if err := r.survey(ctx, p); err != nil {
			return err
		}
	}
	for _, a := range r.kind.archive.Authors() {
		r.found.author(a, 0)
	}
	for _, t := range r.kind.archive.Terms() {
		r.found.term(t, 0)
	}
	for _, p := range places {
		if err := r.wireFile(ctx, p); err != nil {
			return err
		}
	}
	if err := r.flush(ctx); err != nil {
		return err
	}
	if r.charted() || r.kind.whole {
		r.report.finds(r.found)
	}
	if r.o.WriteTo == nil {
		return nil
	}
	if err := r.found.write(r.o.WriteTo, r.found.chart, r.m, r.report.Seen()); err != nil {
		return fault.Internal("write the map", err)
	}
	return nil
}

// survey looks through a file. What is wrong with it is told when it is read.
func (r *run) survey(ctx context.Context, p place) error {
	f, err := os.Open(p.path)
	if err != nil {
		return unreadable(p.path, err)
	}
	defer f.Close()
	var bad *format.Error
	if err := r.kind.archive.Survey(f); err != nil && !errors.As(err, &bad) {
		return fault.Internal("read "+p.path, err)
	}
	return ctx.Err()
}

func (r *run) wireFile(ctx context.Context, p place) error {
	f, err := os.Open(p.path)
	if err != nil {
		return unreadable(p.path, err)
	}
	defer f.Close()
	var before int64
	if r.read != nil {
		_, before = r.read()
	}
	var read atomic.Int64
	r.read = func() (string, int64) { return p.path, before + read.Load() }
	// The next items are read while a batch is written.
	for d := range ahead(ctx, r.kind.archive.Decode(p.name, meter{f, &read})) {
		if err := r.wireItem(ctx, p, d.item, d.err); err != nil {
			return err
		}
	}
	if r.kind.whole {
		return ctx.Err() // many small files make one batch
	}
	return r.flush(ctx)
}

func (r *run) wireItem(ctx context.Context, p place, i format.Item, err error) error {
	file := p.path
	var bad *format.Error
	if errors.As(err, &bad) {
		r.report.breaks(file, bad.Line, bad.Field, bad.Reason)
		return nil
	}
	if err != nil {
		return fault.Internal("read "+file, err)
	}
	draft := false
	if i.Origin != nil {
		var ok bool
		if draft, ok = r.posted(file, &i); !ok {
			return nil
		}
	} else if r.charted() {
		r.wired(&i)
	}
	lang, has := r.editionOf(i)
	switch {
	case notText[i.Type]:
		r.report.skip(file, i.Line, fmt.Sprintf("its type is %s, not text", i.Type))
	case i.Status != "" && i.Status != story.Usable:
		r.report.skip(file, i.Line, "its status is "+format.Brief(string(i.Status)))
	case !has:
		r.report.skip(file, i.Line, fmt.Sprintf("there is no edition in %q", format.Brief(i.Lang)))
	case strings.ContainsFunc(i.URI, unicode.IsControl):
		r.report.breaks(file, i.Line, "uri", "there are control characters in it")
	case i.Undated && !draft:
		r.report.skip(file, i.Line, "no time")
	case i.Created.IsZero() && !draft:
		r.report.breaks(file, i.Line, "versioncreated", "there is no time that can be read")
	default:
		return r.arrives(ctx, p, i, lang, draft)
	}
	return nil
}

func (r *run) arrives(ctx context.Context, p place, i format.Item, lang story.Lang, draft bool) error {
	a := story.Arrival{Source: r.kind.name + " " + i.URI, Lang: lang, Sent: i.Created, Changed: i.Changed, Draft: draft}
	if i.Origin != nil {
		if r.twice(a.Source) {
			r.report.skip(p.path, i.Line, "an item before it in these files is named like it: "+format.Brief(i.URI))
			return nil
		}
		r.fits(&i.Content)
		known, err := r.shelf.Known(ctx, a.Source)
		if err != nil {
			return err
		}
		if known {
			r.report.Already++
			return nil
		}
		if err := r.hang(ctx, p, i.Line, &i.Content); err != nil {
			return err
		}
		a.Addresses = i.Origin.Addresses
	} else if r.o.Addresses && i.Page != "" {
		a.Addresses = []string{i.Page}
	}
	a.Content = r.wireContent(i)
	return r.add(ctx, waiting{a, p.path, i.Line}, i.Size)
}

// twice reports whether the files had an item of that name before.
func (r *run) twice(source string) bool {
	sum := sha256.Sum256([]byte(source))
	key := [16]byte(sum[:16])
	_, had := r.seen[key]
	if r.seen == nil {
		r.seen = map[[16]byte]struct{}{}
	}
	r.seen[key] = struct{}{}
	return had
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
