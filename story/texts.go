package story

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"wireroom/fault"
	"wireroom/masthead"
)

// MaxShort is how many characters the short text of a correction or a kill may
// have.
const MaxShort = 160

// Texts tell of a correction or a kill to those whom it concerns.
type Texts struct {
	Readers string // in sentences, for the page
	Short   string // one line, for lists and clients; "" is the beginning of Readers
	Desk    string // for the staff alone; it never leaves the desk
}

// Say makes texts of the words for readers alone.
func Say(readers string) Texts { return Texts{Readers: readers} }

// kept is how a table keeps them; "" for none.
func (t Texts) kept() string {
	if t == (Texts{}) {
		return ""
	}
	data, err := json.Marshal(t)
	if err != nil {
		return ""
	}
	return string(data)
}

func (t *Texts) read(s string) error {
	if s == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(s), t); err != nil {
		return fault.Internal("read the texts of a planned sending", err)
	}
	return nil
}

// checked names the first text that cannot be kept, and fills in the short one.
func (t Texts) checked() (Texts, error) {
	if err := checkNote("note", t.Readers, true); err != nil {
		return t, err
	}
	if err := checkText("short", t.Short, MaxShort, false); err != nil {
		return t, err
	}
	if err := checkText("desk_note", t.Desk, MaxText, true); err != nil {
		return t, err
	}
	if t.Short = strings.TrimSpace(t.Short); t.Short == "" {
		t.Short = shorten(t.Readers)
	}
	return t, nil
}

// shorten gives the first sentence, or as many whole words as fit.
func shorten(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, end := range []string{". ", "! ", "? "} {
		if first, _, more := strings.Cut(s, end); more && utf8.RuneCountInString(first) < MaxShort {
			if rest := first + end[:1]; len(rest) < len(s) {
				s = rest
			}
		}
	}
	if utf8.RuneCountInString(s) <= MaxShort {
		return s
	}
	s = string([]rune(s)[:MaxShort-1])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,;:–—") + "…"
}

// log is what the desk's log keeps of the texts.
func (t Texts) log() string {
	if t.Desk != "" {
		return t.Desk
	}
	return t.Readers
}

// MaxAlert is how many characters the headline of an alert may have.
const MaxAlert = 100

// alertLacks is what a content lacks to go out by its headline alone. What the
// agency asks of a whole story waits until the story follows.
func (c Content) alertLacks() []Lack {
	all := c.lacks(masthead.Rules{})
	if n := utf8.RuneCountInString(c.Headline); n > MaxAlert {
		all = append(all, Lack{Need: NeedShort, Number: n})
	}
	if c.Rank() > 2 {
		all = append(all, Lack{Need: NeedUrgent, Number: c.Rank()})
	}
	return all
}

// AlertOnly is all of a content that goes out before the story does.
func (c Content) AlertOnly() Content {
	return Content{Headline: c.Headline, Credit: c.Credit, Place: c.Place, Date: c.Date, Urgency: c.Urgency,
		Sections: c.Sections, Topics: c.Topics, Plan: c.Plan, OpensAt: c.OpensAt, Embargo: c.Embargo}
}
