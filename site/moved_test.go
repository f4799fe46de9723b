package site_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"wireroom/story"
)

// arrives takes a story in that had an address elsewhere.
func (n *newsroom) arrives(c story.Content, address string) story.Story {
	n.Helper()
	outcomes, err := n.stories.Import(context.Background(), []story.Arrival{{Source: "test " + address, Lang: "en", Content: c,
		Sent: n.now.Add(-time.Hour), Addresses: []string{"https://old.example" + address}}})
	n.ok(err)
	n.ok(outcomes[0].Err)
	st, err := n.stories.Get(context.Background(), outcomes[0].ID)
	n.ok(err)
	return st
}

func TestAnOldAddressLeadsToTheStoryAsLongAsReadersMayKnowOfIt(t *testing.T) {
	each(t, func(n *newsroom) {
		here := n.arrives(story.Content{Headline: "Cranes return", Body: paragraphs("Text.")}, "/2024/05/cranes/")
		n.arrives(story.Content{Headline: "By number", Body: paragraphs("Text.")}, "/?p=12")
		n.arrives(story.Content{Headline: "Canary", Embargo: n.now.Add(time.Hour), Body: paragraphs(secret)}, "/?p=13")
		v := n.visitor()
		at := fmt.Sprintf("/en/news/%d", here.Number)
		for _, old := range []string{"/2024/05/cranes/", "/2024/05/cranes", "/2024/05/cranes?utm_source=letter"} {
			if a := v.opens(old); a.StatusCode != http.StatusMovedPermanently || a.Header.Get("Location") != at {
				n.Errorf("%s: %d to %q", old, a.StatusCode, a.Header.Get("Location"))
			}
		}
		if a := v.opens("/?p=12"); a.StatusCode != http.StatusMovedPermanently {
			n.Errorf("/?p=12: %d", a.StatusCode)
		}
		unknown := v.opens("/?p=14")
		if a := v.opens("/?p=13"); a.StatusCode != unknown.StatusCode || a.Header.Get("Location") != unknown.Header.Get("Location") {
			n.Errorf("an embargoed story answers %d to %q, an unknown one %d", a.StatusCode, a.Header.Get("Location"), unknown.StatusCode)
		}
		if a := v.opens("/2024/05/none/"); a.StatusCode != http.StatusNotFound {
			n.Errorf("an unknown address: %d", a.StatusCode)
		}
		_, err := n.stories.Kill(context.Background(), n.editor, here.ID, story.Say("Withdrawn."))
		n.ok(err)
		if a := v.opens(at); a.StatusCode != http.StatusGone {
			n.Errorf("killed: %d", a.StatusCode)
		}
	})
}
