package desk_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
	speech "wireroom/web/words"
)

const calendared = "/desk/planning"

// plans has somebody put an event on the calendar and gives its address.
func (c *clerk) plans(typed ...string) string {
	c.n.Helper()
	p := c.sends(c.opens(calendared+"/new").form(calendared).fills(typed...)).says(200, "Saved.")
	path, _, _ := strings.Cut(p.at, "?")
	return path
}

// orders has somebody order a coverage of an event.
func (c *clerk) orders(event string, typed ...string) page {
	c.n.Helper()
	return c.sends(c.opens(event + "/coverages/new").form(event + "/coverages").fills(typed...))
}

// cover is the address of the event's coverage.
func (p page) cover(event string) string {
	p.n.Helper()
	for _, noun := range p.leads(event + "/coverages/") {
		if id, _, _ := strings.Cut(noun, "/"); id != "new" {
			return event + "/coverages/" + id
		}
	}
	p.n.Fatalf("%s leads to no coverage", p.at)
	return ""
}

func TestACoverageIsPlannedAndBecomesAStory(t *testing.T) {
	each(t, func(n *newsroom) {
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		event := rita.plans("event_title", "Council meets", "event_place", "Minsk", "event_day", "2024-10-28", "event_from", "10:00", "event_until", "12:30")
		rita.opens(calendared).says(200, "Council meets", "10:00–12:30", "Nobody covers it.")
		rita.opens(calendared+"?week=2024-10-30").says(200, "Council meets", "Minsk", "October 28", "November 3, 2024")
		rita.opens(calendared + "?month=2024-12").says(200).lacks("Council meets")

		p := editor.orders(event, "cover_person", n.people[staff.Reporter].ID, "lang", "be", "slug", "council", "cover_section", "politics", "cover_due", "2024-10-28T13:00").
			says(200, "Rita", "council", "Politics", "covered")
		begin := p.cover(event) + "/story"
		begun := editor.sends(p.form(begin)).says(200, "Council meets", "council")
		if !strings.HasPrefix(begun.at, "/desk/stories/") {
			n.Fatalf("it leads to %s", begun.at)
		}
		st := n.story(story.ID(strings.TrimPrefix(begun.at, "/desk/stories/")))
		if st.Lang != "be" || st.Assigned != n.people[staff.Reporter].ID || st.Content.Slug != "council" || !slices.Equal(st.Content.Sections, []string{"politics"}) {
			n.Errorf("the story begins as %+v", st)
		}
		if back := begun.links("Council meets"); back[0] != event {
			n.Errorf("the story leads back to %q", back)
		}
		if open := editor.opens(event).links("Open the story"); open[0] != begun.at {
			n.Errorf("the event leads to %q", open)
		}
		if again := editor.posts(begin, nil); again.at != begun.at {
			n.Errorf("begun again it leads to %s", again.at)
		}
		if all, err := n.stories.List(n.ctx(), story.Filter{}); err != nil || len(all) != 1 {
			n.Errorf("there are %d stories: %v", len(all), err)
		}
	})
}

func TestTheTimesOfAnEventComeBackAsTheyWereTyped(t *testing.T) {
	one(t, func(n *newsroom) {
		c := n.as(staff.Reporter)
		for when, typed := range map[string][]string{
			"Friday, October 25, 2024":                                            {"2024-10-25", "", "", ""},
			"Friday, October 25, 2024 – Sunday, October 27, 2024":                 {"2024-10-25", "", "2024-10-27", ""},
			"Friday, October 25, 2024, 10:00":                                     {"2024-10-25", "10:00", "", ""},
			"Friday, October 25, 2024, 10:00 – 12:30":                             {"2024-10-25", "10:00", "", "12:30"},
			"Friday, October 25, 2024, 22:00 – Saturday, October 26, 2024, 02:00": {"2024-10-25", "22:00", "2024-10-26", "02:00"},
		} {
			event := c.plans("event_title", "Council", "event_day", typed[0], "event_from", typed[1], "event_last", typed[2], "event_until", typed[3])
			n.as(staff.Translator).opens(event).says(200, when)
			f := c.opens(event).form(event)
			if got := []string{f.Get("event_day"), f.Get("event_from"), f.Get("event_last"), f.Get("event_until")}; !slices.Equal(got, typed) {
				n.Errorf("%s comes back as %q", when, got)
			}
			c.sends(f).says(200, "Saved.")
		}
	})
}

func TestWhatIsTypedInTheCalendarIsNeverLost(t *testing.T) {
	one(t, func(n *newsroom) {
		c := n.as(staff.Reporter)
		for _, wrong := range [][]string{
			{"event_title", ""}, {"event_day", "soon"}, {"event_from", "late"}, {"event_day", "2024-10-25", "event_from", "12:00", "event_until", "10:00"},
			{"event_day", "2024-10-25", "event_last", "2024-10-20"}, {"event_until", "10:00"}, {"event_note", "\x01"}, {"event_status", "perhaps"},
		} {
			f := c.opens(calendared+"/new").form(calendared).fills("event_title", "Council", "event_place", "Minsk").fills(wrong...)
			p := c.sends(f).says(422)
			if p.form(calendared).Get("event_place") != "Minsk" || len(p.all("span", "wrong")) != 1 {
				n.Errorf("%q: what was typed is lost, or nothing is named wrong", wrong)
			}
		}
		event := c.plans("event_title", "Council")
		first, second := c.opens(event).form(event), c.opens(event).form(event)
		c.sends(first.fills("event_title", "Theirs")).says(200, "Saved.")
		p := c.sends(second.fills("event_title", "Mine")).says(409, "Theirs")
		c.sends(p.form(event)).says(200, "Mine")

		c.orders(event, "slug", "\x01", "cover_note", "Bring a camera").says(422, "Bring a camera")
		if f := c.orders(event, "cover_due", "soon", "slug", "council").says(422).form(event + "/coverages"); f.Get("slug") != "council" || f.Get("cover_due") != "soon" {
			n.Errorf("of a coverage with a wrong time is left %v", f.Values)
		}
		c.sends(c.opens(event).form(event+"/removal")).says(200, "Taken off the calendar.")
		c.sends(c.opens(calendared).form(event+"/return")).says(200, "Mine")
	})
}

func TestWhoMayNotPlanReadsTheCalendarAlone(t *testing.T) {
	one(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		event := rita.plans("event_title", "Council")
		cover := rita.orders(event, "slug", "council").says(200).cover(event)
		for _, role := range []staff.Role{staff.Translator, staff.Administrator} {
			c := n.as(role)
			c.opens(calendared).says(200, "Council")
			if nouns := c.opens(event).says(200, "council").leads(event + "/"); len(nouns) > 0 {
				n.Errorf("a %s is led to %q", role, nouns)
			}
			typed := url.Values{"event_title": {"Mine"}, "event_day": {"2024-10-25"}, "event_status": {"planned"}, "base": {"1"}, "cover_status": {"not"}, "lang": {"en"}}
			for _, path := range []string{calendared, event, event + "/removal", event + "/return", event + "/coverages", cover, cover + "/removal", cover + "/story"} {
				c.throws(path, typed).says(403)
			}
			for _, path := range []string{calendared + "/new", event + "/coverages/new", cover} {
				c.opens(path).says(403)
			}
		}
		rita.opens(event).says(200, "Council", "council").lacks("Mine")
	})
}

func TestTheCalendarSpeaksEachLanguage(t *testing.T) {
	one(t, func(n *newsroom) {
		rita := n.as(staff.Reporter)
		event := rita.plans("event_title", "Рада", "event_place", "Вільня", "event_day", "2024-10-25", "event_from", "10:00", "event_status", "uncertain")
		rita.orders(event, "slug", "рада", "cover_note", "Так", "cover_section", "politics", "cover_due", "2024-10-25T12:00").says(200)
		gone := rita.plans("event_title", "Збор")
		rita.posts(gone+"/removal", nil)
		for _, lang := range speech.Langs {
			for _, role := range staff.Roles() {
				c := n.as(role)
				c.posts("/desk/language", url.Values{"lang": {lang}})
				for _, path := range []string{"", "?week=2024-10-25", "?month=2023-02", "?done=removal", "/new", "/nowhere"} {
					c.opens(calendared + path).speaks(lang)
				}
				for _, path := range []string{event, event + "?done=saved", event + "?done=dropped", gone, event + "/coverages/new", event + "/coverages/nowhere"} {
					c.opens(path).speaks(lang)
				}
			}
			c := n.as(staff.Reporter)
			c.posts("/desk/language", url.Values{"lang": {lang}})
			for _, wrong := range [][]string{{"event_title", ""}, {"event_place", "\x01"}, {"event_note", "\x01"}, {"event_day", "99"}, {"event_last", "2020-10-10"}} {
				c.sends(c.opens(event).form(event).fills(wrong...)).says(422).speaks(lang)
			}
			c.sends(c.opens(event).form(event).fills("base", "0")).says(409).speaks(lang)
			for _, wrong := range [][]string{{"slug", "\x01"}, {"cover_due", "99"}, {"cover_note", "\x01"}, {"cover_person", "99"}, {"cover_section", "99"}, {"lang", "99"}, {"cover_status", "99"}} {
				c.orders(event, wrong...).says(422).speaks(lang)
			}
			n.outside(lang).posts(event, url.Values{"event_title": {"Рада"}, "event_from": {"10"}, "cover_note": {"Так"}}).speaks(lang)
		}
	})
}

func TestTheCalendarGoesToOtherCalendarsOfTheStaffAlone(t *testing.T) {
	each(t, func(n *newsroom) {
		rita, editor := n.as(staff.Reporter), n.as(staff.Editor)
		event := rita.plans("event_title", "Council, again", "event_place", "Minsk", "event_day", "2024-10-28", "event_from", "10:00", "event_until", "12:30", "event_note", "Bring a pass.")
		rita.plans("event_title", "Congress", "event_day", "2024-11-02", "event_last", "2024-11-03")
		editor.orders(event, "cover_person", n.people[staff.Reporter].ID, "lang", "be", "slug", "council")
		for lang, words := range map[string][]string{"en": {"be: Rita\\, council", "Nobody covers it."}, "ru": {"Никто не освещает.", "календарь"}, "be": {"Ніхто не асвятляе.", "каляндар"}} {
			rita.posts("/desk/language", url.Values{"lang": {lang}})
			link := rita.opens(calendared).links(map[string]string{"en": "Calendar file", "ru": "Файл календаря", "be": "Файл календара"}[lang])
			p := rita.opens(link[0])
			file := strings.ReplaceAll(string(p.source), "\r\n ", "")
			for _, want := range append(words, "SUMMARY:Council\\, again\r\n", "LOCATION:Minsk", "Bring a pass.", event+"\r\n", "DTSTART:20241028T070000Z\r\nDTEND:20241028T093000Z", "DTSTART;VALUE=DATE:20241102\r\nDTEND;VALUE=DATE:20241104", "STATUS:CONFIRMED") {
				if !strings.Contains(file, want) {
					n.Errorf("in %s the file lacks %q:\n%s", lang, want, file)
				}
			}
			if p.status != 200 || p.header.Get("Content-Type") != "text/calendar; charset=utf-8" || p.header.Get("Cache-Control") != "private, no-store" {
				n.Errorf("it answers %d as %v", p.status, p.header)
			}
		}
		n.stranger().opens(calendared + "/calendar.ics").says(403).lacks("Council")
	})
}
