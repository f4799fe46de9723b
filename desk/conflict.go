package desk

import (
	"strconv"
	"strings"

	"wireroom/masthead"
	"wireroom/story"
	"wireroom/story/markup"
)

// conflict is two texts of a story that were written at the same time.
type conflict struct {
	Base   string // the revision that mine was made from
	Newest string // the revision that is theirs
	By     string
	Age    when
	Fields []apart
	Lines  []pair // of the bodies; nil when they are the same
}

// apart is a field that the two texts have otherwise.
type apart struct{ Label, Theirs, Mine string }

// pair is a line of each body beside the other. Same lines stand once.
type pair struct {
	Theirs, Mine     string
	InTheirs, InMine bool
	Same             bool
}

func (v *visit) conflict(s *story.Stale, base int64) (*conflict, error) {
	by, err := v.name(s.Theirs.By)
	if err != nil {
		return nil, err
	}
	c := &conflict{
		Base: strconv.FormatInt(base, 10), Newest: strconv.FormatInt(s.Theirs.Revision, 10),
		By: by, Age: v.age(s.Theirs.Changed),
	}
	theirs, mine := v.fields(s.Theirs.Content), v.fields(s.Mine)
	for i, f := range theirs {
		if f.Value != mine[i].Value {
			c.Fields = append(c.Fields, apart{f.Name, f.Value, mine[i].Value})
		}
	}
	a, b := markup.Print(s.Theirs.Content.Body), markup.Print(s.Mine.Body)
	if a != b {
		c.Lines = beside(strings.Split(a, "\n"), strings.Split(b, "\n"))
	}
	return c, nil
}

// fields are a content's short texts as a person reads them, with labels.
func (v *visit) fields(c story.Content) []field {
	f := printed(c, v.house.Zone)
	labelled := func(name, value string) field { return field{v.T("field-" + name), value} }
	return []field{
		labelled("headline", f.Headline), labelled("slug", f.Slug), labelled("teaser", f.Teaser),
		labelled("byline", f.Byline), labelled("credit", f.Credit), labelled("place", f.Place),
		labelled("date", f.Date), labelled("urgency", f.Urgency),
		labelled("sections", v.sections(c.Sections)), labelled("keywords", f.Keywords), labelled("note", f.Note),
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

// most bounds the work of setting two texts side by side.
const most = 1000

// beside sets two texts side by side, line by line, so that what they share
// stands level.
func beside(a, b []string) []pair {
	if len(a) > most || len(b) > most {
		return uneven(a, b, nil)
	}
	common := longest(a, b)
	var all []pair
	i, j := 0, 0
	var left, right []string
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			all = uneven(left, right, all)
			left, right = nil, nil
			all = append(all, pair{Theirs: a[i], Mine: b[j], InTheirs: true, InMine: true, Same: true})
			i, j = i+1, j+1
		case j >= len(b) || (i < len(a) && common[i+1][j] >= common[i][j+1]):
			left = append(left, a[i])
			i++
		default:
			right = append(right, b[j])
			j++
		}
	}
	return uneven(left, right, all)
}

// uneven adds lines that differ, level as far as both have some.
func uneven(left, right []string, all []pair) []pair {
	for n := range max(len(left), len(right)) {
		p := pair{InTheirs: n < len(left), InMine: n < len(right)}
		if p.InTheirs {
			p.Theirs = left[n]
		}
		if p.InMine {
			p.Mine = right[n]
		}
		all = append(all, p)
	}
	return all
}

// longest tells how many lines a[i:] and b[j:] share in order.
func longest(a, b []string) [][]int {
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	return common
}
