package desk_test

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/staff"
	"wireroom/story"
)

func TestTheListIsNarrowedByItsAddress(t *testing.T) {
	each(t, func(n *newsroom) {
		council, harvest := text("Council meets"), text("Рада 100% сабралася")
		harvest.Sections, harvest.Slug = []string{"economy", "politics"}, "harvest_2024"
		n.files(staff.Reporter, council)
		n.now = n.now.Add(48 * time.Hour)
		n.files(staff.Editor, harvest)
		n.in(story.Sent, text("Council met"))
		c := n.as(staff.Editor)
		editor := n.people[staff.Editor].ID
		for query, want := range map[string][]string{
			"q=COUNCIL": {"Council meets"}, "stage=all&q=council": {"Council met", "Council meets"}, "q=рада+САБР": {"Рада 100% сабралася"},
			"q=100%25": {"Рада 100% сабралася"}, "q=%25": {"Рада 100% сабралася"}, "q=harvest_": {"Рада 100% сабралася"}, "q=m_ets": nil, "q=\\": nil, "q=council+рада": nil,
			"section=economy": {"Рада 100% сабралася"}, "stage=all&section=politics": {"Council met", "Рада 100% сабралася", "Council meets"},
			"person=" + editor: {"Рада 100% сабралася"}, "person=me": {"Рада 100% сабралася"}, "turn=me": nil, "desk=nowhere": {"Рада 100% сабралася", "Council meets"},
			"from=2024-10-27": {"Рада 100% сабралася"}, "until=2024-10-26": {"Council meets"}, "from=2024-10-25&until=2024-10-25": {"Council meets"},
			"q=\x00\xff": {"Рада 100% сабралася", "Council meets"}, "section=none&person=nobody&from=x": {"Рада 100% сабралася", "Council meets"},
		} {
			p := c.opens("/desk/?" + strings.ReplaceAll(strings.ReplaceAll(query, "\x00", "%00"), "\xff", "%ff"))
			if got := p.rows(); !slices.Equal(got, want) {
				n.Errorf("%q lists %q", query, got)
			}
			if want == nil {
				p.says(200, "Nothing fits.")
			}
		}
		f := c.opens("/desk/?q=council&section=politics&lang=en").says(200, "Show the whole stage")
		for name, want := range map[string]string{"q": "council", "section": "politics", "lang": "en", "stage": "desk"} {
			if got := fieldOf(f, name); got != want {
				n.Errorf("the form has %q for %s", got, name)
			}
		}
	})
}

// fieldOf is what the search form has in a field.
func fieldOf(p page, name string) string {
	for _, n := range p.all("form", "seek") {
		return filled(n, "").Get(name)
	}
	return ""
}

func TestASearchIsSavedForItsPersonAlone(t *testing.T) {
	each(t, func(n *newsroom) {
		n.files(staff.Reporter, text("Council meets"))
		c := n.as(staff.Editor)
		search := c.opens("/desk/?q=council&person=me&skip=300").form("/desk/searches")
		search.Set("name", " My   council ")
		p := c.sends(search)
		if got := p.texts("ul", "searches"); !slices.Equal(got, []string{"My council"}) {
			n.Fatalf("saved are %q", got)
		}
		p = c.opens(c.opens("/desk/").link("My council"))
		if got := fieldOf(p, "q") + fieldOf(p, "person"); got != "councilme" {
			n.Errorf("the saved search asks for %q", got)
		}
		n.as(staff.Chief).opens("/desk/").lacks("My council")
		other := n.as(staff.Chief)
		for _, drop := range p.all("form", "keep") {
			other.posts(attr(drop, "action"), nil).says(404)
			c.posts(attr(drop, "action"), nil)
		}
		if c.opens("/desk/").lacks("My council"); len(p.all("form", "keep")) != 1 {
			n.Error("the search could not be dropped")
		}
		c.posts("/desk/searches", url.Values{"search": {"q=x"}, "name": {"  "}}).says(400)
		c.posts("/desk/searches", url.Values{"search": {"q=" + strings.Repeat("x", 3000)}, "name": {"Long"}}).says(400)
		for i := range story.MostSearches {
			c.throws("/desk/searches", url.Values{"search": {"q=x"}, "name": {"One " + itoa(int64(i))}})
		}
		c.posts("/desk/searches", url.Values{"search": {"q=x"}, "name": {"One too many"}}).says(409)
		c.posts("/desk/searches", url.Values{"search": {"q=y"}, "name": {"One 1"}}).says(200)
	})
}

func TestRowsAreGivenAnewAndSayWhetherTheyStillBelong(t *testing.T) {
	each(t, func(n *newsroom) {
		stays, goes := n.files(staff.Reporter, text("Council meets")), n.files(staff.Reporter, text("Council sits"))
		_, err := n.stories.Submit(n.ctx(), n.people[staff.Chief], goes.ID)
		n.ok(err)
		n.as(staff.Reporter).types(stays, "one", "Council met").tells(200)
		p := n.as(staff.Editor).opens("/desk/rows?stage=draft&ids=" + strings.Join([]string{string(stays.ID), string(goes.ID), "no-such-story", ""}, ","))
		gone := map[string]bool{}
		for _, tr := range p.all("tr") {
			gone[attr(tr, "data-id")] = attr(tr, "class") == "gone"
		}
		if len(gone) != 2 || gone[string(stays.ID)] || !gone[string(goes.ID)] {
			n.Errorf("gone are %v", gone)
		}
		if got := p.texts("td", "who"); !slices.Contains(got, "writes now: Rita") {
			n.Errorf("at the stories are %q", got)
		}
		n.as(staff.Editor).opens("/desk/rows").lacks("<tr")
	})
}

func TestAStoryStandsBesideTheListItWasFoundIn(t *testing.T) {
	one(t, func(n *newsroom) {
		first, second := n.files(staff.Reporter, text("Council meets")), n.in(story.Sent, text("Council met"))
		n.files(staff.Reporter, text("Harvest"))
		c := n.as(staff.Editor)
		c.opens("/desk/?stage=all&q=met")
		near := func(id story.ID) string {
			return strings.Join(c.opens(at(id, "")).texts("ol", "near"), " ")
		}
		if got := near(second.ID); !strings.Contains(got, "Council met ") || strings.Contains(got, "Harvest") || strings.Contains(got, "meets") {
			n.Errorf("beside what was found stands %q", got)
		}
		c.opens("/desk/?stage=draft&q=meets")
		if got := near(first.ID); !strings.Contains(got, "Council meets") || strings.Contains(got, "Harvest") {
			n.Errorf("beside it stands %q", got)
		}
		c.opens("/desk/?stage=draft")
		if got := near(second.ID); !strings.Contains(got, "Council met ") || strings.Contains(got, "Harvest") {
			n.Errorf("beside what is elsewhere stands %q", got)
		}
	})
}

// opensArchive has what was sent found by its text.
func (n *newsroom) opensArchive() {
	n.Helper()
	ctx, stop := context.WithCancel(n.ctx())
	done := make(chan error, 1)
	go func() { done <- n.archive.Follow(ctx) }()
	n.Cleanup(func() {
		stop()
		<-done
	})
	for ready := false; !ready; {
		var err error
		ready, err = n.archive.Ready(ctx)
		n.ok(err)
	}
}

func TestWhatWasSentIsFoundByItsTextAndByAnySpelling(t *testing.T) {
	each(t, func(n *newsroom) {
		sent := text("Council met")
		sent.Body.Blocks = append(sent.Body.Blocks, story.Para(story.Plain("Łukašenka spoke of the harvests.")))
		locked := text("For subscribers")
		locked.Plan = "plus"
		locked.Body.Blocks = append(sent.Body.Blocks, story.Para(story.Plain("The end speaks of apricots.")))
		n.in(story.Sent, sent)
		n.now = n.now.Add(time.Minute)
		n.in(story.Sent, locked)
		n.files(staff.Reporter, text("Lukashenko, a draft"))
		n.opensArchive()
		c := n.as(staff.Editor)
		for query, want := range map[string][]string{
			"stage=all&q=Lukashenko": {"Lukashenko, a draft", "For subscribers", "Council met"}, "stage=out&q=harvest": {"For subscribers", "Council met"},
			"stage=out&q=apricot": {"For subscribers"}, "stage=out&q=harvest+-apricots": {"Council met"}, "stage=desk&q=harvest": nil,
		} {
			if got := c.opens("/desk/?" + query).rows(); !slices.Equal(got, want) {
				n.Errorf("%q lists %q", query, got)
			}
		}
	})
}
