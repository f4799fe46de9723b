package choice_test

import (
	"bytes"
	"testing"

	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/story"
)

func TestEachFormatHasANameOfItsOwnAndWrites(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range choice.Formats() {
		if f.Name == "" || seen[f.Name] {
			t.Errorf("%q is named twice", f.Name)
		}
		seen[f.Name] = true
		var b bytes.Buffer
		item := format.Item{URI: "urn:uuid:1", Content: story.Content{Headline: "Cranes return"}}
		if err := f.Encode(&b, []format.Item{item}, format.Options{}); err != nil || !bytes.Contains(b.Bytes(), []byte("Cranes return")) {
			t.Errorf("%s wrote %q, %v", f.Name, b.String(), err)
		}
		if got, ok := choice.Named(f.Name); !ok || got.Type != f.Type {
			t.Errorf("%s is not found by its name", f.Name)
		}
	}
}

func TestAClientGetsWhatItAcceptsMost(t *testing.T) {
	for accept, want := range map[string]string{
		"":                     "ninjs",
		"*/*":                  "ninjs",
		"text/html, */*;q=0.1": "ninjs",
		"application/atom+xml": "atom",
		"application/rss+xml;q=0.5, application/atom+xml;q=0.4": "rss",
		"application/vnd.iptc.ninjs+json;version=1.6":           "ninjs16",
		"application/vnd.iptc.ninjs+json":                       "ninjs",
		"application/feed+json;q=0.2, application/json;q=0":     "jsonfeed",
		"image/png": "",
		"application/vnd.iptc.ninjs+json;version=9, application/atom+xml;q=broken": "atom",
	} {
		got, ok := choice.Accepted(accept)
		if got.Name != want || ok != (want != "") {
			t.Errorf("%q gives %q, %v", accept, got.Name, ok)
		}
	}
}
