package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// sums are the hashes of a picture's files by their names, written down beside
// them: the id vouches for the full one alone.
type sums map[string]string

const (
	sumsName = "sums"
	// notWorth stands for the hash of a file that was left out on purpose.
	notWorth = "-"
)

func sum(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

func readSums(dir string) (sums, error) {
	data, err := os.ReadFile(filepath.Join(dir, sumsName))
	if errors.Is(err, fs.ErrNotExist) {
		// A picture that was put back has its widths and their sums made anew.
		return nil, fmt.Errorf("%s is missing, so its widths cannot be vouched for: back the agency up and restore it, which makes them anew", sumsName)
	}
	if err != nil {
		return nil, err
	}
	all := sums{}
	for line := range strings.Lines(string(data)) {
		line, whole := strings.CutSuffix(line, "\n")
		hash, name, ok := strings.Cut(line, "  ")
		if !ok || !whole || name != filepath.Base(name) {
			return nil, fmt.Errorf("%s has changed", sumsName)
		}
		all[name] = hash
	}
	return all, nil
}

// write puts the sums in place whole, in the form that sha256sum reads.
func (s sums) write(dir string) error {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(s)) {
		b.WriteString(s[name] + "  " + name + "\n")
	}
	return replace(dir, sumsName, []byte(b.String()))
}

// replace writes a file beside its place and moves it there.
func replace(dir, name string, data []byte) error {
	f, err := os.CreateTemp(dir, draft)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return SyncFolder(dir)
}
