package site_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"wireroom/story"
)

// The hidden word stands in stories that readers may not have, the absent one
// nowhere. Both are as long.
const (
	hidden = "Zhytnyayevich"
	absent = "Qvulmkrotsevy"
)

// searches are kinds of queries with a word.
var searches = []string{
	"%s", `"%s"`, `"bread %s"`, "%.6s*", `"bread %.6s"*`, "person:%s", "place:%s", "bread OR %s", "bread %s", "bread -%s", "bread NOT (harvest OR %s)",
	"%s NEAR bread", "%s section:politics", "section:%s", "%s language:en", "language:%s", "%s date:2024-10", "date:%s", "%s since:2024 before:2026",
	"said:%s", "said:%s bread", "said:Baker %s", "said:Baker bread -%s", "said:Baker section:%s", "said:%s since 2020", "said:Baker language:%s", "said:%.6s*",
}

// hides sends stories with the hidden word that most readers may not have.
func (n *newsroom) hides() {
	n.Helper()
	ctx := context.Background()
	text := func(c story.Content) story.Content {
		c.Body = paragraphs("Bread.", hidden+" said bread, and bread "+hidden+" ate.")
		return c
	}
	hold := func(s story.Story) {
		_, err := n.stories.Hold(ctx, n.editor, s.ID, "We are not sure.")
		n.ok(err)
	}
	kill := func(s story.Story) {
		_, err := n.stories.Kill(ctx, n.editor, s.ID, story.Texts{Readers: "We took it back.", Desk: "wrong"})
		n.ok(err)
	}
	// quotes puts words of the story on the record, as a hidden person's and as one's
	// whom others may hear elsewhere.
	quotes := func(s story.Story) story.Story {
		n.confirms(s, hidden+" said bread", hidden, "")
		n.confirms(s, "and bread "+hidden+" ate", "Anna Baker", "")
		return s
	}
	quotes(n.sends("en", "", text(story.Content{Headline: "Locked", Plan: "plus", Teaser: "A teaser.", Byline: hidden, Keywords: []string{hidden}, Slug: hidden})))
	quotes(n.sends("en", "", text(story.Content{Headline: "Embargoed " + hidden, Place: hidden, Embargo: n.now.Add(24 * time.Hour)})))
	hold(quotes(n.sends("en", "", text(story.Content{Headline: "Held " + hidden, Place: hidden}))))
	hold(quotes(n.sends("be", "", text(story.Content{Headline: "Held and locked " + hidden, Plan: "plus"}))))
	kill(quotes(n.sends("ru", "", text(story.Content{Headline: "Killed " + hidden, Place: hidden}))))
	draft, err := n.stories.Create(ctx, n.editor, "en", "", text(story.Content{Headline: "Draft " + hidden, Sections: []string{"politics"}}))
	n.ok(err)
	quotes(draft)
}

// TestAPageOfAnswersTellsNothingOfWhatItsReaderMayNotHave compares, byte by
// byte, what is sent for a word of hidden stories and for one that is nowhere.
func TestAPageOfAnswersTellsNothingOfWhatItsReaderMayNotHave(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		n.says("en", story.Date{}, "Anna Baker", "There is bread")
		n.sends("en", "", story.Content{Headline: "Bread is dear", Body: paragraphs("The harvest is in, and there is bread.")})
		n.hides()
		n.archives()
		readers := map[string]*visitor{
			"nobody": n.visitor(), "whose plan has ended": n.subscriber("ended", n.now.Add(-time.Hour)),
		}
		address := func(lang, query, more string) string {
			return "/" + lang + "/search?" + url.Values{"q": {query}}.Encode() + more
		}
		for name, v := range readers {
			for i, kind := range searches {
				lang := []string{"en", "ru", "be"}[i%3]
				asked, other := fmt.Sprintf(kind, hidden), fmt.Sprintf(kind, absent)
				for _, more := range []string{"", "&by=best", "&page=2"} {
					n.alike(name, v, address(lang, asked, more), address(lang, other, more))
				}
				feed := func(query string) string { return "/" + lang + "/search/rss.xml?" + url.Values{"q": {query}}.Encode() }
				n.alike(name, v, feed(asked), feed(other))
			}
		}
		holder := n.subscriber("holder", n.now.Add(time.Hour))
		if page := holder.opens(search(hidden)).Text; !strings.Contains(page, "Locked") || strings.Contains(page, "Held") || strings.Contains(page, "Embargoed") {
			t.Error("whoever may read the locked story does not find it, or finds more")
		}
	})
}

// alike asks for both and lets the words themselves count for nothing.
func (n *newsroom) alike(reader string, v *visitor, asked, other string) {
	n.Helper()
	said := func(address string) string {
		a := v.opens(address)
		text := fmt.Sprint(a.StatusCode, a.Header.Get("Content-Type"), a.Header.Get("Cache-Control"), a.Header.Get("Etag"), "\n", a.Text)
		for _, word := range []string{hidden, absent} {
			text = strings.NewReplacer(word, "·", word[:6], "·", strings.ToLower(word), "·").Replace(text)
		}
		return text
	}
	if got, want := said(asked), said(other); got != want {
		n.Errorf("to %s, %s says\n%s\nand a word that is nowhere\n%s", reader, asked, got, want)
	}
}
