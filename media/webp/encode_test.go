package webp

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"testing"

	"golang.org/x/image/webp"
)

func open(t *testing.T) *Encoder {
	t.Helper()
	e, err := Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestAPictureComesBackAsItWas(t *testing.T) {
	e := open(t)
	for _, size := range []image.Point{{1, 1}, {320, 213}, {3, 900}} {
		img := image.NewNRGBA(image.Rectangle{Max: size})
		for i := range img.Pix {
			img.Pix[i] = 200
		}
		img.SetNRGBA(0, 0, color.NRGBA{A: 0})
		data, err := e.Encode(t.Context(), img, 75)
		if err != nil {
			t.Fatal(err)
		}
		back, err := webp.Decode(bytes.NewReader(data))
		if err != nil || back.Bounds().Size() != size {
			t.Fatalf("%v comes back as %v, %v", size, back, err)
		}
		if _, _, _, a := back.At(0, 0).RGBA(); a != 0 {
			t.Errorf("%v: what was transparent has %d of 65535", size, a)
		}
		if r, _, _, _ := back.At(size.X-1, size.Y-1).RGBA(); size.X > 1 && (r>>8 < 140 || r>>8 > 175) {
			t.Errorf("%v: red 157 is %d", size, r>>8)
		}
	}
}

func TestWhatIsTooLargeIsNotTried(t *testing.T) {
	e := open(t)
	for _, img := range []*image.NRGBA{{}, {Rect: image.Rect(0, 0, MaxSide+1, 1)}, {Rect: image.Rect(0, 0, 3000, 3000)}} {
		if _, err := e.Encode(t.Context(), img, 75); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%v: %v", img.Rect, err)
		}
	}
}

func TestTheLargestPictureFitsTheSandbox(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2000, 2000))
	for i := range img.Pix {
		img.Pix[i] = byte(i >> 12)
	}
	if _, err := open(t).Encode(t.Context(), img, 75); err != nil {
		t.Fatal(err)
	}
}
