package media

import (
	"image"
	"image/color"
	"runtime/debug"

	"github.com/kovidgoyal/imaging"
)

// maxDecoding bounds the bytes that a decoder may need. With what is made of
// its result, a picture takes at most about 750 MB.
const maxDecoding = 450 << 20

// maxScans bounds the passes of a progressive JPEG; each walks over the whole
// picture, however few bytes it has. Encoders write about ten.
const maxScans = 64

// decoding guesses from the header how many bytes the decoder will need.
func decoding(data []byte, size image.Config) int64 {
	pixels := int64(size.Width) * int64(size.Height)
	if codecs[0].magic(data) {
		return jpegDecoding(data, pixels)
	}
	if isWebP(data) {
		return pixels * 6 // planes and transparency, or colours and a transform's
	}
	switch size.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		return pixels * 8
	case color.Gray16Model:
		return pixels * 2
	}
	return pixels * 4
}

// jpegDecoding counts the samples, which a progressive picture holds a second
// time as coefficients of four bytes, and a CMYK picture as colours.
func jpegDecoding(data []byte, pixels int64) int64 {
	var samples, scans, perSample int64 = 0, 0, 1
	var most, all int64 = 1, 0
	for p := range jpegParts(data) {
		switch p.name {
		case markScan:
			scans++
		case "\xc0", "\xc1", "\xc2":
			if p.name == "\xc2" {
				perSample = 5
			}
			for c := 7; c < len(p.body); c += 3 {
				area := int64(p.body[c]>>4) * int64(p.body[c]&15)
				most, all = max(most, area), all+area
				samples++
			}
		}
	}
	if scans > maxScans {
		return maxDecoding + 1
	}
	need := pixels * all * perSample / most
	if samples == 4 {
		need += pixels * 4
	}
	return need
}

// plain gives an image of a kind that all later steps read quickly, with 8
// bits a colour.
func plain(img image.Image) image.Image {
	switch img := img.(type) {
	case *image.YCbCr, *image.Gray, *image.RGBA, *image.NRGBA:
		return img
	}
	return imaging.Clone(img)
}

// large is the number of pixels from which memory is worth a collection.
const large = 8_000_000

// tidy gives back what a large picture no longer needs.
func tidy(img image.Image) {
	if b := img.Bounds(); b.Dx()*b.Dy() >= large {
		debug.FreeOSMemory()
	}
}
