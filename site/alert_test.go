package site_test

import (
	"strings"
	"testing"
	"time"

	"wireroom/story"
)

// alerts sends a headline before its story, which is written already.
func (n *newsroom) alerts(c story.Content) story.Story {
	n.Helper()
	c.Urgency, c.Sections = 1, []string{"politics"}
	s, err := n.stories.Create(n.Context(), n.editor, "en", "", c)
	n.ok(err)
	s, err = n.stories.Alert(n.Context(), n.editor, s.ID, s.Revision)
	n.ok(err)
	n.press.Refresh()
	return s
}

func TestAnAlertGoesOutByItsHeadlineAloneAndTheStoryFollows(t *testing.T) {
	each(t, func(n *newsroom) {
		const text = "What is not yet for readers."
		s := n.alerts(story.Content{Headline: "President resigns", Teaser: text, Byline: "Alena Qxby", Keywords: []string{"Qxword"}, Body: paragraphs(text)})
		everywhere := []string{address(s), "/en/", "/en/latest", "/en/politics/", "/en/rss.xml", "/en/atom.xml", "/en/feed.json"}
		for _, path := range everywhere {
			a := n.visitor().opens(path)
			if !strings.Contains(a.Text, "President resigns") || !strings.Contains(a.Text, "More follows.") {
				n.Errorf("%s does not carry the alert", path)
			}
			if strings.Contains(a.Text, text) || strings.Contains(a.Text, "Qx") {
				n.Errorf("%s carries more than the headline", path)
			}
		}
		n.now = n.now.Add(5 * time.Minute)
		full, err := n.stories.Update(t.Context(), n.editor, s.ID, s.Revision, "The story after the alert")
		n.ok(err)
		n.press.Refresh()
		if full.Number != s.Number || full.Alert || full.Releases != 2 {
			n.Errorf("the story is number %d, alert %v, release %d", full.Number, full.Alert, full.Releases)
		}
		for _, path := range everywhere {
			if a := n.visitor().opens(path); !strings.Contains(a.Text, text) || strings.Contains(a.Text, "More follows.") {
				n.Errorf("%s still has the alert alone", path)
			}
		}
	})
}

func TestAnAlertOfALockedStorySaysWhoWillReadTheRest(t *testing.T) {
	each(t, func(n *newsroom) {
		c := locked("Bank fails")
		s := n.alerts(c)
		for _, v := range []*visitor{n.visitor(), n.subscriber("Kastus", n.now.Add(time.Hour))} {
			if a := v.opens(address(s)); !strings.Contains(a.Text, "More follows.") || strings.Contains(a.Text, secret) || strings.Contains(a.Text, "first paragraph") {
				n.Errorf("it shows %s", a.Text)
			}
		}
	})
}

func TestListsAndFeedsHaveTheShortTextAndThePageTheWhole(t *testing.T) {
	each(t, func(n *newsroom) {
		s := n.sends("en", "", story.Content{Headline: "Thirty buses", Body: paragraphs("Thirty.")})
		n.now = n.now.Add(time.Hour)
		s, err := n.stories.Revise(t.Context(), n.editor, s.ID, s.Revision, story.Content{Headline: "Thirteen buses", Sections: []string{"politics"}, Body: paragraphs("Thirteen.")})
		n.ok(err)
		_, err = n.stories.Correct(t.Context(), n.editor, s.ID, s.Revision, story.Texts{
			Readers: "An earlier version said that there were 30 buses. There are 13.", Short: "13 buses, not 30", Desk: "Rita misheard; call the depot",
		})
		n.ok(err)
		n.press.Refresh()
		for path, short := range map[string]bool{
			"/en/latest": true, "/en/politics/": true, "/en/rss.xml": true, "/en/atom.xml": true, "/en/feed.json": true,
			address(s): false, "/en/corrections": false,
		} {
			a := n.visitor().opens(path)
			if strings.Contains(a.Text, "13 buses, not 30") != short || strings.Contains(a.Text, "An earlier version") == short {
				n.Errorf("%s has not the text that it should", path)
			}
			if strings.Contains(a.Text, "misheard") {
				n.Errorf("%s has the note for the desk", path)
			}
		}
	})
}
