package choice_test

import (
	"testing"

	"wireroom/format/choice"
	"wireroom/format/print"
	"wireroom/story"
)

func TestWhatGoesOutComesBack(t *testing.T) {
	for _, f := range choice.Formats() {
		if f.Decode == nil {
			continue
		}
		for _, want := range samples() {
			got := back(t, f, want)
			if a, b := print.Text(got.Content.Body.Blocks), print.Text(want.Content.Body.Blocks); a != b {
				t.Errorf("%s: %s: the text is\n%q, not\n%q", f.Name, want.URI, a, b)
			}
			for what, pair := range map[string][2]any{
				"uri": {got.URI, want.URI}, "headline": {got.Content.Headline, want.Content.Headline}, "slug": {got.Content.Slug, want.Content.Slug},
				"urgency": {got.Content.Urgency, want.Content.Urgency}, "status": {standing(got.Status), standing(want.Status)},
				"embargo": {got.Content.Embargo.UTC(), want.Content.Embargo.UTC()}, "first sent": {got.Created.UTC(), want.Created.UTC()},
			} {
				if pair[0] != pair[1] {
					t.Errorf("%s: %s: %s is %v, not %v", f.Name, want.URI, what, pair[0], pair[1])
				}
			}
		}
	}
}

func standing(s story.Status) story.Status {
	if s == "" {
		return story.Usable
	}
	return s
}
