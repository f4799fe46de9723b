// Package masthead is what the agency says of itself: its name, its editions,
// its sections and the plans that readers subscribe to, each in the words of
// each language.
//
// It promises that what it gives is whole and consistent (every section has an
// id and a label). It leaves to audience who holds which plan.
package masthead

import (
	"regexp"
	"strings"
	"time"
	"unicode"

	"wireroom/fault"
)

// Lang is a language tag of an edition: "en", "ru", "be".
type Lang string

// Section is a part of the site, with its label in each language.
type Section struct {
	ID     string          `json:"id"` // as in /en/politics/
	Labels map[Lang]string `json:"labels"`
	Topic  string          `json:"topic,omitempty"` // of IPTC's Media Topics, for clients: "medtop:11000000"
}

// Label is the section's name in lang, or in any language that has one.
func (s Section) Label(lang Lang) string { return inLang(s.Labels, lang, s.ID) }

// Masthead is the agency as it stands.
type Masthead struct {
	Name      string          `json:"name"`
	Names     map[Lang]string `json:"names,omitempty"` // where a language writes it otherwise
	Languages []Lang          `json:"languages"`       // the editions; the first is the agency's own
	ZoneName  string          `json:"zone"`            // IANA name
	Sections  []Section       `json:"sections"`
	Plans     []Plan          `json:"plans"`
	PublicURL string          `json:"public_url,omitempty"` // "https://example.org", without a slash
	Desks     []Desk          `json:"desks,omitempty"`      // none: AllDesks gives the one that is built in
	Rules     Rules           `json:"rules,omitzero"`
	Readers   Readership      `json:"readers,omitzero"`

	Zone *time.Location `json:"-"` // of ZoneName; never nil after Load
}

// Credit is the agency's name as a dateline in lang has it.
func (m Masthead) Credit(lang Lang) string {
	if n := m.Names[lang]; n != "" {
		return n
	}
	return m.Name
}

// Has reports whether there is an edition in lang.
func (m Masthead) Has(lang Lang) bool {
	for _, l := range m.Languages {
		if l == lang {
			return true
		}
	}
	return false
}

// Section finds a section by its id.
func (m Masthead) Section(id string) (Section, bool) {
	for _, s := range m.Sections {
		if s.ID == id {
			return s, true
		}
	}
	return Section{}, false
}

// SectionByLabel finds a section by its label in any language, whatever its case.
func (m Masthead) SectionByLabel(label string) (Section, bool) {
	for _, s := range m.Sections {
		if strings.EqualFold(s.ID, label) {
			return s, true
		}
		for _, l := range s.Labels {
			if strings.EqualFold(l, label) {
				return s, true
			}
		}
	}
	return Section{}, false
}

// SectionByTopic finds a section by its media topic: the very one, or the one
// of the first level that IPTC's older subject codes share with the topics.
func (m Masthead) SectionByTopic(code string) (Section, bool) {
	scheme, number, _ := strings.Cut(code, ":")
	if len(number) != 8 || scheme != "medtop" && scheme != "subj" {
		return Section{}, false
	}
	for _, wanted := range []string{"medtop:" + number, "medtop:" + number[:2] + "000000"} {
		for _, s := range m.Sections {
			if s.Topic == wanted {
				return s, true
			}
		}
	}
	return Section{}, false
}

// Plan finds a plan by its id.
func (m Masthead) Plan(id string) (Plan, bool) {
	for _, p := range m.Plans {
		if p.ID == id {
			return p, true
		}
	}
	return Plan{}, false
}

// Check names the first thing that the masthead lacks.
func (m Masthead) Check() error {
	switch {
	case strings.TrimSpace(m.Name) == "":
		return fault.Invalid("name", "an agency needs a name")
	case len(m.Languages) == 0:
		return fault.Invalid("languages", "an agency needs at least one language")
	}
	for _, l := range m.Languages {
		if !known(l) {
			return fault.Invalid("languages", "editions are en, ru and be, not %q", l)
		}
	}
	seen := map[string]bool{}
	for _, s := range m.Sections {
		if s.ID == "" || seen[s.ID] || reserved[s.ID] {
			return fault.Invalid("sections", "the address /%s/ is empty, taken twice or in use by the site", s.ID)
		}
		seen[s.ID] = true
		if s.Topic != "" && !topic.MatchString(s.Topic) {
			return fault.Invalid("topic", "%q is no media topic; write it like medtop:11000000", s.Topic)
		}
	}
	if err := m.checkPlans(); err != nil {
		return err
	}
	if _, err := time.LoadLocation(m.ZoneName); err != nil {
		return fault.Invalid("zone", "%q is no time zone; write it like Europe/Vilnius", m.ZoneName)
	}
	return m.checkDesks()
}

var topic = regexp.MustCompile(`^medtop:[0-9]{8}$`)

var reserved = map[string]bool{
	"latest": true, "news": true, "search": true, "people": true, "places": true, "plus": true, "corrections": true,
}

// Slug makes an address of a label: "Foreign Policy" gives "foreign-policy".
func Slug(label string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(label) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

func inLang(words map[Lang]string, lang Lang, otherwise string) string {
	if w := words[lang]; w != "" {
		return w
	}
	for _, l := range []Lang{"en", "ru", "be"} {
		if w := words[l]; w != "" {
			return w
		}
	}
	return otherwise
}

func known(l Lang) bool { return l == "en" || l == "ru" || l == "be" }
