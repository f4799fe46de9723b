package story_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"wireroom/fault"
	"wireroom/story"
	"wireroom/wire"
)

func TestNoRevisionIsOverwritten(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.chief())
		for _, headline := range []string{"Second", "Third"} {
			var err error
			st, err = n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text(headline))
			n.ok(err)
		}
		all, err := n.stories.Revisions(n.ctx, st.ID)
		n.ok(err)
		if len(all) != 3 || all[0].Content.Headline != "Third" || all[1].Content.Headline != "Second" || all[2].Content.Headline != "First" {
			n.Errorf("the revisions are %v", all)
		}
	})
}

func TestAStaleRevisionIsRefusedWithBothTexts(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.chief())
		_, err := n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text("Theirs"))
		n.ok(err)
		saved := n.now
		n.now = n.now.Add(time.Hour)
		_, err = n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text("Mine"))
		var stale *story.Stale
		if !errors.As(err, &stale) || !fault.Is(err, fault.KindConflict) {
			n.Fatalf("a stale revision: %v", err)
		}
		if !stale.Theirs.Changed.Equal(saved) {
			n.Errorf("theirs was saved at %v, not %v", stale.Theirs.Changed, saved)
		}
		if stale.Theirs.Content.Headline != "Theirs" || stale.Mine.Headline != "Mine" {
			n.Errorf("the texts are %q and %q", stale.Theirs.Content.Headline, stale.Mine.Headline)
		}
		if _, err := n.stories.Release(n.ctx, n.chief(), st.ID, st.Revision); !errors.As(err, &stale) {
			n.Errorf("sending a stale revision: %v", err)
		}
	})
}

func TestAReleaseAndItsWireNumberComeTogether(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Corrected, n.chief())
		records, err := n.wire.After(n.ctx, 0, 10)
		n.ok(err)
		if len(records) != 2 || records[0].Signal != "new" || records[1].Signal != "correction" {
			n.Fatalf("the wire has %v", records)
		}
		sent, err := n.stories.Releases(n.ctx, st.ID)
		n.ok(err)
		if len(sent) != 2 || wire.Number(sent[0].Wire) != records[1].Number || sent[0].Note != "It was a Tuesday." {
			n.Errorf("the releases are %+v", sent)
		}
		n.ok(n.wire.Verify(n.ctx))
	})
}

func TestAnUnfinishedStoryIsNotSent(t *testing.T) {
	each(t, func(n *newsroom) {
		for field, c := range map[string]story.Content{
			"headline": {Sections: []string{"politics"}},
			"sections": {Headline: "No section"},
		} {
			st, err := n.stories.Create(n.ctx, n.chief(), "en", "", c)
			n.ok(err)
			_, err = n.stories.Release(n.ctx, n.chief(), st.ID, st.Revision)
			n.names(err, field)
		}
	})
}

func (n *newsroom) names(err error, field string) {
	n.Helper()
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind != fault.KindInvalid || f.Subject != field {
		n.Errorf("the error is %v, want one that names %s", err, field)
	}
}

func TestWhatCannotBeKeptIsRefusedByName(t *testing.T) {
	with := func(change func(*story.Content)) story.Content {
		c := text("Fine")
		change(&c)
		return c
	}
	para := func(n story.Node) func(*story.Content) {
		return func(c *story.Content) { c.Body.Blocks = []story.Node{n} }
	}
	each(t, func(n *newsroom) {
		for field, c := range map[string]story.Content{
			"headline":           with(func(c *story.Content) { c.Headline = strings.Repeat("x", 10<<20) }),
			"slug":               with(func(c *story.Content) { c.Slug = "a\x00b" }),
			"byline":             with(func(c *story.Content) { c.Byline = "\xff\xfe" }),
			"place":              with(func(c *story.Content) { c.Place = "a\nb" }),
			"urgency":            with(func(c *story.Content) { c.Urgency = 10 }),
			"sections":           with(func(c *story.Content) { c.Sections = []string{"sport"} }),
			"plan":               with(func(c *story.Content) { c.Plan = "gold" }),
			"embargo":            with(func(c *story.Content) { c.Embargo = time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC) }),
			"body[0]":            with(para(story.Node{Type: story.Heading})),
			"body[0].content[0]": with(para(story.Para(story.Linked("x", "javascript:alert(1)")))),
		} {
			_, err := n.stories.Create(n.ctx, n.chief(), "en", "", c)
			n.names(err, field)
		}
		found, err := n.stories.List(n.ctx, story.Filter{})
		n.ok(err)
		if len(found) != 0 {
			n.Errorf("%d refused stories were kept", len(found))
		}
	})
}

func TestAnArrivalIsTakenOnceAndKeepsItsNumberWhenFree(t *testing.T) {
	each(t, func(n *newsroom) {
		arrival := func(source string, number story.Number) story.Arrival {
			return story.Arrival{Source: source, Number: number, Lang: "en", Content: text(source), Sent: n.now.Add(-time.Hour), Silent: true}
		}
		broken := arrival("d", 0)
		broken.Content.Headline = ""
		out, err := n.stories.Import(n.ctx, []story.Arrival{arrival("a", 161418), arrival("b", 161418), arrival("a", 7), broken, arrival("c", 5)})
		n.ok(err)
		if out[0].Number != 161418 || out[1].Number != 161419 || out[4].Number != 5 {
			n.Errorf("the numbers are %d, %d and %d", out[0].Number, out[1].Number, out[4].Number)
		}
		if !out[2].Known || out[2].ID != out[0].ID {
			n.Errorf("the same arrival again is %+v", out[2])
		}
		n.names(out[3].Err, "headline")
		records, err := n.wire.After(n.ctx, 0, 10)
		n.ok(err)
		if len(records) != 3 || !records[0].Silent {
			n.Errorf("the wire has %v", records)
		}
		if st := n.in(story.Draft, n.chief()); st.Number != 161420 {
			n.Errorf("the next story has number %d", st.Number)
		}
	})
}

func TestTheDatelineIsMadeInTheLanguageOfTheStory(t *testing.T) {
	day := story.Date{Year: 2024, Month: time.October, Day: 25}
	for want, c := range map[string]struct {
		lang  story.Lang
		story story.Content
	}{
		"October 25, Pozirk.":             {"en", story.Content{Date: day}},
		"Vilnius, October 25, Pozirk.":    {"en", story.Content{Date: day, Place: "Vilnius"}},
		"25 октября, Pozirk.":             {"ru", story.Content{Date: day}},
		"Вільня, 25 кастрычніка, Pozirk.": {"be", story.Content{Date: day, Place: "Вільня"}},
		"October 25, Reuters.":            {"en", story.Content{Date: day, Credit: "Reuters"}},
		"":                                {"en", story.Content{Place: "Vilnius"}},
	} {
		if got := story.Dateline(c.story, c.lang, "Pozirk"); got != want {
			t.Errorf("the dateline is %q, want %q", got, want)
		}
	}
	for lang, want := range map[story.Lang]string{"ru": "1 января 2 февраля 3 марта 4 апреля 5 мая 6 июня 7 июля 8 августа 9 сентября 10 октября 11 ноября 12 декабря",
		"be": "1 студзеня 2 лютага 3 сакавіка 4 красавіка 5 мая 6 чэрвеня 7 ліпеня 8 жніўня 9 верасня 10 кастрычніка 11 лістапада 12 снежня"} {
		var days []string
		for m := 1; m <= 12; m++ {
			days = append(days, story.Day(story.Date{Year: 2024, Month: time.Month(m), Day: m}, lang))
		}
		if got := strings.Join(days, " "); got != want {
			t.Errorf("the months of %s are %q", lang, got)
		}
	}
}

func TestAStoryFromTheFutureIsNotTaken(t *testing.T) {
	each(t, func(n *newsroom) {
		took, err := n.stories.Import(n.ctx, []story.Arrival{
			{Source: "a", Lang: "en", Content: text("Soon"), Sent: n.now.Add(time.Hour)},
			{Source: "b", Lang: "en", Content: text("In ten years"), Sent: n.now.AddDate(10, 0, 0)},
		})
		n.ok(err)
		if took[0].Err != nil || !fault.Is(took[1].Err, fault.KindInvalid) {
			n.Errorf("an hour ahead: %v; ten years ahead: %v", took[0].Err, took[1].Err)
		}
	})
}
