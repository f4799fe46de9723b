package story_test

import (
	"slices"
	"strings"
	"testing"

	"wireroom/fault"
	"wireroom/staff"
	"wireroom/story"
)

// acts in the order of the columns below.
var acts = []story.Act{
	story.ActRevise, story.ActSubmit, story.ActReady, story.ActSendBack, story.ActRelease, story.ActUpdate,
	story.ActCorrect, story.ActHold, story.ActReleaseHold, story.ActKill, story.ActSpike, story.ActUnspike,
	story.ActPin, story.ActTranslate, story.ActAlert, story.ActRestore, story.ActAgree,
	story.ActStage, story.ActReopen, story.ActDesk, story.ActAssign, story.ActFlag, story.ActUnflag,
	story.ActSchedule, story.ActUnschedule, story.ActComment,
}

// rights says for each state and act who may: t a translator and all after, r
// from a reporter up, e from an editor up, c a chief, - nobody. It is written out by hand, a second time, so
// that a slip in the table of acts shows.
var rights = map[story.State]string{
	//                revise submit ready back release update correct hold unhold kill spike unspike pin translate alert restore agree | stage reopen desk assign flag unflag schedule unschedule comment
	story.Draft:     "rre-e-----r--ter- r-rrtee-t",
	story.InEdit:    "r-eee-----e--ter- e-ertee-t",
	story.Ready:     "e--ee-----e--tee- eeeeteeet",
	story.Sent:      "e----eee-e--et-e- --eete--t",
	story.Updated:   "e----eee-e--et-e- --eete--t",
	story.Corrected: "e----eee-e--et-e- --eete--t",
	story.Held:      "e----ee-ee---t-e- --eete--t",
	story.Killed:    "----------------- ---------",
	story.Spiked:    "-----------c----- ---------",
}

// becomes is the state after an act; what is missing stays as it was.
var becomes = map[story.Act]story.State{
	story.ActSubmit: story.InEdit, story.ActReady: story.Ready, story.ActSendBack: story.Draft, story.ActRelease: story.Sent,
	story.ActUpdate: story.Updated, story.ActCorrect: story.Corrected, story.ActHold: story.Held, story.ActKill: story.Killed,
	story.ActReleaseHold: story.Sent, story.ActSpike: story.Spiked, story.ActUnspike: story.Draft, story.ActTranslate: story.Draft,
	story.ActAlert: story.Sent, story.ActReopen: story.InEdit, story.ActSchedule: story.Ready,
}

func TestEachActInEachStateByEachRole(t *testing.T) {
	each(t, func(n *newsroom) {
		n.opensDesks()
		for _, state := range story.States() {
			line := n.line(rights, state)
			for i, act := range acts {
				for _, role := range staff.Roles() {
					n.tries(state, act, role, line[i])
				}
			}
		}
	})
}

// line is a state's line of a table, one letter for each act.
func (n *newsroom) line(table map[story.State]string, state story.State) string {
	n.Helper()
	line := strings.ReplaceAll(table[state], " ", "")
	if len(line) != len(acts) {
		n.Fatalf("the line of %s has %d acts, not %d", state, len(line), len(acts))
	}
	return line
}

func (n *newsroom) tries(state story.State, act story.Act, role staff.Role, right byte) {
	n.Helper()
	by := n.people[role]
	st := n.readies(n.in(state, by), act)
	head, err := n.wire.Head(n.ctx)
	n.ok(err)
	after, err := n.does(act, by, st)
	listed := slices.Contains(story.Acts(by, st), act)
	want := strings.ContainsRune(map[staff.Role]string{
		staff.Translator: "t", staff.Reporter: "tr", staff.Editor: "tre", staff.Chief: "trec",
	}[role], rune(right))
	if (err == nil) != want || listed != want {
		n.Errorf("%s of a %s story by a %s: %v (listed: %v), want %v", act, state, role, err, listed, want)
		return
	}
	if want {
		if to := becomes[act]; to != "" && after.State != to || to == "" && after.State != state {
			n.Errorf("%s of a %s story makes it %s", act, state, after.State)
		}
		return
	}
	kind := fault.KindForbidden
	if right == '-' {
		kind = fault.KindConflict
	}
	if !fault.Is(err, kind) {
		n.Errorf("%s of a %s story by a %s fails with %v, want %v", act, state, role, err, kind)
	}
	same, err := n.stories.Get(n.ctx, st.ID)
	n.ok(err)
	now, err := n.wire.Head(n.ctx)
	n.ok(err)
	if same.State != state || same.Revision != st.Revision || now != head || same.Legal != st.Legal ||
		same.Assigned != st.Assigned || same.Desk != st.Desk || same.Stage != st.Stage || !same.SendAt.Equal(st.SendAt) {
		n.Errorf("a refused %s of a %s story left a trace", act, state)
	}
}

// translating says what a translator may do to a translation in each state,
// by hand as above: t what a translator of translations may, - what not.
var translating = map[story.State]string{
	//                revise submit ready back release update correct hold unhold kill spike unspike pin translate alert restore agree | stage reopen desk assign flag unflag schedule unschedule comment
	story.Draft:     "tt-----------t-tt t-ttt---t",
	story.InEdit:    "t------------t-tt ---tt---t",
	story.Ready:     "-------------t--t ----t---t",
	story.Sent:      "-------------t--t ----t---t",
	story.Updated:   "-------------t--t ----t---t",
	story.Corrected: "-------------t--t ----t---t",
	story.Held:      "-------------t--t ----t---t",
	story.Killed:    "----------------- ---------",
	story.Spiked:    "----------------- ---------",
}

func TestATranslatorMayWorkOnTranslations(t *testing.T) {
	each(t, func(n *newsroom) {
		n.opensDesks()
		translator := n.people[staff.Translator]
		for _, state := range story.States() {
			line := n.line(translating, state)
			for i, act := range acts {
				st := n.readies(n.translated(state), act)
				_, err := n.does(act, translator, st)
				if want := line[i] == 't'; (err == nil) != want || slices.Contains(story.Acts(translator, st), act) != want {
					n.Errorf("%s of a translation that is %s by a translator: %v, want %v", act, state, err, want)
				}
			}
		}
	})
}

// translated is a translation in a state.
func (n *newsroom) translated(state story.State) story.Story {
	n.Helper()
	original := n.in(story.Sent, n.chief())
	st, err := n.stories.Translate(n.ctx, n.chief(), original.ID, "ru")
	n.ok(err)
	for _, act := range road[state] {
		st, err = n.does(act, n.chief(), st)
		n.ok(err)
	}
	return st
}

func TestWhoComparedATranslationSaysThatItAgrees(t *testing.T) {
	each(t, func(n *newsroom) {
		for role, want := range map[staff.Role]bool{staff.Translator: true, staff.Reporter: false, staff.Editor: true, staff.Chief: true, staff.Administrator: false} {
			if _, err := n.does(story.ActAgree, n.people[role], n.translated(story.Draft)); (err == nil) != want {
				n.Errorf("a %s says that a translation agrees: %v", role, err)
			}
		}
	})
}

func TestAReporterSpikesOnlyTheirOwnDraft(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Draft, n.people[staff.Editor])
		if _, err := n.stories.Spike(n.ctx, n.people[staff.Reporter], st.ID); !fault.Is(err, fault.KindForbidden) {
			n.Errorf("spiking another's draft: %v", err)
		}
	})
}

func TestAHeldStoryComesBackAsItWas(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, state := range []story.State{story.Sent, story.Updated, story.Corrected} {
			st := n.in(state, n.chief())
			st, err := n.does(story.ActHold, n.chief(), st)
			n.ok(err)
			st, err = n.does(story.ActReleaseHold, n.chief(), st)
			n.ok(err)
			if st.State != state {
				n.Errorf("a held %s story comes back %s", state, st.State)
			}
		}
	})
}
