package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/masthead"
	"wireroom/staff"
	"wireroom/story"
)

// opensDesks gives the agency two desks with two stages for each state.
func (n *newsroom) opensDesks() {
	n.Helper()
	in := func(en, ru, be string) map[masthead.Lang]string {
		return map[masthead.Lang]string{"en": en, "ru": ru, "be": be}
	}
	stages := []masthead.Stage{{ID: "writing", State: "draft"}, {ID: "facts", Names: in("Facts", "Проверка", "Праверка"), State: "draft"},
		{ID: "editing", State: "in_edit"}, {ID: "style", Names: in("Style", "Стиль", "Стыль"), State: "in_edit"},
		{ID: "done", State: "ready"}, {ID: "night", Names: in("For the night", "На ночь", "На ноч"), State: "ready"}}
	n.ok(n.mastheads.Change(n.ctx(), func(m masthead.Masthead) (masthead.Masthead, error) {
		m.Desks = []masthead.Desk{{ID: "news", Names: in("News", "Новости", "Навіны"), Stages: stages}, {ID: "sports", Names: in("Sports", "Спорт", "Спорт"), Stages: stages}}
		return m, nil
	}))
}

// movesTo is where a form would move a story of the state to.
func movesTo(noun string, state story.State) string {
	if noun == "desk" {
		return "sports"
	}
	return "news/" + map[story.State]string{story.Draft: "facts", story.InEdit: "style", story.Ready: "night"}[state]
}

// readies brings a story to where the act behind an address makes sense: a flag
// to be lifted, a plan to be taken back.
func (n *newsroom) readies(st story.Story, noun string) story.Story {
	n.Helper()
	chief := n.people[staff.Chief]
	var err error
	switch {
	case noun == "flag-removal" && story.May(chief, story.ActFlag, st) == nil:
		st, err = n.stories.Flag(n.ctx(), chief, st.ID, "A name is in it.")
	case noun == "schedule-removal" && st.State == story.Ready:
		st, err = n.stories.Schedule(n.ctx(), chief, st.ID, st.Revision, n.now.Add(time.Hour))
	}
	n.ok(err)
	return st
}

func TestAStoryPassesTheStagesOfItsDesk(t *testing.T) {
	each(t, func(n *newsroom) {
		n.opensDesks()
		st := n.files(staff.Reporter, text("Council meets"))
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		moves := func(c *clerk, noun, to, said string) {
			n.Helper()
			f := c.opens(at(st.ID, "")).form(at(st.ID, "/"+noun))
			c.sends(f.fills("to", to)).says(200, said)
			st = n.story(st.ID)
		}
		moves(rita, "stage", "news/facts", "Moved.")
		moves(rita, "stage", "news/editing", "Moved.")
		if st.State != story.InEdit || st.Stage != "editing" {
			n.Errorf("it is %s at %q", st.State, st.Stage)
		}
		if leads := rita.opens(at(st.ID, "")).leads(at(st.ID, "/")); slices.Contains(leads, "stage") {
			n.Error("a reporter may move what the editors have")
		}
		moves(editor, "stage", "news/night", "Moved.")
		moves(editor, "desk", "sports", "It lies at the other desk now.")
		if st.State != story.Ready || st.Desk != "sports" || st.Stage != "done" {
			n.Errorf("it is %s at %s/%s", st.State, st.Desk, st.Stage)
		}
		editor.posts(at(st.ID, "/stage"), url.Values{"to": {"nowhere/x"}}).says(400)
		editor.posts(at(st.ID, "/reopening"), nil).says(200, "Back in the edit.")
	})
}

func TestANoteStandsAtTheTopUntilTheStoryIsSubmittedAgain(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.InEdit, text("Council meets"))
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		editor.sends(editor.opens(at(st.ID, "/return")).form(at(st.ID, "/return")).fills("note", "Who says so?")).says(200)
		if got := n.story(st.ID); got.Assigned != n.people[staff.Reporter].ID {
			n.Errorf("it is the turn of %q", got.Assigned)
		}
		for _, path := range []string{"", "/edit"} {
			rita.opens(at(st.ID, path)).says(200, "Edvard sent it back.", "Who says so?")
		}
		rita.posts(at(st.ID, "/submission"), nil).says(200)
		for _, path := range []string{"/edit", ""} {
			editor.opens(at(st.ID, path)).lacks("sent it back.")
		}
	})
}

func TestAFlagIsSeenAndStopsTheSending(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.Ready, text("Council meets"))
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		rita.sends(rita.opens(at(st.ID, "/flag")).form(at(st.ID, "/flag"))).says(422)
		rita.sends(rita.opens(at(st.ID, "/flag")).form(at(st.ID, "/flag")).fills("note", "A name is in it.")).says(200, "Flagged.", "A name is in it.")
		p := editor.opens(at(st.ID, "/release")).says(200, "flagged for the lawyers", "A name is in it.")
		if f := p.form(at(st.ID, "/release")); len(f.buttons) > 0 {
			n.Errorf("it may be sent by %q", f.buttons)
		}
		editor.sends(p.form(at(st.ID, "/release"))).says(422, "A name is in it.")
		page := editor.opens(at(st.ID, "")).says(200)
		if lift := page.links("Lift the flag…"); len(lift) != 1 {
			n.Errorf("%d ways lead to the flag's removal", len(lift))
		}
		if leads := page.leads(at(st.ID, "/")); slices.Contains(leads, "release") || slices.Contains(leads, "schedule") || !slices.Contains(leads, "flag-removal") {
			n.Errorf("a flagged story leads to %q", leads)
		}
		for lang, why := range map[string]string{"en": "not while it is flagged", "ru": "пока текст отмечен для юристов", "be": "пакуль тэкст пазначаны для юрыстаў"} {
			editor.posts("/desk/language", url.Values{"lang": {lang}})
			editor.opens(at(st.ID, "")).says(200, why)
		}
		editor.posts("/desk/language", url.Values{"lang": {"en"}})
		rita.opens(at(st.ID, "/flag-removal")).says(403)
		editor.sends(editor.opens(at(st.ID, "/flag-removal")).says(200, "A name is in it.").form(at(st.ID, "/flag-removal"))).says(200, "The flag is lifted.")
		editor.sends(editor.opens(at(st.ID, "/release")).form(at(st.ID, "/release"))).says(200, "Sent.")
	})
}

func TestASendingIsPlannedSeenAndTakenBack(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.in(story.InEdit, text("Council meets"))
		editor := n.as(staff.Editor)
		panel := func() form { return editor.opens(at(st.ID, "/schedule")).says(200).form(at(st.ID, "/schedule")) }
		if got := panel().Get("send_at"); got != "2024-10-25T15:00" {
			n.Errorf("the proposed time is %q", got)
		}
		for _, wrong := range []string{"", "tomorrow", "2024-10-25T09:00", "2034-01-01T00:00"} {
			f := editor.sends(panel().fills("send_at", wrong)).says(422).form(at(st.ID, "/schedule"))
			if f.Get("send_at") != wrong || len(f.buttons) != 1 {
				n.Errorf("%q comes back as %q with %q", wrong, f.Get("send_at"), f.buttons)
			}
		}
		editor.sends(panel().fills("send_at", "2024-10-25T16:30")).says(200, "Planned. It goes out by itself.",
			"It goes out by itself at October 25, 2024, 16:30 (UTC+3) in 2 hours", "Edvard approved revision 1")
		n.as(staff.Reporter).opens("/desk/planned").says(200, "October 25, 2024, 16:30 (UTC+3)", "Council meets", "Edvard")
		editor.opens("/desk/?stage=ready").says(200, "to be sent 16:30")
		editor.posts(at(st.ID, "/schedule-removal"), nil).says(200, "The plan is cancelled.").lacks("approved revision")
		editor.opens("/desk/planned").says(200, "Nothing is planned.")

		editor.sends(panel().fills("send_at", "2024-10-25T16:30")).says(200)
		f := editor.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
		editor.sends(f.fills("headline", "Council met"), "do", "save")
		for _, path := range []string{at(st.ID, ""), "/desk/planned"} {
			editor.opens(path).says(200, "October 25, 2024, 16:30 (UTC+3)", "The text was changed after it was approved.")
		}

		editor.sends(panel().fills("send_at", "2024-10-25T16:30")).says(200)
		_, err := n.stories.Flag(n.ctx(), n.people[staff.Chief], st.ID, "A name is in it.")
		n.ok(err)
		n.now = time.Date(2024, 10, 25, 16, 30, 0, 0, zone)
		n.ok(n.stories.SendDue(n.ctx()))
		editor.opens(at(st.ID, "")).says(200, "It did not go out at October 25, 2024, 16:30 (UTC+3)", "it lacked something", "A name is in it.")
		editor.opens("/desk/planned").says(200, "Did not go out", "A name is in it.")
	})
}

func TestATurnIsTakenAndGivenWithAWord(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.files(staff.Editor, text("Council meets"))
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		turn := func(c *clerk) form { n.Helper(); return c.opens(at(st.ID, "")).form(at(st.ID, "/assignment")) }
		rita.sends(turn(rita).fills("person", n.people[staff.Reporter].ID)).says(200, "Noted whose turn it is.")
		if n.story(st.ID).Assigned != n.people[staff.Reporter].ID {
			n.Error("she could not take it")
		}
		editor.sends(turn(editor).fills("person", n.people[staff.Chief].ID, "note", "Please look at the sums.")).says(200, "Chaya", "Please look at the sums.")
		rita.posts(at(st.ID, "/assignment"), url.Values{"person": {n.people[staff.Reporter].ID}}).says(403)
		if n.story(st.ID).Assigned != n.people[staff.Chief].ID {
			n.Error("a reporter takes what another has")
		}
		editor.opens(at(st.ID, "")).lacks(`<option value="` + n.people[staff.Administrator].ID)
	})
}

func TestThePanelSaysWhatElseCarriesTheStoryAndWhatDoesNot(t *testing.T) {
	one(t, func(n *newsroom) {
		st := n.in(story.Ready, text("Council meets"))
		_, err := n.stories.Translate(n.ctx(), n.people[staff.Editor], st.ID, "be")
		n.ok(err)
		got := n.as(staff.Editor).opens(at(st.ID, "/release")).says(200).answers()
		for question, want := range map[string]string{
			"Feeds":           "The feeds of the English edition: all news and Politics; the sitemap for news.",
			"Other languages": "It does not go out in Russian (not begun), Belarusian (draft).",
		} {
			if got[question] != want {
				n.Errorf("%s %q, not %q", question, got[question], want)
			}
		}
	})
}

func TestAStorySaysThatNobodyHasChosenWhoMayReadIt(t *testing.T) {
	one(t, func(n *newsroom) {
		st, editor := n.in(story.InEdit, text("Council meets")), n.as(staff.Editor)
		access := func() string {
			return strings.Join(editor.opens(at(st.ID, "")).texts("dd"), "|")
		}
		if got := access(); !strings.Contains(got, "open to all") {
			n.Errorf("the facts are %s", got)
		}
		n.asks(masthead.Rules{NeedPlan: true})
		for lang, want := range map[string]string{"ru": "ещё не выбрано", "be": "яшчэ не выбрана", "en": "not chosen yet"} {
			editor.posts("/desk/language", url.Values{"lang": {lang}})
			if got := access(); !strings.Contains(got, want) {
				n.Errorf("the facts are %s", got)
			}
		}
		editor.posts("/desk/language", url.Values{"lang": {"en"}})
		chosen := text("Council meets")
		chosen.Open = true
		_, err := n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, st.Revision, chosen)
		n.ok(err)
		if got := access(); !strings.Contains(got, "open to all") {
			n.Errorf("the facts are %s", got)
		}
	})
}
