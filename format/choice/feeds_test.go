package choice_test

import (
	"bytes"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/choice"
	"wireroom/format/feed"
	"wireroom/format/print"
)

func TestOldNewsIsReadFromFeedsAsItWasWritten(t *testing.T) {
	all := oldNews(t)
	for _, name := range []string{"atom", "rss", "jsonfeed"} {
		f, ok := choice.Named(name)
		if !ok {
			t.Fatalf("there is no %s", name)
		}
		differ := 0
		for _, want := range all {
			var b bytes.Buffer
			if err := f.Encode(&b, []format.Item{want}, format.Options{Agency: "Kurjer", At: sent}); err != nil {
				t.Fatal(err)
			}
			written := b.String()
			var got []format.Item
			for i, err := range feed.Decode(&b) {
				if err != nil {
					t.Fatalf("%s: %s: %v in %.500s", name, want.URI, err, written)
				}
				got = append(got, i)
			}
			if len(got) != 1 {
				t.Fatalf("%s: %s: %d entries", name, want.URI, len(got))
			}
			// The dateline goes before the text.
			text := strings.TrimPrefix(print.Text(got[0].Content.Body.Blocks), want.Dateline+" ")
			if wanted := print.Text(want.Content.Body.Blocks); text != wanted || got[0].Content.Headline != want.Content.Headline {
				if differ++; differ <= 3 {
					t.Errorf("%s: %s\n got %q %.1500q\nwant %q %.1500q", name, want.URI, got[0].Content.Headline, text, want.Content.Headline, wanted)
				}
			}
		}
		t.Logf("%s: %d stories, %d differ", name, len(all), differ)
	}
}
