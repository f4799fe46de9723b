package desk_test

import (
	"bytes"
	"encoding/json"
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
