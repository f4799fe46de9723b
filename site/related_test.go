package site_test

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"wireroom/story"
)

func TestAStoryLeadsToOthersOfTheSameMatterUntilTheyAreWithdrawn(t *testing.T) {
	each(t, func(n *newsroom) {
		const matter = "The bridge over the Prypiać near Mazyr was closed, engineers found cracks."
		about := func(headline string) story.Story {
			c := story.Content{Headline: headline, Sections: []string{"economy"}, Body: paragraphs(matter)}
			return n.sends("en", "", c)
		}
		killed := about("Cracks in the bridge near Mazyr")
		held := about("Bridge at Mazyr: the minister comes")
		c := locked("Mazyr bridge: what engineers found")
		c.Sections = []string{"economy"}
		n.sends("en", "", c)
		st := n.sends("en", "", story.Content{Headline: "Mazyr bridge closed", Body: paragraphs(matter)})
		n.archives()
		part := func() string {
			page := n.visitor().opens("/en/news/" + strconv.FormatInt(int64(st.Number), 10)).Text
			_, part, _ := strings.Cut(page, `id="related"`)
			part, _, _ = strings.Cut(part, "</aside>")
			return part
		}
		first := part()
		for _, want := range []string{killed.Content.Headline, held.Content.Headline, "what engineers found", "available only to POZIRK+"} {
			if !strings.Contains(first, want) {
				t.Errorf("related to it is no %q in %s", want, first)
			}
		}
		if strings.Contains(first, "A teaser") || strings.Contains(first, secret) {
			t.Error("of a locked story more than the headline is told")
		}
		_, err := n.stories.Kill(context.Background(), n.editor, killed.ID, story.Say("Wrong."))
		n.ok(err)
		_, err = n.stories.Hold(context.Background(), n.editor, held.ID, "")
		n.ok(err)
		n.press.Refresh()
		if now := part(); strings.Contains(now, killed.Content.Headline) || strings.Contains(now, held.Content.Headline) || !strings.Contains(now, "what engineers found") {
			t.Errorf("after a kill and a hold related are %s", now)
		}
	})
}
