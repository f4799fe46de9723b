package main

import (
	"context"

	"wireroom/agency"
	"wireroom/agency/export"
)

type exportCmd struct {
	place
	File    string `arg:"" help:"The zip file to write; it must not exist."`
	Readers bool   `name:"with-readers" help:"Take accounts of readers, their plans and payments along."`
}

// Run writes the export.
func (cmd *exportCmd) Run(ctx context.Context, out *output) error {
	return cmd.with(ctx, func(a *agency.Agency) error {
		shown := newProgress(out)
		m, err := a.Export(ctx, cmd.File, export.Options{Readers: cmd.Readers, Tell: shown.count})
		shown.end()
		if err != nil {
			return err
		}
		without := "; what is known of readers is not in it (--with-readers)"
		if m.Readers {
			without = ", readers and all"
		}
		return out.done(m, "export: %s up to wire number %d (%d lines, %d stories as ninjs, %d pictures) is in %s%s",
			m.Agency, m.Wire, m.Rows(), m.News(), m.Pictures(), cmd.File, without)
	})
}

type importExportCmd struct {
	place
	DryRun bool   `help:"Read it to its end and report, but keep nothing."`
	File   string `arg:"" help:"The export."`
}

// Run takes the export.
func (cmd *importExportCmd) Run(ctx context.Context, out *output) error {
	c, err := cmd.config()
	if err != nil {
		return err
	}
	shown := newProgress(out)
	m, err := agency.TakeExport(ctx, c, cmd.File, cmd.DryRun, export.Options{Tell: shown.count})
	shown.end()
	if err != nil {
		return err
	}
	if cmd.DryRun {
		return out.done(m, "import export: %s is sound: %s up to wire number %d (%d lines, %d pictures); nothing was kept",
			cmd.File, m.Agency, m.Wire, m.Rows(), m.Pictures())
	}
	return out.done(m, "import export: %s up to wire number %d (%d lines, %d pictures) is in %s",
		m.Agency, m.Wire, m.Rows(), m.Pictures(), c.Data)
}
