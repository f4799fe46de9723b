package main

import (
	"context"

	"wireroom/agency"
)

type backupCmd struct {
	place
	File string `arg:"" help:"The file to write; it must not exist."`
}

// Run writes the backup.
func (cmd *backupCmd) Run(ctx context.Context, out *output) error {
	return cmd.with(ctx, func(a *agency.Agency) error {
		m, err := a.Backup(ctx, cmd.File)
		if err != nil {
			return err
		}
		return out.done(m, "backup: %s up to wire number %d (%d rows, %d pictures) is in %s",
			m.Agency, m.Wire, m.Rows(), m.Pictures(), cmd.File)
	})
}

type restoreCmd struct {
	place
	File string `arg:"" help:"The backup."`
}

// Run restores the backup.
func (cmd *restoreCmd) Run(ctx context.Context, out *output) error {
	c, err := cmd.config()
	if err != nil {
		return err
	}
	m, err := agency.Restore(ctx, c, cmd.File)
	if err != nil {
		return err
	}
	return out.done(m, "restore: %s up to wire number %d (%d rows, %d pictures) is in %s",
		m.Agency, m.Wire, m.Rows(), m.Pictures(), c.Data)
}
