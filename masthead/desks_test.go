package masthead_test

import (
	"errors"
	"testing"

	"wireroom/fault"
	"wireroom/masthead"
)

// sports is a desk with two stages for the edit.
func sports() masthead.Desk {
	return masthead.Desk{ID: "sports", Names: map[masthead.Lang]string{"en": "Sports", "be": "Спорт"}, Stages: []masthead.Stage{
		{ID: "writing", State: "draft"}, {ID: "first-read", State: "in_edit"}, {ID: "facts", Names: map[masthead.Lang]string{"en": "Facts"}, State: "in_edit"}, {ID: "ready", State: "ready"},
	}}
}

func TestAnAgencyWithoutDesksHasOneWithAStageForEachState(t *testing.T) {
	all := pozirk().AllDesks()
	if len(all) != 1 || len(all[0].Stages) != 3 {
		t.Fatalf("it has %+v", all)
	}
	for _, state := range masthead.StageStates() {
		if got := all[0].Stage("", state); got.ID != state || got.Name("en") != "" {
			t.Errorf("what is %s stands at %+v", state, got)
		}
	}
}

func TestAStoryStandsAtItsStageOrAtTheFirstOfItsState(t *testing.T) {
	m := pozirk()
	m.Desks = []masthead.Desk{sports(), {ID: "city", Stages: sports().Stages}}
	for _, c := range []struct{ desk, stage, state, want string }{
		{"sports", "facts", "in_edit", "facts"}, {"sports", "", "in_edit", "first-read"}, {"sports", "closed", "in_edit", "first-read"},
		{"sports", "facts", "draft", "writing"}, {"closed", "", "ready", "ready"}, {"", "", "sent", ""},
	} {
		if got := m.Desk(c.desk).Stage(c.stage, c.state).ID; got != c.want {
			t.Errorf("%+v stands at %q", c, got)
		}
	}
	if m.Desk("gone").ID != "sports" || m.Desk("city").ID != "city" || m.Desk("sports").Name("ru") != "Sports" {
		t.Error("the desks are mixed up")
	}
	if err := m.Check(); err != nil {
		t.Error(err)
	}
}

func TestDesksOnWhichNoStoryCouldPassAreRefused(t *testing.T) {
	for what, desks := range map[string][]masthead.Desk{
		"desks no name":     {{Stages: sports().Stages}},
		"desks twice":       {sports(), sports()},
		"stages none":       {{ID: "x"}},
		"stages no ready":   {{ID: "x", Stages: sports().Stages[:3]}},
		"stages twice":      {{ID: "x", Stages: append(sports().Stages, sports().Stages[0])}},
		"stages elsewhere":  {{ID: "x", Stages: append(sports().Stages, masthead.Stage{ID: "out", State: "sent"})}},
		"stages no id":      {{ID: "x", Stages: append(sports().Stages, masthead.Stage{State: "draft"})}},
		"stages too many":   {{ID: "x", Stages: make([]masthead.Stage, masthead.MostStages+1)}},
		"desks are so many": make([]masthead.Desk, masthead.MostDesks+1),
	} {
		m := pozirk()
		m.Desks = desks
		var f *fault.Error
		if err := m.Check(); !errors.As(err, &f) || f.Kind != fault.KindInvalid || f.Subject != what[:len(f.Subject)] {
			t.Errorf("%s: %v", what, err)
		}
	}
}
