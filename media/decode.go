package media

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/kovidgoyal/imaging"
	"github.com/kovidgoyal/imaging/prism/meta/icc"
	"golang.org/x/image/webp"
)

// MaxPixels is the largest picture that is decoded, 60 megapixels.
const MaxPixels = 60_000_000

// codec is one format that comes in. The formats are listed here and not
// registered with package image, so that no other decoder is ever reached.
type codec struct {
	magic  func(data []byte) bool
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error) // of an animation, the first frame
	extras func(data []byte) extras
}

var codecs = []codec{
	{begins("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode, jpegExtras},
	{begins("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode, pngExtras},
	{begins("GIF8"), gif.DecodeConfig, gif.Decode, func([]byte) extras { return extras{} }},
	{isWebP, webp.DecodeConfig, webp.Decode, webpExtras},
}

func begins(magic string) func([]byte) bool {
	return func(data []byte) bool { return bytes.HasPrefix(data, []byte(magic)) }
}

func isWebP(data []byte) bool {
	return len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP"
}

func codecOf(data []byte) (codec, bool) {
	for _, c := range codecs {
		if c.magic(data) {
			return c, true
		}
	}
	return codec{}, false
}

// decode gives the picture upright and in sRGB. Its size is known to be fit
// before the first pixel is decoded.
func decode(data []byte) (img image.Image, err error) {
	// A decoder that panics on a crafted file is a broken picture, not a
	// broken newsroom.
	defer func() {
		if p := recover(); p != nil {
			img, err = nil, broken(fmt.Errorf("panic: %v", p))
		}
	}()
	c, ok := codecOf(data)
	if !ok {
		return nil, unknown(data)
	}
	size, err := c.config(bytes.NewReader(data))
	if err != nil {
		return nil, broken(err)
	}
	if size.Width <= 0 || size.Height <= 0 {
		return nil, &Unfit{Reason: NoPixels}
	}
	if int64(size.Width)*int64(size.Height) > MaxPixels {
		return nil, &Unfit{Reason: TooManyPixels, Width: size.Width, Height: size.Height}
	}
	if decoding(data, size) > maxDecoding {
		return nil, &Unfit{Reason: TooHeavy}
	}
	if suspect(data) {
		return nil, &Unfit{Reason: Hidden}
	}
	img, err = c.decode(bytes.NewReader(data))
	if err != nil {
		return nil, broken(err)
	}
	x := c.extras(data)
	img = inSRGB(img, x.profile)
	tidy(img)
	img = plain(upright(plain(img), x.orientation))
	tidy(img)
	return img, nil
}

func broken(cause error) error { return &Unfit{Reason: Damaged, Cause: cause} }

func config(r io.ReadSeeker) (image.Config, error) {
	head := make([]byte, 12)
	n, err := io.ReadFull(r, head)
	if err != nil && n == 0 {
		return image.Config{}, err
	}
	c, ok := codecOf(head[:n])
	if !ok {
		return image.Config{}, fmt.Errorf("not a picture")
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return image.Config{}, err
	}
	return c.config(r)
}

// upright turns the picture as its EXIF orientation asks.
func upright(img image.Image, orientation int) image.Image {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}

// inSRGB converts from the picture's own colour profile; with none, or one
// that cannot be used, the colours stay as they are.
func inSRGB(img image.Image, profile []byte) (out image.Image) {
	if !soundProfile(profile) {
		return img
	}
	defer func() {
		if recover() != nil {
			out = img
		}
	}()
	p, err := icc.NewProfileReader(bytes.NewReader(profile)).ReadProfile()
	if err != nil {
		return img
	}
	converted, err := imaging.ConvertToSRGB(p, imaging.Relative, true, img)
	if err != nil || converted == nil || converted.Bounds().Size() != img.Bounds().Size() {
		return img
	}
	return converted
}
