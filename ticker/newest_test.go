package ticker_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"wireroom/clients"
	"wireroom/reveal"
)

func TestFeedsHaveTheNewestFirstAndEachStoryOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		_, token := n.client("Radio", nil, reveal.Selection{Full: true})
		_, late := n.client("Late", func(c *clients.Client) { c.Delay = time.Hour }, reveal.Selection{Full: true})
		first := n.sends("Story 1", nil)
		for i := 2; i <= 5; i++ {
			n.sends(fmt.Sprintf("Story %d", i), nil)
		}
		n.moves(first, "economy")
		headlines := func(a answer) (all string) {
			a.Helper()
			for _, m := range regexp.MustCompile(`title[>"][^A-Z]*(Story \d)`).FindAllStringSubmatch(a.says(200).body, -1) {
				all += strings.TrimPrefix(m[1], "Story ")
			}
			return all
		}
		for _, format := range []string{"atom", "rss", "jsonfeed"} {
			at := "/wire/v1/items?limit=3&format=" + format
			page := n.gets(at, token)
			if got := headlines(page); got != "154" {
				t.Errorf("%s begins with %s", format, got)
			}
			link := regexp.MustCompile(`<([^>]+)>; rel="next"`).FindStringSubmatch(page.header.Get("Link"))
			if link == nil {
				t.Fatalf("%s leads on to %q", format, page.header.Get("Link"))
			}
			older := n.gets(link[1], token)
			if got := headlines(older); got != "32" || older.header.Get("Link") != "" {
				t.Errorf("%s goes on with %s and leads to %q", format, got, older.header.Get("Link"))
			}
			if got := headlines(n.gets(at+"&after=2", token)); got != "543" {
				t.Errorf("%s after a number is %s", format, got)
			}
			if got := headlines(n.gets(at, late)); got != "" {
				t.Errorf("who is served late has %s", got)
			}
		}
		n.gets("/wire/v1/items?format=atom&before=x", token).says(400)
	})
}
