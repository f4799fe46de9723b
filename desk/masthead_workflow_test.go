package desk_test

import (
	"net/url"
	"strings"
	"testing"

	"wireroom/masthead"
	"wireroom/staff"
)

const workflow = "/desk/masthead/workflow"

func TestAChiefSetsTheDesksTheirStagesAndTheRules(t *testing.T) {
	each(t, func(n *newsroom) {
		chief := n.as(staff.Chief)
		form := func() form { n.Helper(); return chief.opens(workflow).says(200, "Desks and rules").form(workflow) }
		chief.sends(form().fills("desk..en", "Foreign Desk", "desk..ru", "Мир", "rule.second_eyes", "yes", "rule.need_plan", "yes")).says(200, "Saved.")
		m := n.masthead()
		if m.Rules != (masthead.Rules{SecondEyes: true, NeedPlan: true}) {
			n.Errorf("the rules are %+v", m.Rules)
		}
		if len(m.Desks) != 1 || m.Desks[0].ID != "foreign-desk" || m.Desks[0].Names["ru"] != "Мир" || len(m.Desks[0].Stages) != 3 {
			n.Fatalf("the desks are %+v", m.Desks)
		}
		f := form().fills("stage.foreign-desk..en", "Lawyers", "stage.foreign-desk..be", "Юрысты", "stage.foreign-desk..state", "in_edit", "stage.foreign-desk..order", "1",
			"stage.foreign-desk.draft.en", "Writing")
		f.Del("rule.need_plan")
		chief.sends(f).says(200, "Saved.")
		m = n.masthead()
		var ids []string
		for _, s := range m.Desks[0].Stages {
			ids = append(ids, s.ID+":"+s.State)
		}
		if got := strings.Join(ids, " "); got != "draft:draft lawyers:in_edit in_edit:in_edit ready:ready" || m.Desks[0].Stages[0].Name("en") != "Writing" {
			n.Errorf("the stages are %s, the first called %q", got, m.Desks[0].Stages[0].Name("en"))
		}
		if m.Rules != (masthead.Rules{SecondEyes: true}) {
			n.Errorf("the rules are %+v", m.Rules)
		}
		// What was not touched stays; the other page of the masthead knows nothing of desks and keeps them.
		chief.sends(form()).says(200, "Saved.")
		chief.sends(chief.opens(headed).form(headed)).says(200, "Saved.")
		if again := n.masthead(); len(again.Desks) != 1 || len(again.Desks[0].Stages) != 4 || again.Rules != m.Rules {
			n.Errorf("saved untouched it becomes %+v", again)
		}
		chief.sends(form().fills("stage.foreign-desk.lawyers.remove", "yes")).says(200, "Saved.")
		if got := len(n.masthead().Desks[0].Stages); got != 3 {
			n.Errorf("%d stages are left", got)
		}
		chief.sends(form().fills("desk.foreign-desk.remove", "yes")).says(200, "Saved.")
		if got := len(n.masthead().Desks); got != 0 {
			n.Errorf("%d desks are left", got)
		}
	})
}

func TestDesksOnWhichNoStoryCouldPassAreToldAndKeptAsTyped(t *testing.T) {
	one(t, func(n *newsroom) {
		n.opensDesks()
		chief := n.as(staff.Chief)
		for field, c := range map[string]struct{ value, why string }{
			"desk..en":               {"News", "two have the same"},
			"desk..be":               {"!", "desk has no name"},
			"stage.news..en":         {"Night", "two have the same"},
			"stage.news.facts.state": {"sent", "belongs to draft"},
			"desk.sports.ru":         {strings.Repeat("ж", 501), "at most 500 characters"},
			"stage.sports.style.en":  {"a\x01b", "no line ends"},
		} {
			p := chief.sends(chief.opens(workflow).form(workflow).fills(field, c.value)).says(422, c.why)
			if got := p.form(workflow).Get(field); field != "stage.news.facts.state" && got != c.value {
				n.Errorf("%s comes back as %q", field, got)
			}
		}
		if m := n.masthead(); len(m.Desks) != 2 || len(m.Desks[0].Stages) != 6 {
			n.Errorf("it is kept as %+v", m.Desks)
		}
		stale := chief.opens(workflow).form(workflow).fills("desk..en", "Culture")
		chief.sends(chief.opens(workflow).form(workflow).fills("desk..en", "Economy")).says(200)
		p := chief.sends(stale).says(409, "Somebody saved the masthead")
		chief.sends(p.form(workflow)).says(200)
		if m := n.masthead(); len(m.Desks) != 4 || m.Desks[2].ID != "economy" || m.Desks[3].ID != "culture" {
			n.Errorf("after both saved it is %+v", m.Desks)
		}
	})
}

func TestTheDesksAreAChiefsToSet(t *testing.T) {
	one(t, func(n *newsroom) {
		for _, role := range []staff.Role{staff.Translator, staff.Reporter, staff.Editor} {
			c := n.as(role)
			c.opens(workflow).says(403)
			c.posts(workflow, url.Values{"rule.need_slug": {"yes"}}).says(403)
		}
		if n.masthead().Rules.NeedSlug {
			n.Error("somebody else sets a rule")
		}
		n.as(staff.Administrator).opens(workflow).says(200)
	})
}
