package archive

import (
	"testing"

	"wireroom/archive/register"
	"wireroom/reveal"
	"wireroom/story"
)

// knows has the archive know somebody, or a place.
func (n *newsroom) knows(kind register.Kind, f register.Facts) register.Entry {
	n.Helper()
	if n.archive.Register == nil {
		n.archive.Register = register.New(n.archive.db, n.archive.now)
	}
	e, err := n.archive.Register.Add(n.ctx, editor, kind, f)
	n.ok(err)
	return e
}

func TestWhatIsKnownOfSomebodyFindsTheirStories(t *testing.T) {
	each(t, func(n *newsroom) {
		vera := n.knows(register.Person, register.Facts{Public: true, Aliases: []string{"Bard of Biarozaŭka", "Viasielka"},
			Names: map[story.Lang]string{"be": "Вера Жытняя", "en": "Viera Žytniaja"}})
		n.knows(register.Person, register.Facts{Aliases: []string{"Nobodyknows"}, Names: map[story.Lang]string{"be": "Вера Жытняя"}})
		town := n.knows(register.Place, register.Facts{Public: true, Aliases: []string{"Oldtown"}, Names: map[story.Lang]string{"be": "Бярозаўка"}})
		n.sends("en", "By name", "A poem of Viera Žytniaja was read.", nil)
		n.sends("ru", "По-русски", "Стихи Веры Житней читали, автор Житняя Вера.", nil)
		n.sends("en", "By alias", "The town heard Viasielka.", nil)
		n.sends("en", "By pen name", "The bard was Nobodyknows.", nil)
		n.sends("en", "A namesake", "Another Žytniaja, Anna, was there.", nil)
		n.sends("en", "Oldtown rejoices", "All are glad.", nil)
		n.sends("en", "Harvest", "Bread in Biarozaŭka.", func(c *story.Content) {
			c.Place, c.Date = "Biarozaŭka", story.Date{Year: 2024, Month: 10, Day: 25}
		})
		n.sends("en", "Locked", "A first paragraph.\nViera Žytniaja is named.", paid("plus"))
		n.indexes()
		of := func(e register.Entry, v reveal.Viewer, want ...string) {
			t.Helper()
			r := n.asks(Ask{About: e}, v)
			if len(want) != r.Total {
				t.Errorf("%s: %d found, not %q", e.Slug, r.Total, want)
			}
			for i, h := range r.Hits {
				if i < len(want) && h.Headline() != want[i] {
					t.Errorf("%s: found %q, not %q", e.Slug, h.Headline(), want[i])
				}
			}
		}
		of(vera, reveal.Viewer{}, "By alias", "По-русски", "By name")
		of(vera, n.holder("plus"), "Locked", "By alias", "По-русски", "By name")
		of(town, reveal.Viewer{}, "Harvest", "Oldtown rejoices")
		n.wants(`person:Viasielka`, "By alias", "По-русски", "By name")
		n.wants(`person:"Вера Жытняя"`, "By alias", "По-русски", "By name")
		n.wants("place:Oldtown", "Harvest", "Oldtown rejoices")
		n.wants("Nobodyknows", "By pen name")
	})
}
