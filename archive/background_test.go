package archive

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

// of ties a story to topics.
func of(topics ...register.Entry) func(*story.Content) {
	return func(c *story.Content) {
		for _, e := range topics {
			c.Topics = append(c.Topics, string(e.ID))
		}
	}
}

func (n *newsroom) topic(en, be string) register.Entry {
	n.Helper()
	return n.knows(register.Topic, register.Facts{Public: true, Names: map[story.Lang]string{"en": en, "be": be}})
}

// entry is a topic as the register has it by now.
func (n *newsroom) entry(e register.Entry) register.Entry {
	n.Helper()
	book, err := n.archive.Register.Book(n.ctx)
	n.ok(err)
	e, _ = book.Get(e.ID)
	return e
}

// tells gives the background of a topic in English, as a viewer has it.
func (n *newsroom) tells(e register.Entry, v reveal.Viewer) []string {
	n.Helper()
	all, err := n.archive.Background(n.ctx, []register.Entry{n.entry(e)}, "en", v)
	n.ok(err)
	return told3(all)
}

// offers gives what the desk is offered for a new story.
func (n *newsroom) offers(e register.Entry) []string {
	n.Helper()
	all, err := n.archive.BackgroundInHouse(n.ctx, []register.Entry{n.entry(e)}, "en", "")
	n.ok(err)
	return told3(all)
}

func told3(all []Told) (lines []string) {
	for _, t := range all {
		lines = append(lines, fmt.Sprintf("%s %s (%s, %d)", t.Date, t.Text, t.By.Headline(), t.Times))
	}
	return lines
}

func (n *newsroom) equals(what string, got []string, want ...string) {
	n.Helper()
	if !slices.Equal(got, want) {
		n.Errorf("%s:\n%s\nnot\n%s", what, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

const (
	ferrySank  = "In May 2019, the old ferry sank with nobody on board, and its owner was fined."
	ferrySank2 = "The old ferry sank with nobody on board in May 2019, and its owner was fined."
	ferryBuilt = "The council ordered a new ferry in 2021 from a shipyard on the other side of the lake."
)

func TestTheStoriesOfATopicTellItsPast(t *testing.T) {
	each(t, func(n *newsroom) {
		ferry := n.topic("Ferry over the lake", "Паром праз возера")
		n.sends("en", "Ferry late", "The ferry is late.\n"+ferrySank+"\nThe captain said nothing to reporters who had waited for him.", of(ferry))
		n.sends("be", "Паром спазніўся", "Паром спазніўся.\nУ траўні 2019 года стары паром затануў, на борце нікога не было.", of(ferry))
		n.sends("en", "Bridge late", "No topic.\nIn May 2018, the old bridge fell into the lake and nobody was hurt by it.", nil)
		last := n.sends("en", "Ferry here", "The ferry is here.\n"+ferryBuilt+"\n"+ferrySank2, of(ferry))
		n.indexes()
		want := []string{"2019-05 " + ferrySank2 + " (Ferry here, 2)", "2021 " + ferryBuilt + " (Ferry here, 1)"}
		n.equals("for readers", n.tells(ferry, reveal.Viewer{}), want...)
		n.equals("for the desk", n.offers(ferry), want...)
		c := last.Content
		c.Body.Blocks = c.Body.Blocks[:2]
		_, err := n.stories.Revise(n.ctx, editor, last.ID, last.Revision, c)
		n.ok(err)
		_, err = n.stories.Correct(n.ctx, editor, last.ID, last.Revision+1, story.Say("No word of that."))
		n.ok(err)
		n.equals("for the desk, before the index knows", n.offers(ferry), "2019-05 "+ferrySank+" (Ferry late, 1)", "2021 "+ferryBuilt+" (Ferry here, 1)")
		n.indexes()
		n.equals("corrected", n.tells(ferry, reveal.Viewer{}), "2019-05 "+ferrySank+" (Ferry late, 1)", "2021 "+ferryBuilt+" (Ferry here, 1)")
		_, err = n.stories.Kill(n.ctx, editor, last.ID, story.Say("Wrong."))
		n.ok(err)
		n.equals("for the desk, killed", n.offers(ferry), "2019-05 "+ferrySank+" (Ferry late, 1)")
		n.equals("killed", n.tells(ferry, reveal.Viewer{}), "2019-05 "+ferrySank+" (Ferry late, 1)")
	})
}

func TestATopicTellsNobodyWhatTheyMayNotHave(t *testing.T) {
	each(t, func(n *newsroom) {
		ferry := n.topic("Ferry over the lake", "")
		about := func(more func(*story.Content)) func(*story.Content) {
			return func(c *story.Content) { of(ferry)(c); more(c) }
		}
		text := func(year int, who string) string {
			return fmt.Sprintf("The ferry.\nIn May %d, the ferry was bought by %s, who paid in cash.", year, who)
		}
		n.sends("en", "Open", text(2019, "Anna"), of(ferry))
		n.indexes()
		before := n.tells(ferry, reveal.Viewer{})
		n.equals("at first", before, "2019-05 In May 2019, the ferry was bought by Anna, who paid in cash. (Open, 1)")
		n.sends("en", "Locked", text(2018, canary), about(paid("plus")))
		n.sends("en", "Later", text(2017, canary), about(func(c *story.Content) { c.Embargo = n.now.Add(time.Hour) }))
		held, killed := n.sends("en", "Held", text(2016, canary), of(ferry)), n.sends("en", "Killed", text(2015, canary), of(ferry))
		_, err := n.stories.Hold(n.ctx, editor, held.ID, "")
		n.ok(err)
		_, err = n.stories.Kill(n.ctx, editor, killed.ID, story.Say("Wrong."))
		n.ok(err)
		for range 2 { // before the index knows, and after
			for name, v := range n.strangers() {
				if name != "a client" {
					n.equals(name, n.tells(ferry, v), before...)
				}
			}
			n.indexes()
		}
		locked := "2018-05 In May 2018, the ferry was bought by " + canary + ", who paid in cash. (Locked, 1)"
		n.equals("a holder", n.tells(ferry, n.holder("plus")), locked, before[0])
		n.equals("the desk", n.offers(ferry), locked, before[0])
		n.equals("nobody after them", n.tells(ferry, reveal.Viewer{}), before...)
		if all, err := n.archive.Background(n.ctx, []register.Entry{n.entry(ferry)}, "en", reveal.Client(reveal.Contract{}, n.now)); err != nil || len(all) > 0 {
			n.Errorf("a client is told %v, %v", all, err)
		}
	})
}

func TestATopicIsAskedForByItsAddressOrName(t *testing.T) {
	each(t, func(n *newsroom) {
		ferry, boat := n.topic("Ferry over the lake", "Паром праз возера"), n.topic("The boat", "")
		n.knows(register.Topic, register.Facts{Names: map[story.Lang]string{"en": "Secret matter"}})
		n.sends("en", "Ferry late", "The ferry is late.", of(ferry))
		n.sends("ru", "Паром здесь", "Паром пришёл.", of(boat))
		n.sends("en", "Ferry elsewhere", "Of another thing.", nil)
		n.indexes()
		n.wants("topic:ferry-over-the-lake", "Ferry late")
		n.wants(`тэма:"Паром праз возера" late`, "Ferry late")
		n.wants("topic:ferry late -elsewhere", "Ferry late")
		n.wants("topic:boat", "Паром здесь")
		n.wants("ferry -topic:ferry", "Ferry elsewhere")
		for _, nothing := range []string{"topic:secret-matter", "topic:nothing", "topic:-"} {
			if r := n.asks(Ask{Query: nothing}, reveal.Viewer{}); r.Total != 0 || len(r.Wrong) != 1 {
				n.Errorf("%s finds %d and says %q", nothing, r.Total, r.Wrong)
			}
		}
		_, err := n.archive.Register.Merge(n.ctx, editor, boat.ID, ferry.ID)
		n.ok(err)
		n.wants("topic:boat", "Паром здесь", "Ferry late")
		n.wants("topic:ferry-over-the-lake", "Паром здесь", "Ferry late")
		if r := n.asks(Ask{About: n.entry(ferry)}, reveal.Viewer{}); r.Total != 2 {
			n.Errorf("about the topic are %d stories", r.Total)
		}
		rs, err := n.archive.door.List(n.ctx, reveal.Query{Lang: "ru"}, reveal.Viewer{})
		n.ok(err)
		if len(rs) != 1 || !About(n.entry(ferry)).Finds(rs[0]) || About(n.entry(ferry)).Finds(reveal.Rendition{}) {
			n.Errorf("a sieve does not know of it")
		}
	})
}

func TestStoriesOfATopicAreRelatedFirst(t *testing.T) {
	each(t, func(n *newsroom) {
		bridge, secret := n.topic("Bridges", ""), n.knows(register.Topic, register.Facts{Names: map[story.Lang]string{"en": "Secret"}})
		const matter = "The bridge over the Prypiać near Mazyr was closed, engineers found cracks."
		n.sends("en", "Another thing altogether", "A court fined somebody.", of(bridge))
		n.sends("en", "A secret thing", "Nobody knows of it.", of(secret))
		n.sends("en", "Cracks in the bridge near Mazyr", matter, nil)
		n.sends("be", "Мост каля Мазыра", "Мост зачынены.", of(bridge))
		st := n.sends("en", "Mazyr bridge closed", matter, of(bridge, secret))
		n.indexes()
		n.equals("its kin", n.related(st, reveal.Viewer{}), "Another thing altogether", "Cracks in the bridge near Mazyr")
	})
}
