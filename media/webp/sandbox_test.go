package webp

import (
	"bytes"
	"image"
	"testing"
)

func TestNothingOfAPictureIsLeftToTheNext(t *testing.T) {
	e := open(t)
	encode := func(shade byte, size int) []byte {
		img := image.NewNRGBA(image.Rect(0, 0, size, size))
		for i := range img.Pix {
			img.Pix[i] = shade + byte(i%7)
		}
		data, err := e.Encode(t.Context(), img, 75)
		if err != nil {
			t.Fatal(err)
		}
		if i := bytes.IndexFunc(e.room.memory[:cap(e.room.memory)], func(r rune) bool { return r != 0 }); i >= 0 {
			t.Errorf("byte %d of the sandbox is not empty", i)
		}
		return data
	}
	first := encode(40, 100)
	encode(200, 300)
	if again := encode(40, 100); !bytes.Equal(first, again) {
		t.Error("after another one a picture is written otherwise")
	}
}
