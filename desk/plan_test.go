package desk_test

import (
	"net/url"
	"testing"
	"time"

	"wireroom/staff"
	"wireroom/story"
)

func TestATimeMayBeTypedByAnotherClock(t *testing.T) {
	each(t, func(n *newsroom) {
		st, editor := n.in(story.InEdit, text("Council meets")), n.as(staff.Editor)
		panel := func() form { return editor.opens(at(st.ID, "/schedule")).form(at(st.ID, "/schedule")) }
		p := editor.sends(panel().fills("send_at", "2024-10-25T01:00", "send_zone", "Europe/Brussels")).says(422)
		if f := p.form(at(st.ID, "/schedule")); f.Get("send_at") != "2024-10-25T01:00" || f.Get("send_zone") != "Europe/Brussels" {
			n.Errorf("it comes back as %q", f.Values)
		}
		// Brussels is an hour behind Minsk in summer.
		editor.sends(panel().fills("send_at", "2024-10-25T15:30", "send_zone", "Europe/Brussels")).says(200, "October 25, 2024, 16:30 (UTC+3)")
		if got := n.story(st.ID).SendAt.UTC(); got != time.Date(2024, 10, 25, 13, 30, 0, 0, time.UTC) {
			n.Errorf("it is planned for %s", got)
		}
	})
}

func TestAnUpdateIsPlannedFromItsOwnPanel(t *testing.T) {
	each(t, func(n *newsroom) {
		st, editor := n.in(story.Sent, text("Council meets")), n.as(staff.Editor)
		st, err := n.stories.Revise(n.ctx(), n.people[staff.Editor], st.ID, st.Revision, text("Council met"))
		n.ok(err)
		panel := func(noun string) form { return editor.opens(at(st.ID, "/"+noun)).form(at(st.ID, "/"+noun)) }
		p := editor.sends(panel("update").fills("note", "Adds the vote", "plan_at", "yesterday")).says(422)
		if f := p.form(at(st.ID, "/update")); f.Get("plan_at") != "yesterday" || f.Get("note") != "Adds the vote" {
			n.Errorf("it comes back as %q", f.Values)
		}
		if n.story(st.ID).SentRevision != 1 {
			n.Fatal("it went out at a time that is none")
		}
		editor.sends(panel("update").fills("note", "Adds the vote", "plan_at", "2024-10-25T16:30")).says(200, "Planned. It goes out by itself.", "16:30 (UTC+3)", "An update.")
		for lang, what := range map[string]string{"ru": "Обновление.", "be": "Абнаўленне.", "en": "An update."} {
			editor.posts("/desk/language", url.Values{"lang": {lang}})
			editor.opens("/desk/planned").says(200, "Council met", what)
		}
		editor.posts("/desk/language", url.Values{"lang": {"en"}})
		editor.posts(at(st.ID, "/schedule-removal"), nil).says(200, "The plan is cancelled.")
		editor.sends(panel("correction").fills("note", "It was over.", "plan_at", "2024-10-25T16:30")).says(200, "A correction.")
		n.now = time.Date(2024, 10, 25, 16, 30, 0, 0, zone)
		n.ok(n.stories.SendDue(n.ctx()))
		if got := n.story(st.ID); got.State != story.Corrected || got.SentRevision != 2 {
			n.Errorf("it is %s with revision %d", got.State, got.SentRevision)
		}
		editor.opens(at(st.ID, "")).says(200, "It was over.", "sent as planned")
	})
}

func TestWhatWaitsUnderEmbargoIsAmongWhatIsPlanned(t *testing.T) {
	each(t, func(n *newsroom) {
		c := text("Council meets")
		c.Embargo, c.EmbargoZone = n.now.Add(3*time.Hour), "Europe/Brussels"
		st, rita := n.in(story.Sent, c), n.as(staff.Reporter)
		for lang, words := range map[string][]string{"en": {"On the wire, under embargo", "in 2 hours", "Brussels"}, "ru": {"В ленте, под эмбарго", "Брюссел"}, "be": {"У стужцы, пад эмбарга", "Брусел"}} {
			rita.posts("/desk/language", url.Values{"lang": {lang}})
			rita.opens("/desk/planned").says(200, append(words, "Council meets")...).lacks("Nothing is planned.")
		}
		rita.posts("/desk/language", url.Values{"lang": {"en"}})
		_, err := n.stories.Kill(n.ctx(), n.people[staff.Chief], st.ID, story.Say("No."))
		n.ok(err)
		rita.opens("/desk/planned").says(200, "Nothing is planned.").lacks("Council meets")
	})
}
