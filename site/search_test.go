package site_test

import (
	"context"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"wireroom/archive"
	"wireroom/masthead"
	"wireroom/site"
	"wireroom/story"
)

// archives has the site served with an archive that follows the wire.
func (n *newsroom) archives() *archive.Archive {
	n.Helper()
	house := func() masthead.Masthead { return n.house }
	a := archive.New(n.db, n.TempDir(), n.options.Door, house, n.options.Now)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Follow(ctx) }()
	n.Cleanup(func() {
		stop()
		<-done
	})
	n.host.Close()
	n.options.Archive = a
	n.host = httptest.NewServer(site.New(n.options).Handler())
	for ready := false; !ready; {
		var err error
		ready, err = a.Ready(ctx)
		n.ok(err)
	}
	return a
}

func search(query string) string { return "/en/search?" + url.Values{"q": {query}}.Encode() }

func TestAReaderSearchesWithoutAScript(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "", story.Content{Headline: "Łukašenka meets farmers", Body: paragraphs("The harvest is in, said the ministry.")})
		n.sends("be", "", story.Content{Headline: "Лукашэнка і хлеб", Body: paragraphs("Размова была доўгая.")})
		n.sends("en", "", locked("A locked story"))
		n.archives()
		get := func(path string) string { return n.visitor().opens(path).Text }

		form := get("/en/")
		if !strings.Contains(form, `action="/en/search" role="search"`) {
			t.Error("no page leads to the search")
		}
		page := get(search("Лукашенко"))
		for _, want := range []string{"2 stories", "<mark>Łukašenka</mark> meets farmers", "<mark>Лукашэнка</mark> і хлеб", `lang="be"`, `/en/search/rss.xml?q=`, `value="Лукашенко"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the answer has no %s", want)
			}
		}
		if page := get(search("ministry harvest")); !strings.Contains(page, "1 story") || !strings.Contains(page, "<mark>harvest</mark> is in") {
			t.Errorf("no snippet marks what was found: %s", page)
		}
		if page := get(search("Zhytnyaya")); !strings.Contains(page, "Nothing was found.") {
			t.Error("a locked text is found")
		}
		if page := get(search("subscribers OR teaser OR locked")); !strings.Contains(page, "available only to POZIRK+") {
			t.Error("a locked story is found by its headline, but does not say that it is locked")
		}
		if page := get(search(`section:politics date:nonsense`)); !strings.Contains(page, "nonsense.") {
			t.Error("what was not understood is not said")
		}
		if page := get(search(`"><script>alert(1)</script>`)); strings.Contains(page, "<script") {
			t.Error("a query is set as HTML")
		}
		feed := get("/en/search/rss.xml?q=lukashenka")
		if !strings.Contains(feed, "<title>Łukašenka meets farmers</title>") || strings.Contains(feed, "locked") {
			t.Errorf("the feed: %s", feed)
		}
	})
}
