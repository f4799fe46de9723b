package clients

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"wireroom/archive"
	"wireroom/archive/register"
	"wireroom/fault"
	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
	"wireroom/wire"
)

// Search is what is asked for among what a client may have. The zero Search
// wants all.
type Search struct {
	Langs    []string  `json:"langs,omitempty"`
	Sections []string  `json:"sections,omitempty"` // in any of them
	Urgency  int       `json:"urgency,omitempty"`  // the least urgent that is wanted, 1 to 9; 0 is any
	Words    []string  `json:"words,omitempty"`    // of a query as the archive understands it
	Since    time.Time `json:"since,omitzero"`     // nothing sent before; zero is ever
}

// mostSought bounds the words, sections and languages that one search names.
const mostSought = 20

// ReadSearch reads a search as addresses have it: q, language and section, the
// last two with commas or several times, urgency and since.
func ReadSearch(q url.Values) (s Search, err error) {
	s.Langs, s.Sections = listed(q["language"]), listed(q["section"])
	s.Words = strings.Fields(strings.ToValidUTF8(q.Get("q"), " "))
	if text := q.Get("urgency"); text != "" {
		if s.Urgency, err = strconv.Atoi(text); err != nil || s.Urgency < 1 || s.Urgency > 9 {
			return s, fault.Invalid("urgency", "urgency is a number from 1 to 9, not %.40q", text)
		}
	}
	if text := q.Get("since"); text != "" {
		if s.Since, err = time.Parse(time.RFC3339, text); err != nil {
			return s, fault.Invalid("since", "since is a time such as 2024-10-25T14:20:00Z, not %.40q", text)
		}
	}
	if len(s.Words) > mostSought {
		return s, fault.Invalid("q", "ask for at most %d words", mostSought)
	}
	for name, list := range map[string][]string{"language": s.Langs, "section": s.Sections} {
		if len(list) > mostSought {
			return s, fault.Invalid(name, "ask for at most %d", mostSought)
		}
	}
	return s, nil
}

// Query is the search as ReadSearch reads it, with nothing for what is not
// asked.
func (s Search) Query() url.Values {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("q", strings.Join(s.Words, " "))
	set("language", strings.Join(s.Langs, ","))
	set("section", strings.Join(s.Sections, ","))
	if s.Urgency > 0 {
		set("urgency", strconv.Itoa(s.Urgency))
	}
	if !s.Since.IsZero() {
		set("since", s.Since.UTC().Format(time.RFC3339))
	}
	return q
}

func listed(all []string) []string {
	return strings.FieldsFunc(strings.ToValidUTF8(strings.Join(all, ","), " "), func(r rune) bool { return r == ',' || r == ' ' })
}

// Sought is a search made ready to be held against many dispatches.
type Sought struct {
	Search
	words archive.Sieve
}

// Ready reads the words of a search as the archive does: its signs and filters,
// words and names in any form and spelling, and who the register knows by
// other names.
func (s *Store) Ready(ctx context.Context, search Search, m masthead.Masthead) (Sought, error) {
	var book *register.Book
	if s.Register != nil {
		var err error
		if book, err = s.Register.Book(ctx); err != nil {
			return Sought{}, err
		}
	}
	return Sought{search, archive.Sift(book, strings.Join(search.Words, " "), m, s.now())}, nil
}

// May reports whether a record alone leaves open that its story is wanted; what
// it does not leave open needs no look.
func (s Search) May(r wire.Record) bool {
	if len(s.Langs) > 0 && !slices.Contains(s.Langs, r.Lang) || r.At.Before(s.Since) {
		return false
	}
	// Whatever is no first sending may tell that a story is gone.
	return s.Urgency == 0 || r.Urgency <= s.Urgency || r.Signal != string(story.SignalNew)
}

// Wrong are the parts of the words that say nothing to the archive.
func (s Sought) Wrong() []string { return s.words.Wrong() }

// Wants reports whether a dispatch is among what is asked for. What takes back
// or mends is told whatever words and sections are asked for: of what is gone
// nobody can say which it had.
func (s Sought) Wants(d reveal.Dispatch) bool {
	if len(s.Langs) > 0 && !slices.Contains(s.Langs, string(d.Lang)) || d.At.Before(s.Since) {
		return false
	}
	urgent := s.Urgency == 0 || d.Urgency <= s.Urgency
	r, has := d.Rendition()
	if !has {
		return d.Grave() || urgent && len(s.Sections)+len(s.Words) == 0
	}
	within := func(id string) bool {
		return slices.ContainsFunc(r.Sections(), func(section masthead.Section) bool { return section.ID == id })
	}
	return urgent && (len(s.Sections) == 0 || slices.ContainsFunc(s.Sections, within)) && (len(s.Words) == 0 || s.words.Finds(r))
}
