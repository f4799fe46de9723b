package export

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"wireroom/db"
	"wireroom/fault"
)

// mostManifest bounds what a manifest may take, in bytes.
const mostManifest = 256 << 20

// Parcel is an export that is open for reading.
type Parcel struct {
	Manifest Manifest

	files map[string]*zip.File
	close func() error
}

// Open opens an export and reads its manifest; Invalid if it is none of ours.
// Close it when done.
func Open(path string) (*Parcel, error) {
	file, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fault.NotFound("the export " + path)
	}
	if err != nil {
		return nil, fault.Internal("opening "+path, err)
	}
	info, err := file.Stat()
	if err == nil && info.IsDir() {
		err = fault.Invalid("export", "%s is a folder: give the zip file as it was written", path)
	}
	var p *Parcel
	if err == nil {
		p, err = read(file, info.Size())
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	p.close = file.Close
	return p, nil
}

// Close closes the file.
func (p *Parcel) Close() error { return p.close() }

// read is Open of bytes.
func read(r io.ReaderAt, size int64) (*Parcel, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fault.Invalid("export", "it is no zip file, or its end is missing: %v", err)
	}
	p := &Parcel{files: map[string]*zip.File{}}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue // a folder, where somebody has packed it anew
		}
		if p.files[f.Name] != nil {
			return nil, fault.Invalid("export", "%s is there twice", f.Name)
		}
		p.files[f.Name] = f
	}
	if err := p.readManifest(); err != nil {
		return nil, err
	}
	return p, p.checkNames()
}

func (p *Parcel) readManifest() error {
	entry := p.files[manifestName]
	if entry == nil {
		return fault.Invalid("export", "it has no %s", manifestName)
	}
	f, err := entry.Open()
	if err != nil {
		return damaged(manifestName, err)
	}
	defer f.Close()
	if err := json.NewDecoder(io.LimitReader(f, mostManifest)).Decode(&p.Manifest); err != nil {
		return damaged(manifestName, err)
	}
	switch m := p.Manifest; {
	case m.Form != Form:
		return fault.Invalid("export", "it has form %d, and this program knows %d", m.Form, Form)
	case len(m.Files) == 0:
		return fault.Invalid("export", "its manifest names no files; a backup is put back by wireroom restore")
	case m.Version < 1:
		return fault.Invalid("export", "it does not say which version its tables have")
	case m.Version > db.Latest():
		return fault.Invalid("export", "its tables have version %d, and this program knows %d; take it in by a newer one", m.Version, db.Latest())
	}
	return nil
}

func damaged(name string, err error) error {
	return fault.Invalid("export", "%s is damaged: %v", name, err)
}

// checkNames refuses an export in which there is another file than its manifest
// names, or a file of which this program knows nothing.
func (p *Parcel) checkNames() error {
	named := map[string]bool{manifestName: true}
	for _, f := range p.Manifest.Files {
		if named[f.Name] {
			return fault.Invalid("export", "its manifest names %s twice", f.Name)
		}
		named[f.Name] = true
		if p.files[f.Name] == nil {
			return fault.Invalid("export", "%s is missing", f.Name)
		}
		if f.Name != readmeName && f.Name != newsName && !f.picture() && f.topic() == nil {
			return fault.Invalid("export", "this program does not know what %s is", f.Name)
		}
	}
	for name := range p.files {
		if !named[name] {
			return fault.Invalid("export", "%s is not in its manifest", name)
		}
	}
	return nil
}

// Verify reads all of the export to its end and holds it against itself. The
// first line, or else file, that is not what was written is Invalid and named.
func (p *Parcel) Verify(ctx context.Context, o Options) error {
	for _, f := range p.Manifest.Files {
		if t := f.topic(); t != nil {
			err := p.eachRow(ctx, f, t, func(n int64, _ []any) error {
				o.tell(f.Name, n)
				return nil
			})
			if err != nil {
				return err
			}
			continue
		}
		err := p.read(f, func(r io.Reader) error {
			if !strings.HasSuffix(f.Name, lineEnding) {
				return nil
			}
			n, err := lines(r, func(n int64, _ []byte) error { return ctx.Err() })
			return counted(f, n, err)
		})
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return fault.Internal("reading the export", ctx.Err())
		}
	}
	return nil
}

// eachRow gives the values of each line of a table, as the manifest tells of
// its fields.
func (p *Parcel) eachRow(ctx context.Context, f File, t *topic, use func(n int64, values []any) error) error {
	sent, err := t.told(f)
	if err != nil {
		return err
	}
	return p.read(f, func(r io.Reader) error {
		n, err := lines(r, func(n int64, line []byte) error {
			if n%tellEvery == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			values, err := t.take(sent, line)
			if err != nil {
				return err
			}
			return use(n, values)
		})
		return counted(f, n, err)
	})
}

// told are the columns that stand in the lines of a file. Those of an earlier
// version may have been fewer.
func (t *topic) told(f File) ([]column, error) {
	var all []column
	for _, field := range f.Fields {
		i := slices.IndexFunc(t.columns, func(c column) bool { return c.field == field && !c.left })
		if i < 0 || slices.Contains(all, t.columns[i]) {
			return nil, fault.Invalid("export", "%s: this program does not know the field %.64q", f.Name, field)
		}
		all = append(all, t.columns[i])
	}
	if len(all) == 0 {
		return nil, fault.Invalid("export", "%s: the manifest does not tell of its fields", f.Name)
	}
	return all, nil
}

// counted is the fault of a file of which n lines were read.
func counted(f File, n int64, err error) error {
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, context.Canceled):
		return fault.Internal("reading the export", err)
	case err != nil:
		return fault.Invalid("export", "%s, %v", f.Name, err)
	case n != f.Lines:
		return fault.Invalid("export", "%s, line %d: the manifest tells of %d lines", f.Name, min(n, f.Lines)+1, f.Lines)
	}
	return nil
}

// read gives a file to use and then holds all of it against the manifest.
func (p *Parcel) read(f File, use func(io.Reader) error) error {
	entry, err := p.files[f.Name].Open()
	if err != nil {
		return damaged(f.Name, err)
	}
	defer entry.Close()
	sum := newSummer(io.Discard)
	r := io.TeeReader(entry, sum)
	if err := use(r); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		return damaged(f.Name, err)
	}
	if sum.bytes != f.Bytes || sum.hex() != f.SHA256 {
		return damaged(f.Name, fmt.Errorf("it is not what was written"))
	}
	return nil
}
