package media

import (
	"context"
	"errors"
	"image"
	"io"
	"runtime/debug"

	"github.com/kovidgoyal/imaging"

	"wireroom/fault"
	"wireroom/media/webp"
)

// Lighten makes the WebP of pictures beside what pages show without it: first
// of all that lack it, then of each that comes in, until ctx ends. Encoding is
// slow, so no reader and no upload waits for it. What fails is told to sorry and tried again at the next start.
func (s *Store) Lighten(ctx context.Context, sorry func(error)) {
	s.late.Store(true)
	for ctx.Err() == nil {
		var ids []string
		if s.late.Swap(false) {
			var err error
			if ids, err = s.heavy(ctx); err != nil && ctx.Err() == nil {
				sorry(err)
			}
		}
		if len(ids) == 0 {
			select {
			case <-ctx.Done():
				return
			case id := <-s.fresh:
				ids = []string{id}
			}
		}
		if err := s.lighten(ctx, ids); err != nil && ctx.Err() == nil {
			sorry(err)
		}
	}
}

// heavy are the pictures that lack a WebP.
func (s *Store) heavy(ctx context.Context) (ids []string, err error) {
	err = s.Walk(ctx, func(id string, _ io.Reader) error {
		kept, err := readSums(s.folder(id))
		if err == nil && kept[fileName(Widths[0], webpExt)] == "" {
			ids = append(ids, id)
		}
		return nil // a damaged picture is for Check to find
	})
	return ids, err
}

// lighten sets the encoder up for the ids and whatever comes in meanwhile, and
// gives its memory back.
func (s *Store) lighten(ctx context.Context, ids []string) error {
	encoder, err := webp.Open(ctx)
	if err != nil {
		return fault.Internal("setting up WebP", err)
	}
	var failed []error
	for len(ids) > 0 && ctx.Err() == nil {
		if err := s.lightenOne(ctx, encoder, ids[0]); err != nil {
			failed = append(failed, fault.Internal("making WebP of picture "+ids[0], err))
		}
		ids = ids[1:]
		select {
		case id := <-s.fresh:
			ids = append(ids, id)
		default:
		}
	}
	failed = append(failed, encoder.Close())
	encoder = nil
	debug.FreeOSMemory()
	return errors.Join(failed...)
}

// lightenOne makes each width that pages name, the narrowest last: it tells
// that the picture is done.
func (s *Store) lightenOne(ctx context.Context, encoder *webp.Encoder, id string) error {
	dir := s.folder(id)
	kept, err := readSums(dir)
	if err != nil {
		return err
	}
	img, err := s.pixels(id)
	if err != nil {
		return err
	}
	for i := len(Widths) - 1; i >= 0 && ctx.Err() == nil; i-- {
		if i > 0 && !reaches(kept, Widths[i-1]) {
			continue // an even narrower one shows the whole picture
		}
		if img.Rect.Dx() > Widths[i] {
			img = imaging.Clone(shrink(img, Widths[i]))
		}
		name := fileName(Widths[i], webpExt)
		data, err := encoder.Encode(ctx, img, webpQuality)
		if err != nil && !errors.Is(err, webp.ErrTooLarge) {
			return err
		}
		if err != nil || len(data) >= s.shown(id, Widths[i]) {
			kept[name] = notWorth
			continue
		}
		if err := replace(dir, name, data); err != nil {
			return err
		}
		kept[name] = sum(data)
	}
	return errors.Join(ctx.Err(), kept.write(dir))
}

// reaches reports whether the picture is wider than w.
func reaches(kept sums, w int) bool {
	return kept[fileName(w, jpegExt)] != "" || kept[fileName(w, pngExt)] != ""
}

// shown is how many bytes a page takes at a width without WebP.
func (s *Store) shown(id string, width int) int {
	f, _, err := s.Open(id, width)
	if err != nil {
		return 0
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err = errors.Join(err, f.Close()); err != nil {
		return 0
	}
	return int(size)
}

// pixels gives the picture, no wider than the widest of Widths.
func (s *Store) pixels(id string) (*image.NRGBA, error) {
	f, _, err := s.Open(id, full)
	if err != nil {
		return nil, err
	}
	s.job.Lock()
	defer s.job.Unlock()
	data, err := s.readAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	img, err := decode(data)
	if err != nil {
		return nil, err
	}
	defer tidy(img)
	if widest := Widths[len(Widths)-1]; img.Bounds().Dx() > widest {
		img = shrink(img, widest)
	}
	return imaging.Clone(img), nil
}
