package site_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/story"
	"wireroom/web"
)

func address(s story.Story) string { return fmt.Sprintf("/%s/news/%d", s.Lang, s.Number) }

func TestAStoryIsReadCharacterForCharacter(t *testing.T) {
	each(t, func(n *newsroom) {
		c := story.Content{
			Headline: `Attempt to annex “us” <could> lead to war & more – Łukašenka + 'all'`,
			Date:     story.Date{Year: 2024, Month: 10, Day: 25},
			Body: story.Body{Blocks: []story.Node{
				story.Para(story.Plain("Some forces would like to annex us,  but “this is impossible.”")),
				story.Para(story.Plain("“This is "), story.Marked("would lead to", story.Insertion), story.Plain(" war,” he said. 1 < 2 & 3.")),
			}},
		}
		a := n.visitor().opens(address(n.sends("en", "", c)))
		if got := texts(all(a.Page, tag("h1"))); !slices.Equal(got, []string{c.Headline}) {
			n.Errorf("the headline is %q", got)
		}
		want := []string{
			"October 25, Pozirk. Some forces would like to annex us,  but “this is impossible.”",
			"“This is [would lead to] war,” he said. 1 < 2 & 3.",
		}
		body := all(a.Page, class("text"))
		if len(body) != 1 {
			n.Fatalf("there are %d texts", len(body))
		}
		if got := texts(all(body[0], tag("p"))); !slices.Equal(got, want) {
			n.Errorf("the paragraphs are %q", got)
		}
	})
}

func TestALockedStorySaysSoTwiceAndKeepsTheRest(t *testing.T) {
	each(t, func(n *newsroom) {
		s := n.sends("en", "", locked("Farms to miss out on millions"))
		notice := n.house.Plans[0].Notice("en")
		anyone := n.visitor().opens(address(s))
		if got := strings.Count(text(all(anyone.Page, tag("main"))[0]), notice); got != 2 {
			n.Errorf("the notice stands %d times", got)
		}
		if strings.Contains(anyone.Text, secret) {
			n.Error("an anonymous reader has the text")
		}
		if !strings.Contains(anyone.Text, notice) || strings.Index(anyone.Text, notice) > strings.Index(anyone.Text, "<h1") {
			n.Error("the notice does not stand above the headline")
		}
		if !slices.Contains(attrs(all(anyone.Page, tag("a")), "href"), "/en/plus") {
			n.Error("nothing leads to the offer")
		}
		holder := n.subscriber("holder", n.now.Add(time.Hour))
		full := holder.opens(address(s))
		if !strings.Contains(full.Text, secret) || strings.Contains(full.Text, notice) {
			n.Error("a subscriber has not the text, or has the notice")
		}
		if got := full.Header.Get("Cache-Control"); got != "private, no-store" {
			n.Errorf("a subscriber's page says Cache-Control %q", got)
		}
		n.now = n.now.Add(time.Hour)
		if strings.Contains(holder.opens(address(s)).Text, secret) {
			n.Error("a pass opens the story after its end")
		}
	})
}

func TestSearchEnginesLearnWhatIsPaidFor(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, c := range []struct {
			content story.Content
			free    bool
		}{{locked("Locked"), false}, {story.Content{Headline: "</script><b>Open", Body: paragraphs("All of it.")}, true}} {
			a := n.visitor().opens(address(n.sends("en", "", c.content)))
			scripts := all(a.Page, tag("script"))
			if len(scripts) != 1 || attr(scripts[0], "type") != "application/ld+json" {
				n.Fatalf("%d scripts", len(scripts))
			}
			var data struct {
				Headline string
				Page     string `json:"mainEntityOfPage"`
				Free     bool   `json:"isAccessibleForFree"`
				Part     struct {
					Selector string `json:"cssSelector"`
				} `json:"hasPart"`
			}
			n.ok(json.Unmarshal([]byte(text(scripts[0])), &data))
			if data.Headline != c.content.Headline || data.Free != c.free || !strings.HasPrefix(data.Page, n.house.PublicURL) {
				n.Errorf("the data say %+v", data)
			}
			if !c.free && (data.Part.Selector != ".paid" || len(all(a.Page, class("paid"))) != 1) {
				n.Errorf("the paid part is %q", data.Part.Selector)
			}
		}
	})
}

func TestTheLanguageSwitchLeadsToTheSameStory(t *testing.T) {
	each(t, func(n *newsroom) {
		en := n.sends("en", "", story.Content{Headline: "One", Body: paragraphs("One.")})
		ru := n.sends("ru", en.Group, story.Content{Headline: "Один", Body: paragraphs("Один.")})
		a := n.visitor().opens(address(en))
		switches := attrs(all(all(a.Page, class("langs"))[0], tag("a")), "href")
		if !slices.Equal(switches, []string{address(ru), "/be/"}) {
			n.Errorf("the switch leads to %v", switches)
		}
		var versions []string
		for _, l := range all(a.Page, tag("link")) {
			if attr(l, "hreflang") != "" {
				versions = append(versions, attr(l, "href"))
			}
		}
		if !slices.Equal(versions, []string{n.house.PublicURL + address(en), n.house.PublicURL + address(ru)}) {
			n.Errorf("search engines learn of %v", versions)
		}
	})
}

func TestACorrectionIsShownWithTheStoryAndOnItsPage(t *testing.T) {
	each(t, func(n *newsroom) {
		ctx := t.Context()
		s := n.sends("en", "", story.Content{Headline: "Thirty buses", Body: paragraphs("Thirty.")})
		n.now = n.now.Add(time.Hour)
		s, err := n.stories.Revise(ctx, n.editor, s.ID, s.Revision, story.Content{Headline: "Thirteen buses", Sections: []string{"politics"}, Body: paragraphs("Thirteen.")})
		n.ok(err)
		_, err = n.stories.Correct(ctx, n.editor, s.ID, s.Revision, story.Say("There are 13 buses, not 30."))
		n.ok(err)
		n.press.Refresh()
		for _, path := range []string{address(s), "/en/corrections"} {
			if a := n.visitor().opens(path); !strings.Contains(a.Text, "There are 13 buses, not 30.") {
				n.Errorf("%s does not show the correction", path)
			}
		}
	})
}

func TestAKilledStoryIsGoneWithItsNotice(t *testing.T) {
	each(t, func(n *newsroom) {
		s := n.sends("ru", "", story.Content{Headline: "Неверно " + secret, Body: paragraphs("Неверно.")})
		_, err := n.stories.Kill(t.Context(), n.editor, s.ID, story.Say("Источник ошибся."))
		n.ok(err)
		n.press.Refresh()
		a := n.visitor().opens(address(s))
		if a.StatusCode != 410 || !strings.Contains(a.Text, "Источник ошибся.") || strings.Contains(a.Text, secret) || !strings.Contains(a.Text, "отозвано") {
			n.Errorf("answers %d: %s", a.StatusCode, text(all(a.Page, tag("main"))[0]))
		}
		if a := n.visitor().opens("/be/news/99"); a.StatusCode != 404 || !strings.Contains(a.Text, "Такой старонкі няма") {
			n.Errorf("a story that never was answers %d", a.StatusCode)
		}
	})
}

func TestAStoryPageIsLight(t *testing.T) {
	const most = 14 << 10
	each(t, func(n *newsroom) {
		for i := range 30 {
			n.now = n.now.Add(37 * time.Minute)
			n.sends("en", "", locked(fmt.Sprintf("Headline number %d of the newsroom’s day, which is as long as they are", i)))
		}
		long := strings.Repeat("We can build relations that will be closer and stronger than in a unitary state. ", 5)
		s := n.sends("en", "", story.Content{Headline: "A story", Body: paragraphs(long, long+"A", long+"B", long+"C")})
		v := n.visitor()
		page := v.opens(address(s))
		var css string
		for _, l := range all(page.Page, tag("link")) {
			if attr(l, "rel") == "stylesheet" {
				css = v.opens(attr(l, "href")).Text
			}
		}
		html, style := web.Pack([]byte(page.Text), false), web.Pack([]byte(css), true)
		t.Logf("page %d, style %d bytes", len(html.Gzip), len(style.Gzip))
		if got := len(html.Gzip) + len(style.Gzip); got > most || css == "" {
			n.Errorf("page and style weigh %d bytes", got)
		}
	})
}
