package media

import (
	"errors"
	"image"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"wireroom/fault"
)

// draft begins the name of a folder that is not a picture yet; a crash may
// leave one behind, and nothing reads it.
const draft = "draft-"

// keep writes the picture and its smaller sizes into a draft folder, brings
// them to the disk and then gives the folder its name in one step.
func (s *Store) keep(id string, img image.Image, main file) error {
	if err := s.write(id, img, main); err != nil {
		return fault.Internal("keeping picture "+id, err)
	}
	select {
	case s.fresh <- id:
	default:
		s.late.Store(true)
	}
	return nil
}

func (s *Store) write(id string, img image.Image, main file) error {
	shelf := filepath.Dir(s.folder(id))
	if err := os.MkdirAll(shelf, 0o755); err != nil {
		return err
	}
	tmp, err := os.MkdirTemp(s.dir, draft)
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	if err := os.Chmod(tmp, 0o755); err != nil {
		return err
	}
	if err := writeSizes(tmp, img, main); err != nil {
		return err
	}
	err = os.Rename(tmp, s.folder(id))
	if errors.Is(err, fs.ErrExist) {
		return nil // another process kept the same picture meanwhile
	}
	if err != nil {
		return err
	}
	return errors.Join(SyncFolder(shelf), SyncFolder(s.dir), SyncFolder(filepath.Dir(s.dir)))
}

func writeSizes(dir string, img image.Image, main file) error {
	kept := sums{}
	put := func(name string, data []byte) error {
		kept[name] = sum(data)
		return writeFile(filepath.Join(dir, name), data)
	}
	if err := put(fileName(full, main.ext), main.data); err != nil {
		return err
	}
	for i := len(Widths) - 1; i >= 0; i-- {
		w := Widths[i]
		if img.Bounds().Dx() <= w {
			continue
		}
		img = shrink(img, w) // the next size is drawn from this one, which is quick
		f, err := encode(img, sizeQuality)
		if err != nil {
			return err
		}
		if err := put(fileName(w, f.ext), f.data); err != nil {
			return err
		}
	}
	return errors.Join(kept.write(dir), SyncFolder(dir))
}

func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// park writes what comes in to a file that is not a picture yet.
func (s *Store) park(r io.Reader) (path string, err error) {
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return "", fault.Internal("reading a picture", err)
	}
	f, err := os.CreateTemp(s.dir, draft)
	if err != nil {
		return "", fault.Internal("reading a picture", err)
	}
	n, err := io.Copy(f, io.LimitReader(r, s.most+1))
	err = errors.Join(err, f.Close())
	switch {
	case err != nil:
		err = fault.Internal("reading a picture", err)
	case n > s.most:
		err = s.tooLarge()
	default:
		return f.Name(), nil
	}
	return "", errors.Join(err, os.Remove(f.Name()))
}

// SyncFolder brings the names in a folder to the disk: a file that was made or
// renamed there stands after a power cut only then.
func SyncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
