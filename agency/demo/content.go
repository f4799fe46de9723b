package demo

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"wireroom/masthead"
	"wireroom/story"

	"github.com/BurntSushi/toml"
)

//go:embed house.toml copybook.toml register.toml planning.toml bulletins.toml stories/*.toml
var files embed.FS

// Agency is the whole invented agency with every time made absolute.
type Agency struct {
	House   House
	Staff   []Person
	Readers []Reader
	Stories []Story
}

// House is what a masthead needs.
type House struct {
	Name       string
	Names      map[story.Lang]string
	Languages  []story.Lang
	Zone       *time.Location
	Sections   []Section
	Plans      []Plan
	Readership masthead.Readership
}

// Section is one section with its label in each language.
type Section struct {
	ID     string
	Labels map[story.Lang]string
	Topic  string // of IPTC's Media Topics
}

// Plan is what a subscriber may hold, and what others read in its stead.
type Plan struct {
	ID             string
	Names, Notices map[story.Lang]string
	About          map[story.Lang]string
	Prices         []masthead.Price
	Trial          int
}

// Person works at the agency. Role is one of the staff's.
type Person struct {
	Key, Email, Role string
	Names            map[story.Lang]string
}

// Reader has or had a pass to Plan.
type Reader struct {
	Name, Plan string
	Until      time.Time
}

// Story is one language version. Author and Editor are keys of Staff. The
// version of a group that is sent first is the original of the others.
type Story struct {
	Group          string
	Lang           story.Lang
	State          State
	At             time.Time // when it was sent or, unsent, last touched
	Author, Editor string
	Pin            int
	Content        story.Content
	Events         []Event // after At, in order
}

// Event changes a story that was sent. Content is the whole content after it.
type Event struct {
	At      time.Time
	Kind    Kind
	Note    string // of a correction, a hold or a kill; the advisory of an update
	Content story.Content
}

// State is how far a story came before any Event.
type State string

// The states a story may start in.
const (
	Draft  State = "draft"
	InEdit State = "in_edit"
	Ready  State = "ready"
	Sent   State = "sent"
	Spiked State = "spiked"
)

// Kind names what an Event does.
type Kind string

// The kinds of Event.
const (
	Update  Kind = "update"
	Correct Kind = "correct"
	Hold    Kind = "hold"
	Kill    Kind = "kill"
	Agree   Kind = "agree" // somebody compared a translation with its original
)

// Moment is a point on the agency's timeline: a story's release or last
// touch, or, where Event is not nil, what happened to it later.
type Moment struct {
	At    time.Time
	Story *Story
	Event *Event
}

// Load reads the agency as it looks at now.
func Load(now time.Time) (Agency, error) {
	a, err := loadHouse(now)
	if err != nil {
		return Agency{}, err
	}
	names, err := fs.Glob(files, "stories/*.toml")
	if err != nil {
		return Agency{}, err
	}
	for _, name := range names {
		got, err := loadGroup(name, a, now)
		if err != nil {
			return Agency{}, fmt.Errorf("%s: %w", name, err)
		}
		a.Stories = append(a.Stories, got...)
	}
	slices.SortStableFunc(a.Stories, func(x, y Story) int { return x.At.Compare(y.At) })
	return a, nil
}

// Timeline is every story and every event, oldest first.
func (a Agency) Timeline() []Moment {
	var line []Moment
	for i := range a.Stories {
		s := &a.Stories[i]
		line = append(line, Moment{At: s.At, Story: s})
		for j := range s.Events {
			line = append(line, Moment{At: s.Events[j].At, Story: s, Event: &s.Events[j]})
		}
	}
	slices.SortStableFunc(line, func(x, y Moment) int { return x.At.Compare(y.At) })
	return line
}

// Pictured is the body with the name in each picture node replaced by the id
// that ids has for it, so that the caller may store the pictures first.
func Pictured(b story.Body, ids map[string]string) story.Body {
	out := story.Body{Blocks: slices.Clone(b.Blocks)}
	for i, n := range out.Blocks {
		if n.Type == story.PictureNode {
			attrs := *n.Attrs
			attrs.Picture = ids[attrs.Picture]
			out.Blocks[i].Attrs = &attrs
		}
	}
	return out
}

type houseFile struct {
	Name       string
	Names      map[story.Lang]string
	Languages  []story.Lang
	Zone       string
	Sections   []Section
	Plans      []Plan
	Readership masthead.Readership
	Staff      []Person
	Readers    []struct {
		Name, Plan string
		Days       int
	}
}

func loadHouse(now time.Time) (Agency, error) {
	var f houseFile
	if err := decode("house.toml", &f); err != nil {
		return Agency{}, err
	}
	zone, err := time.LoadLocation(f.Zone)
	if err != nil {
		return Agency{}, fmt.Errorf("house.toml: %w", err)
	}
	a := Agency{
		House: House{f.Name, f.Names, f.Languages, zone, f.Sections, f.Plans, f.Readership},
		Staff: f.Staff,
	}
	for _, r := range f.Readers {
		a.Readers = append(a.Readers, Reader{r.Name, r.Plan, now.AddDate(0, 0, r.Days)})
	}
	return a, nil
}

func decode(name string, into any) error {
	meta, err := toml.DecodeFS(files, name, into)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if extra := meta.Undecoded(); len(extra) > 0 {
		return fmt.Errorf("%s: unknown field %s", name, extra[0])
	}
	return nil
}

func (a Agency) person(key string) (Person, bool) {
	i := slices.IndexFunc(a.Staff, func(p Person) bool { return p.Key == key })
	if i < 0 {
		return Person{}, false
	}
	return a.Staff[i], true
}

func groupName(file string) string {
	return strings.TrimSuffix(strings.TrimPrefix(file, "stories/"), ".toml")
}
