package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"wireroom/fault"
)

// Walk gives each picture's id and its file at full size, in the order of the
// ids, until fn returns an error. An empty or missing cabinet has none.
func (s *Store) Walk(ctx context.Context, fn func(id string, r io.Reader) error) error {
	shelves, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault.Internal("listing pictures", err)
	}
	for _, shelf := range shelves {
		if !shelf.IsDir() || strings.HasPrefix(shelf.Name(), draft) {
			continue
		}
		if err := s.walkShelf(ctx, shelf.Name(), fn); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) walkShelf(ctx context.Context, shelf string, fn func(string, io.Reader) error) error {
	pictures, err := os.ReadDir(filepath.Join(s.dir, shelf))
	if err != nil {
		return fault.Internal("listing pictures", err)
	}
	for _, p := range pictures {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !valid(p.Name()) || p.Name()[:2] != shelf {
			continue
		}
		f, _, err := s.Open(p.Name(), full)
		if err != nil {
			return err
		}
		err = errors.Join(fn(p.Name(), f), f.Close())
		if err != nil {
			return err
		}
	}
	return nil
}

// Check reads every picture and names the first that is not what its id says,
// or of which a smaller size cannot be shown.
func (s *Store) Check(ctx context.Context) error {
	return s.Walk(ctx, func(id string, r io.Reader) error {
		data, err := s.readAll(r)
		if err != nil {
			return err
		}
		if name(data) != id {
			return fault.Internal("checking pictures", fmt.Errorf("picture %s is damaged", id))
		}
		return s.checkSizes(id)
	})
}

// checkSizes decodes the smaller sizes, as there is no name to hold their bytes
// against. One that is not there is no damage: the full one is shown.
func (s *Store) checkSizes(id string) error {
	for _, width := range Widths {
		for _, ext := range []string{jpegExt, pngExt} {
			data, err := os.ReadFile(filepath.Join(s.folder(id), fileName(width, ext)))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return fault.Internal("checking pictures", err)
			}
			img, err := decode(data)
			if err == nil && img.Bounds().Dx() != width {
				err = errors.New("it has another width")
			}
			if err != nil {
				return fault.Internal("checking pictures", fmt.Errorf("picture %s is damaged at width %d: %w", id, width, err))
			}
		}
	}
	return nil
}
