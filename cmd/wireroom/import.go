package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"wireroom/agency"
	"wireroom/fault"
	"wireroom/intake"
	"wireroom/story"
)

type importCmd struct {
	Export importExportCmd `cmd:"" help:"Take a whole agency from its export into an empty place."`

	Page  importPageCmd  `cmd:"" help:"Take the story and the list of a page's text."`
	Ninjs importNinjsCmd `cmd:"" help:"Take news in JSON (ninjs 1.x to 3.1, Superdesk): one item, an array or lines, also gzipped."`

	Newsml importNewsmlCmd `cmd:"" help:"Take news in NewsML-G2 or NewsML 1.2."`
	Nitf   importNitfCmd   `cmd:"" help:"Take news in NITF."`
	Text   importTextCmd   `cmd:"" help:"Take plain texts with a header of IPTC 7901 or ANPA 1312."`
	Mail   importMailCmd   `cmd:"" help:"Take letters, each in a file of its own (.eml)."`
	Csv    importCsvCmd    `cmd:"" help:"Take the rows of tables whose first row names the columns."`
	Rss    importRssCmd    `cmd:"" help:"Take the items of saved feeds: RSS, Atom, JSON Feed."`

	Register importRegisterCmd `cmd:"" help:"Take known people, places and topics from a table (docs/register.md)."`

	Wxr   importWxrCmd   `cmd:"" help:"Move from WordPress: take what it exports (Tools, Export)."`
	Ghost importGhostCmd `cmd:"" help:"Move from Ghost: take what it exports (Settings, Import/Export)."`
	HTML  importHTMLCmd  `cmd:"" name:"html" help:"Take the articles on saved pages of a news site."`
}

// taking is what each import can be told.
type taking struct {
	place
	DryRun bool `help:"Look and report, but keep nothing."`
	Silent bool `help:"Alert nobody: the stories are for the archive."`
}

// run takes stories in, shows how far it has come and reports.
func (t taking) run(ctx context.Context, out *output, take func(*agency.Agency, intake.Options) (intake.Report, error)) error {
	return t.with(ctx, func(a *agency.Agency) error {
		began, shown := time.Now(), newProgress(out)
		report, err := take(a, intake.Options{Silent: t.Silent, DryRun: t.DryRun, Progress: shown.tell})
		shown.end()
		tellReport(out, report)
		words := fmt.Sprintf("%d taken, %d already here, %d skipped, %d broken",
			report.Taken, report.Already, len(report.Skipped), len(report.Broken))
		words += archiveWords(report)
		if report.Unlisted > 0 {
			words += fmt.Sprintf(" (%d more of these are not listed)", report.Unlisted)
		}
		if t.DryRun {
			words += "; nothing was kept"
		}
		switch {
		case errors.Is(err, context.Canceled):
			err = fault.Conflict("stopped", "%s; run it again for the rest", words)
		case err == nil && len(report.Broken) > 0:
			err = fault.Conflict("the rest went on", "%s", words)
		}
		if err != nil {
			return out.undone(report, err)
		}
		return out.done(report, "%s: %s in %s", strings.TrimPrefix(out.command, "wireroom "), words, time.Since(began).Round(time.Millisecond))
	})
}

// tellReport names what was left out, each thing on a line.
func tellReport(out *output, r intake.Report) {
	for _, s := range r.Skipped {
		out.say("%s:%d: skipped: %s", s.File, s.Line, s.Reason)
	}
	for _, b := range r.Broken {
		out.say("%s:%d: broken: %s%s", b.File, b.Line, prefixed(b.Field), b.Reason)
	}
	tellArchive(out, r)
	if len(r.Labels) > 0 {
		out.say("labels of no section, kept as keywords: %s", most(r.Labels))
	}
	if len(r.Lost) > 0 {
		out.say("fields that have no place in a story: %s", most(r.Lost))
	}
}

func prefixed(field string) string {
	if field == "" {
		return ""
	}
	return field + ": "
}

// most names the most frequent words and counts the others.
func most(times map[string]int) string {
	const enough = 8
	words := slices.SortedFunc(maps.Keys(times), func(a, b string) int {
		if d := times[b] - times[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	var named []string
	for _, w := range words[:min(enough, len(words))] {
		named = append(named, fmt.Sprintf("%s (%d)", w, times[w]))
	}
	if rest := len(words) - len(named); rest > 0 {
		named = append(named, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(named, ", ")
}

type importPageCmd struct {
	taking
	Edition string `help:"The language of the page; else the agency's own." placeholder:"LANG"`
	Date    string `help:"The day on which the page was saved; else today." placeholder:"YYYY-MM-DD"`
	File    string `arg:"" help:"The page's text."`
}

// Run takes the page.
func (cmd *importPageCmd) Run(ctx context.Context, out *output) error {
	return cmd.run(ctx, out, func(a *agency.Agency, o intake.Options) (intake.Report, error) {
		saved, err := cmd.saved(ctx, a)
		if err != nil {
			return intake.Report{}, err
		}
		return a.Intake().Page(ctx, cmd.File, story.Lang(cmd.Edition), saved, o)
	})
}

func (cmd *importPageCmd) saved(ctx context.Context, a *agency.Agency) (story.Date, error) {
	if cmd.Date == "" {
		m, err := a.Masthead.Load(ctx)
		return story.DateOf(time.Now().In(m.Zone)), err
	}
	d, err := story.ParseDate(cmd.Date)
	if err != nil {
		return d, fault.Invalid("date", "%q is no day like 2025-09-01", cmd.Date)
	}
	return d, nil
}

// files is an import of files that hold news of one kind.
type files struct {
	taking
	charted
	Addresses bool     `help:"Have the addresses of the items' pages lead to the stories."`
	Files     []string `arg:"" name:"file" help:"The files, or folders of them."`
}

func (f files) take(ctx context.Context, out *output, kind string) error {
	return f.run(ctx, out, func(a *agency.Agency, o intake.Options) (intake.Report, error) {
		o.Addresses = f.Addresses
		return f.chart(ctx, a, o, func(o intake.Options) (intake.Report, error) {
			return a.Intake().Wire(ctx, kind, f.Files, o)
		})
	})
}

type (
	importNinjsCmd  struct{ files }
	importNewsmlCmd struct{ files }
	importNitfCmd   struct{ files }
	importTextCmd   struct{ files }
	importMailCmd   struct{ files }
	importCsvCmd    struct{ files }
	importRssCmd    struct{ files }
)

// Run takes the files.
func (cmd *importNinjsCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "ninjs")
}

// Run takes the files.
func (cmd *importNewsmlCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "newsml")
}

// Run takes the files.
func (cmd *importNitfCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "nitf")
}

// Run takes the files.
func (cmd *importTextCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "text")
}

// Run takes the files.
func (cmd *importMailCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "mail")
}

// Run takes the files.
func (cmd *importCsvCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "csv")
}

// Run takes the files.
func (cmd *importRssCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "rss")
}
