package press_test

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"wireroom/site/press"
)

// noon is the time at which the test's clock starts.
var noon = time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC)

// stand is a store with a clock of the test's own.
type stand struct {
	testing.TB
	*press.Store
	now time.Time
}

func open(t testing.TB, most int64) *stand {
	s := &stand{TB: t, now: noon}
	s.Store = press.New(most, func() time.Time { return s.now })
	return s
}

const roomy = 1 << 20

// front is an address that most tests ask for.
const front = "/en/"

type render = func(context.Context) (press.Page, error)

// printer renders a page and counts how often.
type printer struct {
	press.Page
	times int
}

func prints(body string) *printer {
	return &printer{Page: press.Page{Body: []byte(body), ContentType: "text/html; charset=utf-8"}}
}

func (p *printer) render(context.Context) (press.Page, error) {
	p.times++
	return p.Page, nil
}

// long is a page that shrinks.
func long(words string) string { return strings.Repeat("<p>"+words+"</p>\n", 200) }

func ask(method, key string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, key, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

// tries asks for a page of a class.
func (s *stand) tries(class, key string, make render, r *http.Request) (*answer, error) {
	w := &answer{ResponseRecorder: httptest.NewRecorder()}
	return w, s.Serve(w, r, class, key, make)
}

// gives asks for a page that must come.
func (s *stand) gives(class, key string, make render, headers ...string) *answer {
	s.Helper()
	w, err := s.tries(class, key, make, ask("GET", key, headers...))
	if err != nil {
		s.Fatal(err)
	}
	return w
}

// fast asks what memory alone can answer.
func (s *stand) fast(r *http.Request) (*answer, bool) {
	w := &answer{ResponseRecorder: httptest.NewRecorder()}
	return w, s.Fast(w, r)
}

// answer remembers the very bytes that it was given.
type answer struct {
	*httptest.ResponseRecorder
	given []byte
}

func (a *answer) Write(b []byte) (int, error) {
	a.given = b
	return a.ResponseRecorder.Write(b)
}

// same reports whether two answers were given one slice of memory.
func (a *answer) same(b *answer) bool {
	return len(a.given) > 0 && len(a.given) == len(b.given) && &a.given[0] == &b.given[0]
}

// text is the body as a browser unpacks it.
func (a *answer) text() (string, error) {
	var r io.Reader = a.Body
	switch coding := a.Header().Get("Content-Encoding"); coding {
	case "":
	case "gzip":
		z, err := gzip.NewReader(r)
		if err != nil {
			return "", err
		}
		r = z
	case "br":
		r = brotli.NewReader(r)
	default:
		return "", fmt.Errorf("no browser knows the coding %q", coding)
	}
	body, err := io.ReadAll(r)
	return string(body), err
}

// says fails unless the answer is the page.
func (a *answer) says(t testing.TB, want string) {
	t.Helper()
	if got, err := a.text(); err != nil || got != want || a.Code != http.StatusOK {
		t.Errorf("it answers %d with %.60q: %v", a.Code, got, err)
	}
}
