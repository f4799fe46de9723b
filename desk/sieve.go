package desk

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"strings"

	"wireroom/archive"
	"wireroom/masthead"
	"wireroom/story"
)

// perPage is how many rows a page of the list has.
const perPage = 100

// sieve is what the list's address asks for.
type sieve struct {
	stage                              stage
	lang                               masthead.Lang
	words, section, desk, person, turn string
	from, until                        story.Date
	offset                             int
}

// mine stands in an address for whoever asks, so that a search can be saved
// and told to others.
const mine = "me"

// sieve reads the address; what it does not know it passes over.
func (v *visit) sieve(q url.Values) sieve {
	s := sieve{stage: stages[0], words: strings.Join(strings.Fields(q.Get("q")), " ")}
	for _, at := range append(stages, everything) {
		if at.id == q.Get("stage") {
			s.stage = at
		}
	}
	if lang := masthead.Lang(q.Get("lang")); v.house.Has(lang) {
		s.lang = lang
	}
	if _, ok := v.house.Section(q.Get("section")); ok {
		s.section = q.Get("section")
	}
	for _, d := range v.house.AllDesks() {
		if d.ID == q.Get("desk") {
			s.desk = d.ID
		}
	}
	s.person, s.turn = v.somebody(q.Get("person")), v.somebody(q.Get("turn"))
	s.from, _ = story.ParseDate(q.Get("from"))
	s.until, _ = story.ParseDate(q.Get("until"))
	offset, _ := strconv.Atoi(q.Get("skip"))
	s.offset = min(max(offset, 0), 1<<30)
	return s
}

// somebody is a person of the address, or "".
func (v *visit) somebody(id string) string {
	if id == mine {
		return id
	}
	if name, err := v.name(id); err != nil || id == "" || name == "" {
		return ""
	}
	return id
}

// mostFound bounds the sent stories that are found by their text.
const mostFound = 300

// asks is what the store is asked for: by headline and slug whatever there is,
// and by the whole text what was sent. The list does without an archive that
// is not open or too slow.
func (v *visit) asks(s sieve) (story.Filter, error) {
	f := s.filter(v)
	if v.desk.Archive == nil || s.words == "" {
		return f, nil
	}
	var err error
	f.Found, err = v.desk.Archive.InHouse(v.r.Context(), s.words, mostFound)
	if errors.Is(err, archive.ErrBusy) || errors.Is(err, context.DeadlineExceeded) {
		return f, nil
	}
	return f, err
}

// filter asks the store for it.
func (s sieve) filter(v *visit) story.Filter {
	who := func(id string) string {
		if id == mine {
			return v.person.ID
		}
		return id
	}
	f := story.Filter{
		States: s.stage.states, Lang: s.lang, Words: s.words, Section: s.section, Desk: s.desk,
		FirstDesk: s.desk != "" && s.desk == v.house.AllDesks()[0].ID,
		Person:    who(s.person), Assigned: who(s.turn), Offset: s.offset,
	}
	if !s.from.IsZero() {
		f.From = s.from.In(v.house.Zone)
	}
	if !s.until.IsZero() {
		f.Until = s.until.In(v.house.Zone).AddDate(0, 0, 1)
	}
	return f
}

// query is the sieve as an address has it, from the first row on.
func (s sieve) query() string {
	q := url.Values{"stage": {s.stage.id}}
	for name, value := range map[string]string{
		"lang": string(s.lang), "q": s.words, "section": s.section, "desk": s.desk, "person": s.person, "turn": s.turn,
		"from": s.from.String(), "until": s.until.String(),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return q.Encode()
}

// at is the address of a part of the list.
func (s sieve) at(offset int) string {
	url := homeURL + "?" + s.query()
	if offset > 0 {
		url += "&skip=" + strconv.Itoa(offset)
	}
	return url
}

// narrow reports whether it asks for more than a stage and a language.
func (s sieve) narrow() bool {
	return s.words+s.section+s.desk+s.person+s.turn+s.from.String()+s.until.String() != ""
}
