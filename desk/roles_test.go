package desk_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/web"
)

// acts are the acts behind the desk's addresses. A route that posts to a story
// and is not here fails the walk.
var acts = map[string]story.Act{
	"revisions": story.ActRevise, "submission": story.ActSubmit, "ready": story.ActReady, "unspike": story.ActUnspike,
	"pin": story.ActPin, "translation": story.ActTranslate, "release": story.ActRelease, "update": story.ActUpdate,
	"correction": story.ActCorrect, "release-from-hold": story.ActReleaseHold, "hold": story.ActHold, "return": story.ActSendBack,
	"spike": story.ActSpike, "kill": story.ActKill, "alert": story.ActAlert, "restoration": story.ActRestore,
	"stage": story.ActStage, "reopening": story.ActReopen, "desk": story.ActDesk, "assignment": story.ActAssign, "flag": story.ActFlag,
	"flag-removal": story.ActUnflag, "schedule": story.ActSchedule, "schedule-removal": story.ActUnschedule,
	"agreement": story.ActAgree,
}

// besides are the addresses at a story that change nothing of it: what is typed
// and not saved, and who writes. A test of their own walks them.
var besides = []string{"working", "working/removal", "lock", "lock/release",
	"comments", "comments/{comment}/resolution", "comments/{comment}/reopening",
	"quotations", "quotations/{entry}/withdrawal", "quotations/{entry}/stranger"}

// elsewhere are acts that another page than the story's own offers.
var elsewhere = []string{"restoration"}

// openPages are pages at a story for everybody at the desk.
var openPages = []string{"revisions/{revision}", "compare", "comments", "languages"}

// wayIn reports whether a stranger may ask for the address.
func wayIn(r web.Route) bool {
	return strings.HasPrefix(r.Pattern, "/desk/sign-") || r.Pattern == "/desk/language" || r.Pattern == "/assets/desk/{file}"
}

// noun is the last part of a route at a story: "release".
func noun(r web.Route) (string, bool) { return strings.CutPrefix(r.Pattern, "/desk/stories/{id}/") }

func TestEachActIsOpenToThoseWhoMayDoItAndToNobodyElse(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.opensDesks()
	walked := map[string]bool{}
	for _, r := range n.routes {
		noun, ok := noun(r)
		if !ok || r.Method != http.MethodPost || slices.Contains(besides, noun) {
			continue
		}
		act, known := acts[noun]
		if !known {
			t.Fatalf("no act is known for POST %s", r.Pattern)
		}
		walked[noun] = true
		for _, role := range staff.Roles() {
			c := n.as(role)
			for _, state := range story.States() {
				n.tries(c, role, n.in(state, text("Council meets")), noun, act)
			}
		}
	}
	if len(walked) != len(acts) {
		t.Errorf("of %d acts only %v have an address", len(acts), slices.Sorted(maps.Keys(walked)))
	}
}

// tries does an act straight at its address and holds what happens against
// what the person may.
func (n *newsroom) tries(c *clerk, role staff.Role, st story.Story, noun string, act story.Act) {
	n.Helper()
	if slices.Contains([]string{"update", "correction"}, noun) && (st.State.Out() || st.State == story.Held) {
		var err error
		st, err = n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, st.Revision, text("Council met"))
		n.ok(err)
	}
	if noun == "alert" && st.SentRevision == 0 && st.State != story.Spiked {
		urgent := text("Council met")
		urgent.Urgency = 1
		var err error
		st, err = n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, st.Revision, urgent)
		n.ok(err)
	}
	if noun == "restoration" && n.mayRevise(st) {
		var err error
		st, err = n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, st.Revision, text("Council met anew"))
		n.ok(err)
	}
	st = n.readies(st, noun)
	may, status := story.May(n.people[role], act, st), http.StatusSeeOther
	switch {
	case fault.Is(may, fault.KindForbidden):
		status = http.StatusForbidden
	case fault.Is(may, fault.KindConflict):
		status = http.StatusConflict
	}
	p := c.throws(at(st.ID, "/"+noun), url.Values{"base": {itoa(st.Revision)}, "note": {"So it is."}, "sure": {"yes"}, "pin": {"3"}, "lang": {"be"}, "headline": {"Anew"}, "revision": {"1"},
		"to": {movesTo(noun, st.State)}, "person": {n.people[role].ID}, "send_at": {"2024-12-31T23:59"}})
	if p.status != status {
		n.Errorf("%s by a %s of what is %s answers %d, not %d", noun, role, st.State, p.status, status)
	}
	now := n.story(st.ID)
	now.Changed = st.Changed
	family, err := n.stories.Family(n.ctx(), st.Group)
	n.ok(err)
	if changed := now.State != st.State || now.Revision != st.Revision || now.Releases != st.Releases || now.Pin != st.Pin || len(family) > 1 ||
		now.Desk != st.Desk || now.Stage != st.Stage || now.Assigned != st.Assigned || now.Legal != st.Legal || !now.SendAt.Equal(st.SendAt); changed != (may == nil) {
		n.Errorf("%s by a %s of what is %s changes it: %v", noun, role, st.State, changed)
	}
}

func TestAStoryOffersEachPersonWhatTheyMayDoAndNoMore(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	n.opensDesks()
	for _, state := range story.States() {
		st := n.in(state, text("Council meets"))
		if st.SentRevision > 0 && st.State != story.Killed {
			var err error
			st, err = n.stories.Revise(n.ctx(), n.people[staff.Chief], st.ID, st.Revision, text("Council met"))
			n.ok(err)
		}
		for _, role := range staff.Roles() {
			c := n.as(role)
			p := c.opens(at(st.ID, "")).says(200)
			offered := p.leads(at(st.ID, "/"))
			for noun, act := range acts {
				if may := story.May(n.people[role], act, st) == nil; !slices.Contains(elsewhere, noun) && may != slices.Contains(offered, noun) {
					t.Errorf("of what is %s a %s is offered %s: %v", state, role, noun, !may)
				}
			}
			for _, r := range n.routes {
				if noun, ok := noun(r); ok && r.Method == http.MethodGet && !slices.Contains(openPages, noun) {
					n.panelFor(c, role, st, noun)
				}
			}
		}
	}
}

func (n *newsroom) mayRevise(st story.Story) bool {
	return story.May(n.people[staff.Chief], story.ActRevise, st) == nil
}

// panelFor opens the page before an act.
func (n *newsroom) panelFor(c *clerk, role staff.Role, st story.Story, noun string) {
	n.Helper()
	act := acts[noun]
	if noun == "edit" {
		act = story.ActRevise
	}
	want := http.StatusOK
	if err := story.May(n.people[role], act, st); err != nil {
		want = web.Status(err)
	}
	if p := c.opens(at(st.ID, "/"+noun)); p.status != want {
		n.Errorf("the page to %s what is %s answers a %s with %d, not %d", noun, st.State, role, p.status, want)
	}
}

// leads are the nouns under an address to which the page's links and forms
// lead; the form of a story stands for its revisions.
func (p page) leads(under string) (nouns []string) {
	for d := range p.doc.Descendants() {
		for _, key := range []string{"href", "action"} {
			if noun, ok := strings.CutPrefix(attr(d, key), under); ok {
				if noun == "edit" {
					noun = "revisions"
				}
				nouns = append(nouns, noun)
			}
		}
	}
	return nouns
}

func TestAReporterSpikesOnlyTheirOwnStory(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Reporter, text("Council meets"))
		other := n.seats(n.joins("Roman", staff.Reporter))
		if offered := other.opens(at(st.ID, "")).leads(at(st.ID, "/")); slices.Contains(offered, "spike") || !slices.Contains(offered, "submission") {
			n.Errorf("another reporter is offered %q", offered)
		}
		other.opens(at(st.ID, "/spike")).says(403, "a story of one’s own")
		other.posts(at(st.ID, "/spike"), nil).says(403)
		if n.story(st.ID).State != story.Draft {
			n.Fatal("another reporter spikes it")
		}
		rita := n.as(staff.Reporter)
		rita.sends(rita.panel(st, "Spike", "spike")).says(200, "Spiked.")
	})
}

func TestNobodyReachesTheDeskWithoutASession(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	st := n.in(story.Sent, text("Council meets"))
	draft := n.files(staff.Editor, text("Unsent secret"))
	forged := n.stranger()
	forged.headers = []string{"Cookie", "desk=forged; reader=x"}
	for _, r := range n.routes {
		if wayIn(r) {
			continue
		}
		for _, id := range []story.ID{st.ID, draft.ID, "no-such-story"} {
			path := strings.NewReplacer("{id}", string(id), "{revision}", "1", "{$}", "", "{picture}", "x", "{width}", "0").Replace(r.Pattern)
			for _, c := range []*clerk{n.stranger(), forged} {
				p := c.asks(r.Method, path)
				if !strings.HasPrefix(p.header.Get("Content-Type"), "application/json") || p.status != 401 {
					p.says(403)
				}
				p.lacks("Council", "Unsent", "Rita", "Edvard", "Politics", "№")
				if p.header.Get("Cache-Control") != "private, no-store" {
					t.Errorf("%s %s may be kept: %q", r.Method, path, p.header.Get("Cache-Control"))
				}
			}
		}
	}
	if a, b := n.story(st.ID), n.story(draft.ID); a.State != story.Sent || b.State != story.Draft || a.Revision != 1 || b.Revision != 1 {
		t.Error("a stranger changes a story")
	}
	if all, err := n.stories.List(n.ctx(), story.Filter{}); err != nil || len(all) != 2 {
		t.Errorf("there are %d stories: %v", len(all), err)
	}
}

func TestAStrangersAnswerIsTheSameForWhatExistsAndWhatDoesNot(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	st, c := n.in(story.Held, text("Council meets")), n.stranger()
	there := strings.ReplaceAll(c.opens(at(st.ID, "")).source, string(st.ID), "ID")
	if nowhere := strings.ReplaceAll(c.opens(at("no-such-story", "")).source, "no-such-story", "ID"); there != nowhere {
		t.Errorf("one tells which stories exist:\n%s\n%s", there, nowhere)
	}
}

func TestAFormFromAnotherSiteDoesNothing(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	for _, r := range n.routes {
		if r.Method != http.MethodPost {
			continue
		}
		for _, headers := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elsewhere.example"}} {
			st, chief := n.in(story.Sent, text("Council meets")), n.as(staff.Chief)
			before := n.story(st.ID)
			chief.headers = headers
			link := n.link(n.people[staff.Chief])
			path := strings.NewReplacer("{id}", string(st.ID), "/desk/sign-in/{token}", link).Replace(r.Pattern)
			p := chief.throws(path, url.Values{"base": {"1"}, "note": {"So."}, "sure": {"yes"}, "lang": {"be"}, "pin": {"1"}, "headline": {"Forged"}}).says(403)
			if p.header.Get("Set-Cookie") != "" {
				t.Errorf("POST %s with %v sets a cookie", r.Pattern, headers)
			}
			if after := n.story(st.ID); after.State != before.State || after.Revision != before.Revision || after.Pin != before.Pin {
				t.Errorf("POST %s with %v changes the story", r.Pattern, headers)
			}
			chief.headers = nil
			chief.opens("/desk/").says(200)
			n.stranger().opens(link).says(200)
		}
	}
	if all, err := n.stories.List(n.ctx(), story.Filter{States: []story.State{story.Draft}}); err != nil || len(all) > 0 {
		t.Errorf("%d stories were forged: %v", len(all), err)
	}
}

func TestEveryPageIsForItsReaderAlone(t *testing.T) {
	n := open(t, dbtest.SQLite(t))
	st, chief := n.in(story.Sent, text("Council meets")), n.as(staff.Chief)
	for _, r := range n.routes {
		if r.Method != http.MethodGet || r.Pattern == "/assets/desk/{file}" {
			continue
		}
		method := http.MethodGet
		if r.Pattern == "/desk/live" {
			method = http.MethodHead // it has no end
		}
		if r.Who != web.Staff {
			t.Errorf("%s is for %s", r.Pattern, r.Who)
		}
		path := strings.NewReplacer("{id}", string(st.ID), "{revision}", "1", "{$}", "", "{picture}", "x", "{width}", "0", "{token}", "x").Replace(r.Pattern)
		if got := chief.asks(method, path).header.Get("Cache-Control"); got != "private, no-store" {
			t.Errorf("%s may be kept: %q", path, got)
		}
	}
}
