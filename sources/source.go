package sources

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"wireroom/courier"
	"wireroom/fault"
	"wireroom/format"
	"wireroom/format/print"
	"wireroom/masthead"
	"wireroom/story"
)

// ID is a source's identity for ever.
type ID string

// Kind is how a source's news come.
type Kind string

// The kinds.
const (
	Feed   Kind = "feed"   // RSS, Atom or JSON Feed, fetched from an address
	Folder Kind = "folder" // files laid into a folder of the tray: ninjs, NewsML, NITF, letters
)

// Kinds are all kinds, in the order in which they are offered.
func Kinds() []Kind { return []Kind{Feed, Folder} }

// Bounds of what is typed.
const (
	Usual     = 15 // minutes between looks
	least     = 5
	most      = 7 * 24 * 60
	maxText   = 200
	maxWords  = 100
	maxSource = 500 // sources
)

// Source is somebody whose news come to the desk.
type Source struct {
	ID      ID
	Kind    Kind
	Name    string // as the desk knows it; it becomes the credit
	Address string // of the feed, or the name of the folder
	Lang    story.Lang
	Section string   // that its drafts are given; "" is by their own subjects
	Desk    string   // to whose list they come; "" is the first
	Keep    []string // one of these words must be in it; none is all
	Drop    []string // none of these
	Minutes int      // between looks
	Made    time.Time
	Stopped bool

	ETag, Modified string // what the feed said of itself
	Next           time.Time
	Looked         time.Time
	Failures       int    // in a row
	Error          string // of the last look; "" was well
	Taken, Passed  int    // at the last look: new drafts, and what the rules left out
}

var folderName = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,59}$`)

// checked takes a source as it was typed.
func (s Source) checked(m masthead.Masthead, c *courier.Courier) (Source, error) {
	s.Name, s.Address = strings.TrimSpace(s.Name), strings.TrimSpace(s.Address)
	s.Keep, s.Drop = tidy(s.Keep), tidy(s.Drop)
	if s.Minutes == 0 {
		s.Minutes = Usual
	}
	_, known := m.Section(s.Section)
	switch {
	case s.Name == "" || len(s.Name) > maxText:
		return s, fault.Invalid("name", "a source needs a name")
	case !m.Has(s.Lang):
		return s, fault.Invalid("lang", "there is no edition in %.20q", s.Lang)
	case s.Section != "" && !known:
		return s, fault.Invalid("section", "there is no section %.60q", s.Section)
	case s.Desk != "" && !slices.ContainsFunc(m.AllDesks(), func(d masthead.Desk) bool { return d.ID == s.Desk }):
		return s, fault.Invalid("desk", "there is no desk %.60q", s.Desk)
	case s.Minutes < least || s.Minutes > most:
		return s, fault.Invalid("minutes", "a source is looked at every %d to %d minutes", least, most)
	case len(s.Keep) > maxWords || len(s.Drop) > maxWords:
		return s, fault.Invalid("keep", "at most %d words", maxWords)
	}
	switch s.Kind {
	case Feed:
		if len(s.Address) > 2*maxText {
			return s, fault.Invalid("address", "the address is too long")
		}
		_, err := c.Check(s.Address)
		return s, err
	case Folder:
		if !folderName.MatchString(s.Address) {
			return s, fault.Invalid("address", "a folder is named by small letters, digits and hyphens")
		}
		return s, nil
	}
	return s, fault.Invalid("kind", "there is no kind %.20q", s.Kind)
}

func tidy(words []string) []string {
	var all []string
	for _, w := range words {
		if w = strings.TrimSpace(strings.ToLower(w)); w != "" && len(w) <= maxText && !slices.Contains(all, w) {
			all = append(all, w)
		}
	}
	return all
}

// wants reports whether the rules let an item in. A word counts where it stands
// as a word, or as the beginning of one.
func (s Source) wants(i format.Item) bool {
	if len(s.Keep) == 0 && len(s.Drop) == 0 {
		return true
	}
	text := i.Content.Headline + " " + i.Content.Teaser + " " + print.Text(i.Content.Body.Blocks) + " " + strings.Join(i.Content.Keywords, " ")
	for _, subject := range i.Subjects {
		text += " " + subject.Label()
	}
	text = " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
	has := func(w string) bool { return strings.Contains(text, " "+w) }
	return (len(s.Keep) == 0 || slices.ContainsFunc(s.Keep, has)) && !slices.ContainsFunc(s.Drop, has)
}

// offer makes of an item what the desk is offered.
func (s Source) offer(m masthead.Masthead, i format.Item) story.Offer {
	c := i.Content
	c.Credit, c.Plan, c.Open, c.OpensAt = s.Name, "", false, time.Time{}
	c.Sections = nil
	if s.Section != "" {
		c.Sections = []string{s.Section}
	}
	var words []string
	for _, subject := range i.Subjects {
		sec, ok := m.SectionByLabel(subject.Label())
		switch {
		case !ok:
			words = append(words, subject.Label())
		case !slices.Contains(c.Sections, sec.ID) && len(c.Sections) < story.MaxSections:
			c.Sections = append(c.Sections, sec.ID)
		}
	}
	c.Keywords = keywords(append(words, c.Keywords...))
	c.Headline, c.Byline = line(c.Headline, story.MaxHeadline), line(c.Byline, story.MaxLine)
	c.Slug, c.Place = line(c.Slug, story.MaxLine), line(c.Place, story.MaxLine)
	c.Teaser, c.Note = cut(c.Teaser, story.MaxText), cut(noted(i), story.MaxText)
	lang := s.Lang
	if tag, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(i.Lang), "_", "-"), "-"); m.Has(story.Lang(tag)) {
		lang = story.Lang(tag)
	}
	return story.Offer{Source: s.key(i), Version: i.Version, Lang: lang, Desk: s.Desk, Content: c}
}

// key names an item for ever, in all its versions.
func (s Source) key(i format.Item) string {
	return "source " + string(s.ID) + " " + cut(i.URI, 2*maxText)
}

// noted is the editor's note: the item's own, where it came from, and what the
// source did with it since.
func noted(i format.Item) string {
	var lines []string
	for _, l := range []string{statusWords(i), i.Correction, i.Advisory, i.Content.Note, i.Page} {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// statusWords tell of an item that is no plain news.
func statusWords(i format.Item) string {
	switch {
	case i.Status == story.Canceled:
		return "KILLED BY THE SOURCE"
	case i.Status == story.Withheld:
		return "WITHHELD BY THE SOURCE"
	case i.Signal == story.SignalCorrection:
		return "CORRECTION"
	}
	return ""
}

func keywords(all []string) []string {
	var kept []string
	for _, w := range all {
		if w = line(w, story.MaxLine); w != "" && !slices.Contains(kept, w) && len(kept) < story.MaxKeywords {
			kept = append(kept, w)
		}
	}
	return kept
}

// line makes one line of a text, without signs that no line has.
func line(s string, most int) string {
	return cut(strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " "), most)
}

// cut leaves at most so many characters, and no control signs but line ends.
func cut(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' || r == unicode.ReplacementChar {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return s
}
