package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
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
// that carries more than a picture, or of which a size is missing or changed.
func (s *Store) Check(ctx context.Context) error {
	return s.Walk(ctx, func(id string, r io.Reader) error {
		data, err := s.readAll(r)
		if err != nil {
			return err
		}
		if name(data) != id {
			return fault.Internal("checking pictures", fmt.Errorf("picture %s is damaged", id))
		}
		if !bare(data) {
			return fault.Internal("checking pictures", fmt.Errorf("picture %s carries more than a picture", id))
		}
		if err := s.checkSizes(id); err != nil {
			return fault.Internal("checking pictures", fmt.Errorf("picture %s is damaged: %w", id, err))
		}
		return nil
	})
}

// checkSizes holds each file in each format against what was written down when
// it was made.
func (s *Store) checkSizes(id string) error {
	kept, err := readSums(s.folder(id))
	if err != nil {
		return err
	}
	for _, file := range slices.Sorted(maps.Keys(kept)) {
		if kept[file] == notWorth {
			continue
		}
		data, err := os.ReadFile(filepath.Join(s.folder(id), file))
		if errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is missing", file)
		}
		if err != nil {
			return err
		}
		if sum(data) != kept[file] {
			return fmt.Errorf("%s has changed", file)
		}
	}
	return nil
}
