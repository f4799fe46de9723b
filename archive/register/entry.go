package register

import (
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"wireroom/archive/names"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// ID is an entry's identity for ever.
type ID string

// Kind is what an entry is.
type Kind string

// The kinds.
const (
	Person Kind = "person"
	Place  Kind = "place"
	Topic  Kind = "topic" // a thread of stories, which editors tie to it
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Person, Place, Topic} }

// Facts are what is written of somebody or of a place.
type Facts struct {
	Slug    string                `json:"slug"`
	Names   map[story.Lang]string `json:"names"` // as the house spells it in each edition
	Aliases []string              `json:"aliases,omitempty"`
	Roles   []Role                `json:"roles,omitempty"`  // the earliest first
	Since   Moment                `json:"since,omitempty"`  // birth, or foundation
	Until   Moment                `json:"until,omitempty"`  // death, or end
	Public  bool                  `json:"public,omitempty"` // has a page for readers
}

// Role is what somebody was from a time to a time.
type Role struct {
	Texts map[story.Lang]string `json:"texts"`
	From  Moment                `json:"from,omitempty"` // "" is not known
	To    Moment                `json:"to,omitempty"`   // "" is still, or not known
}

// Entry is somebody, a place or a topic in the register.
type Entry struct {
	ID   ID
	Kind Kind
	Facts
	Version int64     // how often it was saved
	Changed time.Time // when last
	By      string    // id of the person who did; "" is an import
	Merged  ID        // the entry that it went into; "" is none
	Removed time.Time // since when it is out of use; zero is in use
	Took    []ID      // the entries that went into it, as far as a Book knows
}

// Stands says whether the entry is in use by itself.
func (e Entry) Stands() bool { return e.Merged == "" && e.Removed.IsZero() }

// Name is how the house writes it in an edition. Where that was not written
// down, a Belarusian name is spelled in Belarusian Latin for the others, and
// else stands as in the first edition that has one.
func (e Entry) Name(lang story.Lang) string {
	if n := e.House(lang); n != "" {
		return n
	}
	for _, l := range slices.Sorted(maps.Keys(e.Names)) {
		if e.Names[l] != "" {
			return e.Names[l]
		}
	}
	return ""
}

// House is the house spelling of an edition; "" where there is none. The name of
// a topic is words, which are not spelled for another edition but translated.
func (e Entry) House(lang story.Lang) string {
	if n := e.Names[lang]; n != "" || lang != "en" || e.Names["be"] == "" || e.Kind == Topic {
		return n
	}
	return names.House(e.Names["be"])
}

// Spellings are all ways in which it is written down, each once: those of the
// house, then the aliases.
func (e Entry) Spellings() []string {
	var all []string
	for _, l := range slices.Sorted(maps.Keys(e.Names)) {
		all = append(all, e.Names[l])
	}
	all = append(append(all, e.House("en")), e.Aliases...)
	return once(all)
}

// Role is what the entry is at an instant, in an edition; "" is nothing known.
func (e Entry) Role(lang story.Lang, now time.Time) string {
	for _, r := range slices.Backward(e.Roles) {
		if r.Texts[lang] != "" && r.at(now) {
			return r.Texts[lang]
		}
	}
	return ""
}

// Same says whether two roles say the same.
func (r Role) Same(o Role) bool {
	return r.From == o.From && r.To == o.To && maps.Equal(r.Texts, o.Texts)
}

func (r Role) at(now time.Time) bool {
	return !r.From.After(now) && (r.To == "" || r.To.last().After(now))
}

// May says whether the person may write in the register.
func May(by staff.Person) error {
	if by.Role != staff.Editor && by.Role != staff.Chief {
		return fault.Forbidden("the register", "it is written by editors and chiefs")
	}
	return nil
}

// Limits of an entry.
const (
	MaxName    = 200 // characters of a name or an alias
	MaxRole    = 300 // characters of a role
	MaxAliases = 100
	MaxRoles   = 50
	MaxSlug    = 100
)

// tidy takes away what means nothing and fills in an address where none is given.
func (f Facts) tidy() Facts {
	written := map[story.Lang]string{}
	for lang, n := range f.Names {
		if n = plain(n); n != "" {
			written[lang] = n
		}
	}
	f.Names = written
	var aliases []string
	for _, a := range f.Aliases {
		if a = plain(a); a != "" && !slices.Contains(slices.Collect(maps.Values(written)), a) {
			aliases = append(aliases, a)
		}
	}
	f.Aliases = once(aliases)
	var roles []Role
	for _, r := range f.Roles {
		texts := map[story.Lang]string{}
		for lang, t := range r.Texts {
			if t = plain(t); t != "" {
				texts[lang] = t
			}
		}
		if r.Texts = texts; len(texts) > 0 {
			roles = append(roles, r)
		}
	}
	slices.SortStableFunc(roles, func(a, b Role) int { return strings.Compare(string(a.From), string(b.From)) })
	f.Roles = roles
	if f.Slug = strings.TrimSpace(f.Slug); f.Slug == "" {
		f.Slug = SlugOf(Entry{Facts: f}.Name("en"))
	}
	return f
}

func plain(s string) string { return strings.Join(strings.Fields(s), " ") }

func once(all []string) []string {
	var list []string
	for _, s := range all {
		if s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

// SlugOf makes an address of a name: its letters without marks, Belarusian ones
// in Latin.
func SlugOf(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(names.House(name))) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == 'ł':
			b.WriteByte('l')
		case (unicode.IsSpace(r) || unicode.IsPunct(r)) && b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	slug := b.String()
	return strings.Trim(slug[:min(len(slug), MaxSlug)], "-")
}

func isSlug(s string) bool {
	return len(s) <= MaxSlug && s != "" && !strings.HasPrefix(s, "-") && !strings.HasSuffix(s, "-") &&
		strings.IndexFunc(s, func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }) < 0
}

// check names the first part that an entry may not have.
func (f Facts) check() error {
	if len(f.Names) == 0 {
		return fault.Invalid("name", "write how at least one edition spells it")
	}
	for lang, n := range f.Names {
		if err := story.CheckText("name."+string(lang), n, MaxName, false); err != nil {
			return err
		}
	}
	if len(f.Aliases) > MaxAliases {
		return fault.Invalid("aliases", "an entry has at most %d", MaxAliases)
	}
	for _, a := range f.Aliases {
		if err := story.CheckText("aliases", a, MaxName, false); err != nil {
			return err
		}
	}
	if !isSlug(f.Slug) {
		return fault.Invalid("slug", "an address has small Latin letters, digits and hyphens, like alaksandar-kupala, not %.50q", f.Slug)
	}
	if err := f.checkRoles(); err != nil {
		return err
	}
	return span("since", f.Since, f.Until)
}

func (f Facts) checkRoles() error {
	if len(f.Roles) > MaxRoles {
		return fault.Invalid("role", "an entry has at most %d", MaxRoles)
	}
	for _, r := range f.Roles {
		for _, t := range r.Texts {
			if err := story.CheckText("role", t, MaxRole, false); err != nil {
				return err
			}
		}
		if err := span("role", r.From, r.To); err != nil {
			return err
		}
	}
	return nil
}

func span(field string, from, to Moment) error {
	for _, m := range []Moment{from, to} {
		if !m.ok() {
			return fault.Invalid(field, "a time is a year, a month or a day: 2020, 2020-03 or 2020-03-08, not %.50q", string(m))
		}
	}
	if from != "" && to != "" && !to.last().After(from.First()) {
		return fault.Invalid(field, "it ends (%s) before it begins (%s)", to, from)
	}
	return nil
}
