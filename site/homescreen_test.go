package site_test

import (
	"encoding/json"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

func (n *newsroom) fetches(path string) *http.Response {
	n.Helper()
	a, err := http.Get(n.host.URL + path)
	n.ok(err)
	n.Cleanup(func() { _ = a.Body.Close() })
	return a
}

func TestATelephoneFindsWhatItsHomeScreenNeeds(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, lang := range []string{"en", "ru", "be"} {
			page := n.visitor().looks("/" + lang + "/")
			for _, want := range []string{`<link rel="manifest" href="/` + lang + `/site.webmanifest">`, `<link rel="apple-touch-icon" href="/icon-180.png">`} {
				if !strings.Contains(page, want) {
					t.Errorf("the front page in %s lacks %s", lang, want)
				}
			}
			a := n.fetches("/" + lang + "/site.webmanifest")
			if a.StatusCode != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/manifest+json") || len(a.Cookies()) != 0 ||
				!strings.Contains(a.Header.Get("Content-Security-Policy"), "manifest-src 'self'") {
				t.Fatalf("the manifest is %d %v", a.StatusCode, a.Header)
			}
			var m struct {
				Name, Short_name, Lang, Start_url, Scope, Display string
				Icons                                             []struct{ Src, Sizes, Type, Purpose string }
			}
			n.ok(json.NewDecoder(a.Body).Decode(&m))
			if m.Name != "Pozirk" || m.Short_name == "" || m.Lang != lang || m.Start_url != "/"+lang+"/" || m.Scope != "/" || m.Display != "standalone" || len(m.Icons) == 0 {
				t.Errorf("the manifest in %s says %+v", lang, m)
			}
			for _, icon := range m.Icons {
				if !strings.HasPrefix(icon.Src, "/icon-") {
					t.Errorf("an icon lies elsewhere: %s", icon.Src)
				}
				a := n.fetches(icon.Src)
				img, err := png.Decode(a.Body)
				if err != nil || a.Header.Get("Content-Type") != "image/png" {
					t.Fatalf("%s is no picture: %v", icon.Src, err)
				}
				size := strconv.Itoa(img.Bounds().Dx())
				if icon.Sizes != size+"x"+size || img.Bounds().Dx() != img.Bounds().Dy() {
					t.Errorf("%s is %v, not %s", icon.Src, img.Bounds(), icon.Sizes)
				}
				// A telephone that makes a hole of what is not painted shows it black.
				if _, _, _, whole := img.At(0, 0).RGBA(); whole != 0xffff || img.At(0, 0) == img.At(img.Bounds().Dx()/2, img.Bounds().Dy()/2) {
					t.Errorf("%s has no mark on its ground", icon.Src)
				}
			}
		}
		if a := n.fetches("/de/site.webmanifest"); a.StatusCode != 404 {
			t.Errorf("an edition that is not there has a manifest: %d", a.StatusCode)
		}
	})
}

// Whoever opens the site from the home screen is sent by an address that is
// everybody's.
func TestAHomeScreenTellsNobodyWhoItIs(t *testing.T) {
	each(t, func(n *newsroom) {
		one, other := n.visitor(), n.subscriber("Reader", n.now.AddDate(1, 0, 0))
		if a, b := one.looks("/en/site.webmanifest"), other.looks("/en/site.webmanifest"); a != b || strings.Contains(a, "?") {
			t.Errorf("two are given %s and %s", a, b)
		}
	})
}
