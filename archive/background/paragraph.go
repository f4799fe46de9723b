package background

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"wireroom/archive/dates"
	"wireroom/archive/lexis"
	"wireroom/story"
)

// Story is what is looked through.
type Story struct {
	Lang   story.Lang
	Day    dates.Day // of the dateline
	Blocks []story.Node
}

// Paragraph is one that tells the past.
type Paragraph struct {
	Node  story.Node // as it is written
	Text  string     // as readers see it
	Date  string     // what it is about: 2020, 2020-03 or 2020-03-08; "" is not said
	Loose bool       // the date is written without its year, so that it means another elsewhere
	Seen  bool       // from the story's day: "last year", "nine months ago"

	from  dates.Day
	stems []string // sorted, each once
}

const (
	// wellBefore is how many days a date must lie before the dateline: what is
	// nearer is still the news.
	wellBefore = 7
	// shortest and longest are in characters: less says nothing by itself, more is
	// a document.
	shortest, longest = 40, 1500
)

// Of gives the background of a story, in its order. The first paragraph is never
// among it: it is the news.
func Of(s Story, words *lexis.Reader) []Paragraph {
	var all []Paragraph
	first := true
	for _, n := range s.Blocks {
		if n.Type != story.Paragraph {
			continue
		}
		if !first {
			if p, ok := s.paragraph(story.Line(n)); ok {
				p.Node, p.stems = n, stems(words, p.Text, s.Lang)
				all = append(all, p)
			}
		}
		first = false
	}
	return all
}

// paragraph reads one; false is no background.
func (s Story) paragraph(text string) (Paragraph, bool) {
	p := Paragraph{Text: text, from: s.Day}
	n := utf8.RuneCountInString(text)
	if n < shortest || n > longest {
		return p, false
	}
	opens := opens(text, s.Lang)
	date, news := s.about(text, opens)
	if date == nil && news || !opens && (date == nil || news || !leads(text, *date) || foretells(text)) {
		return p, false
	}
	if date != nil {
		written := text[date.Start:date.End]
		p.Date, p.from, p.Loose, p.Seen = date.Value, date.From, !year.MatchString(written), seen(written)
	}
	return p, true
}

// about is the date that a paragraph is about, the first that is past; nil is
// none. news says that it has a date of the story's own days, or one to come.
func (s Story) about(text string, opens bool) (about *dates.Date, news bool) {
	before := s.Day.Back(wellBefore)
	if opens {
		before = s.Day
	}
	for _, d := range dates.Find(text, string(s.Lang), s.Day) {
		switch {
		case quoted(text[:d.Start]):
		case !d.To.Before(before):
			news = true
		case about == nil && precise(d.Value) && !slices.Contains(stretches, lastWord(text[:d.Start])):
			about = &d
		}
	}
	return about, news
}

// year is how a date says its year.
var year = regexp.MustCompile(`[0-9]{4}`)

// precise is whether a date is a day, a month or a year.
func precise(value string) bool {
	return !strings.ContainsAny(value, "WQHXSF/") && (len(value) == len("2006") || len(value) == len("2006-01") || len(value) == len("2006-01-02"))
}

// stretches are words before a date from which, or up to which, something goes
// on: nothing happened then that a timeline would tell.
var stretches = strings.Fields(`since until till from before after с со до после з са да пасля`)

// lastWord is the last word of a text, in lower case.
func lastWord(text string) string {
	words := strings.Fields(text)
	if len(words) == 0 {
		return ""
	}
	return strings.ToLower(words[len(words)-1])
}

// quoted is whether a text ends within quotation marks.
func quoted(before string) bool {
	straight := strings.Count(before, `"`)
	return straight%2 == 1 || count(before, "“«„") > count(before, "”»")
}

func count(text, signs string) (n int) {
	for _, r := range text {
		if strings.ContainsRune(signs, r) {
			n++
		}
	}
	return n
}

// leads is whether a date tells when the paragraph's first sentence happens:
// it stands there, in no clause of its own, and is neither told nor compared.
func leads(text string, d dates.Date) bool {
	from, _ := Sentence(text, d.Start)
	return strings.TrimSpace(text[:from]) == "" && !strings.ContainsAny(text[from:d.Start], ",;:–—(") && !aside(text[from:d.Start])
}
