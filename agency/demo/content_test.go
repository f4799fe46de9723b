package demo

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/archive/background"
	"wireroom/archive/dates"
	"wireroom/archive/lexis"
	"wireroom/archive/register"
	"wireroom/story"
)

var noon = time.Date(2026, 3, 17, 12, 0, 0, 0, time.UTC)

func load(t *testing.T, now time.Time) Agency {
	t.Helper()
	a, err := Load(now)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestTheAgencyHasEverythingAReaderShouldMeet(t *testing.T) {
	a := load(t, noon)
	states := map[State]int{}
	kinds := map[Kind]int{}
	versions := map[string]int{}
	var locked, pinned, embargoed, opening int
	for _, s := range a.Stories {
		states[s.State]++
		versions[s.Group]++
		for _, e := range s.Events {
			kinds[e.Kind]++
		}
		if s.Content.Plan != "" {
			locked++
		}
		if s.Pin > 0 {
			pinned++
		}
		if s.Content.Embargo.After(noon) {
			embargoed++
		}
		if !s.Content.OpensAt.IsZero() {
			opening++
		}
	}
	shared := 0
	for _, n := range versions {
		if n > 1 {
			shared++
		}
	}
	t.Logf("%d stories, %d locked, %d groups, %d shared, %v %v", len(a.Stories), locked, len(versions), shared, states, kinds)
	for what, n := range map[string]int{
		"pinned": pinned, "embargoed": embargoed, "opening": opening,
		"draft": states[Draft], "in edit": states[InEdit], "ready": states[Ready], "spiked": states[Spiked],
		"updated": kinds[Update], "corrected": kinds[Correct] - 1, "held": kinds[Hold], "killed": kinds[Kill],
	} {
		if n < 1 {
			t.Errorf("no story is %s", what)
		}
	}
	if len(a.Stories) < 55 || shared < 12 {
		t.Errorf("%d stories, %d groups in several languages", len(a.Stories), shared)
	}
	if share := 100 * locked / len(a.Stories); share < 33 || share > 47 {
		t.Errorf("%d percent of the stories are locked", share)
	}
}

func TestEveryStoryIsComplete(t *testing.T) {
	a := load(t, noon)
	for _, s := range a.Stories {
		name := s.Group + " " + string(s.Lang)
		checkContent(t, name, a, s.Content)
		if _, ok := a.person(s.Editor); !ok {
			t.Errorf("%s: nobody is called %q", name, s.Editor)
		}
		if n := len(s.Content.Body.Blocks); n < 2 {
			t.Errorf("%s: only %d blocks", name, n)
		}
		for _, e := range s.Events {
			checkContent(t, name, a, e.Content)
			if e.Note == "" && e.Kind != Agree {
				t.Errorf("%s: a %s without a note", name, e.Kind)
			}
			if !slices.Contains([]Kind{Update, Correct, Hold, Kill, Agree}, e.Kind) {
				t.Errorf("%s: unknown event %q", name, e.Kind)
			}
		}
	}
}

func TestTheTopicsTellTheirPastInEachEdition(t *testing.T) {
	told := map[story.Lang]int{}
	for _, s := range load(t, noon).Stories {
		c := s.Content
		if n := len(s.Events); n > 0 {
			c = s.Events[n-1].Content
		}
		if len(c.Topics) > 0 {
			told[s.Lang] += len(background.Of(background.Story{Lang: s.Lang, Day: dates.Day(c.Date), Blocks: c.Body.Blocks}, &lexis.Reader{}))
		}
	}
	if told["en"] < 8 || told["ru"] < 8 || told["be"] < 7 {
		t.Errorf("they tell %v paragraphs", told)
	}
}

func checkContent(t *testing.T, name string, a Agency, c story.Content) {
	t.Helper()
	if c.Headline == "" || c.Slug == "" || len(c.Keywords) == 0 || c.Date.IsZero() {
		t.Errorf("%s: headline %q, slug %q, %d keywords, date %s", name, c.Headline, c.Slug, len(c.Keywords), c.Date)
	}
	if n := len(c.Sections); n < 1 || n > 3 {
		t.Errorf("%s: %d sections", name, n)
	}
	for _, id := range c.Sections {
		if !slices.ContainsFunc(a.House.Sections, func(s Section) bool { return s.ID == id }) {
			t.Errorf("%s: no section %q", name, id)
		}
	}
	for _, address := range c.Topics {
		known, err := loadRegister()
		if err != nil || !slices.ContainsFunc(known, func(k knownOne) bool { return k.Kind == register.Topic && k.Slug == address }) {
			t.Errorf("%s: no topic %q, %v", name, address, err)
		}
	}
	if c.Plan != "" && !slices.ContainsFunc(a.House.Plans, func(p Plan) bool { return p.ID == c.Plan }) {
		t.Errorf("%s: no plan %q", name, c.Plan)
	}
	if c.Urgency < 1 || c.Urgency > 9 {
		t.Errorf("%s: urgency %d", name, c.Urgency)
	}
	eachText(c.Body.Blocks, func(s string) {
		if strings.ContainsAny(s, "*{}@\"'|\n") || s == "" {
			t.Errorf("%s: stray sign in %q", name, s)
		}
	})
	for _, n := range c.Body.Blocks {
		if n.Type == story.PictureNode && !slices.Contains(PictureNames(), n.Attrs.Picture) {
			t.Errorf("%s: no picture %q", name, n.Attrs.Picture)
		}
	}
}

func eachText(nodes []story.Node, see func(string)) {
	for _, n := range nodes {
		if n.Type == story.Text {
			see(n.Text)
		}
		eachText(n.Content, see)
	}
}

func TestNothingHappensInTheFutureOrOutOfOrderAtAnyHour(t *testing.T) {
	for hour := range 24 {
		now := noon.Truncate(24 * time.Hour).Add(time.Duration(hour)*time.Hour + 10*time.Minute)
		a := load(t, now)
		for _, m := range a.Timeline() {
			if m.At.After(now) {
				t.Errorf("at %s %s happens at %s", now, m.Story.Group, m.At)
			}
		}
		for _, s := range a.Stories {
			last := s.At
			for _, e := range s.Events {
				if !e.At.After(last) {
					t.Errorf("at %s the %s of %s %s comes too early", now, e.Kind, s.Group, s.Lang)
				}
				last = e.At
			}
		}
	}
}

func TestTheTimelineIsInOrderAndWhole(t *testing.T) {
	a := load(t, noon)
	line := a.Timeline()
	if !slices.IsSortedFunc(line, func(x, y Moment) int { return x.At.Compare(y.At) }) {
		t.Error("the timeline is out of order")
	}
	want := len(a.Stories)
	for _, s := range a.Stories {
		want += len(s.Events)
	}
	if len(line) != want {
		t.Errorf("%d moments of %d", len(line), want)
	}
}

func TestTheHouseSpeaksAllItsLanguages(t *testing.T) {
	a := load(t, noon)
	check := func(what string, words map[story.Lang]string) {
		for _, l := range a.House.Languages {
			if words[l] == "" {
				t.Errorf("%s has no word in %s", what, l)
			}
		}
	}
	check("the house", a.House.Names)
	for _, s := range a.House.Sections {
		check(s.ID, s.Labels)
	}
	for _, p := range a.House.Plans {
		check(p.ID, p.Names)
		check(p.ID, p.Notices)
	}
	for _, p := range a.Staff {
		check(p.Key, p.Names)
	}
	var lapsed, valid int
	for _, r := range a.Readers {
		if cmp.Compare(r.Until.Unix(), noon.Unix()) > 0 {
			valid++
		} else {
			lapsed++
		}
	}
	if lapsed != 1 || valid != 1 {
		t.Errorf("%d lapsed readers, %d with a pass", lapsed, valid)
	}
}
