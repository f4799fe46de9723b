package ticker

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/fault"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

const (
	usualLimit = 50
	mostLimit  = 200
	// mostLooked bounds the records that one request looks through.
	mostLooked = 2000
)

// filter is what a client asks for among what it may have.
type filter struct {
	after    wire.Number
	limit    int
	langs    []string
	sections []string
	urgency  int
	since    time.Time
	words    []string
}

var listParameters = []parameter{
	{"after", "query", "integer", "The number on the wire after which to begin; 0 is the beginning."},
	{"limit", "query", "integer", "How many records at most, 1 to 200; 50 unless you say otherwise."},
	{"language", "query", "string", "Languages, with commas between: en,be."},
	{"section", "query", "string", "Sections, with commas between: politics,economy."},
	{"urgency", "query", "integer", "The least urgent that you want, 1 to 9; 1 is a flash."},
	{"since", "query", "string", "Nothing sent before: 2024-10-25T14:20:00Z."},
	{"q", "query", "string", "Words that all have to be in the story; a star at the end stands for any ending."},
	formatParameter,
}

func readFilter(q url.Values) (f filter, err error) {
	whole := func(name string, least, most, usual int) int {
		s := q.Get(name)
		if s == "" {
			return usual
		}
		n, wrong := strconv.Atoi(s)
		if (wrong != nil || n < least || n > most) && err == nil {
			err = fault.Invalid(name, "%s is a number from %d to %d, not %.40q", name, least, most, s)
		}
		return n
	}
	f.after = wire.Number(whole("after", 0, 1<<53, 0))
	f.limit = whole("limit", 1, mostLimit, usualLimit)
	f.urgency = whole("urgency", 1, 9, 9)
	f.langs, f.sections = listed(q.Get("language")), listed(q.Get("section"))
	if s := q.Get("since"); s != "" {
		at, wrong := time.Parse(time.RFC3339, s)
		if wrong != nil && err == nil {
			err = fault.Invalid("since", "since is a time such as 2024-10-25T14:20:00Z, not %.40q", s)
		}
		f.since = at
	}
	if f.words = strings.Fields(q.Get("q")); len(f.words) > 20 && err == nil {
		err = fault.Invalid("q", "ask for at most 20 words")
	}
	return f, err
}

func listed(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' })
}

// wants reports whether a dispatch is among what is asked for. What takes back
// or mends is told whatever words and sections are asked for: of what is gone
// nobody can say which it had.
func (f filter) wants(d reveal.Dispatch) bool {
	if len(f.langs) > 0 && !slices.Contains(f.langs, string(d.Lang)) || d.At.Before(f.since) {
		return false
	}
	r, has := d.Rendition()
	if !has {
		return d.Grave() || d.Urgency <= f.urgency && !f.narrow()
	}
	within := func(s string) bool {
		for _, section := range r.Sections() {
			if section.ID == s {
				return true
			}
		}
		return false
	}
	return d.Urgency <= f.urgency && (len(f.sections) == 0 || slices.ContainsFunc(f.sections, within)) && f.found(r)
}

func (f filter) narrow() bool { return len(f.sections)+len(f.words) > 0 }

// found looks for the words in what the client has of the text.
func (f filter) found(r reveal.Rendition) bool {
	if len(f.words) == 0 {
		return true
	}
	var b strings.Builder
	for _, s := range append([]string{r.Headline(), r.Slug(), r.Teaser(), r.Place()}, r.Keywords()...) {
		b.WriteString(s + "\n")
	}
	for _, n := range r.Blocks() {
		b.WriteString(story.BlockText(n) + "\n")
	}
	has := reveal.Words(b.String())
	for _, w := range f.words {
		if !reveal.Says(has, []string{w}) {
			return false
		}
	}
	return true
}
