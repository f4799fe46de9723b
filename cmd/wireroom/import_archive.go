package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"wireroom/agency"
	"wireroom/fault"
	"wireroom/intake"
)

// charted is an import that reads what names of another system mean.
type charted struct {
	Map string `help:"What sections, authors, plans … mean here. A dry run writes the file if there is none." placeholder:"FILE"`
}

// with reads the map, or has it written by a dry run.
func (c charted) chart(ctx context.Context, a *agency.Agency, o intake.Options, take func(intake.Options) (intake.Report, error)) (intake.Report, error) {
	if c.Map == "" {
		return take(o)
	}
	_, err := os.Stat(c.Map)
	if errors.Is(err, fs.ErrNotExist) && o.DryRun {
		var drawn bytes.Buffer
		o.WriteTo = &drawn
		report, err := take(o)
		if err != nil {
			return report, err
		}
		return report, keep(c.Map, drawn.Bytes())
	}
	m, err := a.Masthead.Load(ctx)
	if err != nil {
		return intake.Report{}, err
	}
	if o.Chart, err = intake.ReadChart(c.Map, m); err != nil {
		return intake.Report{}, err
	}
	return take(o)
}

// keep writes a file that is not there yet.
func keep(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fault.Invalid(name, "the map can't be written: %v", err)
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return fault.Internal("write "+name, err)
	}
	return nil
}

// pause parts two pictures that are fetched from the old site.
const pause = 300 * time.Millisecond

// moving is an import of a website's archive. It alerts nobody, and the old
// addresses lead to the stories.
type moving struct {
	place
	charted
	DryRun   bool     `help:"Look and report, but keep nothing."`
	Pictures []string `help:"A folder with copies of the site's pictures, as wp-content/uploads." placeholder:"DIR"`
	Fetch    bool     `help:"Fetch pictures that no folder has from the old site, one after another."`
	Files    []string `arg:"" name:"file" help:"The files, or folders of them."`
}

func (cmd moving) take(ctx context.Context, out *output, kind string) error {
	t := taking{place: cmd.place, DryRun: cmd.DryRun, Silent: true}
	return t.run(ctx, out, func(a *agency.Agency, o intake.Options) (intake.Report, error) {
		o.Pictures = intake.Pictures{Store: a.Pictures, Folders: cmd.Pictures}
		if cmd.Fetch {
			o.Pictures.Courier, o.Pictures.Pause = a.Courier(), pause
		}
		return cmd.chart(ctx, a, o, func(o intake.Options) (intake.Report, error) {
			return a.Intake().Wire(ctx, kind, cmd.Files, o)
		})
	})
}

type (
	importWxrCmd   struct{ moving }
	importGhostCmd struct{ moving }
	importHTMLCmd  struct{ moving }
)

// Run takes the files.
func (cmd *importWxrCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "wxr")
}

// Run takes the files.
func (cmd *importGhostCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "ghost")
}

// Run takes the files.
func (cmd *importHTMLCmd) Run(ctx context.Context, out *output) error {
	return cmd.take(ctx, out, "html")
}

// archiveWords are what the last line says of an archive besides.
func archiveWords(r intake.Report) string {
	words := ""
	if r.Drafts > 0 {
		words += fmt.Sprintf(", %d of them drafts", r.Drafts)
	}
	left := 0
	for _, n := range r.Left {
		left += n
	}
	if left > 0 {
		words += fmt.Sprintf(", %d left out", left)
	}
	if n := len(r.Missing) + r.Unfound; r.Pictures+n > 0 {
		words += fmt.Sprintf(", %d pictures, %d missing", r.Pictures, n)
	}
	return words
}

// tellArchive tells what came of an archive besides its stories.
func tellArchive(out *output, r intake.Report) {
	for _, m := range r.Missing {
		out.say("%s:%d: no picture: %s", m.File, m.Line, m.Reason)
	}
	if r.Unfound > 0 {
		out.say("%d more pictures are missing and not listed", r.Unfound)
	}
	for _, part := range []struct {
		what  string
		times map[string]int
	}{
		{"found", r.Names}, {"left out", r.Left}, {"kept in the editor's note, as no text can hold it", r.Aside},
	} {
		if len(part.times) > 0 {
			out.say("%s: %s", part.what, most(part.times))
		}
	}
	if r.OtherKind > 0 {
		out.say("files of another kind in the folders, not read: %d", r.OtherKind)
	}
	if len(r.Guessed) > 0 {
		out.say("names that no map has, so that they were guessed: %d", len(r.Guessed))
	}
}
