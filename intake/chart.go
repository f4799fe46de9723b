package intake

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"

	"wireroom/fault"
	"wireroom/masthead"
)

// Words of a Chart that stand for what to do.
const (
	AsStory   = "story"
	AsSent    = "sent"
	AsDraft   = "draft"
	AsKeyword = "keyword"
	AsOpen    = "open"
	Leave     = "leave" // out
)

// Chart says what the names of a publishing system mean here. A dry run writes
// one, a person mends it, and the run reads it. What it does not name is
// guessed.
type Chart struct {
	Zone      string            `toml:"zone"`      // of times without one; "" is the agency's
	Language  string            `toml:"language"`  // edition of what does not say; "" is the agency's own
	Kinds     map[string]string `toml:"kinds"`     // "story" or "leave"
	States    map[string]string `toml:"states"`    // "sent", "draft" or "leave"
	Languages map[string]string `toml:"languages"` // an edition or "leave"
	Plans     map[string]string `toml:"plans"`     // a plan, "open" or "leave"; "" is not decided
	Terms     map[string]string `toml:"terms"`     // a section, "keyword" or "leave"
	Authors   map[string]string `toml:"authors"`   // the byline; "" is none

	zone *time.Location
}

// ReadChart reads a chart and holds it against the masthead.
func ReadChart(name string, m masthead.Masthead) (*Chart, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	var c Chart
	known, err := toml.Decode(string(data), &c)
	var bad toml.ParseError
	if errors.As(err, &bad) {
		return nil, fault.Invalid(name, "line %d: %s", bad.Position.Line, bad.Message)
	}
	if err != nil {
		return nil, fault.Invalid(name, "%v", err)
	}
	if strange := known.Undecoded(); len(strange) > 0 {
		return nil, fault.Invalid(name, "%s means nothing here", strange[0])
	}
	return &c, c.check(name, m)
}

func (c *Chart) check(name string, m masthead.Masthead) (err error) {
	c.zone = m.Zone
	if c.Zone != "" {
		if c.zone, err = time.LoadLocation(c.Zone); err != nil {
			return fault.Invalid(name, "zone: %q is no time zone such as Europe/Vilnius", c.Zone)
		}
	}
	if c.Language != "" && !m.Has(masthead.Lang(c.Language)) {
		return fault.Invalid(name, "language: there is no edition in %q", c.Language)
	}
	edition := func(s string) bool { return m.Has(masthead.Lang(s)) }
	plan := func(s string) bool { _, ok := m.Plan(s); return ok || s == "" }
	section := func(s string) bool { _, ok := m.Section(s); return ok }
	never := func(string) bool { return false }
	for _, t := range []struct {
		name  string
		words map[string]string
		may   []string
		is    func(string) bool
		what  string
	}{
		{"kinds", c.Kinds, []string{AsStory}, never, ""},
		{"states", c.States, []string{AsSent, AsDraft}, never, ""},
		{"languages", c.Languages, nil, edition, "an edition"},
		{"plans", c.Plans, []string{AsOpen}, plan, "a plan"},
		{"terms", c.Terms, []string{AsKeyword}, section, "a section"},
	} {
		for _, key := range sorted(t.words) {
			if word := t.words[key]; word != Leave && !slices.Contains(t.may, word) && !t.is(word) {
				may := append(slices.Clone(t.may), Leave)
				if t.what != "" {
					may = append([]string{t.what}, may...)
				}
				return fault.Invalid(name, "%s: %q is given %q; what may stand there is %s", t.name, key, word, strings.Join(may, ", "))
			}
		}
	}
	return nil
}

func sorted[T any](words map[string]T) []string {
	all := make([]string, 0, len(words))
	for k := range words {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// line is one name of a chart with what is said of it.
type line struct {
	key, word, about string
	times            int
}

// write writes the chart with what was found, the most frequent first.
func (f *found) write(w io.Writer, c *Chart, m masthead.Masthead, stories int) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What the names of another publishing system mean here, as found in %d items.\n", stories)
	b.WriteString("# Mend the words behind the signs of equality; then import with --map and this file.\n\n")
	fmt.Fprintf(&b, "zone = %s      # of times that come without one\nlanguage = %s  # edition of what does not say its language\n",
		quoted(cmp.Or(c.Zone, m.ZoneName)), quoted(cmp.Or(c.Language, string(m.Languages[0]))))
	for _, t := range []struct{ name, about string }{
		{"kinds", `"story" or "leave" (out)`},
		{"states", `"sent", "draft" or "leave"`},
		{"languages", `an edition or "leave"`},
		{"plans", `who may read it: the id of a plan, "open" (everybody) or "leave"; nothing is taken while "" stands here`},
		{"terms", `the id of a section, "keyword" or "leave"`},
		{"authors", `the byline; "" is none`},
	} {
		fmt.Fprintf(&b, "\n# %s\n", t.about)
		if ids := options(t.name, m); ids != "" {
			fmt.Fprintf(&b, "# (there are: %s)\n", ids)
		}
		fmt.Fprintf(&b, "[%s]\n", t.name)
		for _, l := range f.lines(t.name) {
			fmt.Fprintf(&b, "%s = %s  # %d%s\n", quoted(l.key), quoted(l.word), l.times, l.about)
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

func options(table string, m masthead.Masthead) string {
	var ids []string
	switch table {
	case "plans":
		for _, p := range m.Plans {
			ids = append(ids, p.ID)
		}
	case "terms":
		for _, s := range m.Sections {
			ids = append(ids, s.ID)
		}
	case "languages":
		for _, l := range m.Languages {
			ids = append(ids, string(l))
		}
	}
	return strings.Join(ids, ", ")
}

// quoted writes a text as TOML does.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
