package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"wireroom/format"
	"wireroom/story"
)

func sample(title string) Feed {
	sent := time.Date(2024, 10, 25, 9, 30, 0, 0, time.UTC)
	return Feed{
		Title: "Rosnica", About: "Latest", Lang: "be", Home: "https://example.org/be/", Self: "https://example.org/be/rss.xml",
		Agency: "Rosnica", Changed: sent,
		Items: []Item{
			{ID: "urn:uuid:1", URL: "https://example.org/be/news/1", Title: title, Summary: "Łukašenka & “friends” <b>", HTML: "<p>Text</p>",
				Sections: []string{"Палітыка", "Эканоміка"}, Author: "A. B.", Sent: sent, Changed: sent.Add(time.Hour),
				Picture: &Picture{URL: "https://example.org/p.jpg", Type: "image/jpeg"}},
			{ID: "urn:uuid:2", URL: "https://example.org/be/news/2", Title: "Short", Sent: sent},
		},
	}
}

var writers = map[string]func(io.Writer, Feed) error{"rss": RSS, "atom": Atom, "json": JSON}

func TestAReaderOfFeedsFindsTheSameText(t *testing.T) {
	const title = "“Heta niemahčyma” – Łukašenka <script>&amp;"
	for name, write := range writers {
		var b bytes.Buffer
		if err := write(&b, sample(title)); err != nil {
			t.Fatal(err)
		}
		got, err := gofeed.NewParser().ParseString(b.String())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		first, summary := got.Items[0], "Łukašenka & “friends” <b>"
		if name == "rss" { // whose descriptions are HTML
			summary = "Łukašenka &amp; “friends” &lt;b&gt;"
		}
		if len(got.Items) != 2 || first.Title != title || first.GUID != "urn:uuid:1" || first.Content != "<p>Text</p>" ||
			first.Description != summary || len(first.Categories) != 2 || first.PublishedParsed.Hour() != 9 {
			t.Errorf("%s reads back as %+v", name, first)
		}
		if got.Title != "Rosnica" || got.Language != "be" {
			t.Errorf("%s: %q in %q", name, got.Title, got.Language)
		}
	}
}

func TestSitemapsNameEveryPageOnce(t *testing.T) {
	var b bytes.Buffer
	at := time.Date(2024, 10, 25, 9, 30, 0, 0, time.UTC)
	err := Sitemap(&b, []Page{{URL: "https://example.org/en/news/1", Changed: at, Versions: []Version{{"ru", "https://example.org/ru/news/2"}}}})
	if err == nil {
		err = NewsSitemap(&b, "Rosnica", []News{{URL: "https://example.org/en/news/1", Title: "A & B", Lang: "en", Sent: at}})
	}
	if err == nil {
		err = SitemapIndex(&b, []Page{{URL: "https://example.org/en/sitemap.xml"}})
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"<loc>https://example.org/en/news/1</loc><lastmod>2024-10-25T09:30:00Z</lastmod>", `hreflang="ru"`,
		"<news:publication><news:name>Rosnica</news:name><news:language>en</news:language></news:publication>",
		"<news:title>A &amp; B</news:title>", "<sitemap><loc>https://example.org/en/sitemap.xml</loc></sitemap>",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in\n%s", want, b.String())
		}
	}
}

func FuzzFeedsAreWellFormed(f *testing.F) {
	f.Add("plain")
	f.Add("\x00\xff]]> & <b> \u202e")
	f.Fuzz(func(t *testing.T, s string) {
		doc := sample(s)
		doc.Items[0].HTML, doc.Items[0].Sections[0], doc.Items[0].URL = s, s, s
		for name, write := range writers {
			var b bytes.Buffer
			if err := write(&b, doc); err != nil {
				t.Fatal(err)
			}
			if name == "json" {
				if !json.Valid(b.Bytes()) {
					t.Fatal("not JSON")
				}
				continue
			}
			d := xml.NewDecoder(&b)
			for {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
			}
		}
	})
}

func TestAFeedTellsAClientWhatIsTakenBackAndMended(t *testing.T) {
	at := time.Date(2024, 10, 25, 9, 30, 0, 0, time.UTC)
	body := story.Body{Blocks: []story.Node{story.Para(story.Plain("Text."))}}
	items := []format.Item{
		{URI: "urn:1", Status: story.Canceled, Signal: story.SignalKill, Correction: "It was <not> so.", Created: at, Changed: at},
		{URI: "urn:2", Status: story.Withheld, Signal: story.SignalHold, Created: at, Changed: at},
		{URI: "urn:3", Status: story.Usable, Signal: story.SignalCorrection, Correction: "It was the second.", Created: at, Changed: at, Page: "https://example.org/3",
			Content: story.Content{Headline: "Second", Teaser: "So it is.", Body: body}},
	}
	for name, write := range writers {
		var b bytes.Buffer
		if err := write(&b, Of(items, format.Options{Agency: "Rosnica", At: at, Home: "https://example.org/", Self: "https://example.org/feed"})); err != nil {
			t.Fatal(err)
		}
		got, err := gofeed.NewParser().ParseString(b.String())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		killed, held, mended := got.Items[0], got.Items[1], got.Items[2]
		if killed.Title != "KILL: It was <not> so." || killed.Link != "" || killed.Content != "<p><strong>KILL: It was &lt;not&gt; so.</strong></p>\n" || held.Title != "HOLD" {
			t.Errorf("%s: %+v, %+v", name, killed, held)
		}
		if mended.Title != "Second" || mended.Link == "" || mended.Content != "<p><strong>CORRECTION: It was the second.</strong></p>\n<p>Text.</p>\n" {
			t.Errorf("%s: %+v", name, mended)
		}
		if strings.Contains(b.String(), `href=""`) || strings.Contains(b.String(), "<link></link>") {
			t.Errorf("%s has a link that leads nowhere: %s", name, b.String())
		}
	}
}
