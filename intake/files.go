package intake

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"wireroom/fault"
)

// total is the size of the files together; one that can't be found is told
// before anything is taken.
func total(files []string) (int64, error) {
	var sum int64
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return 0, unreadable(name, err)
		}
		if info.IsDir() {
			return 0, fault.Invalid(name, "it is a folder; name the files in it")
		}
		sum += info.Size()
	}
	return sum, nil
}

// place is a file to read.
type place struct {
	path string
	name string // within the folder that was named, with slashes; for a file its own
	dir  string // the folder that was named, or the file's
}

// find lists the files that are named, and those of a kind in named folders in
// the order of their names. others counts the files that are of no such kind.
func (k kind) find(named []string) (all []place, size int64, others int, err error) {
	for _, n := range named {
		info, err := os.Stat(n)
		if err != nil {
			return nil, 0, 0, unreadable(n, err)
		}
		if !info.IsDir() {
			all = append(all, place{n, filepath.Base(n), filepath.Dir(n)})
			size += info.Size()
			continue
		}
		err = filepath.WalkDir(n, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return unreadable(p, err)
			case p != n && strings.HasPrefix(d.Name(), "."):
				if d.IsDir() {
					return fs.SkipDir
				}
				others++
				return nil
			case !d.Type().IsRegular():
				return nil
			case !k.reads(p):
				others++
				return nil
			}
			inside, err := filepath.Rel(n, p)
			if info, statErr := d.Info(); statErr == nil {
				size += info.Size()
			} else {
				err = cmp.Or(err, statErr)
			}
			all = append(all, place{p, filepath.ToSlash(inside), n})
			return err
		})
		if err != nil {
			return nil, 0, 0, err
		}
	}
	return all, size, others, nil
}

func unreadable(name string, err error) error {
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fault.Invalid(name, "there is no such file")
	case errors.Is(err, os.ErrPermission):
		return fault.Invalid(name, "the file may not be read")
	}
	return fault.Internal("read "+name, err)
}

// meter counts what was read of all files.
type meter struct {
	in   io.Reader
	read *atomic.Int64
}

func (m meter) Read(p []byte) (int, error) {
	n, err := m.in.Read(p)
	m.read.Add(int64(n))
	return n, err
}
