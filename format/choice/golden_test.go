package choice_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/choice"
)

// TestEachFormatIsWrittenAsItWas holds the sample stories against testdata.
// WIREROOM_GOLDEN=write writes them anew, to be read before they are kept.
func TestEachFormatIsWrittenAsItWas(t *testing.T) {
	for _, f := range choice.Formats() {
		items := samples()
		if !f.Many {
			items = items[:1]
		}
		var b bytes.Buffer
		if err := f.Encode(&b, items, format.Options{Agency: "Kurjer", At: sent, ID: "m1", Home: "https://example.org/wire/", Self: "https://example.org/wire/feed"}); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", f.Name+"."+f.Extension)
		if os.Getenv("WIREROOM_GOLDEN") == "write" {
			if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil || !bytes.Equal(want, b.Bytes()) {
			t.Errorf("%s is not what stands in %s: %v\n%.1500s", f.Name, file, err, b.String())
		}
	}
}

func TestInsertionsStandInTheBracketsThatTheClientWants(t *testing.T) {
	for _, f := range choice.Formats() {
		for round, want := range map[bool]string{false: "[the cranes]", true: "(the cranes)"} {
			var b bytes.Buffer
			if err := f.Encode(&b, samples()[:1], format.Options{Round: round}); err != nil || !strings.Contains(b.String(), want) {
				t.Errorf("%s, round %v: %v", f.Name, round, err)
			}
		}
	}
}

func TestAFeedComesBackFromAFeedReader(t *testing.T) {
	reader, _ := choice.Read("rss")
	for _, name := range []string{"atom", "rss", "jsonfeed"} {
		f, _ := choice.Named(name)
		f.Decode = reader.Decode
		want := samples()[0]
		got := back(t, f, want)
		if got.URI != want.URI || got.Content.Headline != want.Content.Headline || got.Page != want.Page || !got.Created.Equal(want.Created) ||
			got.Dateline != want.Dateline || textOf(got) != textOf(want) {
			t.Errorf("%s: %+v\n%q", name, got, textOf(got))
		}
	}
}
