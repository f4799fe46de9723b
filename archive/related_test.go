package archive

import (
	"slices"
	"testing"
	"time"

	"wireroom/reveal"
	"wireroom/story"
)

// related gives the headlines of a story's kin as a viewer has them.
func (n *newsroom) related(st story.Story, v reveal.Viewer) []string {
	n.Helper()
	rs, err := n.archive.door.These(n.ctx, []story.ID{st.ID}, v)
	n.ok(err)
	found, err := n.archive.Related(n.ctx, rs[0], v, 4)
	n.ok(err)
	var all []string
	for _, r := range found {
		all = append(all, r.Headline())
	}
	return all
}

func TestAStoryIsRelatedToOthersOfTheSameMatter(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "Cichanoŭskaja meets Polish minister", "The opposition leader spoke in Warsaw about sanctions against potash makers.", nil)
		n.sends("ru", "Тихановская в Варшаве", "Речь шла о санкциях.", nil)
		n.sends("en", "Farmers finish harvest", "The harvest of potatoes is in, the ministry of agriculture said.", nil)
		n.sends("en", "Potash sanctions extended", "Sanctions against potash makers stay for a year, Tikhanovskaya was told in Warsaw.", nil)
		st := n.sends("en", "Tsikhanouskaya speaks on sanctions", "In Warsaw the opposition leader asked for sanctions against makers of potash.", nil)
		n.indexes()
		got := n.related(st, reveal.Viewer{})
		slices.Sort(got)
		if !slices.Equal(got, []string{"Cichanoŭskaja meets Polish minister", "Potash sanctions extended"}) {
			n.Errorf("its kin are %q", got)
		}
	})
}

func TestWhatAViewerMayNotHaveIsNobodysKin(t *testing.T) {
	each(t, func(n *newsroom) {
		const matter = "The bridge over the Prypiać near Mazyr was closed, engineers found cracks."
		st := n.sends("en", "Mazyr bridge closed", matter, nil)
		open := n.sends("en", "Cracks in the bridge near Mazyr", matter, nil)
		n.sends("en", "Bridge near Mazyr under embargo", matter, func(c *story.Content) { c.Embargo = n.now.Add(48 * time.Hour) })
		held := n.sends("en", "Bridge near Mazyr held", matter, nil)
		killed := n.sends("en", "Bridge near Mazyr killed", matter, nil)
		n.sends("en", "Something else", "A teaser.\n"+matter, paid("plus"))
		n.sends("en", "Cracks in Mazyr bridge, for subscribers", "A teaser.\n"+matter, paid("plus"))
		n.indexes()
		// The index has not heard of either yet.
		_, err := n.stories.Hold(n.ctx, editor, held.ID, "")
		n.ok(err)
		_, err = n.stories.Kill(n.ctx, editor, killed.ID, story.Say("Wrong."))
		n.ok(err)
		want := []string{"Cracks in Mazyr bridge, for subscribers", "Cracks in the bridge near Mazyr"}
		for range 2 {
			for _, v := range []reveal.Viewer{{}, n.holder("plus")} {
				got := n.related(st, v)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					n.Errorf("its kin are %q", got)
				}
			}
			n.indexes()
		}
		_, err = n.stories.Kill(n.ctx, editor, open.ID, story.Say("Wrong."))
		n.ok(err)
		if got := n.related(st, reveal.Viewer{}); !slices.Equal(got, want[:1]) {
			n.Errorf("at once after the kill its kin are %q", got)
		}
	})
}

func TestKinAreRememberedForAWhileAndLeaveAtOnce(t *testing.T) {
	each(t, func(n *newsroom) {
		const matter = "The bridge over the Prypiać near Mazyr was closed, engineers found cracks."
		st := n.sends("en", "Mazyr bridge closed", matter, nil)
		first := n.sends("en", "Cracks in the bridge near Mazyr", matter, nil)
		n.indexes()
		recalls := func() []string {
			rs, err := n.archive.door.These(n.ctx, []story.ID{st.ID}, reveal.Viewer{})
			n.ok(err)
			found, err := n.archive.Recall(n.ctx, rs[0], reveal.Viewer{}, 4)
			n.ok(err)
			var all []string
			for _, r := range found {
				all = append(all, r.Headline())
			}
			return all
		}
		says := func(when string, got []string, want ...string) {
			n.Helper()
			slices.Sort(got)
			if !slices.Equal(got, want) {
				n.Errorf("%s its kin are %q", when, got)
			}
		}
		says("before anybody has looked", recalls())
		says("at first", n.related(st, reveal.Viewer{}), "Cracks in the bridge near Mazyr")
		says("remembered", recalls(), "Cracks in the bridge near Mazyr")
		n.sends("en", "Engineers at the Mazyr bridge", matter, nil)
		n.indexes()
		says("before it is looked for again", n.related(st, reveal.Viewer{}), "Cracks in the bridge near Mazyr")
		n.now = n.now.Add(kinKept)
		says("later", n.related(st, reveal.Viewer{}), "Cracks in the bridge near Mazyr", "Engineers at the Mazyr bridge")
		_, err := n.stories.Hold(n.ctx, editor, first.ID, "")
		n.ok(err)
		says("once one is held", recalls(), "Engineers at the Mazyr bridge")
		says("once one is held", n.related(st, reveal.Viewer{}), "Engineers at the Mazyr bridge")
	})
}
