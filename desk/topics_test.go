package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"wireroom/staff"
	"wireroom/story"
)

func ferry() url.Values {
	return url.Values{"name_en": {"Ferry over the lake"}, "name_be": {"Паром праз возера"}, "public": {"yes"}}
}

// tells is a text whose second paragraph tells the past.
func tells(headline, past string) story.Content {
	c := text(headline)
	c.Body.Blocks = []story.Node{story.Para(story.Plain("The news.")), story.Para(story.Plain(past))}
	return c
}

const (
	sank    = "In May 2019, the old ferry sank with nobody on board, and its owner was fined."
	ordered = "In 2021, the council ordered a new ferry from a shipyard in another country."
)

// edits opens the form of a story.
func (c *clerk) edits(st story.Story) form {
	c.n.Helper()
	return c.opens(at(st.ID, "/edit")).form(at(st.ID, "/revisions"))
}

// idIn is the id at the end of an address.
func idIn(address string) string { return address[strings.LastIndexByte(address, '/')+1:] }

func TestAnEditorKeepsTopicsAndTiesStoriesToThem(t *testing.T) {
	each(t, func(n *newsroom) {
		edvard, rita := n.as(staff.Editor), n.as(staff.Reporter)
		edvard.opens("/desk/topics").says(200, "Topics", "Nothing is written here yet.")
		edvard.opens("/desk/topics/new").says(200, "New topic", "As each edition calls it").shows(`name="public" value="yes" checked`).lacks("Born", "role_from")
		rita.opens("/desk/topics/new").says(403)
		rita.throws("/desk/topics", ferry()).says(403)
		topic := edvard.enters("/desk/topics", ferry())
		edvard.opens(topic).says(200, "Ferry over the lake").shows("/en/topics/ferry-over-the-lake").lacks("Паром</", "Paro")
		edvard.opens("/desk/topics?q=паром").says(200, "Ferry over the lake", "Паром праз возера").lacks("Role")
		edvard.opens("/desk/people").says(200, "Topics").lacks("Ferry")

		st := n.files(staff.Reporter, text("Ferry late"))
		rita.opens(at(st.ID, "/edit")).says(200, "A thread of stories").shows(`<option value="Ferry over the lake">`)
		form := rita.edits(st)
		form.Values["topic"] = []string{"Bridges", "", ""}
		rita.sends(form, "do", "save").says(422, "There is no topic \"Bridges\"; add it under Names first").shows(`value="Bridges"`)
		form.Values["topic"] = []string{"ПАРОМ праз возера", "", "ferry over the lake"}
		rita.sends(form, "do", "save").says(422, "stands there twice")
		form.Values["topic"] = []string{"ПАРОМ праз возера", "", ""}
		rita.sends(form, "do", "save").says(200)
		st = n.story(st.ID)
		if len(st.Content.Topics) != 1 || st.Content.Topics[0] != idIn(topic) {
			t.Fatalf("it belongs to %q", st.Content.Topics)
		}
		rita.opens(at(st.ID, "")).says(200, "Topics", "Ferry over the lake")
		edvard.opens(at(st.ID, "/release")).says(200, "Ferry over the lake: on the topic’s page and in its feed")
		rita.opens(at(st.ID, "/edit")).says(200).shows(`name="topic" value="Ferry over the lake"`)

		other := edvard.enters("/desk/topics", url.Values{"name_en": {"Ferries"}, "public": {"yes"}})
		edvard.throws(topic+"/merger", url.Values{"into": {idIn(other)}}).says(303)
		form = rita.edits(st)
		if got := form.Values["topic"]; got[0] != "Ferries" {
			t.Errorf("after the merger the form has %q", got)
		}
		edvard.throws(other+"/removal", url.Values{}).says(303)
		form = rita.edits(st)
		rita.sends(form, "do", "save").says(200)
		if got := n.story(st.ID); len(got.Content.Topics) != 1 || got.Content.Topics[0] != idIn(topic) {
			t.Errorf("untouched it belongs to %q", got.Content.Topics)
		}
	})
}

func TestTopicsOfOneNameAreToldApartByTheirAddress(t *testing.T) {
	one(t, func(n *newsroom) {
		edvard := n.as(staff.Editor)
		edvard.enters("/desk/topics", ferry())
		twin := ferry()
		twin.Set("sure", "yes")
		twin.Set("known_slug", "another")
		second := edvard.enters("/desk/topics", twin)
		st := n.files(staff.Reporter, text("Ferry late"))
		form := edvard.edits(st)
		form.Values["topic"] = []string{"Ferry over the lake"}
		edvard.sends(form, "do", "save").says(422, "Several topics are called")
		form.Values["topic"] = []string{"Ferry over the lake (another)"}
		edvard.sends(form, "do", "save").says(200)
		if got := n.story(st.ID).Content.Topics; len(got) != 1 || got[0] != idIn(second) {
			t.Errorf("it belongs to %q", got)
		}
		edvard.opens(at(st.ID, "/edit")).shows(`<option value="Ferry over the lake (ferry-over-the-lake)">`, `<option value="Ferry over the lake (another)">`, `name="topic" value="Ferry over the lake (another)"`)
	})
}

func TestANameWithBracketsIsATopicsNameBeforeItIsAnAddress(t *testing.T) {
	one(t, func(n *newsroom) {
		edvard := n.as(staff.Editor)
		edvard.enters("/desk/topics", url.Values{"name_en": {"Lake"}})
		enters := func(address string) string {
			return edvard.enters("/desk/topics", url.Values{"name_en": {"Ferry (lake)"}, "known_slug": {address}, "sure": {"yes"}})
		}
		first := enters("ferry")
		st := n.files(staff.Reporter, text("Ferry late"))
		ties := func(name, topic string) {
			t.Helper()
			form := edvard.edits(st)
			form.Values["topic"] = []string{name}
			edvard.sends(form, "do", "save").says(200)
			if got := n.story(st.ID).Content.Topics; len(got) != 1 || got[0] != idIn(topic) {
				t.Errorf("%s ties it to %q", name, got)
			}
		}
		ties("Ferry (lake)", first)
		ties("Ferry (lake) (second)", enters("second"))
	})
}

func TestAStoryWhoseTopicsBecameOneIsSavedAsBefore(t *testing.T) {
	one(t, func(n *newsroom) {
		edvard, rita := n.as(staff.Editor), n.as(staff.Reporter)
		topic := edvard.enters("/desk/topics", ferry())
		other := edvard.enters("/desk/topics", url.Values{"name_en": {"Bridges"}})
		c := text("Ferry late")
		c.Topics = []string{idIn(topic), idIn(other)}
		st := n.files(staff.Reporter, c)
		edvard.throws(topic+"/merger", url.Values{"into": {idIn(other)}}).says(303)
		form := rita.edits(st)
		form.Values.Set("headline", "Ferry later")
		rita.sends(form, "do", "save").says(200)
		if got := n.story(st.ID).Content; got.Headline != "Ferry later" || !slices.Equal(got.Topics, c.Topics) {
			t.Errorf("it is %q of %q", got.Headline, got.Topics)
		}
	})
}

func TestTheBackgroundOfATopicIsOfferedAndPutIn(t *testing.T) {
	one(t, func(n *newsroom) {
		edvard := n.as(staff.Editor)
		topic := edvard.enters("/desk/topics", ferry())
		sends := func(c story.Content, plan string) story.Story {
			c.Topics, c.Plan = []string{idIn(topic)}, plan
			st := n.files(staff.Editor, c)
			st, err := n.stories.Release(t.Context(), n.people[staff.Editor], st.ID, st.Revision)
			n.ok(err)
			return st
		}
		sends(tells("Ferry late", ordered), "plus")
		gone := sends(tells("Ferry gone", sank), "")
		n.opensArchive()
		st := n.files(staff.Reporter, text("Ferry here"))
		rita := n.as(staff.Reporter)
		rita.opens(at(st.ID, "/edit")).says(200).lacks(sank, ordered)
		form := rita.edits(st)
		form.Values["topic"] = []string{"Ferry over the lake"}
		rita.sends(form, "do", "save").says(200)
		p := rita.opens(at(st.ID, "/edit")).says(200, "Background of this topic", "May 2019", sank, "2021", ordered, "For subscribers only where it stands")
		if strings.Index(p.source, sank) > strings.Index(p.source, ordered) {
			t.Error("the later stands first")
		}
		key := ""
		for _, b := range p.all("button") {
			if attr(b, "name") == "past" && key == "" {
				key = attr(b, "value")
			}
		}
		form = rita.edits(st)
		rita.sends(form, "past", key).says(200, "The paragraph is in, at the end of the text.", "The third paragraph. "+sank)
		if got := n.story(st.ID); got.Revision != 2 {
			t.Errorf("putting a paragraph in saved revision %d", got.Revision)
		}
		rita.opens("/desk/background?lang=en&topic="+url.QueryEscape("Ferry over the lake")+"&topic=none").says(200, sank, ordered)
		rita.opens("/desk/background?lang=be&topic=" + url.QueryEscape("Ferry over the lake")).says(200).lacks(sank)
		rita.opens("/desk/background?lang=pl").says(http.StatusNotFound)
		edvard.opens(topic).says(200, "Its stories", "Ferry late", "Ferry gone").lacks("Ferry here")
		_, err := n.stories.Kill(t.Context(), n.people[staff.Editor], gone.ID, story.Say("Wrong."))
		n.ok(err)
		rita.opens(at(st.ID, "/edit")).says(200, ordered).lacks(sank)
		rita.sends(form, "past", key).says(422, "No story tells this any more.")
	})
}
