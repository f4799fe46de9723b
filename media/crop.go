package media

import (
	"image"
	"image/draw"
	"io"
	"math"

	"wireroom/fault"
)

// Rect is a part of a picture, in fractions of its width and height from the
// top left.
type Rect struct{ X, Y, W, H float64 }

// LeastCrop is the shortest side that a part may have, in pixels.
const LeastCrop = 16

// Crop keeps a part of a picture as a picture of its own, cut from the full
// one; that stays as it is. A part that is not one is Invalid, an unknown
// picture NotFound.
func (s *Store) Crop(id string, r Rect) (Picture, error) {
	f, _, err := s.Open(id, full)
	if err != nil {
		return Picture{}, err
	}
	data, err := io.ReadAll(io.LimitReader(f, s.most))
	_ = f.Close()
	if err != nil {
		return Picture{}, fault.Internal("reading picture "+id, err)
	}
	s.job.Lock()
	defer s.job.Unlock()
	img, err := decode(data)
	if err != nil {
		return Picture{}, fault.Internal("reading picture "+id, err)
	}
	at, err := r.within(img.Bounds())
	if err != nil {
		return Picture{}, err
	}
	return s.draw(cutOut(img, at))
}

// within gives the pixels of the part, rounded to the nearest.
func (r Rect) within(b image.Rectangle) (image.Rectangle, error) {
	for _, v := range []float64{r.X, r.Y, r.W, r.H} {
		if math.IsNaN(v) || v < 0 || v > 1 {
			return image.Rectangle{}, fault.Invalid("crop", "a part is given in fractions between 0 and 1")
		}
	}
	at := func(fraction float64, size int) int { return min(size, int(math.Round(fraction*float64(size)))) }
	out := image.Rect(at(r.X, b.Dx()), at(r.Y, b.Dy()), at(r.X+r.W, b.Dx()), at(r.Y+r.H, b.Dy()))
	if out.Dx() < LeastCrop || out.Dy() < LeastCrop {
		return image.Rectangle{}, fault.Invalid("crop", "a part has at least %d × %d pixels, not %d × %d",
			LeastCrop, LeastCrop, out.Dx(), out.Dy())
	}
	return out.Add(b.Min), nil
}

// cutOut copies the pixels, so that the large picture can be let go.
func cutOut(img image.Image, at image.Rectangle) image.Image {
	out := image.NewNRGBA(image.Rect(0, 0, at.Dx(), at.Dy()))
	draw.Draw(out, out.Bounds(), img, at.Min, draw.Src)
	return out
}
