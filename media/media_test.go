package media

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"wireroom/fault"
)

// quarters is a picture whose four quarters differ, so that a turn shows.
func quarters(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{A: 255}
			switch {
			case x < w/2 && y < h/2:
				c.R = 255
			case y < h/2:
				c.G = 255
			case x < w/2:
				c.B = 255
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asGIF(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// dot is a lossless WebP picture of one pixel.
func dot(t testing.TB) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// withEXIF puts an orientation and a secret into a JPEG.
func withEXIF(data []byte, orientation byte, secret string) []byte {
	exif := "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" +
		string(orientation) + "\x00\x00\x00\x00\x00\x00" + secret
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(out, exif...), data[2:]...)
}

func add(t *testing.T, s *Store, data []byte) Picture {
	t.Helper()
	p, err := s.Add(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func bytesOf(t *testing.T, s *Store, id string, width int) []byte {
	t.Helper()
	f, _, err := s.Open(id, width)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEachFormatComesInAndKeepsItsSize(t *testing.T) {
	for name, data := range map[string][]byte{
		"jpeg": asJPEG(t, quarters(40, 30)), "png": asPNG(t, quarters(40, 30)), "gif": asGIF(t, quarters(40, 30)),
	} {
		s := New(t.TempDir())
		p := add(t, s, data)
		w, h, err := s.Size(p.ID)
		if err != nil || p.W != 40 || p.H != 30 || w != 40 || h != 30 {
			t.Errorf("%s: %v, size %d × %d, %v", name, p, w, h, err)
		}
	}
	if p := add(t, New(t.TempDir()), dot(t)); p.W != 1 || p.H != 1 {
		t.Errorf("webp: %v", p)
	}
}

func TestAPictureIsKeptInEachWidthThatItReaches(t *testing.T) {
	s := New(t.TempDir())
	p := add(t, s, asJPEG(t, quarters(1000, 500)))
	for asked, want := range map[int]int{0: 1000, 320: 320, 640: 640, 960: 960, 1600: 1000} {
		f, kind, err := s.Open(p.ID, asked)
		if err != nil {
			t.Fatal(err)
		}
		c, err := jpeg.DecodeConfig(f)
		if err != nil || c.Width != want || c.Height != want/2 || kind != "image/jpeg" {
			t.Errorf("width %d: %d × %d %s, %v", asked, c.Width, c.Height, kind, err)
		}
		f.Close()
	}
}

func TestTransparencyIsKept(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 700, 10))
	img.SetNRGBA(3, 3, color.NRGBA{R: 9, A: 100})
	s := New(t.TempDir())
	p := add(t, s, asPNG(t, img))
	f, kind, err := s.Open(p.ID, 640)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if kind != "image/png" {
		t.Errorf("a picture with transparency became %s", kind)
	}
}

func TestNothingBesideThePixelsComesOut(t *testing.T) {
	const secret = "54.6872N 25.2797E camera of J. Doe"
	s := New(t.TempDir())
	p := add(t, s, withEXIF(asJPEG(t, quarters(700, 700)), 1, secret))
	for _, w := range []int{0, 320, 640} {
		data := bytesOf(t, s, p.ID, w)
		if bytes.Contains(data, []byte(secret)) || bytes.Contains(data, []byte("Exif")) {
			t.Errorf("width %d still carries the camera's data", w)
		}
	}
}

func TestEveryOrientationStandsUpright(t *testing.T) {
	// The quarter that is at the top left once the picture stands.
	want := []color.RGBA{1: {R: 255}, 2: {G: 255}, 3: {}, 4: {B: 255}, 5: {R: 255}, 6: {B: 255}, 7: {}, 8: {G: 255}}
	for o := 1; o <= 8; o++ {
		img, err := decode(withEXIF(asJPEG(t, quarters(80, 40)), byte(o), ""))
		if err != nil {
			t.Fatal(err)
		}
		b := img.Bounds()
		if tall := b.Dy() > b.Dx(); tall != (o >= 5) {
			t.Errorf("orientation %d: %v", o, b)
		}
		r, g, bl, _ := img.At(b.Min.X+8, b.Min.Y+8).RGBA()
		if !near(r, want[o].R) || !near(g, want[o].G) || !near(bl, want[o].B) {
			t.Errorf("orientation %d: top left is %d %d %d", o, r>>8, g>>8, bl>>8)
		}
	}
}

func near(got uint32, want uint8) bool {
	d := int(got>>8) - int(want)
	return d > -40 && d < 40
}

func TestAPictureTooLargeIsRefusedBeforeItIsDecoded(t *testing.T) {
	// A PNG of 65,000 × 65,000 pixels by its header, without a single pixel.
	head := []byte("IHDR\x00\x00\xfd\xe8\x00\x00\xfd\xe8\x08\x02\x00\x00\x00")
	data := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	data = binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(head))
	if _, err := New(t.TempDir()).Add(bytes.NewReader(data)); !fault.Is(err, fault.KindInvalid) {
		t.Fatal(err)
	}
}

func TestWhatIsTakenInCanBePutBack(t *testing.T) {
	noise := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range noise.Pix {
		noise.Pix[i] = byte(i * i * 31)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, noise, &jpeg.Options{Quality: 1}); err != nil {
		t.Fatal(err)
	}
	s := New(t.TempDir())
	s.most = int64(b.Len()) // drawn anew at our quality, it is larger
	if _, err := s.Add(&b); !fault.Is(err, fault.KindInvalid) {
		t.Error(err)
	}
	if left, _ := os.ReadDir(s.dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestWhatIsNotAPictureIsRefusedAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	whole := asJPEG(t, quarters(64, 64))
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("<svg onload=alert(1)>"), "half": whole[:len(whole)/4],
		"magic alone": []byte("\xff\xd8\xff"), "netpbm": []byte("P1 1 1 0"),
	} {
		if _, err := New(dir).Add(bytes.NewReader(data)); !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestTheSamePictureIsKeptOnceWhoeverAddsIt(t *testing.T) {
	dir := t.TempDir()
	data := asJPEG(t, quarters(400, 300))
	var all sync.WaitGroup
	ids := make([]string, 4)
	for i := range ids {
		all.Go(func() {
			p, err := New(dir).Add(bytes.NewReader(data)) // as four processes would
			if err != nil {
				t.Error(err)
			}
			ids[i] = p.ID
		})
	}
	all.Wait()
	n := 0
	err := New(dir).Walk(context.Background(), func(id string, _ io.Reader) error {
		n++
		if id != ids[0] {
			t.Errorf("%s, want %s", id, ids[0])
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d pictures, %v", n, err)
	}
	if drafts, _ := filepath.Glob(filepath.Join(dir, draft+"*")); len(drafts) != 0 {
		t.Errorf("drafts left: %v", drafts)
	}
}

func TestAnUnknownIDOrWidthIsNotFound(t *testing.T) {
	s := New(t.TempDir())
	p := add(t, s, asPNG(t, quarters(4, 4)))
	for _, id := range []string{"", "..", "../../etc/passwd", p.ID[:39] + "g", p.ID[:38] + "00"} {
		if _, _, err := s.Open(id, 320); !fault.Is(err, fault.KindNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, _, err := s.Open(p.ID, 321); !fault.Is(err, fault.KindNotFound) {
		t.Error(err)
	}
}

func TestCheckNamesADamagedPicture(t *testing.T) {
	s := New(t.TempDir())
	p := add(t, s, asPNG(t, quarters(4, 4)))
	if err := s.Check(context.Background()); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(s.folder(p.ID), "full.jpg")
	if err := os.WriteFile(file, []byte("rot"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := s.Check(context.Background())
	if err == nil || !bytes.Contains([]byte(err.Error()), []byte(p.ID)) {
		t.Fatal(err)
	}
}

func TestCheckNamesAMissingAndAChangedFileInEachFormat(t *testing.T) {
	s := New(t.TempDir())
	p := add(t, s, asJPEG(t, quarters(700, 300)))
	lightened(t, s, p.ID)
	for _, name := range []string{"640.jpg", "320.webp", "960.webp", "sums"} {
		file := filepath.Join(s.folder(p.ID), name)
		was, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, data := range [][]byte{[]byte("rot"), was[:len(was)-1], append(bytes.Clone(was), 0), nil} {
			if data == nil {
				err = os.Remove(file)
			} else {
				err = os.WriteFile(file, data, 0o644)
			}
			if err != nil {
				t.Fatal(err)
			}
			err := s.Check(context.Background())
			if err == nil || !strings.Contains(err.Error(), p.ID) || (name != "sums" && !strings.Contains(err.Error(), name)) {
				t.Errorf("%s of %d bytes: %v", name, len(data), err)
			}
		}
		if err := os.WriteFile(file, was, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := s.Check(context.Background()); err != nil {
			t.Errorf("%s put back: %v", name, err)
		}
	}
}

func TestAPictureMovesToAnotherCabinetUnderItsID(t *testing.T) {
	ctx, from, to := context.Background(), New(t.TempDir()), New(t.TempDir())
	p := add(t, from, asJPEG(t, quarters(1000, 700)))
	if err := from.Walk(ctx, to.Put); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytesOf(t, from, p.ID, 0), bytesOf(t, to, p.ID, 0)) {
		t.Error("the picture differs")
	}
	for _, w := range []int{320, 640, 960} {
		c, err := jpeg.DecodeConfig(bytes.NewReader(bytesOf(t, to, p.ID, w)))
		if err != nil || c.Width != w {
			t.Errorf("width %d: %d, %v", w, c.Width, err)
		}
	}
	if err := to.Put(p.ID, bytes.NewReader(asPNG(t, quarters(2, 2)))); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("another picture's bytes: %v", err)
	}
	raw := withEXIF(asJPEG(t, quarters(9, 9)), 6, "secret")
	if err := to.Put(name(raw), bytes.NewReader(raw)); !fault.Is(err, fault.KindInvalid) {
		t.Errorf("a raw photograph: %v", err)
	}
}

func FuzzAdd(f *testing.F) {
	img := quarters(9, 7)
	f.Add(asJPEG(f, img))
	f.Add(asPNG(f, img))
	f.Add(asGIF(f, img))
	f.Add(dot(f))
	f.Add(withEXIF(asJPEG(f, img), 6, "secret"))
	f.Fuzz(func(t *testing.T, data []byte) {
		// The promise under test is that of every size; the cap has its own test.
		if c, ok := codecOf(data); ok {
			if size, err := c.config(bytes.NewReader(data)); err == nil && size.Width*size.Height > 1<<16 {
				t.Skip("slow")
			}
		}
		s := New(t.TempDir())
		p, err := s.Add(bytes.NewReader(data))
		if err != nil {
			if !fault.Is(err, fault.KindInvalid) {
				t.Fatalf("not a word about the picture: %v", err)
			}
			return
		}
		if w, h, err := s.Size(p.ID); err != nil || w != p.W || h != p.H {
			t.Fatalf("%v came out as %d × %d, %v", p, w, h, err)
		}
		if err := s.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func FuzzExtras(f *testing.F) {
	f.Add(withEXIF(asJPEG(f, quarters(2, 2)), 6, "secret"))
	f.Add(asPNG(f, quarters(2, 2)))
	f.Add(dot(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, read := range []func([]byte) extras{jpegExtras, pngExtras, webpExtras} {
			x := read(data)
			if x.orientation < 0 || x.orientation > 8 || len(x.profile) > maxProfile {
				t.Fatalf("orientation %d, profile of %d", x.orientation, len(x.profile))
			}
			inSRGB(quarters(2, 2), x.profile)
		}
	})
}
