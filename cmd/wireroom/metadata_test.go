package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// secrets are what cameras, telephones and programs write into pictures.
var secrets = map[string][]string{
	"jpg": {
		"-GPSLatitude=53.9", "-GPSLatitudeRef=N", "-GPSLongitude=27.56", "-GPSLongitudeRef=E", "-EXIF:Make=Secretive", "-EXIF:SerialNumber=Secret 123",
		"-EXIF:Artist=A Secret", "-EXIF:Copyright=© Secret", "-EXIF:DateTimeOriginal=2025:01:02 03:04:05", "-EXIF:UserComment=secret",
		"-IPTC:By-line=A Secret", "-IPTC:City=Secretville", "-IPTC:Caption-Abstract=A secret caption", "-XMP-dc:Creator=A Secret",
		"-XMP-exif:GPSLatitude=53.9", "-XMP-photoshop:Credit=Secret House", "-Comment=a secret comment", "-icc_profile<=secret.icc",
	},
	"png": {
		"-PNG:Author=A Secret", "-PNG:Comment=a secret comment", "-PNG:Software=Secretive", "-EXIF:GPSLatitude=53.9", "-EXIF:GPSLatitudeRef=N",
		"-XMP-dc:Creator=A Secret", "-icc_profile<=secret.icc",
	},
}

// profile is the least that reads as a colour profile, with words in it.
func profile(words string) []byte {
	text := append([]byte("text\x00\x00\x00\x00"), words+"\x00"...)
	head := make([]byte, 128)
	binary.BigEndian.PutUint32(head, uint32(128+4+12+len(text)))
	copy(head[8:], "\x02\x10\x00\x00mntrRGB XYZ ")
	copy(head[36:], "acsp")
	table := append([]byte("\x00\x00\x00\x01cprt\x00\x00\x00\x90"), binary.BigEndian.AppendUint32(nil, uint32(len(text)))...)
	return append(append(head, table...), text...)
}

// revealing makes a photograph that tells all that its format can tell.
func revealing(t *testing.T, ext string) []byte {
	t.Helper()
	dir := t.TempDir()
	img := image.NewNRGBA(image.Rect(0, 0, 700, 400))
	for i := range img.Pix {
		img.Pix[i] = uint8(i * i >> 7)
	}
	if ext == "jpg" {
		for i := 3; i < len(img.Pix); i += 4 {
			img.Pix[i] = 255
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if ext == "jpg" {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	for name, data := range map[string][]byte{"shot." + ext: b.Bytes(), "secret.icc": profile("Copyright Secret")} {
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("exiftool", append(append([]string{"-q"}, secrets[ext]...), "shot."+ext)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the test needs exiftool, which `make test` installs: %v: %s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "shot."+ext))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// tells gives all that exiftool reads in the pictures of a folder, by file,
// but for what is no more than the picture and its place on the disk.
func tells(t *testing.T, dir string) (said map[string]map[string]any) {
	t.Helper()
	cmd := exec.Command("exiftool", "-j", "-G1", "-a", "-u", "-ee", "-r", "-ext", "jpg", "-ext", "png", "-ext", "webp", dir)
	out, err := cmd.Output()
	var all []map[string]any
	if err == nil {
		err = json.Unmarshal(out, &all)
	}
	if err != nil {
		t.Fatal(err)
	}
	said = map[string]map[string]any{}
	for _, tags := range all {
		file := tags["SourceFile"].(string)
		said[file] = map[string]any{}
		for tag, value := range tags {
			if !pixels[tag] && !strings.HasPrefix(tag, "System:") {
				said[file][tag] = value
			}
		}
	}
	return said
}

// pixels are the tags that a picture cannot be without.
var pixels = map[string]bool{
	"SourceFile": true, "ExifTool:ExifToolVersion": true, "File:FileType": true, "File:FileTypeExtension": true, "File:MIMEType": true,
	"File:ImageWidth": true, "File:ImageHeight": true, "File:EncodingProcess": true, "File:BitsPerSample": true, "File:ColorComponents": true, "File:YCbCrSubSampling": true,
	"PNG:ImageWidth": true, "PNG:ImageHeight": true, "PNG:BitDepth": true, "PNG:ColorType": true, "PNG:Compression": true, "PNG:Filter": true, "PNG:Interlace": true,
	"RIFF:ImageWidth": true, "RIFF:ImageHeight": true, "RIFF:VP8Version": true, "RIFF:HorizontalScale": true, "RIFF:VerticalScale": true, "RIFF:WebP_Flags": true, "RIFF:AlphaIsUsed": true,
	"RIFF:AlphaFiltering": true, "RIFF:AlphaCompression": true, "RIFF:AlphaPreprocessing": true,
	"Composite:ImageSize": true, "Composite:Megapixels": true,
}

// ships sends a picture to the desk as the writing page does.
func (s *server) ships(t *testing.T, as session, file []byte) (id string) {
	t.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", "shot")
	if err == nil {
		_, err = part.Write(file)
	}
	if err != nil || form.Close() != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequest("POST", s.url+"/desk/pictures", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept", "application/json")
	r.AddCookie(&http.Cookie{Name: as.Cookie, Value: as.Value})
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	said, err := io.ReadAll(answer.Body)
	var shot struct{ ID string }
	if err == nil {
		err = json.Unmarshal(said, &shot)
	}
	if err != nil || shot.ID == "" {
		t.Fatalf("the desk answers %d %s: %v", answer.StatusCode, said, err)
	}
	return shot.ID
}

func TestPicturesTellNothingButThemselves(t *testing.T) {
	t.Parallel()
	s, sessions := demonstrate(t)
	cabinet := filepath.Join(s.cmd.Args[slices.Index(s.cmd.Args, "--dir")+1], "pictures")
	for ext, written := range secrets {
		shot := revealing(t, ext)
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "shot."+ext), shot, 0o600); err != nil {
			t.Fatal(err)
		}
		if said := tells(t, dir)[filepath.Join(dir, "shot."+ext)]; len(said) < len(written) {
			t.Fatalf("the %s that is sent tells only %v", ext, said)
		}
		s.ships(t, sessions["reporter"], shot)
	}
	lightened(t, cabinet)
	said := tells(t, cabinet)
	if len(said) < 2*9 {
		t.Fatalf("only %d files were read", len(said))
	}
	formats := map[string]int{}
	for file, tags := range said {
		formats[filepath.Ext(file)]++
		for tag, value := range tags {
			t.Errorf("%s tells %s: %v", file, tag, value)
		}
	}
	if formats[".jpg"] == 0 || formats[".png"] == 0 || formats[".webp"] == 0 {
		t.Errorf("not each format is there: %v", formats)
	}
	t.Logf("%v", formats)
}

// lightened waits until each picture has its WebP; the list of its files then
// tells of the narrowest.
func lightened(t *testing.T, cabinet string) {
	t.Helper()
	lists, err := filepath.Glob(filepath.Join(cabinet, "??", "*", "sums"))
	if err != nil || len(lists) < 9 {
		t.Fatalf("%d pictures: %v", len(lists), err)
	}
	for len(lists) > 0 {
		lists = slices.DeleteFunc(lists, func(list string) bool {
			data, err := os.ReadFile(list)
			if err != nil {
				t.Fatal(err)
			}
			return bytes.Contains(data, []byte("  320.webp"))
		})
		runtime.Gosched()
	}
}
