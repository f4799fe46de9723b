package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"wireroom/story"
)

// groupFile is one file of stories/: what all versions share, then each version.
type groupFile struct {
	At       string
	State    State
	Slug     string
	Sections []string
	Topics   []string // addresses of the register's
	Urgency  int
	Plan     string
	Pin      int
	Cut      int
	By       string
	Editor   string
	Signed   bool
	Note     string
	OpensAt  string `toml:"opens_at"`
	Embargo  string

	En, Ru, Be *versionFile
}

type versionFile struct {
	At       string
	State    State
	Headline string
	Teaser   string
	Credit   string
	Place    string
	Keywords []string
	Body     string
	Agrees   string      // when somebody last compared it with its original
	Events   []eventFile `toml:"event"`
}

// eventFile changes the version before it. Lead goes before the body, Tail
// after it; each Swap is a pair of old and new words.
type eventFile struct {
	At               string
	Kind             Kind
	Note             string
	Headline, Teaser string
	Body, Lead, Tail string
	Swap             [][2]string
}

func loadGroup(name string, a Agency, now time.Time) ([]Story, error) {
	var g groupFile
	if err := decode(name, &g); err != nil {
		return nil, err
	}
	group := groupName(name)
	var out []Story
	for _, v := range []struct {
		lang story.Lang
		file *versionFile
	}{{"en", g.En}, {"ru", g.Ru}, {"be", g.Be}} {
		if v.file == nil {
			continue
		}
		s, err := g.version(v.lang, *v.file, a, now)
		if err != nil {
			return nil, fmt.Errorf("[%s] %w", v.lang, err)
		}
		s.Group = group
		out = append(out, s)
	}
	return out, nil
}

func (g groupFile) version(lang story.Lang, v versionFile, a Agency, now time.Time) (Story, error) {
	zone := a.House.Zone
	at, err := moment(cmp.Or(v.At, g.At), now, zone)
	if err != nil {
		return Story{}, err
	}
	v = v.dated(at.In(zone), lang)
	author, ok := a.person(g.By)
	if !ok {
		return Story{}, fmt.Errorf("nobody is called %q", g.By)
	}
	c := story.Content{
		Slug: g.Slug, Headline: v.Headline, Teaser: v.Teaser, Credit: v.Credit, Place: v.Place,
		Date: story.DateOf(at.In(zone)), Urgency: g.Urgency, Sections: g.Sections, Topics: g.Topics,
		Keywords: v.Keywords, Note: g.Note, Plan: g.Plan, Cut: g.Cut,
	}
	if g.Signed {
		c.Byline = author.Names[lang]
	}
	if c.OpensAt, err = optional(g.OpensAt, now, zone); err != nil {
		return Story{}, err
	}
	if c.Embargo, err = optional(g.Embargo, now, zone); err != nil {
		return Story{}, err
	}
	if c.Body, err = parse(v.Body); err != nil {
		return Story{}, err
	}
	s := Story{
		Lang: lang, State: cmp.Or(v.State, g.State, Sent), At: at,
		Author: author.Key, Editor: g.Editor, Pin: g.Pin, Content: c,
	}
	s.Events, err = v.history(c, now, zone)
	return s, err
}

func (v versionFile) history(c story.Content, now time.Time, zone *time.Location) ([]Event, error) {
	var out []Event
	text := v.Body
	for i, e := range v.Events {
		at, err := moment(e.At, now, zone)
		if err != nil {
			return nil, err
		}
		if text, err = e.apply(text); err != nil {
			return nil, fmt.Errorf("event %d: %w", i+1, err)
		}
		c.Headline, c.Teaser = cmp.Or(e.Headline, c.Headline), cmp.Or(e.Teaser, c.Teaser)
		c.Sections, c.Topics, c.Keywords = slices.Clone(c.Sections), slices.Clone(c.Topics), slices.Clone(c.Keywords)
		if c.Body, err = parse(text); err != nil {
			return nil, fmt.Errorf("event %d: %w", i+1, err)
		}
		out = append(out, Event{at, e.Kind, e.Note, c})
	}
	if v.Agrees != "" {
		at, err := moment(v.Agrees, now, zone)
		if err != nil {
			return nil, err
		}
		out = append(out, Event{At: at, Kind: Agree, Content: c})
	}
	return out, nil
}

func (e eventFile) apply(text string) (string, error) {
	text = cmp.Or(e.Body, text)
	for _, s := range e.Swap {
		if !strings.Contains(text, s[0]) {
			return "", fmt.Errorf("the body has no %q", s[0])
		}
		text = strings.Replace(text, s[0], s[1], 1)
	}
	return e.Lead + "\n\n" + text + "\n\n" + e.Tail, nil
}

func optional(s string, now time.Time, zone *time.Location) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return moment(s, now, zone)
}

// moment reads "3 09:40", three days ago at 09:40 in zone, or "-02:15" and
// "+48:00", so many hours and minutes from now.
func moment(s string, now time.Time, zone *time.Location) (time.Time, error) {
	var sign byte
	var days, hours, minutes int
	if _, err := fmt.Sscanf(s, "%c%d:%d", &sign, &hours, &minutes); err == nil && (sign == '-' || sign == '+') {
		d := time.Duration(hours)*time.Hour + time.Duration(minutes)*time.Minute
		if sign == '-' {
			d = -d
		}
		return now.Add(d).Truncate(time.Minute), nil
	}
	if n, err := fmt.Sscanf(s, "%d %d:%d", &days, &hours, &minutes); err != nil || n != 3 || days < 1 {
		return time.Time{}, fmt.Errorf("a time is written like 3 09:40, -02:15 or +48:00, not %q", s)
	}
	y, m, d := now.In(zone).AddDate(0, 0, -days).Date()
	return time.Date(y, m, d, hours, minutes, 0, 0, zone), nil
}
