package portal_test

import (
	"regexp"
	"strings"
	"testing"

	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

// knows puts somebody or a place into the register.
func (n *newsroom) knows(kind register.Kind, public bool, names ...string) register.Entry {
	n.Helper()
	f := register.Facts{Names: map[story.Lang]string{"en": names[0]}, Aliases: names[1:], Public: public}
	e, err := n.clients.Register.Add(n.Context(), chief, kind, f)
	n.ok(err)
	return e
}

func TestSomebodyNamedInAStoryIsFollowedWithOnePress(t *testing.T) {
	each(t, func(n *newsroom) {
		n.clients.Register = register.New(n.db, n.now)
		minister := n.knows(register.Person, true, "Natalla Kačanava", "Наталья Кочанова")
		town := n.knows(register.Place, true, "Hrodna")
		secret := n.knows(register.Person, false, "Sakret Niviadomy")
		n.client("Radio", nil, reveal.Selection{Full: true, Sections: []string{"politics"}})
		n.client("Paper", nil, everything)
		says := func(text string) func(*story.Content) {
			return func(c *story.Content) { c.Body = story.Body{Blocks: []story.Node{story.Para(story.Plain(text))}} }
		}
		st := n.sends("Speaker travels to Hrodna", says("Natalla Kačanava and Sakret Niviadomy left."))
		p, other := n.signed("ann@radio.example"), n.signed("ann@paper.example")
		press := func(id register.ID) string { return `name="entry" value="` + string(id) + `"` }
		at := "/wire/items/" + string(st.ID)
		for _, page := range []string{at, at + "/preview"} {
			p.gets(page).says(200).has(press(minister.ID), press(town.ID), "Named here").lacks(press(secret.ID))
		}
		p.gets("/wire/?q=Кочанова").says(200).has(press(minister.ID), "To follow").lacks(press(town.ID))
		p.gets("/wire/?q=sakret").says(200).lacks(press(secret.ID))
		p.posts("/wire/follows", "entry", string(secret.ID), "way", "now").says(404)
		p.posts("/wire/follows", "entry", string(minister.ID), "way", "soon").says(400)
		for range 2 {
			p.posts("/wire/follows", "entry", string(minister.ID), "way", "now").says(303)
		}
		page := p.gets("/wire/searches?done=follow").says(200).has("You follow this", "person: Natalla Kačanava")
		if strings.Count(page.body, `id="search-`) != 1 || !strings.Contains(page.body, `value="now" checked`) {
			t.Errorf("kept are:\n%s", page.body)
		}
		p.gets(at).has("You follow</a>").lacks(press(minister.ID))
		other.gets(at).has(press(minister.ID))

		// What stands is no news; what comes is told, by any of the names.
		n.ok(n.portal.Alerts(t.Context()))
		n.sends("Nobody is named", nil)
		n.sends("Кочанова вернулась", says("Так говорит Наталья Кочанова."))
		n.ok(n.portal.Alerts(t.Context()))
		if letter := n.box.Next(t); letter.Header.Get("Subject") == "" || !strings.Contains(letter.Text, "Кочанова вернулась") || strings.Contains(letter.Text, "travels") {
			t.Errorf("the letter is %+v", letter)
		}
	})
}

func TestATopicOfAStoryIsFollowedToo(t *testing.T) {
	each(t, func(n *newsroom) {
		n.clients.Register = register.New(n.db, n.now)
		ferry, secret := n.knows(register.Topic, true, "Ferry over the lake", "boat"), n.knows(register.Topic, false, "Secret matter")
		n.client("Radio", nil, everything)
		st := n.sends("Boat late", func(c *story.Content) { c.Topics = []string{string(ferry.ID), string(secret.ID)} })
		p := n.signed("ann@radio.example")
		at := "/wire/items/" + string(st.ID)
		p.gets(at).says(200).has(`name="entry" value="`+string(ferry.ID), "Ferry over the lake").lacks(string(secret.ID), "Secret")
		p.gets("/wire/?q=topic:boat").says(200).has("Boat late", `name="entry" value="`+string(ferry.ID))
		p.gets("/wire/?q=topic:secret-matter").says(200).lacks("Boat late")
		p.posts("/wire/follows", "entry", string(ferry.ID), "way", "now").says(303)
		p.gets(at).has("You follow</a>")
		n.ok(n.portal.Alerts(t.Context()))
		n.sends("Nothing of it", nil)
		n.sends("Came at last", func(c *story.Content) { c.Topics = []string{string(ferry.ID)} })
		n.ok(n.portal.Alerts(t.Context()))
		if letter := n.box.Next(t); !strings.Contains(letter.Text, "Came at last") || strings.Contains(letter.Text, "Nothing of it") {
			t.Errorf("the letter is %+v", letter)
		}
	})
}

func TestWhoFollowsByAFeedIsToldItsAddressThisOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		n.clients.Register = register.New(n.db, n.now)
		town := n.knows(register.Place, true, `Hrodna “the town”`, "Grodno")
		n.client("Radio", nil, everything)
		p := n.signed("ann@radio.example")
		n.sends("Fair in Grodno", nil)
		page := p.posts("/wire/follows", "entry", string(town.ID), "way", "feed").says(200)
		feed := regexp.MustCompile(`/wire/feeds/\w+/rss`).FindString(page.body)
		if feed == "" {
			t.Fatalf("no address is told:\n%s", page.body)
		}
		n.stranger().gets(feed).says(200).has("Fair in Grodno")
		p.posts("/wire/follows", "entry", string(town.ID), "way", "feed").says(303)
		n.stranger().gets(feed).says(200)
		p.gets("/wire/searches").lacks(`value="now" checked`)
		p.posts("/wire/follows", "entry", string(town.ID), "way", "8 13 18").says(303)
	})
}

func TestATopicIsFollowedByItsName(t *testing.T) {
	each(t, func(n *newsroom) {
		n.clients.Register = register.New(n.db, n.now)
		bridge, secret := n.knows(register.Topic, true, "Bridge over the lake"), n.knows(register.Topic, false, "Bridge of sighs")
		n.client("Radio", nil, everything)
		p := n.signed("ann@radio.example")
		p.gets("/wire/?q=bridge").says(200).has("To follow", "Bridge over the lake <small>topic</small>", string(bridge.ID)).lacks(string(secret.ID))
		p.posts("/wire/follows", "entry", string(bridge.ID), "way", "now").says(303)
		p.gets("/wire/searches").says(200).has("topic: bridge-over-the-lake")
		p.gets("/wire/?q=topic%3A%22Bridge+over+the+lake%22").says(200).has("You follow</a>")
		n.ok(n.portal.Alerts(t.Context()))
		n.sends("A bridge over the lake", nil) // by its words alone it is of no topic
		n.sends("Works begin", func(c *story.Content) { c.Topics = []string{string(bridge.ID)} })
		n.ok(n.portal.Alerts(t.Context()))
		if letter := n.box.Next(t); !strings.Contains(letter.Text, "Works begin") || strings.Contains(letter.Text, "A bridge") {
			t.Errorf("the letter is %+v", letter)
		}
		f := bridge.Facts
		f.Slug = "bridges"
		bridge, err := n.clients.Register.Save(t.Context(), chief, bridge.ID, bridge.Version, f)
		n.ok(err)
		p.gets("/wire/?q=bridge").has("You follow</a>")
		p.posts("/wire/follows", "entry", string(bridge.ID), "way", "now").says(303)
		if page := p.gets("/wire/searches"); strings.Count(page.body, `id="search-`) != 1 {
			t.Errorf("by its new address it is followed again:\n%s", page.body)
		}
	})
}
