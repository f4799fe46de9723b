package page

import (
	"strings"
	"unicode/utf8"

	"wireroom/fault"
	"wireroom/story"
)

// Spec is what must be known of the agency to read its page.
type Spec struct {
	Sections []string          // labels as the page shows them
	Notices  map[string]string // the notice of a plan → the plan's id
	Agency   string            // its name in a dateline
	Saved    story.Date        // the day on which the page was saved
	Lang     story.Lang
}

// Page is what was found, in the page's order.
type Page struct {
	Lead    *Draft // the story; nil if the page is but a list
	Items   []Item
	Skipped []Skip
}

// Draft is a story with its text.
type Draft struct {
	Line     int // of the headline; counts from 1
	Headline string
	Sections []string // labels
	Plan     string   // whose notice stands in the text; "" is open to all
	Place    string
	Credit   string     // "" is the agency itself
	Date     story.Date // of the dateline; zero if there is none
	Body     story.Body
}

// Item is a line of the list: a headline without its text.
type Item struct {
	Line     int
	Sections []string // labels
	Headline string
	Plan     string // "" is open to all
}

// Skip is a line that was not taken.
type Skip struct {
	Line   int
	Reason string
}

// The reasons for a Skip.
const (
	NoHeadline = "no headline"
	NoSection  = "begins with no section of the agency"
	AfterList  = "stands after the list"
	NoText     = "a headline without text"
)

// Parse reads a page. Its errors are Invalid: the text is not UTF-8, the day
// of saving is missing, or there is nothing to take or to skip.
func Parse(text string, spec Spec) (Page, error) {
	if !utf8.ValidString(text) {
		return Page{}, fault.Invalid("page", "the text is not UTF-8")
	}
	if spec.Saved.IsZero() {
		return Page{}, fault.Invalid("date", "say on which day the page was saved")
	}
	r := &reader{Spec: spec, dates: newDatelines(spec)}
	r.read(lines(text))
	if r.page.Lead == nil && r.page.Items == nil && r.page.Skipped == nil {
		return Page{}, fault.Invalid("page", "there is no headline in it")
	}
	return r.page, nil
}

// line is a line that is not blank, with its number.
type line struct {
	number int
	text   string
}

func lines(text string) []line {
	text = strings.TrimPrefix(text, "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	var all []line
	for i, l := range strings.Split(text, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			all = append(all, line{i + 1, l})
		}
	}
	return all
}

type reader struct {
	Spec
	dates datelines
	page  Page
}

func (r *reader) read(all []line) {
	from, to := r.list(all)
	r.lead(all[:from])
	for _, l := range all[from:to] {
		r.item(l)
	}
	for _, l := range all[to:] {
		r.skip(l, AfterList)
	}
}

func (r *reader) skip(l line, reason string) {
	r.page.Skipped = append(r.page.Skipped, Skip{l.number, reason})
}

// list finds the last run of bullets in which a section is named; bullets
// before it belong to the story.
func (r *reader) list(all []line) (from, to int) {
	for to = len(all); to > 0; to = from {
		for to > 0 && bullet(all[to-1].text) == "" {
			to--
		}
		ours := false
		for from = to; from > 0 && bullet(all[from-1].text) != ""; from-- {
			sections, _ := r.labels(strings.TrimSpace(bullet(all[from-1].text)))
			ours = ours || sections != nil
		}
		if ours {
			return from, to
		}
	}
	return len(all), len(all)
}

// bullet gives what follows the sign of a list's item, "" if it is none.
func bullet(s string) string {
	for _, sign := range []string{"- ", "• ", "* "} {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			return rest
		}
	}
	return ""
}

func (r *reader) item(l line) {
	text := strings.TrimSpace(bullet(l.text))
	sections, rest := r.labels(text)
	if sections == nil {
		r.skip(l, NoSection)
		return
	}
	headline, plan := r.notice(rest)
	if headline == "" {
		r.skip(l, NoHeadline)
		return
	}
	r.page.Items = append(r.page.Items, Item{l.number, sections, headline, plan})
}
