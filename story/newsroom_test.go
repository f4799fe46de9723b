package story_test

import (
	"context"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
	"wireroom/wire"
)

// newsroom is a small agency with a clock of the test's own.
type newsroom struct {
	*testing.T
	ctx     context.Context
	now     time.Time
	stories *story.Store
	wire    *wire.Wire
	people  map[staff.Role]staff.Person

	mastheads *masthead.Store
	db        *db.DB
}

func each(t *testing.T, promise func(n *newsroom)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		n := &newsroom{T: t, ctx: context.Background(), now: time.Date(2024, 10, 25, 14, 20, 0, 0, time.UTC), wire: wire.New(d),
			mastheads: masthead.New(d), db: d}
		err := masthead.New(d).Found(n.ctx, masthead.Masthead{
			Name: "Pozirk", Languages: []masthead.Lang{"en", "ru", "be"}, ZoneName: "Europe/Vilnius",
			Sections: []masthead.Section{{ID: "politics"}, {ID: "economy"}}, Plans: []masthead.Plan{{ID: "plus"}},
		})
		n.ok(err)
		clock := func() time.Time { return n.now }
		n.stories, n.people = story.New(d, clock), map[staff.Role]staff.Person{}
		for _, role := range staff.Roles() {
			p, err := staff.New(d, clock).Add(n.ctx, staff.Person{Name: string(role), Email: string(role) + "@pozirk.example", Role: role})
			n.ok(err)
			n.people[role] = p
		}
		promise(n)
	})
}

func (n *newsroom) ok(err error) {
	n.Helper()
	if err != nil {
		n.Fatal(err)
	}
}

// later lets a minute pass.
func (n *newsroom) later() { n.now = n.now.Add(time.Minute) }

func (n *newsroom) chief() staff.Person { return n.people[staff.Chief] }

func text(headline string) story.Content {
	return story.Content{Headline: headline, Urgency: 2, Sections: []string{"politics"},
		Body: story.Body{Blocks: []story.Node{story.Para(story.Plain("One.")), story.Para(story.Plain("Two."))}}}
}

// road leads from a draft to each state.
var road = map[story.State][]story.Act{
	story.InEdit:    {story.ActSubmit},
	story.Ready:     {story.ActReady},
	story.Sent:      {story.ActRelease},
	story.Updated:   {story.ActRelease, story.ActRevise, story.ActUpdate},
	story.Corrected: {story.ActRelease, story.ActRevise, story.ActCorrect},
	story.Held:      {story.ActRelease, story.ActHold},
	story.Killed:    {story.ActRelease, story.ActKill},
	story.Spiked:    {story.ActSpike},
}

// in makes a story by the given person, or a reporter when they write none, and
// brings it to a state.
func (n *newsroom) in(state story.State, by staff.Person) story.Story {
	n.Helper()
	if story.MayWrite(by, nil) != nil {
		by = n.people[staff.Reporter]
	}
	st, err := n.stories.Create(n.ctx, by, "en", "", text("First"))
	n.ok(err)
	for _, act := range road[state] {
		st, err = n.does(act, n.chief(), st)
		n.ok(err)
	}
	if st.State != state {
		n.Fatalf("the story is %s, not %s", st.State, state)
	}
	return st
}

// does an act to a story with words that suit it.
func (n *newsroom) does(act story.Act, by staff.Person, st story.Story) (story.Story, error) {
	s, ctx := n.stories, n.ctx
	switch act {
	case story.ActRevise:
		return s.Revise(ctx, by, st.ID, st.Revision, text("Changed"))
	case story.ActSubmit:
		return s.Submit(ctx, by, st.ID)
	case story.ActReady:
		return s.Ready(ctx, by, st.ID)
	case story.ActSendBack:
		return s.SendBack(ctx, by, st.ID, "Who says so?")
	case story.ActRelease:
		return s.Release(ctx, by, st.ID, st.Revision)
	case story.ActUpdate:
		return s.Update(ctx, by, st.ID, st.Revision, "Adds a reaction")
	case story.ActCorrect:
		return s.Correct(ctx, by, st.ID, st.Revision, story.Say("It was a Tuesday."))
	case story.ActHold:
		return s.Hold(ctx, by, st.ID, "Checking")
	case story.ActReleaseHold:
		return s.ReleaseHold(ctx, by, st.ID)
	case story.ActKill:
		return s.Kill(ctx, by, st.ID, story.Say("It never happened."))
	case story.ActSpike:
		return s.Spike(ctx, by, st.ID)
	case story.ActUnspike:
		return s.Unspike(ctx, by, st.ID)
	case story.ActPin:
		return s.Pin(ctx, by, st.ID, 1)
	case story.ActAlert:
		return s.Alert(ctx, by, st.ID, st.Revision)
	case story.ActRestore:
		return s.Restore(ctx, by, st.ID, st.Revision, 1)
	case story.ActComment:
		_, err := s.Comment(ctx, by, story.Comment{Story: st.ID, Words: "Who says so?"}, nil)
		return st, err
	case story.ActAgree:
		return s.Agree(ctx, by, st.ID, 1)
	case story.ActTranslate:
		return s.Translate(ctx, by, st.ID, "be")
	case story.ActStage:
		second := map[story.State]string{story.Draft: "facts", story.InEdit: "lawyers", story.Ready: "night"}
		return s.Move(ctx, by, st.ID, "news", second[st.State])
	case story.ActReopen:
		return s.Reopen(ctx, by, st.ID)
	case story.ActDesk:
		return s.Move(ctx, by, st.ID, "sports", "")
	case story.ActAssign:
		return s.Assign(ctx, by, st.ID, by.ID, "Mine")
	case story.ActFlag:
		return s.Flag(ctx, by, st.ID, "A name is in it.")
	case story.ActUnflag:
		return s.Unflag(ctx, by, st.ID, "The lawyers agree.")
	case story.ActSchedule:
		return s.Schedule(ctx, by, st.ID, st.Revision, n.now.Add(time.Hour))
	case story.ActUnschedule:
		return s.Unschedule(ctx, by, st.ID)
	}
	n.Fatalf("nobody knows how to %s", act)
	return story.Story{}, nil
}

// opensDesks gives the agency two desks with two stages for each state.
func (n *newsroom) opensDesks() {
	n.Helper()
	stages := []masthead.Stage{{ID: "writing", State: "draft"}, {ID: "facts", State: "draft"}, {ID: "editing", State: "in_edit"},
		{ID: "lawyers", State: "in_edit"}, {ID: "done", State: "ready"}, {ID: "night", State: "ready"}}
	n.ok(n.mastheads.Change(n.ctx, func(m masthead.Masthead) (masthead.Masthead, error) {
		m.Desks = []masthead.Desk{{ID: "news", Stages: stages}, {ID: "sports", Stages: stages}}
		return m, nil
	}))
}

// readies brings a story to where an act makes sense that its state allows: a
// newer text to be sent, a flag to be lifted, a plan to be taken back.
func (n *newsroom) readies(st story.Story, act story.Act) story.Story {
	n.Helper()
	before := map[story.Act]story.Act{story.ActUpdate: story.ActRevise, story.ActCorrect: story.ActRevise, story.ActRestore: story.ActRevise,
		story.ActUnflag: story.ActFlag, story.ActUnschedule: story.ActSchedule}[act]
	if story.May(n.chief(), before, st) != nil || act == story.ActUnschedule && st.State != story.Ready {
		return st
	}
	st, err := n.does(before, n.chief(), st)
	n.ok(err)
	return st
}
