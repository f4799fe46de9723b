package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"slices"
	"time"

	"wireroom/fault"
	"wireroom/format/page"
	"wireroom/masthead"
	"wireroom/story"
)

// MaxPage is how many bytes the text of a page may have.
const MaxPage = 16 << 20

// Page takes the story and the list of the text of an agency's page. saved is
// the day on which it was saved; a zero lang is the agency's own.
func (in *Intake) Page(ctx context.Context, file string, lang story.Lang, saved story.Date, o Options) (report Report, err error) {
	size, err := total([]string{file})
	if err != nil {
		return newReport(o), err
	}
	if size > MaxPage {
		return newReport(o), fault.Invalid(file, "it has %d bytes; a page has at most %d", size, MaxPage)
	}
	r, err := in.begin(ctx, o)
	if err != nil {
		return newReport(o), err
	}
	defer func() { report, err = r.report, errors.Join(err, r.shelf.Close()) }()
	if lang == "" {
		lang = r.m.Languages[0]
	}
	if !r.m.Has(lang) {
		return r.report, fault.Invalid("edition", "there is no edition in %q", lang)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return r.report, unreadable(file, err)
	}
	p, err := page.Parse(string(text), pageSpec(r.m, lang, saved))
	if err != nil {
		return r.report, err
	}
	r.total, r.read = size, func() (string, int64) { return file, size }
	return r.report, r.page(ctx, p, file, lang, saved)
}

func pageSpec(m masthead.Masthead, lang story.Lang, saved story.Date) page.Spec {
	s := page.Spec{Notices: map[string]string{}, Agency: m.Credit(lang), Saved: saved, Lang: lang}
	for _, section := range m.Sections {
		s.Sections = append(s.Sections, section.Label(lang))
	}
	for _, plan := range m.Plans {
		s.Notices[plan.Notice(lang)] = plan.ID
	}
	return s
}

// page takes the newest last, for within one instant the lists show the last
// first; the story of the page stands below what shares its instant.
func (r *run) page(ctx context.Context, p page.Page, file string, lang story.Lang, saved story.Date) error {
	for _, s := range p.Skipped {
		r.report.skip(file, s.Line, s.Reason)
	}
	if d := p.Lead; d != nil {
		day := d.Date
		if day.IsZero() {
			day = saved
		}
		if err := r.add(ctx, r.fromPage(file, d.Line, "story", lang, day, r.leadContent(d)), 0); err != nil {
			return err
		}
	}
	for _, i := range slices.Backward(p.Items) {
		c := story.Content{Headline: i.Headline, Plan: i.Plan, Sections: r.sections(i.Sections)}
		if err := r.add(ctx, r.fromPage(file, i.Line, "item", lang, saved, c), 0); err != nil {
			return err
		}
	}
	return r.flush(ctx)
}

// fromPage makes an arrival known by its headline, as a page has nothing that
// names its stories better.
func (r *run) fromPage(file string, line int, what string, lang story.Lang, day story.Date, c story.Content) waiting {
	sum := sha256.Sum256([]byte(c.Headline))
	source := "page " + what + " " + string(lang) + " " + hex.EncodeToString(sum[:16])
	return waiting{story.Arrival{Source: source, Lang: lang, Content: c, Sent: midnight(day, r.m.Zone)}, file, line}
}

// midnight is how a story says that only its day is known.
func midnight(day story.Date, zone *time.Location) time.Time { return day.In(zone) }

func (r *run) leadContent(d *page.Draft) story.Content {
	c := story.Content{Headline: d.Headline, Plan: d.Plan, Place: d.Place, Credit: d.Credit, Date: d.Date,
		Sections: r.sections(d.Sections), Body: d.Body}
	// Of a locked story the page has only what anybody may read.
	if d.Plan != "" {
		c.Cut = len(d.Body.Blocks)
	}
	return c
}

func (r *run) sections(labels []string) []string {
	var ids []string
	for _, l := range labels {
		if s, ok := r.m.SectionByLabel(l); ok && len(ids) < story.MaxSections && !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
