package intake_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"wireroom/courier"
	"wireroom/db/dbtest"
	"wireroom/intake"
	"wireroom/media"
	"wireroom/story"
)

// oldSite is the site that an agency leaves: it has a picture, and several things
// that are none.
type oldSite struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func opensOldSite(t *testing.T) *oldSite {
	t.Helper()
	s := &oldSite{}
	picture := dots(t)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		switch r.URL.Path {
		case "/2024/crane.png":
			_, _ = w.Write([]byte(picture))
		case "/moved.png":
			http.Redirect(w, r, "/2024/crane.png", http.StatusMovedPermanently)
		case "/inside.png":
			http.Redirect(w, r, "http://192.168.77.7/secret.png", http.StatusFound)
		case "/page.png":
			_, _ = w.Write([]byte("<html>Not here any more.</html>"))
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// asks gives what was asked for since the last time.
func (s *oldSite) asks() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

func TestPicturesThatNoFolderHasAreFetchedFromTheOldSite(t *testing.T) {
	a, site := port(t, dbtest.SQLite(t)), opensOldSite(t)
	var body strings.Builder
	for _, path := range []string{"/2024/crane.png", "/2024/crane.png", "/moved.png", "/gone.png", "/inside.png", "/page.png"} {
		body.WriteString(`<p>Words.</p><img src="` + site.URL + path + `">`)
	}
	body.WriteString(`<img src="http://10.0.0.7/ours.png"><img src="ftp://old.example/crane.png">`)
	file := write(t, blogOf(posted(1, "publish", "A", body.String(), "")))
	near, err := courier.New(courier.Settings{Allowed: []string{"127.0.0.1"}})
	if err != nil {
		t.Fatal(err)
	}
	o := intake.Options{Pictures: intake.Pictures{Store: media.New(t.TempDir()), Courier: near}}

	o.DryRun = true
	if r := a.moves("wxr", o, file); len(site.asks()) > 0 || !strings.Contains(r.Missing[0].Reason, "would be fetched") {
		t.Errorf("a rehearsal fetches: %+v", r)
	}
	o.DryRun = false
	r := a.moves("wxr", o, file)
	if want := []string{"/2024/crane.png", "/moved.png", "/2024/crane.png", "/gone.png", "/inside.png", "/page.png"}; !slices.Equal(site.asks(), want) {
		t.Errorf("the site was not asked for %q, each once", want)
	}
	if r.Taken != 1 || r.Pictures != 3 || len(r.Missing) != 5 {
		t.Fatalf("%+v", r)
	}
	for i, says := range []string{"/gone.png: the site answers 404", "/inside.png: ", "/page.png: ", "10.0.0.7/ours.png: ", "its address is not whole"} {
		if got := r.Missing[i].Reason; !strings.Contains(got, says) || strings.HasSuffix(got, ": ") {
			t.Errorf("what is lacking is told as %q, not %q", got, says)
		}
	}
	var hung []string
	s := a.latest()[0]
	for _, b := range s.Blocks() {
		if b.Type == story.PictureNode {
			hung = append(hung, b.Attrs.Picture)
		}
	}
	if len(hung) != 3 || hung[0] != hung[1] || hung[1] != hung[2] || strings.Contains(hung[0], "/") {
		t.Errorf("the story has the pictures %q", hung)
	}
}

func TestNoPictureIsFetchedFromWithinTheHouse(t *testing.T) {
	a, site := port(t, dbtest.SQLite(t)), opensOldSite(t)
	guarded, err := courier.New(courier.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	file := write(t, blogOf(posted(1, "publish", "A", `<img src="`+site.URL+`/2024/crane.png">`, "")))
	r := a.moves("wxr", intake.Options{Pictures: intake.Pictures{Store: media.New(t.TempDir()), Courier: guarded}}, file)
	if asked := site.asks(); len(asked) > 0 || r.Taken != 1 || r.Pictures != 0 || len(r.Missing) != 1 {
		t.Errorf("asked %q: %+v", asked, r)
	}
}
