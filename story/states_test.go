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
}

// rights says for each state and act who may: t a translator and all after, r
// from a reporter up, e from an editor up, c a chief, - nobody. It is written out by hand, a second time, so
// that a slip in the table of acts shows.
var rights = map[story.State]string{
	//                revise submit ready back release update correct hold unhold kill spike unspike pin translate alert restore agree
	story.Draft:     "rre-e-----r--ter-",
	story.InEdit:    "r-eee-----e--ter-",
	story.Ready:     "e--ee-----e--tee-",
	story.Sent:      "e----eee-e--et-e-",
	story.Updated:   "e----eee-e--et-e-",
	story.Corrected: "e----eee-e--et-e-",
	story.Held:      "e----ee-ee---t-e-",
	story.Killed:    "-----------------",
	story.Spiked:    "-----------c-----",
}

// becomes is the state after an act; what is missing stays as it was.
var becomes = map[story.Act]story.State{
	story.ActSubmit: story.InEdit, story.ActReady: story.Ready, story.ActSendBack: story.Draft, story.ActRelease: story.Sent,
	story.ActUpdate: story.Updated, story.ActCorrect: story.Corrected, story.ActHold: story.Held, story.ActKill: story.Killed,
	story.ActReleaseHold: story.Sent, story.ActSpike: story.Spiked, story.ActUnspike: story.Draft, story.ActTranslate: story.Draft,
	story.ActAlert: story.Sent,
}

func TestEachActInEachStateByEachRole(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, state := range story.States() {
			if len(rights[state]) != len(acts) {
				n.Fatalf("the line of %s has %d acts, not %d", state, len(rights[state]), len(acts))
			}
			for i, act := range acts {
				for _, role := range staff.Roles() {
					n.tries(state, act, role, rights[state][i])
				}
			}
		}
	})
}

func (n *newsroom) tries(state story.State, act story.Act, role staff.Role, right byte) {
	n.Helper()
	by := n.people[role]
	st := n.in(state, by)
	if story.May(n.chief(), act, st) == nil && (act == story.ActUpdate || act == story.ActCorrect) {
		var err error
		st, err = n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text("Newer"))
		n.ok(err)
	}
	if story.May(n.chief(), act, st) == nil && act == story.ActRestore {
		var err error
		st, err = n.stories.Revise(n.ctx, n.chief(), st.ID, st.Revision, text("Newer"))
		n.ok(err)
	}
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
	if same.State != state || same.Revision != st.Revision || now != head {
		n.Errorf("a refused %s of a %s story left a trace", act, state)
	}
}

// agrees says who may say in which state that a translation agrees with its
// original, by hand as above.
var agrees = map[story.State]string{
	story.Draft: "te", story.InEdit: "te", story.Ready: "te", story.Sent: "te", story.Updated: "te",
	story.Corrected: "te", story.Held: "te", story.Killed: "", story.Spiked: "",
}

func TestATranslatorOrAnEditorSaysThatATranslationAgrees(t *testing.T) {
	each(t, func(n *newsroom) {
		for _, state := range story.States() {
			original := n.in(story.Sent, n.chief())
			st, err := n.stories.Translate(n.ctx, n.chief(), original.ID, "ru")
			n.ok(err)
			for _, act := range road[state] {
				st, err = n.does(act, n.chief(), st)
				n.ok(err)
			}
			for role, letter := range map[staff.Role]string{staff.Translator: "t", staff.Reporter: "r", staff.Editor: "e", staff.Chief: "e", staff.Administrator: "a"} {
				want := strings.Contains(agrees[state], letter)
				if _, err := n.does(story.ActAgree, n.people[role], st); (err == nil) != want {
					n.Errorf("a %s says that a %s translation agrees: %v, want %v", role, state, err, want)
				}
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
