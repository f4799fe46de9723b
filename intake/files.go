package intake

import (
	"errors"
	"io"
	"os"
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
