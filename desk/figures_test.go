package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/staff"
	"wireroom/story"
	speech "wireroom/web/words"
)

const figured = "/desk/figures"

// plot gives the table of a plot as lines of cells, under its headings.
func (p page) plot(id string) (lines []string) {
	p.n.Helper()
	for _, section := range p.all("section") {
		if attr(section, "aria-labelledby") != "p-"+id {
			continue
		}
		for d := range section.Descendants() {
			if d.Data != "tr" {
				continue
			}
			var cells []string
			for c := range d.ChildNodes() {
				if c.Data == "th" || c.Data == "td" {
					cells = append(cells, strings.TrimSpace(text1(c)))
				}
			}
			lines = append(lines, strings.Join(cells, "|"))
		}
	}
	return lines
}

func TestTheFiguresCountStoriesByDaySectionAndLanguage(t *testing.T) {
	each(t, func(n *newsroom) {
		sends := func(c story.Content) {
			n.in(story.Sent, c)
		}
		economy := text("Prices rise")
		economy.Sections = []string{"economy", "politics"}
		sends(text("Council meets"))
		n.now = n.now.AddDate(0, 0, 1)
		sends(text("Council met"))
		sends(economy)
		n.files(staff.Reporter, text("Never sent"))
		n.arrives("site", 8*time.Millisecond)
		n.arrives("feeds en", 20*time.Millisecond)
		p := n.as(staff.Reporter).opens(figured).says(200)
		for id, want := range map[string][]string{
			"sections": {"Day|Politics|Economy", "October 26|1|1", "October 25|1|"},
			"langs":    {"Day|English|Russian|Belarusian", "October 26|2||", "October 25|1||"},
			"writing":  {"Day|English|Russian|Belarusian", "October 26|60 s / 60 s||", "October 25|60 s / 60 s||"},
			"arrival":  {"Day|Site|Feeds|Sitemap", "October 26|8 ms / 8 ms|20 ms / 20 ms|"},
		} {
			if got := p.plot(id); !slices.Equal(got, want) {
				n.Errorf("%s: %q, not %q", id, got, want)
			}
		}
		strips := slices.DeleteFunc(p.all("svg"), func(s *node) bool { return attr(s, "role") != "img" })
		if len(strips) < 10 || attr(strips[0], "aria-label") != "Politics: 2 in all, 1 at most in a day, on October 25" {
			n.Errorf("%d strips, of which one says %q", len(strips), attr(strips[0], "aria-label"))
		}
		n.now = n.now.AddDate(0, 0, 10)
		if got := n.as(staff.Reporter).opens(figured + "?days=7").plot("sections"); len(got) != 0 {
			n.Errorf("of the last seven days %q are told", got)
		}
	})
}

func TestTheFiguresSpeakEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		n.in(story.Sent, local())
		n.arrives("site", 8*time.Millisecond)
		for _, lang := range speech.Langs {
			c := n.as(staff.Editor)
			c.posts("/desk/language", url.Values{"lang": {lang}})
			for _, days := range []string{"", "?days=7", "?days=90"} {
				c.opens(figured + days).says(200).speaks(lang)
			}
		}
	})
}
