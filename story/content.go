package story

import (
	"strings"
	"time"

	"wireroom/masthead"
)

// ID is a story's identity for ever (a UUIDv7 in text).
type ID string

// Number is a story's public number for ever, as in /en/news/161418.
type Number int64

// Group joins the stories that say the same in other languages.
type Group string

// Lang is a language tag of an edition: "en", "ru", "be".
type Lang = masthead.Lang

// Content is what an editor writes and a revision keeps. The dateline is not
// here: Dateline makes it from StoryDate, Place, Credit and the language.
type Content struct {
	Slug     string   `json:"slug,omitempty"`     // the desk's short handle: "belarus-annexation"
	Headline string   `json:"headline"`           // plain text
	Teaser   string   `json:"teaser,omitempty"`   // one or two sentences for lists; plain text
	Byline   string   `json:"byline,omitempty"`   // "Alena Novik"
	Credit   string   `json:"credit,omitempty"`   // whose report; empty is the agency itself
	Place    string   `json:"place,omitempty"`    // of the dateline: "Vilnius"
	Date     Date     `json:"date,omitzero"`      // of the dateline; zero makes no dateline
	Urgency  int      `json:"urgency,omitempty"`  // IPTC 1 (flash) … 9; 0 counts as 5
	Sections []string `json:"sections,omitempty"` // one to three section ids, in order
	Topics   []string `json:"topics,omitempty"`   // ids of the register's topics to which it belongs
	Keywords []string `json:"keywords,omitempty"`
	Note     string   `json:"note,omitempty"`   // editor's note, never for readers
	Points   []string `json:"points,omitempty"` // what is behind the gate, said to all
	Plan     string   `json:"plan,omitempty"`   // plan id that may read it in full; empty is open to all
	Open     bool     `json:"open,omitempty"`   // without a plan on purpose, not because nobody chose

	OpensAt time.Time `json:"opens_at,omitzero"` // from then open to all
	Embargo time.Time `json:"embargo,omitzero"`  // until then nothing, to anyone

	EmbargoZone string `json:"embargo_zone,omitempty"` // in which the desk wrote it; empty is the agency's

	Cut  int  `json:"cut,omitempty"` // blocks that a teaser shows; 0 is the first one, -1 none
	Body Body `json:"body"`
}

// Lead is how many blocks a teaser may show.
func (c Content) Lead() int {
	switch {
	case c.Cut < 0:
		return 0
	case c.Cut == 0:
		return min(1, len(c.Body.Blocks))
	}
	return min(c.Cut, len(c.Body.Blocks))
}

// Rank is the urgency that counts: 1–9, 5 when none was set.
func (c Content) Rank() int {
	if c.Urgency == 0 {
		return 5
	}
	return c.Urgency
}

// Summary is a sentence or two for a list: the teaser, or else the first
// paragraph, in which the editor's insertions keep their brackets.
func (c Content) Summary() string {
	if c.Teaser != "" {
		return c.Teaser
	}
	for _, n := range c.Body.Blocks {
		if n.Type == Paragraph {
			return Line(n)
		}
	}
	return ""
}

// Line is a paragraph in one line, in which the editor's insertions keep their
// brackets.
func Line(paragraph Node) string {
	var b strings.Builder
	inside := false
	for _, n := range paragraph.Content {
		if now := n.Has(Insertion); now != inside {
			b.WriteString(map[bool]string{true: "[", false: "]"}[now])
			inside = now
		}
		if n.Type == HardBreak {
			b.WriteByte(' ')
		}
		b.WriteString(n.Text)
	}
	if inside {
		b.WriteByte(']')
	}
	return b.String()
}
