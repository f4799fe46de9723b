package site

import (
	"slices"
	"strings"
	"time"

	"wireroom/archive/background"
	"wireroom/archive/dates"
	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/reveal"
)

// event is a line of a timeline.
type event struct {
	ISO, When string
	Text      string
	URL       string // of the story that says so; "" is the register
	role      bool
	at        time.Time
}

const (
	// mostEvents is how many a timeline has.
	mostEvents = 30
	// longestEvent is in characters; what is longer is no line of a timeline.
	longestEvent = 280
)

// timeline fills in what was when: the roles, and the dated events of stories.
func (p *known) timeline(v *visit, e register.Entry, book *register.Book, stories []reveal.Rendition) {
	var all []event
	for _, role := range e.Roles {
		if text := role.Texts[v.edition()]; text != "" && role.From != "" && !role.From.After(v.now) {
			all = append(all, event{ISO: string(role.From), When: v.stretch(role), Text: text, role: true, at: role.From.First()})
		}
	}
	told := map[string]bool{}
	for _, r := range stories {
		for _, e := range v.events(r, e.ID, book) {
			if !told[e.ISO] {
				told[e.ISO] = true
				all = append(all, e)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b event) int { return b.at.Compare(a.at) })
	p.Timeline = all[:min(len(all), mostEvents)]
}

// stretch is from when until when somebody was something.
func (v *visit) stretch(r register.Role) string {
	from := v.dated(r.From)
	if r.To == "" {
		return v.T("known-from", "from", from)
	}
	if r.To.After(v.now) {
		return from
	}
	return from + " – " + v.dated(r.To)
}

// events are what a story says that happened on a day or in a month before it,
// in sentences that name the one.
func (v *visit) events(r reveal.Rendition, id register.ID, book *register.Book) []event {
	line := dates.Day(r.Day())
	var paragraphs []string
	dated := false
	for _, n := range r.Blocks() {
		text := record.Prose(n)
		dated = dated || len(past(text, v.lang, line)) > 0
		paragraphs = append(paragraphs, text)
	}
	if !dated {
		return nil
	}
	spotted := book.Names(register.Text{Lang: r.Lang(), Paragraphs: append(paragraphs, r.Headline())})
	var all []event
	for i, text := range paragraphs {
		for _, d := range past(text, v.lang, line) {
			from, to := background.Sentence(text, d.Start)
			names := slices.ContainsFunc(spotted, func(m register.Spotted) bool {
				return m.Paragraph == i && m.Entry.ID == id && m.Start >= from && m.End <= to
			})
			if text := strings.TrimSpace(text[from:to]); names && len([]rune(text)) <= longestEvent {
				m := register.Moment(d.Value)
				all = append(all, event{ISO: d.Value, When: v.dated(m), Text: text, URL: v.item(r).URL, at: m.First()})
			}
		}
	}
	return all
}

// past are the dates of a text that are a day or a month and over by the
// dateline. Of anything coarser or yet to come a timeline is not sure.
func past(text, lang string, line dates.Day) []dates.Date {
	return slices.DeleteFunc(dates.Find(text, lang, line), func(d dates.Date) bool {
		return len(d.Value) != len("2006-01-02") && len(d.Value) != len("2006-01") || strings.ContainsAny(d.Value, "WQHX/") ||
			register.Moment(d.Value).First().IsZero() || !d.To.Before(line)
	})
}

// dated is a time as fine as it is known, in words.
func (v *visit) dated(m register.Moment) string { return v.words.Date(v.lang, string(m)) }

// named are the people and places of a story that have pages, as links; they are
// looked for in what the viewer has of it.
func (v *visit) named(r reveal.Rendition, book *register.Book) (people, places []label) {
	text := register.Text{Lang: r.Lang(), Paragraphs: []string{r.Headline()}}
	for _, n := range r.Blocks() {
		text.Paragraphs = append(text.Paragraphs, record.Prose(n))
	}
	for _, e := range book.Named(text) {
		switch {
		case !e.Public:
		case e.Kind == register.Person:
			people = append(people, v.leads(e))
		default:
			places = append(places, v.leads(e))
		}
	}
	return people, places
}
