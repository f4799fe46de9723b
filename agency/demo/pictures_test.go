package demo

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

func TestEveryPictureIsAWholePNG(t *testing.T) {
	if n := len(PictureNames()); n != 7 {
		t.Errorf("%d pictures", n)
	}
	for _, name := range PictureNames() {
		data, err := Picture(name)
		if err != nil {
			t.Fatal(err)
		}
		cfg, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || cfg.Width != width || cfg.Height != height {
			t.Errorf("%s: %dx%d, %v", name, cfg.Width, cfg.Height, err)
		}
		if dir := os.Getenv("WIREROOM_DEMO_PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestAnUnknownPictureIsRefused(t *testing.T) {
	if _, err := Picture("nobody-drew-this"); err == nil {
		t.Error("drew a picture that has no name")
	}
}

func BenchmarkPicture(b *testing.B) {
	for _, name := range PictureNames() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Picture(name); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
