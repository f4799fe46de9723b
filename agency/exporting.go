package agency

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"wireroom/agency/export"
	"wireroom/fault"
)

// Export writes the agency to a new file in an open form, while it is served
// all the same. Conflict when the file exists. The file has its name only once
// it is whole and on the disk.
func (a *Agency) Export(ctx context.Context, path string, o export.Options) (export.Manifest, error) {
	if _, err := os.Stat(path); err == nil {
		return export.Manifest{}, fault.Conflict(path, "the file exists; name another, or move it away")
	}
	draft, err := os.CreateTemp(filepath.Dir(path), ".wireroom-export-*")
	if err != nil {
		return export.Manifest{}, fault.Internal("making "+path, err)
	}
	defer os.Remove(draft.Name())
	defer draft.Close()
	m, err := export.Write(ctx, export.House{DB: a.DB, Pictures: a.Pictures}, draft, o)
	if err != nil {
		return m, err
	}
	if err := bestow(draft, path); err != nil {
		return m, fault.Internal("writing "+path, err)
	}
	return m, nil
}

// TakeExport fills an empty place from an export, on either engine. The file is
// read to its end before anything is written; the rows come in by one
// transaction, after the pictures, so that what was cut off can be run again.
// dry looks and keeps nothing. Everybody of the staff has to sign in by a link.
// Conflict when the place is not empty.
func TakeExport(ctx context.Context, c Config, path string, dry bool, o export.Options) (m export.Manifest, err error) {
	p, err := export.Open(path)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	if err := p.Verify(ctx, o); err != nil || dry {
		return p.Manifest, err
	}
	a, err := assemble(ctx, c, Options{tables: p.Manifest.Version})
	if err != nil {
		return p.Manifest, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := p.Take(ctx, export.House{DB: a.DB, Pictures: a.Pictures}, o); err != nil {
		return p.Manifest, err
	}
	if err := a.DB.Upgrade(ctx); err != nil {
		return p.Manifest, err
	}
	return p.Manifest, c.writeFile()
}
