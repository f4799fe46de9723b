package feed_test

import (
	"errors"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/feed"
)

func FuzzDecode(f *testing.F) {
	f.Add(`<rss version="2.0"><channel><title>Port</title><item><title>A &amp; B</title><description>&lt;p&gt;x&lt;/p&gt;</description><pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate></item></channel></rss>`)
	f.Add(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b&gt;a&lt;/b&gt;</title><content type="xhtml"><div><ul><li>x</div></content></entry></feed>`)
	f.Add(`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","content_html":"<p>a"}]}`)
	f.Fuzz(func(t *testing.T, file string) {
		for i, err := range feed.Decode(strings.NewReader(file)) {
			var bad *format.Error
			if err != nil {
				if !errors.As(err, &bad) {
					t.Fatal(err)
				}
				continue
			}
			if err := i.Content.Body.Check(); err != nil {
				t.Fatal(err)
			}
		}
	})
}
