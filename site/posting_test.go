package site_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"wireroom/db/dbtest"
	"wireroom/reveal"
	"wireroom/site"
	"wireroom/story"
)

func TestAPostingIsNeverLongerThanTelegramTakes(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	c := story.Content{Headline: strings.Repeat("Ў", story.MaxHeadline), Teaser: strings.Repeat("ж ", story.MaxText/2), Sections: []string{"politics"},
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One."))}}}
	st, err := n.stories.Create(t.Context(), n.editor, "en", "", c)
	n.ok(err)
	st, err = n.stories.Release(t.Context(), n.editor, st.ID, st.Revision)
	n.ok(err)
	c = st.Content
	c.Headline += "!"
	c.Headline = strings.TrimPrefix(c.Headline, "Ў")
	st, err = n.stories.Revise(t.Context(), n.editor, st.ID, st.Revision, c)
	n.ok(err)
	st, err = n.stories.Correct(t.Context(), n.editor, st.ID, st.Revision, story.Say(strings.Repeat("ы", story.MaxText)))
	n.ok(err)
	found, err := n.options.Door.Several(t.Context(), []story.ID{st.ID}, reveal.Viewer{}, true)
	n.ok(err)
	text := site.New(n.options).Posting(found[st.ID])
	if got := utf8.RuneCountInString(text); got > 4096 || !strings.Contains(text, "…") || !strings.Contains(text, "/en/news/") {
		t.Errorf("it has %d characters: %.100s", got, text)
	}
}
