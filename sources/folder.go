package sources

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/masthead"
)

// What a folder holds beside what lies in it to be taken: a maildir's new
// letters, what was taken and what could not be read.
const (
	newLetters = "new"
	takenFiles = "taken"
	otherFiles = "refused"
)

const (
	mostFile = 16 << 20
	// settled is how long a file must have been left alone: whoever lays it may
	// still be writing.
	settled = 2 * time.Second
	// mostFiles are taken at one look.
	mostFiles = 500
)

// empty takes the files that lie in a source's folder, the oldest first, and
// moves each aside.
func (t *Tray) empty(ctx context.Context, m masthead.Masthead, s Source, r *result) error {
	if t.folder == "" {
		return fault.Conflict("tray", "whoever runs the program names a folder by tray")
	}
	root, err := t.root(s)
	if err != nil {
		return err
	}
	defer root.Close()
	var wrong error
	for _, at := range []string{".", newLetters} {
		files, err := t.lying(root, at)
		if err != nil {
			return err
		}
		for _, name := range files {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			err := t.file(ctx, m, s, root, name, r)
			if err != nil && fault.Is(err, fault.KindInternal) {
				return err
			}
			to := takenFiles
			if err != nil {
				to, wrong = otherFiles, errors.Join(wrong, err)
			}
			// Moved only after the drafts are kept: a crash between takes it
			// again, and finds each known.
			if err := root.Rename(name, filepath.Join(to, filepath.Base(name))); err != nil {
				return fault.Internal("move a file aside", err)
			}
		}
	}
	return wrong
}

// root opens the source's folder, which is made where there is none. What lies
// there leads nowhere else.
func (t *Tray) root(s Source) (*os.Root, error) {
	at := filepath.Join(t.folder, s.Address)
	for _, sub := range []string{takenFiles, otherFiles} {
		if err := os.MkdirAll(filepath.Join(at, sub), 0o750); err != nil {
			return nil, fault.Internal("make the folder", err)
		}
	}
	root, err := os.OpenRoot(at)
	if err != nil {
		return nil, fault.Internal("open the folder", err)
	}
	return root, nil
}

// lying are the files that may be taken, the oldest first.
func (t *Tray) lying(root *os.Root, at string) ([]string, error) {
	d, err := root.Open(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fault.Internal("look into the folder", err)
	}
	defer d.Close()
	all, err := d.ReadDir(-1)
	if err != nil {
		return nil, fault.Internal("look into the folder", err)
	}
	type file struct {
		name string
		at   time.Time
	}
	var files []file
	for _, e := range all {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || strings.HasPrefix(e.Name(), ".") || strings.HasSuffix(e.Name(), ".part") {
			continue
		}
		if t.now().Sub(info.ModTime()) < settled {
			continue
		}
		files = append(files, file{filepath.Join(at, e.Name()), info.ModTime()})
	}
	slices.SortFunc(files, func(a, b file) int {
		if c := a.at.Compare(b.at); c != 0 {
			return c
		}
		return strings.Compare(a.name, b.name)
	})
	var names []string
	for _, f := range files[:min(len(files), mostFiles)] {
		names = append(names, f.name)
	}
	return names, nil
}

// file takes what is in a file; Invalid when nothing can be read in it.
func (t *Tray) file(ctx context.Context, m masthead.Masthead, s Source, root *os.Root, name string, r *result) error {
	info, err := root.Stat(name)
	if err == nil && info.Size() > mostFile {
		return fault.Invalid(filepath.Base(name), "it is longer than %d bytes", mostFile)
	}
	var data []byte
	if err == nil {
		data, err = root.ReadFile(name)
	}
	if err != nil {
		return fault.Internal("read "+filepath.Base(name), err)
	}
	items, err := ReadFile(filepath.Base(name), data)
	for _, i := range items {
		if err := t.take(ctx, m, s, i, r); err != nil {
			return err
		}
	}
	return err
}

// ReadFile reads the items of a file in whichever format it is; Invalid, beside
// what could be read, when that is not all.
func ReadFile(name string, data []byte) ([]format.Item, error) {
	var first error
	for _, decode := range decoders(data) {
		items, err := readBy(decode, name, data)
		if len(items) > 0 {
			return items, err
		}
		if first == nil {
			first = err
		}
	}
	if first == nil {
		first = fault.Invalid(name, "no format is known to us that this could be")
	}
	return nil, first
}

func readBy(f choice.Format, name string, data []byte) (items []format.Item, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fault.Invalid(name, "it cannot be read as %s", f.Title)
		}
	}()
	for i, wrong := range f.Decode(bytes.NewReader(data)) {
		if wrong != nil {
			err = fault.Invalid(name, "%s", cut(wrong.Error(), maxText))
			continue
		}
		if i.URI == "" {
			i.URI = i.Name()
		}
		items = append(items, i)
	}
	return items, err
}

// decoders are the formats that the first sign of a file lets think of: JSON,
// XML, or else text.
func decoders(data []byte) []choice.Format {
	kind := "text"
	switch b := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n"); {
	case len(b) == 0:
		return nil
	case b[0] == '{' || b[0] == '[':
		kind = "json"
	case b[0] == '<':
		kind = "xml"
	}
	var all []choice.Format
	for _, f := range choice.Formats() {
		is := f.Extension
		if is != "json" && is != "xml" {
			is = "text"
		}
		if f.Decode != nil && is == kind {
			all = append(all, f)
		}
	}
	return all
}
