package story_test

import (
	"strings"
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

func blocks(texts ...string) (b story.Body) {
	for _, s := range texts {
		b.Blocks = append(b.Blocks, story.Para(story.Plain(s)))
	}
	return b
}

func TestAPassageIsFoundWhereverItWent(t *testing.T) {
	for _, c := range []struct {
		what, quote string
		block       int
		body        story.Body
		want        int
	}{
		{"where it stood", "two", 1, blocks("one", "two", "three"), 1},
		{"further down", "two", 1, blocks("one", "three", "a two b"), 2},
		{"nearest of several", "two", 2, blocks("two", "one", "one", "two"), 3},
		{"with other quotes", `He said: "It is so"`, 0, blocks("x", "He said: «It is so» at last."), 1},
		{"with other blanks", "one\n two", 0, blocks("x", "one two"), 1},
		{"after a word changed", "The council met on Monday in Vilnius", 0, blocks("x", "The council met on Tuesday in Vilnius, he said."), 1},
		{"gone", "two", 1, blocks("one", "three"), -1},
		{"gone, though some words stay", "The council met on Monday in Vilnius", 0, blocks("The parliament was on holiday in Minsk"), -1},
		{"a caption", "The bridge", 0, story.Body{Blocks: []story.Node{{Type: story.PictureNode, Attrs: &story.Attrs{Caption: "The bridge"}}}}, 0},
		{"nothing quoted", " ", 0, blocks("one"), -1},
	} {
		if got := story.Passage(c.body, c.block, c.quote); got != c.want {
			t.Errorf("%s: block %d, not %d", c.what, got, c.want)
		}
	}
}

func FuzzPassage(f *testing.F) {
	f.Add("one\ntwo\nthree four five six", "three  four", 9, 2)
	f.Add("«a»\n–", "\"a\"", -4, 0)
	f.Fuzz(func(t *testing.T, text, quote string, block, at int) {
		texts := strings.Split(text, "\n")
		b := blocks(texts...)
		if got := story.Passage(b, block, quote); got < -1 || got >= len(texts) {
			t.Fatalf("%q stands in block %d of %d", quote, got, len(texts))
		}
		whole := texts[max(0, at%len(texts))]
		if got := story.Passage(b, block, whole); strings.TrimSpace(whole) != "" && got < 0 {
			t.Fatalf("%q is not found in itself", whole)
		}
	})
}

func TestANameAfterTheSignMentionsWhoIsHere(t *testing.T) {
	anna, other, alena := staff.Person{ID: "1", Name: "Anna Novik"}, staff.Person{ID: "2", Name: "Anna"}, staff.Person{ID: "3", Name: "Алена Ной"}
	gone := staff.Person{ID: "4", Name: "Kastus", Left: time.Unix(1, 0)}
	people := []staff.Person{anna, other, alena, gone}
	for words, want := range map[string]string{
		"@Anna Novik, look": "1", "@anna look": "2", "see @Алена": "3", "@АЛЕНА НОЙ!": "3", "@Anna Novik and @Алена and @anna novik": "1 3",
		"@Annabel": "", "anna": "", "@Kastus": "", "@": "", "a@b.example": "", "@@Anna": "2",
	} {
		var ids []string
		for _, p := range story.Mentioned(words, people) {
			ids = append(ids, p.ID)
		}
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%q mentions %q, not %q", words, got, want)
		}
	}
}

func TestACommentIsAnsweredClosedAndOpenedAgain(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.chief())
		rita, edvard := n.people[staff.Reporter], n.people[staff.Editor]
		first, err := n.stories.Comment(n.ctx, edvard, story.Comment{Story: st.ID, Block: 1, Quote: "Two.", Words: "Who says so, @reporter?"}, []staff.Person{rita, edvard})
		n.ok(err)
		unread := func(who staff.Person, want int) {
			n.Helper()
			if got, err := n.stories.Unread(n.ctx, who.ID); err != nil || got != want {
				n.Errorf("%s has %d to read: %v", who.Name, got, err)
			}
		}
		unread(rita, 1)
		unread(edvard, 0)
		n.now = n.now.Add(time.Minute)
		_, err = n.stories.Comment(n.ctx, rita, story.Comment{Story: st.ID, Parent: first.ID, Words: "The minister."}, []staff.Person{edvard})
		n.ok(err)
		unread(rita, 0)
		unread(edvard, 1)
		mentions, err := n.stories.Mentions(n.ctx, edvard.ID, 10)
		n.ok(err)
		if len(mentions) != 1 || mentions[0].Words != "The minister." || mentions[0].Headline != "First" || mentions[0].Number != st.Number || !mentions[0].Read.IsZero() {
			n.Errorf("they are %+v", mentions)
		}
		n.ok(n.stories.ReadMentions(n.ctx, edvard.ID, mentions[0].ID))
		unread(edvard, 0)
		n.ok(n.stories.Resolve(n.ctx, rita, st.ID, first.ID, false))
		all, err := n.stories.Comments(n.ctx, st.ID)
		n.ok(err)
		if len(all) != 1 || all[0].Open() || all[0].Resolver != rita.ID || len(all[0].Replies) != 1 || all[0].Replies[0].Quote != "Two." {
			n.Errorf("they are %+v", all)
		}
		n.ok(n.stories.Resolve(n.ctx, edvard, st.ID, first.ID, true))
		all, err = n.stories.Comments(n.ctx, st.ID)
		n.ok(err)
		if !all[0].Open() {
			n.Error("it is not opened again")
		}
		other := n.in(story.Draft, n.chief())
		for _, c := range []struct {
			comment story.Comment
			kind    fault.Kind
		}{
			{story.Comment{Story: st.ID, Words: " \n"}, fault.KindInvalid},
			{story.Comment{Story: st.ID, Words: "\x00"}, fault.KindInvalid},
			{story.Comment{Story: other.ID, Words: "No.", Parent: first.ID}, fault.KindNotFound},
			{story.Comment{Story: st.ID, Words: "No.", Parent: all[0].Replies[0].ID}, fault.KindInvalid},
			{story.Comment{Story: "no-such-story", Words: "No."}, fault.KindNotFound},
		} {
			if _, err := n.stories.Comment(n.ctx, rita, c.comment, nil); !fault.Is(err, c.kind) {
				n.Errorf("%+v: %v", c.comment, err)
			}
		}
		if err := n.stories.Resolve(n.ctx, rita, other.ID, first.ID, false); !fault.Is(err, fault.KindNotFound) {
			n.Errorf("closing it at another story: %v", err)
		}
		if now, err := n.stories.Get(n.ctx, st.ID); err != nil || !now.Changed.Equal(st.Changed) || now.Revision != st.Revision {
			n.Errorf("comments change the story: %v", err)
		}
	})
}
