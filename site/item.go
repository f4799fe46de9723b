package site

import (
	"strconv"
	"wireroom/reveal"

	"wireroom/masthead"
	"wireroom/story"
)

// item is a story as a list shows it.
type item struct {
	URL      string
	Headline string
	Teaser   string
	Fixed    string // the correction in one line; "" when the last release was none
	Sections []label
	Sent     when
	Lock     *lock // nil for a story that this viewer may read
	Picture  *picture
	number   story.Number
}

// label is a section's name that leads to the section.
type label struct {
	URL, Text string
	Tone      int  // 1–6: the section's colour
	Current   bool // this is the section's own page
}

// lock says who may read what this viewer may not.
type lock struct {
	Notice, Plan, URL string
}

// picture is a picture in the sizes that a browser chooses from.
type picture struct {
	Src, Set, Light string
	W, H            int
	FocusX, FocusY  int // percents in tens of what stays in sight
	Eager           bool
}

const tones = 6

func (v *visit) item(r reveal.Rendition) item {
	lang := string(r.Lang())
	i := item{
		URL:      storyURL(lang, strconv.FormatInt(int64(r.Number()), 10)),
		Headline: r.Headline(),
		Teaser:   r.Teaser(),
		Sections: v.labels(r.Sections()),
		Sent:     v.brief(r.Sent(), r.DateOnly()),
		Lock:     v.lock(r),
		Fixed:    r.Correction(),
		number:   r.Number(),
	}
	if r.Alert() {
		i.Teaser = v.T("more-follows")
	}
	return i
}

func (v *visit) items(rs []reveal.Rendition) []item {
	all := make([]item, 0, len(rs))
	for _, r := range rs {
		all = append(all, v.item(r))
	}
	return all
}

func (v *visit) labels(sections []masthead.Section) []label {
	all := make([]label, 0, len(sections))
	for _, s := range sections {
		all = append(all, v.label(s))
	}
	return all
}

func (v *visit) label(s masthead.Section) label {
	tone := 0
	for i, known := range v.house.Sections {
		if known.ID == s.ID {
			tone = i%tones + 1
		}
	}
	return label{URL: sectionURL(v.lang, s.ID), Text: s.Label(masthead.Lang(v.lang)), Tone: tone}
}

func (v *visit) lock(r reveal.Rendition) *lock {
	if !r.Locked() {
		return nil
	}
	l := &lock{Notice: r.Notice(), URL: pageURL(v.lang, "plus")}
	if plan, ok := r.Plan(); ok {
		l.Plan = plan.Name(masthead.Lang(v.lang))
	}
	return l
}

// without leaves out the stories that the page shows already.
func without(rs []reveal.Rendition, shown map[story.Number]bool, most int) []reveal.Rendition {
	var rest []reveal.Rendition
	for _, r := range rs {
		if !shown[r.Number()] && len(rest) < most {
			rest = append(rest, r)
		}
	}
	return rest
}
