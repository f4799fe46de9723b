package desk_test

import (
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

func TestAnAdvisoryIsProposedFromWhatIsNewToReaders(t *testing.T) {
	added := func(paragraphs ...string) func(*story.Content) {
		return func(c *story.Content) {
			for _, p := range paragraphs {
				c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(p)))
			}
		}
	}
	for name, c := range map[string]struct {
		change func(*story.Content)
		want   string
	}{
		"a quotation":             {added("“We will not go,” said the minister Alena Novik on Friday."), "Adds Alena Novik’s words in paragraph 4"},
		"a name that begins":      {added("Alena Novik said: “We will not go.”"), "Adds Alena Novik’s words in paragraph 4"},
		"a quotation of nobody":   {added("He said: “We will not go.”"), "Adds paragraph 4"},
		"two paragraphs":          {added("Nobody came at noon.", "It rained over the square all day."), "Adds paragraphs 4–5"},
		"a change of words":       {func(c *story.Content) { c.Body.Blocks[1] = story.Para(story.Plain("The second, longer paragraph.")) }, "Changes paragraph 2"},
		"a paragraph less":        {func(c *story.Content) { c.Body.Blocks = c.Body.Blocks[:2] }, "Removes a passage"},
		"another headline":        {func(c *story.Content) { c.Headline = "Council met" }, "New headline"},
		"a note of the desk":      {func(c *story.Content) { c.Note = "Call them." }, ""},
		"a headline and a text":   {func(c *story.Content) { c.Headline = "Council met"; added("Nobody came at noon.")(c) }, "Adds paragraph 4; New headline"},
		"words in Łacinka quotes": {added("«Nie pojdziem», – skazaŭ Pavieł Dabravolski."), "Adds Pavieł Dabravolski’s words in paragraph 4"},
	} {
		t.Run(name, func(t *testing.T) {
			one(t, func(n *newsroom) {
				st, newer := n.in(story.Sent, text("Council meets")), text("Council meets")
				c.change(&newer)
				_, err := n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, st.Revision, newer)
				n.ok(err)
				form := n.as(staff.Editor).opens(at(st.ID, "/update")).says(200).form(at(st.ID, "/update"))
				if got := form.Get("note"); got != c.want {
					t.Errorf("it proposes %q, not %q", got, c.want)
				}
			})
		})
	}
}
