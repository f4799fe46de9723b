package media

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wireroom/fault"
)

// pngSaying is a PNG whose header claims a size and which has the data.
func pngSaying(w, h uint32, idat []byte) []byte {
	var b bytes.Buffer
	b.WriteString("\x89PNG\r\n\x1a\n")
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	for _, c := range []struct {
		name string
		body []byte
	}{{"IHDR", append(head, 8, 2, 0, 0, 0)}, {"IDAT", idat}, {"IEND", nil}} {
		b.Write(binary.BigEndian.AppendUint32(nil, uint32(len(c.body))))
		b.WriteString(c.name)
		b.Write(c.body)
		b.Write(binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(append([]byte(c.name), c.body...))))
	}
	return b.Bytes()
}

// deflated is so many zeros, packed.
func deflated(t *testing.T, n int) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	for chunk := make([]byte, 1<<20); n > 0; n -= len(chunk) {
		if _, err := z.Write(chunk[:min(n, len(chunk))]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func archive(t *testing.T) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("run.exe")
	if err == nil {
		_, err = w.Write(make([]byte, 1<<20))
	}
	if err = errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// commented puts a comment into a JPEG.
func commented(data []byte, comment string) []byte {
	seg := append([]byte{0xff, 0xd8, 0xff, 0xfe}, binary.BigEndian.AppendUint16(nil, uint16(len(comment)+2))...)
	return append(append(seg, comment...), data[2:]...)
}

// progressive is the header of a progressive JPEG with full colour planes and
// so many scans.
func progressive(w, h uint16, scans int) []byte {
	frame := append([]byte{8}, binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(nil, h), w)...)
	frame = append(frame, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)
	out := append([]byte{0xff, 0xd8, 0xff, 0xc2, 0, byte(len(frame) + 2)}, frame...)
	for range scans {
		out = append(out, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 0, 0)
	}
	return append(out, 0xff, 0xd9)
}

func webpSaying(w, h uint32) []byte {
	body := binary.LittleEndian.AppendUint32(nil, 0)
	for _, n := range []uint32{w - 1, h - 1} {
		body = append(body, byte(n), byte(n>>8), byte(n>>16))
	}
	chunk := append([]byte("VP8X\x0a\x00\x00\x00"), body...)
	return append(append([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(chunk)+4))...), append([]byte("WEBP"), chunk...)...)
}

func TestHostileFilesAreRefusedWithWordsAndLittleMemory(t *testing.T) {
	shot := asJPEG(t, quarters(64, 64))
	still := asPNG(t, quarters(64, 64))
	bomb := deflated(t, 300<<20)
	for name, c := range map[string]struct {
		file []byte
		want Reason
	}{
		"a PNG of 50,000 × 50,000":          {pngSaying(50_000, 50_000, bomb), TooManyPixels},
		"a PNG at the ends of the header":   {pngSaying(1<<31-1, 1<<31-1, bomb), Damaged},
		"a PNG of no pixels":                {pngSaying(0, 9, bomb), Damaged},
		"a small PNG with much behind":      {pngSaying(9, 9, bomb), Damaged},
		"a JPEG of 65,535 × 65,535":         {progressive(65_535, 65_535, 1), TooManyPixels},
		"a progressive JPEG of 59 MP":       {progressive(7_680, 7_680, 1), TooHeavy},
		"a JPEG of ten thousand scans":      {progressive(2_000, 2_000, 10_000), TooHeavy},
		"a WebP of 16,000 × 16,000":         {webpSaying(16_000, 16_000), TooManyPixels},
		"a GIF of 65,535 × 65,535":          {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00;"), TooManyPixels},
		"an archive":                        {archive(t), NotAPicture},
		"a drawing":                         {[]byte(`<?xml version="1.0"?><SVG xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></SVG>`), ADrawing},
		"a page":                            {[]byte("<!doctype html><title>x</title>"), NotAPicture},
		"a BMP":                             {append([]byte("BM"), make([]byte, 60)...), NotAPicture},
		"a TIFF":                            {[]byte("II*\x00\x08\x00\x00\x00"), NotAPicture},
		"a picture and an archive":          {append(bytes.Clone(shot), archive(t)...), Hidden},
		"a still and an archive":            {append(bytes.Clone(still), archive(t)...), Hidden},
		"a GIF and an archive":              {append(asGIF(t, quarters(8, 8)), archive(t)...), Hidden},
		"a picture and a page":              {append(bytes.Clone(shot), "\n<HTML><Script src=//evil.example></script>"...), Hidden},
		"a picture and a program":           {append(bytes.Clone(still), "MZ\x90\x00"...), Hidden},
		"a picture with a script in it":     {commented(shot, "*/<script>alert(1)</script>/*"), Hidden},
		"a picture with PHP in it":          {commented(shot, "<?php system($_GET[1]); ?>"), Hidden},
		"a picture that is a PDF as well":   {commented(shot, "%PDF-1.7\n1 0 obj"), Hidden},
		"half a picture":                    {shot[:len(shot)/2], Damaged},
		"a still without its end":           {still[:len(still)-20], Damaged},
		"a picture of its first bytes only": {[]byte("\xff\xd8\xff\xe0"), Damaged},
		"nothing":                           {nil, NotAPicture},
		"more bytes than are taken":         {append(bytes.Clone(shot), make([]byte, MaxBytes)...), TooManyBytes},
	} {
		dir := t.TempDir()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := New(dir).Add(bytes.NewReader(c.file))
		runtime.ReadMemStats(&after)
		var unfit *Unfit
		if !errors.As(err, &unfit) || unfit.Reason != c.want || !fault.Is(err, fault.KindInvalid) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
			continue
		}
		if words := unfit.why(); !strings.Contains(words, " ") {
			t.Errorf("%s: no words but %q", name, words)
		}
		if took := int(after.TotalAlloc-before.TotalAlloc) - 2*len(c.file); took > 4<<20 {
			t.Errorf("%s: refusing it took %d MB", name, took>>20)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Errorf("%s left behind %v", name, left)
		}
	}
}

func TestAMovingPictureStandsStillWhateverItUnfoldsTo(t *testing.T) {
	frame := image.NewPaletted(image.Rect(0, 0, 1000, 1000), color.Palette{color.Black, color.White})
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{frame}, Delay: []int{0}}); err != nil {
		t.Fatal(err)
	}
	// The one frame again and again: 10 gigapixels in a few megabytes.
	one := b.Bytes()
	start := bytes.Index(one, []byte{0x2c, 0, 0, 0, 0})
	head, body := one[:start], one[start:len(one)-1]
	bomb := append(bytes.Clone(head), bytes.Repeat(body, 10_000)...)
	s := New(t.TempDir())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p := add(t, s, append(bomb, ';'))
	runtime.ReadMemStats(&after)
	if p.W != 1000 || p.H != 1000 {
		t.Errorf("%v", p)
	}
	if took := int(after.TotalAlloc-before.TotalAlloc) - 2*len(bomb); took > 100<<20 {
		t.Errorf("it took %d MB", took>>20)
	}
}

func TestWhatCamerasPutBehindAPictureIsLetPass(t *testing.T) {
	shot := asJPEG(t, quarters(64, 64))
	for name, behind := range map[string][]byte{
		"padding": make([]byte, 4096), "another picture": shot, "a short film": []byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"),
		"a telephone's own": []byte("\x00\x00\x01\x0a\x0e\x00\x00\x00Image_UTC_Data1700000000000SEFHk\x00\x00\x00SEFT"),
	} {
		if _, err := New(t.TempDir()).Add(bytes.NewReader(append(bytes.Clone(shot), behind...))); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyAtOnceWaitOnTheDisk(t *testing.T) {
	s := New(t.TempDir())
	s.job.Lock() // one is being worked on
	const many = 20
	done := make(chan error, many)
	for i := range many {
		data := asPNG(t, quarters(20+i, 20))
		go func() {
			_, err := s.Add(bytes.NewReader(data))
			done <- err
		}()
	}
	for waiting := 0; waiting < many; {
		files, err := filepath.Glob(filepath.Join(s.dir, draft+"*"))
		if err != nil {
			t.Fatal(err)
		}
		waiting = len(files)
		runtime.Gosched()
	}
	if len(done) != 0 {
		t.Error("one was worked on beside another")
	}
	s.job.Unlock()
	for range many {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func FuzzSuspect(f *testing.F) {
	f.Add(asJPEG(f, quarters(9, 7)))
	f.Add(asPNG(f, quarters(9, 7)))
	f.Add(dot(f))
	f.Add(progressive(9, 9, 3))
	f.Fuzz(func(_ *testing.T, data []byte) {
		suspect(data)
		bare(data)
		jpegDecoding(data, 9)
		offered(data)
		_ = fmt.Sprint(unknown(data))
	})
}
