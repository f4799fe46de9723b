package reveal

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"wireroom/story"
)

// Contract is what a client may have by the agency's promise to it. The zero
// Contract gives nothing.
type Contract struct {
	Client   string // its id
	Products []Selection
	From     time.Time     // the first instant of the contract
	Until    time.Time     // the first instant after it; zero is open-ended
	Early    bool          // stories under embargo are given, with the embargo
	Delay    time.Duration // a story is given so long after its first sending
	Depth    time.Duration // how far back the archive goes; 0 is as far as there is one
	Past     []Terms       // what it was before it was changed, the oldest first

	terms []Terms // those of the past and those that counted last
}

// Selection is a product: the stories that it lets through. An empty list of
// what is wanted wants all; what is blocked is blocked whatever is wanted.
type Selection struct {
	Langs         []story.Lang `json:"langs,omitempty"`
	Sections      []string     `json:"sections,omitempty"` // in any of them
	Urgency       int          `json:"urgency,omitempty"`  // as urgent as this or more, 1 to 9; 0 is any
	Words         []string     `json:"words,omitempty"`    // any of them; a star at the end stands for any ending
	BlockSections []string     `json:"block_sections,omitempty"`
	BlockWords    []string     `json:"block_words,omitempty"`
	Full          bool         `json:"full,omitempty"` // the whole text; else what every reader may see
}

// Client is the viewer who has a contract, as it stands at now. What a client
// has does not depend on plans: its products say whether texts are given whole.
//
// A contract that is over gives nothing more, but what it gave is still taken
// back from the client.
func Client(c Contract, now time.Time) Viewer {
	c.terms = append(slices.Clone(c.Past), c.latest())
	if now.Before(c.From) || !c.Until.IsZero() && !now.Before(c.Until) {
		c.Products = nil
	}
	return Viewer{client: &c}
}

// hour is the instant that embargoes are held against for the viewer.
func (v Viewer) hour(now time.Time) time.Time {
	if v.client != nil && v.client.Early {
		return forever
	}
	return now
}

// forever is after every embargo.
var forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// knows reports whether the viewer may know of the story at all, before words
// are looked at.
func (v Viewer) knows(p record, now time.Time) bool {
	if !p.visible(v.hour(now)) {
		return false
	}
	return v.client == nil || v.client.reaches(p, now) && len(v.client.choose(p, p.head.Sections)) > 0
}

// reaches reports whether the story is neither too old for the contract nor
// too new. What is given early was not sent to readers yet.
func (c *Contract) reaches(p record, now time.Time) bool {
	if p.embargo.After(now) {
		return c.Early
	}
	return !p.sent.Add(c.Delay).After(now) && (c.Depth <= 0 || !p.sent.Before(now.Add(-c.Depth)))
}

// choose gives the products that let a story through as far as is known
// without its text.
func (c *Contract) choose(p record, sections []string) []Selection {
	var all []Selection
	for _, s := range c.Products {
		if s.lets(p.lang, p.urgency, sections) {
			all = append(all, s)
		}
	}
	return all
}

func (s Selection) lets(lang story.Lang, urgency int, sections []string) bool {
	within := func(some []string) bool {
		return slices.ContainsFunc(sections, func(id string) bool { return slices.Contains(some, id) })
	}
	return (len(s.Langs) == 0 || slices.Contains(s.Langs, lang)) &&
		(s.Urgency <= 0 || urgency <= s.Urgency) &&
		(len(s.Sections) == 0 || within(s.Sections)) && !within(s.BlockSections)
}

// asks reports whether the words of the story matter.
func (s Selection) asks() bool { return len(s.Words)+len(s.BlockWords) > 0 }

// has reports whether the words let the text through.
func (s Selection) has(words []string) bool {
	return (len(s.Words) == 0 || Says(words, s.Words)) && !Says(words, s.BlockWords)
}

// Says reports whether any of the phrases stands among the words.
func Says(words, phrases []string) bool {
	return slices.ContainsFunc(phrases, func(phrase string) bool {
		wanted := Words(phrase)
		open := strings.HasSuffix(strings.TrimSpace(phrase), "*")
		for i := 0; len(wanted) > 0 && i+len(wanted) <= len(words); i++ {
			if stands(words[i:i+len(wanted)], wanted, open) {
				return true
			}
		}
		return false
	})
}

func stands(here, wanted []string, open bool) bool {
	last := len(wanted) - 1
	return slices.Equal(here[:last], wanted[:last]) &&
		(here[last] == wanted[last] || open && strings.HasPrefix(here[last], wanted[last]))
}

// Words are the words of a text in small letters, as products compare them.
func Words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// wordsOf are all that a product's words are looked for in.
func wordsOf(c story.Content, slug string) []string {
	var b strings.Builder
	for _, s := range append([]string{c.Headline, c.Teaser, c.Place, slug}, c.Keywords...) {
		b.WriteString(s + " \n ")
	}
	for _, n := range c.Body.Blocks {
		b.WriteString(story.BlockText(n) + " \n ")
	}
	return Words(b.String())
}

// passes finds what the products give of a text: all of it, a teaser, or
// nothing.
func (c *Contract) passes(p record, whole text) (known, full bool) {
	var words []string
	for _, s := range c.choose(p, p.head.Sections) {
		if s.asks() && words == nil {
			words = wordsOf(whole.content, whole.slug)
		}
		if !s.asks() || s.has(words) {
			known, full = true, full || s.Full
		}
	}
	return known, full
}
