package archive

import (
	"slices"
	"testing"
	"time"

	"wireroom/masthead"
	"wireroom/reveal"
	"wireroom/story"
)

func TestASieveFindsInARenditionWhatASearchFindsInTheIndex(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "Łukašenka meets farmers", "The harvest is in, said the ministry.\nHe spoke of harbours and of bread for Minsk.", nil)
		n.sends("be", "Лукашэнка і хлеб", "Размова была доўгая.", func(c *story.Content) { c.Place = "Мінск" })
		n.sends("en", "Bank closes", "The bank of the port closed on Monday.", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.sends("en", "Locked mayor", "What all may read.\nThe hidden clause concerns apricots.", paid("plus"))
		n.indexes()
		all := n.holding.catalogue.stories
		for _, v := range []reveal.Viewer{{}, n.holder("plus")} {
			for _, query := range []string{
				"harvest", "harvests", "harbour", "Лукашенко", "Lukashenko", "bread OR bank", "bank -port", "clos*", `"bank of the port"`, `"port of the bank"`,
				"section:economy", "section:Палітыка", "language:be", "language:be хлеб", "person:Lukashenko", "place:Minsk", "harvest NEAR ministry", "harvest NEAR Minsk",
				"apricots", "mayor NOT apricots", "clause OR farmers", "since:2024-10-25", "before:2024", "date:nonsense", "(bread minsk) OR port", "NOT bank", "=l:en",
				`farm* "said the ministry"`, `"harvest is in" harbours`,
			} {
				s := Sift(nil, query, n.house, n.now)
				var want []story.ID
				for _, h := range n.asks(Ask{Query: query}, v).Hits {
					want = append(want, h.ID())
				}
				for id := range all {
					rs, err := n.archive.door.These(n.ctx, []story.ID{id}, v)
					n.ok(err)
					if len(rs) == 1 && s.Finds(rs[0]) != slices.Contains(want, id) {
						n.Errorf("%q of %q: the sieve says %v", query, rs[0].Headline(), s.Finds(rs[0]))
					}
				}
			}
		}
	})
}

func TestASieveOfNothingFindsNothing(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("en", "Anything", "At all.", nil)
		rs, err := n.archive.door.These(n.ctx, []story.ID{st.ID}, reveal.Viewer{})
		n.ok(err)
		for _, query := range []string{"", "NOT all", "date:nonsense", "***"} {
			if s := Sift(nil, query, n.house, n.now); s.Finds(rs[0]) {
				n.Errorf("%q finds a story", query)
			}
		}
	})
}

func FuzzSift(f *testing.F) {
	f.Add(`bank NEAR (port* OR "of the`)
	f.Add(`said:"Kot" section:x union since 2002 (за з: с 1999`)
	f.Fuzz(func(t *testing.T, query string) {
		now := time.Date(2024, 10, 25, 0, 0, 0, 0, time.UTC)
		Sift(nil, query, masthead.Masthead{}, now).Finds(reveal.Rendition{})
		s, _ := speech(query, masthead.Masthead{}, now)
		s.Finds("The union is ours", "en", now)
		s.Marks(query, "en")
	})
}
