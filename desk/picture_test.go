package desk_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"hash/crc32"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"wireroom/db/dbtest"
	"wireroom/staff"
)

// answer is what a script is told of a picture.
type answer struct {
	ID, Src, Caption, Credit, Why string
	Width, Height                 int
	status                        int
}

// ship sends a file to an address as a script does.
func (c *clerk) ship(file []byte) answer {
	c.n.Helper()
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	part, err := form.CreateFormFile("file", "shot.jpg")
	c.n.ok(err)
	_, err = part.Write(file)
	c.n.ok(err)
	c.n.ok(form.Close())
	return c.told("/desk/pictures", form.FormDataContentType(), &b)
}

func (c *clerk) told(path, kind string, body io.Reader) answer {
	c.n.Helper()
	r, err := http.NewRequest("POST", c.n.host.URL+path, body)
	c.n.ok(err)
	r.Header.Set("Content-Type", kind)
	got, err := c.Do(r)
	c.n.ok(err)
	defer got.Body.Close()
	a := answer{status: got.StatusCode}
	if !strings.HasPrefix(got.Header.Get("Content-Type"), "application/json") {
		c.n.Fatalf("%s answers %d with %s", path, got.StatusCode, got.Header.Get("Content-Type"))
	}
	c.n.ok(json.NewDecoder(got.Body).Decode(&a))
	return a
}

func photo(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, w, h)), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAScriptSendsAPictureAndCutsIt(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	c := n.as(staff.Reporter)
	p := c.ship(photo(t, 800, 600))
	if p.status != 200 || p.Width != 800 || p.Height != 600 || c.opens(p.Src).status != 200 {
		t.Fatalf("%+v", p)
	}
	form := "application/x-www-form-urlencoded"
	part := c.told("/desk/pictures/"+p.ID+"/crop", form, strings.NewReader(url.Values{"x": {"0.25"}, "y": {"0.5"}, "w": {"0.5"}, "h": {"0.5"}}.Encode()))
	if part.status != 200 || part.Width != 400 || part.Height != 300 || part.ID == p.ID {
		t.Errorf("%+v", part)
	}
	if p := c.opens("/desk/pictures/" + p.ID + "/0"); p.status != 200 {
		t.Errorf("the whole picture answers %d once a part was cut out", p.status)
	}
	for _, at := range []url.Values{
		{"x": {"0"}, "y": {"0"}, "w": {"0.001"}, "h": {"1"}}, {"x": {"-1"}, "y": {"0"}, "w": {"1"}, "h": {"1"}}, {"x": {"NaN"}, "y": {"0"}, "w": {"1"}, "h": {"1"}}, {},
	} {
		if a := c.told("/desk/pictures/"+p.ID+"/crop", form, strings.NewReader(at.Encode())); a.status != 422 || a.Why == "" {
			t.Errorf("%v answers %+v", at, a)
		}
	}
	if a := c.told("/desk/pictures/"+strings.Repeat("a", 40)+"/crop", form, strings.NewReader("x=0&y=0&w=1&h=1")); a.status != 404 || a.Why == "" {
		t.Errorf("an unknown picture answers %+v", a)
	}
}

func TestAScriptIsToldWhyAPictureIsNotTaken(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	c := n.as(staff.Reporter)
	for lang, want := range map[string]string{"en": "SVG drawing", "ru": "векторный", "be": "вектарны"} {
		c.posts("/desk/language", url.Values{"lang": {lang}})
		if a := c.ship([]byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)); a.status != 422 || !strings.Contains(a.Why, want) {
			t.Errorf("in %s: %+v", lang, a)
		}
	}
	if a := n.stranger().ship(photo(t, 4, 4)); a.status != 401 || a.Why == "" {
		t.Errorf("a stranger is told %+v", a)
	}
}

// giant is a PNG that claims to be 50,000 × 50,000 pixels large.
func giant() []byte {
	b := []byte("\x89PNG\r\n\x1a\n")
	side := binary.BigEndian.AppendUint32(nil, 50_000)
	for _, c := range []struct{ name, body string }{{"IHDR", string(side) + string(side) + "\x08\x02\x00\x00\x00"}, {"IEND", ""}} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(c.body)))
		b = append(b, c.name+c.body...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(c.name+c.body)))
	}
	return b
}

// packed is an archive that unfolds to a hundred megabytes.
func packed(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("shot.jpg")
	for range 100 {
		if err == nil {
			_, err = w.Write(make([]byte, 1<<20))
		}
	}
	if err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAHostileFileIsRefusedInTheLanguageOfWhoeverSendsIt(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	c := n.as(staff.Reporter)
	zip := packed(t)
	for name, h := range map[string]struct {
		file []byte
		says map[string]string
	}{
		"50,000 × 50,000 pixels": {giant(), map[string]string{"en": "50000 × 50000 pixels", "ru": "50000 × 50000", "be": "50000 × 50000"}},
		"a bomb":                 {zip, map[string]string{"en": "This is not a JPEG, PNG, GIF or WebP picture.", "ru": "JPEG, PNG, GIF", "be": "JPEG, PNG, GIF"}},
		"a drawing":              {[]byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), map[string]string{"en": "SVG drawing", "ru": "векторный", "be": "вектарны"}},
		"a picture and a bomb":   {append(photo(t, 40, 30), zip...), map[string]string{"en": "hides in this picture", "ru": "спрятан", "be": "схаван"}},
		"a picture and a page":   {append(photo(t, 40, 30), "<script>alert(1)</script>"...), map[string]string{"en": "hides in this picture", "ru": "спрятан", "be": "схаван"}},
	} {
		for lang, want := range h.says {
			c.posts("/desk/language", url.Values{"lang": {lang}})
			if a := c.ship(h.file); a.status != 422 || a.ID != "" || !strings.Contains(a.Why, want) {
				t.Errorf("%s in %s: %+v", name, lang, a)
			}
		}
	}
}
