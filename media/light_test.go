package media

import (
	"bytes"
	"context"
	"image"
	"io"
	"testing"

	"golang.org/x/image/webp"
)

// lightened lets the cabinet make its WebP until the picture has it.
func lightened(t *testing.T, s *Store, id string) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	failed := make(chan error, 9)
	done := make(chan bool)
	go func() {
		s.Lighten(ctx, func(err error) { failed <- err; stop() })
		close(done)
	}()
	for ctx.Err() == nil {
		if kept, err := readSums(s.folder(id)); err != nil {
			t.Error(err)
			break
		} else if kept[fileName(Widths[0], webpExt)] != "" {
			break
		}
	}
	stop()
	<-done
	select {
	case err := <-failed:
		t.Fatal(err)
	default:
	}
}

// soft is a picture without edges, as photographs mostly are.
func soft(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			at := img.PixOffset(x, y)
			img.Pix[at], img.Pix[at+1], img.Pix[at+2], img.Pix[at+3] = byte(x*255/w), byte(y*255/h), byte((x+y)/8), 255
		}
	}
	return img
}

func TestEachWidthComesAsWebPToo(t *testing.T) {
	s := New(t.TempDir())
	p := add(t, s, asJPEG(t, soft(1000, 500)))
	if _, kind, err := s.OpenWebP(p.ID, 640); err != nil || kind != "image/jpeg" {
		t.Errorf("as long as there is none: %s, %v", kind, err)
	}
	lightened(t, s, p.ID)
	for asked, want := range map[int]int{320: 320, 640: 640, 960: 960, 1600: 1000} {
		f, kind, err := s.OpenWebP(p.ID, asked)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(f)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		img, err := webp.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds().Dx() != want || img.Bounds().Dy() != want/2 || kind != "image/webp" {
			t.Errorf("width %d: %v %s, %v", asked, img.Bounds(), kind, err)
		}
		if !bare(data) {
			t.Errorf("width %d carries more than a picture", asked)
		}
		if jpeg := bytesOf(t, s, p.ID, asked); len(data) >= len(jpeg) {
			t.Errorf("width %d: %d bytes are not fewer than the JPEG's %d", asked, len(data), len(jpeg))
		}
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestWebPIsMadeForWhatIsNarrowOrSeeThrough(t *testing.T) {
	s := New(t.TempDir())
	see := image.NewNRGBA(image.Rect(0, 0, 100, 100))
	for i := range see.Pix {
		see.Pix[i] = byte(i % 4 * (i / 4 % 100 * i / 400 % 100))
	}
	p := add(t, s, asPNG(t, see))
	lightened(t, s, p.ID)
	if _, kind, err := s.OpenWebP(p.ID, 320); err != nil || kind != "image/webp" {
		t.Errorf("%s, %v", kind, err)
	}
}

func TestAPictureThatWebPCannotHoldStaysAsItIs(t *testing.T) {
	s := New(t.TempDir())
	p := add(t, s, asPNG(t, image.NewGray(image.Rect(0, 0, 16, 17_000))))
	lightened(t, s, p.ID)
	if _, kind, err := s.OpenWebP(p.ID, 320); err != nil || kind != "image/jpeg" {
		t.Errorf("%s, %v", kind, err)
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}
