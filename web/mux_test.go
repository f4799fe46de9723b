package web

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"wireroom/fault"
)

func serve(t *testing.T, log *bytes.Buffer) http.Handler {
	t.Helper()
	answer := func(err error) Handler {
		return func(w http.ResponseWriter, _ *http.Request) error {
			if err == nil {
				_, _ = w.Write([]byte("fine"))
			}
			return err
		}
	}
	return Mux([]Route{
		{Method: "GET", Pattern: "/fine", Who: Anyone, Handler: answer(nil)},
		{Method: "POST", Pattern: "/fine", Who: Reader, Handler: answer(nil)},
		{Method: "GET", Pattern: "/desk", Who: Staff, Handler: answer(nil)},
		{Method: "GET", Pattern: "/missing", Who: Anyone, Handler: answer(fault.NotFound("story 1"))},
		{Method: "GET", Pattern: "/broken/{token}", Who: Anyone, Handler: answer(errors.New("the disk is gone"))},
		{Method: "GET", Pattern: "/panic", Who: Anyone, Handler: func(http.ResponseWriter, *http.Request) error { panic("ink") }},
		{Method: "POST", Pattern: "/body", Who: Anyone, MaxBody: 4, Handler: func(_ http.ResponseWriter, r *http.Request) error { return r.ParseForm() }},
	}, Options{Log: slog.New(slog.NewTextHandler(log, nil))})
}

func TestEachErrorHasItsStatus(t *testing.T) {
	var log bytes.Buffer
	h := serve(t, &log)
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{"GET", "/fine", 200}, {"HEAD", "/fine", 200}, {"PUT", "/fine", 405}, {"GET", "/missing", 404},
		{"GET", "/nowhere", 404}, {"GET", "/broken/secret", 500}, {"GET", "/panic", 500}, {"POST", "/body", 413},
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(c.method, c.path, strings.NewReader("a=12345678"))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		h.ServeHTTP(w, r)
		if w.Code != c.status {
			t.Errorf("%s %s answers %d, not %d", c.method, c.path, w.Code, c.status)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s %s has no policy", c.method, c.path)
		}
	}
	for _, forbidden := range []string{"secret", "192.0.2.1"} {
		if strings.Contains(log.String(), forbidden) {
			t.Errorf("the log holds %q: %s", forbidden, log.String())
		}
	}
	if !strings.Contains(log.String(), "the disk is gone") {
		t.Error("the log does not say what failed")
	}
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	var log bytes.Buffer
	w := httptest.NewRecorder()
	r := httptest.NewRequest("POST", "/fine", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	serve(t, &log).ServeHTTP(w, r)
	if w.Code != 403 {
		t.Errorf("answers %d, not 403", w.Code)
	}
}

func TestAnswersAboveAnonymousArePrivate(t *testing.T) {
	var log bytes.Buffer
	w := httptest.NewRecorder()
	serve(t, &log).ServeHTTP(w, httptest.NewRequest("GET", "/desk", nil))
	if got := w.Header().Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
}

func TestAssetsAreKeptForEverUnderTheirHash(t *testing.T) {
	a, err := NewAssets(fstest.MapFS{"site.css": {Data: []byte(strings.Repeat("p { margin: 0 } ", 50))}}, "/assets/")
	if err != nil {
		t.Fatal(err)
	}
	h := Mux(a.Routes(), Options{})
	r := httptest.NewRequest("GET", a.URL("site.css"), nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != 200 || w.Header().Get("Content-Encoding") != "br" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("answers %d %v", w.Code, w.Header())
	}
	w = httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/assets/site.css", nil))
	if w.Code != 404 {
		t.Errorf("a name without hash answers %d", w.Code)
	}
}

func TestAcceptEncodingIsHeeded(t *testing.T) {
	p := Pack([]byte(strings.Repeat("news ", 100)), false)
	for header, want := range map[string]string{
		"": "", "gzip": "gzip", "gzip, br": "br", "br;q=0, gzip": "gzip", "gzip;q=0.0": "", "BR;q=0.5": "br", "brx": "",
	} {
		if got := p.Encoding(header); got != want {
			t.Errorf("%q chooses %q, not %q", header, got, want)
		}
	}
}
