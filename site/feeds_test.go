package site_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"wireroom/story"
)

var feedNames = []string{"rss.xml", "atom.xml", "feed.json"}

func TestAFeedHasTheLatestStoriesAndKeepsTheLocks(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "", locked("Paid news"))
		n.sends("en", "", story.Content{Headline: "Free “news” & more", Sections: []string{"economy"},
			Body: paragraphs("All of this is free.", "And so is this.")})
		for _, who := range []*visitor{n.visitor(), n.subscriber("Reader", n.now.Add(time.Hour))} {
			for _, name := range feedNames {
				a := who.opens("/en/" + name)
				if a.StatusCode != http.StatusOK || strings.Contains(a.Text, secret) {
					n.Fatalf("%s answers %d:\n%s", name, a.StatusCode, a.Text)
				}
				f, err := gofeed.NewParser().ParseString(a.Text)
				n.ok(err)
				if len(f.Items) != 2 || f.Items[0].Title != "Free “news” & more" || f.Items[1].Title != "Paid news" {
					n.Fatalf("%s holds %v", name, f.Items)
				}
				if body := f.Items[0].Content + f.Items[0].Description; !strings.Contains(body, "And so is this.") {
					n.Errorf("%s cuts the free story: %s", name, body)
				}
				if !strings.Contains(f.Items[1].Description+f.Items[1].Content, "available only to POZIRK+") {
					n.Errorf("%s does not say that the other is locked", name)
				}
				if link := f.Items[0].Link; !strings.HasPrefix(link, "https://pozirk.example/en/news/") {
					n.Errorf("%s leads to %s", name, link)
				}
			}
		}
	})
}

func TestASectionHasItsOwnFeeds(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "", story.Content{Headline: "About politics", Body: paragraphs("Text.")})
		n.sends("en", "", story.Content{Headline: "About money", Sections: []string{"economy"}, Body: paragraphs("Text.")})
		v := n.visitor()
		for _, name := range feedNames {
			a := v.opens("/en/economy/" + name)
			if !strings.Contains(a.Text, "About money") || strings.Contains(a.Text, "About politics") {
				n.Errorf("%s of Economy holds\n%s", name, a.Text)
			}
		}
		for _, path := range []string{"/en/economy/feed.xml", "/en/sport/rss.xml", "/en/news/rss.xml"} {
			if a := v.opens(path); a.StatusCode != http.StatusNotFound {
				n.Errorf("%s answers %d", path, a.StatusCode)
			}
		}
	})
}

func TestSitemapsNameWhatIsOutAndNoMore(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "", story.Content{Headline: "Out", Body: paragraphs("Text.")})
		later := n.sends("ru", "", story.Content{Headline: "Later", Body: paragraphs("Text."), Embargo: n.now.Add(time.Hour)})
		v := n.visitor()
		index := v.opens("/sitemap.xml").Text
		for _, lang := range []string{"en", "ru", "be"} {
			if !strings.Contains(index, "https://pozirk.example/"+lang+"/sitemap.xml") {
				n.Errorf("the index has no %s:\n%s", lang, index)
			}
		}
		if text := v.opens("/en/sitemap.xml").Text; !strings.Contains(text, "/en/news/1<") || !strings.Contains(text, "/en/economy/<") {
			n.Errorf("the sitemap holds\n%s", text)
		}
		if news := v.opens("/news-sitemap.xml").Text; !strings.Contains(news, ">Out<") || strings.Contains(news, "Later") {
			n.Errorf("the news sitemap holds\n%s", news)
		}
		if a := v.opens("/en/sitemap.xml?page=2"); a.StatusCode != http.StatusNotFound {
			n.Errorf("an empty sitemap answers %d", a.StatusCode)
		}
		n.now = later.Content.Embargo
		if news := v.opens("/news-sitemap.xml").Text; !strings.Contains(news, "Later") {
			n.Errorf("after the embargo the news sitemap holds\n%s", news)
		}
		n.now = n.now.Add(48*time.Hour - time.Minute)
		if news := v.opens("/news-sitemap.xml").Text; strings.Contains(news, ">Out<") || !strings.Contains(news, "Later") {
			n.Errorf("two days on the news sitemap holds\n%s", news)
		}
	})
}
