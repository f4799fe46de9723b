package desk

import (
	"strconv"
	"strings"

	"wireroom/masthead"
	"wireroom/story"
	"wireroom/story/compare"
)

// conflict is two texts of a story that were written at the same time.
type conflict struct {
	Base   string // the revision that mine was made from
	Newest string // the revision that is theirs
	By     string
	Age    when
	Lang   string // of the story
	Fields []apart
	Lines  []pair // of the bodies; nil when they are the same
}

// apart is a field that the two texts have otherwise.
type apart struct {
	Label        string
	Theirs, Mine []compare.Span
}

// pair is a line of each body beside the other, with the words that only one
// of them has told apart.
type pair struct {
	Kind         string
	What         []string // of mine, said in words
	Theirs, Mine []compare.Span
	Same         bool
}

func (v *visit) conflict(s *story.Stale, base int64) (*conflict, error) {
	by, err := v.name(s.Theirs.By)
	if err != nil {
		return nil, err
	}
	c := &conflict{
		Base: strconv.FormatInt(base, 10), Newest: strconv.FormatInt(s.Theirs.Revision, 10),
		By: by, Age: v.age(s.Theirs.Changed), Lang: string(s.Theirs.Lang),
	}
	theirs, mine := v.fields(s.Theirs.Content), v.fields(s.Mine)
	for i, f := range theirs {
		if f.Value != mine[i].Value {
			a, b := sides(compare.Words(f.Value, mine[i].Value))
			c.Fields = append(c.Fields, apart{f.Name, a, b})
		}
	}
	lines, alike := v.proofLines(s.Theirs.Content.Body, s.Mine.Body)
	if alike {
		return c, nil
	}
	for _, l := range lines {
		one := pair{Kind: l.Kind, What: l.What, Same: l.Mark == "same"}
		one.Theirs, one.Mine = sides(l.Spans)
		switch l.Mark {
		case "moved": // it stands once more where they have it
			one.Theirs = nil
		case "left":
			one.Theirs, one.Mine = l.Spans, nil
		}
		c.Lines = append(c.Lines, one)
	}
	return c, nil
}

// sides parts two texts that are set into each other.
func sides(spans []compare.Span) (older, newer []compare.Span) {
	for _, s := range spans {
		if s.Op != compare.Added {
			older = append(older, s)
		}
		if s.Op != compare.Gone {
			newer = append(newer, s)
		}
	}
	return older, newer
}

// fields are a content's short texts as a person reads them, with labels.
func (v *visit) fields(c story.Content) []field {
	f := printed(c, v.house.Zone)
	labelled := func(name, value string) field { return field{v.T("field-" + name), value} }
	return []field{
		labelled("headline", f.Headline), labelled("slug", f.Slug), labelled("teaser", f.Teaser),
		labelled("byline", f.Byline), labelled("credit", f.Credit), labelled("place", f.Place),
		labelled("date", f.Date), labelled("urgency", f.Urgency),
		labelled("sections", v.sections(c.Sections)), labelled("topics", v.topicsOf(c)), labelled("keywords", f.Keywords), labelled("points", f.Points), labelled("note", f.Note),
		labelled("plan", v.access(c)), labelled("opens_at", f.OpensAt), labelled("embargo", v.embargo(c)), labelled("cut", f.Cut),
	}
}

// sections names sections in order.
func (v *visit) sections(ids []string) string {
	var labels []string
	for _, id := range ids {
		s, ok := v.house.Section(id)
		if !ok {
			s = masthead.Section{ID: id}
		}
		labels = append(labels, s.Label(v.edition()))
	}
	return strings.Join(labels, ", ")
}
