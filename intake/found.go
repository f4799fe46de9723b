package intake

import (
	"cmp"
	"slices"
	"strings"

	"wireroom/format"
	"wireroom/masthead"
)

// mostFound bounds what files can make us remember of their names.
const mostFound = 200_000

// found counts the names of a publishing system and what became of each.
type found struct {
	chart *Chart
	m     masthead.Masthead
	names map[string]map[string]*finding // by the chart's tables
}

type finding struct {
	word  string // what it means here
	about string // what it is called there
	times int
}

func newFound(c *Chart, m masthead.Masthead) *found {
	return &found{c, m, map[string]map[string]*finding{}}
}

// name is what a name means here: as the chart says, else guess. It counts
// with times.
func (f *found) name(table, key, about string, times int, guess func() string) string {
	key = format.Brief(key)
	all := f.names[table]
	if all == nil {
		all = map[string]*finding{}
		f.names[table] = all
	}
	n := all[key]
	if n == nil {
		n = &finding{about: format.Brief(about)}
		var said bool
		if n.word, said = f.chart.table(table)[key]; !said {
			n.word = guess()
		}
		if len(all) < mostFound {
			all[key] = n
		}
	}
	n.times += times
	return n.word
}

func (c *Chart) table(name string) map[string]string {
	return map[string]map[string]string{
		"kinds": c.Kinds, "states": c.States, "languages": c.Languages, "plans": c.Plans, "terms": c.Terms, "authors": c.Authors,
	}[name]
}

// lines are a table of what was found, the most frequent first.
func (f *found) lines(table string) []line {
	var all []line
	for key, n := range f.names[table] {
		l := line{key: key, word: n.word, times: n.times}
		if about := strings.ReplaceAll(n.about, "\n", " "); about != "" {
			l.about = " " + about
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b line) int { return cmp.Or(cmp.Compare(b.times, a.times), cmp.Compare(a.key, b.key)) })
	return all
}

func (f *found) kind(name string) string {
	return f.name("kinds", name, "", 1, func() string {
		if name == "post" {
			return AsStory
		}
		return Leave
	})
}

func (f *found) state(name string) string {
	return f.name("states", name, "", 1, func() string {
		switch strings.TrimSuffix(name, "ed") {
		case "publish", "sent":
			return AsSent
		case "trash", "auto-draft", "inherit":
			return Leave
		}
		return AsDraft
	})
}

// plan guesses the agency's only plan, or the one that is called so, and never
// that a lock means nothing.
func (f *found) plan(name string) string {
	return f.name("plans", name, "", 1, func() string {
		for _, p := range f.m.Plans {
			if strings.EqualFold(p.ID, name) {
				return p.ID
			}
			for _, n := range p.Names {
				if strings.EqualFold(n, name) {
					return p.ID
				}
			}
		}
		if len(f.m.Plans) == 1 {
			return f.m.Plans[0].ID
		}
		return ""
	})
}

func (f *found) author(a format.Author, times int) string {
	return f.name("authors", a.ID, a.Name, times, func() string { return cmp.Or(a.Name, a.ID) })
}

func (f *found) term(t format.Term, times int) string {
	return f.name("terms", t.Key(), t.Name, times, func() string {
		if t.Kind == "internal" || t.Kind == "post_format" {
			return Leave
		}
		for _, label := range []string{t.Name, t.ID} {
			if s, ok := f.m.SectionByLabel(label); ok && label != "" {
				return s.ID
			}
		}
		return AsKeyword
	})
}

// language is the edition that a language tag means.
func (f *found) language(tag string) string {
	if tag == "" {
		return cmp.Or(f.chart.Language, string(f.m.Languages[0]))
	}
	return f.name("languages", strings.ToLower(tag), "", 1, func() string {
		if l := edition(tag, f.m); f.m.Has(l) {
			return string(l)
		}
		return Leave
	})
}
