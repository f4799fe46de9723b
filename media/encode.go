package media

import (
	"bytes"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	"github.com/kovidgoyal/imaging"
)

const (
	jpegExt = ".jpg"
	pngExt  = ".png"
	webpExt = ".webp"

	fullQuality = 90 // JPEG, of the picture that all sizes come from
	sizeQuality = 80 // JPEG, of what pages show
	webpQuality = 75 // WebP, which looks the same
)

// file is an encoded picture.
type file struct {
	data []byte
	ext  string
}

// encode writes JPEG, or PNG where the picture has transparency. Only pixels
// go in, so nothing else can come out.
func encode(img image.Image, quality int) (file, error) {
	var b bytes.Buffer
	if o, ok := img.(interface{ Opaque() bool }); ok && o.Opaque() {
		err := jpeg.Encode(&b, forJPEG(img), &jpeg.Options{Quality: quality})
		return file{b.Bytes(), jpegExt}, err
	}
	err := png.Encode(&b, img)
	return file{b.Bytes(), pngExt}, err
}

// forJPEG gives an image type that the encoder reads without asking for each
// pixel through an interface.
func forJPEG(img image.Image) image.Image {
	switch img := img.(type) {
	case *image.YCbCr, *image.Gray, *image.RGBA:
		return img
	case *image.NRGBA: // opaque, so its pixels are those of an RGBA
		return &image.RGBA{Pix: img.Pix, Stride: img.Stride, Rect: img.Rect}
	}
	rgba := image.NewRGBA(image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy()))
	draw.Draw(rgba, rgba.Bounds(), img, img.Bounds().Min, draw.Src)
	return rgba
}

// shrink gives the picture at the width, its height in proportion and at least
// one pixel.
func shrink(img image.Image, width int) image.Image {
	b := img.Bounds()
	height := max(1, (b.Dy()*width+b.Dx()/2)/b.Dx())
	return imaging.Resize(img, width, height, imaging.Lanczos)
}

func extension(data []byte) string {
	if codecs[0].magic(data) {
		return jpegExt
	}
	return pngExt
}

func contentType(ext string) string {
	switch ext {
	case jpegExt:
		return "image/jpeg"
	case webpExt:
		return "image/webp"
	}
	return "image/png"
}
