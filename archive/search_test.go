package archive

import (
	"strings"
	"testing"
	"time"

	"wireroom/reveal"
	"wireroom/story"
)

func TestAStoryIsFoundInAnyLanguageByAnySpelling(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("be", "Лукашэнка сустрэўся з паслом", "Сустрэча адбылася ў Менску.", nil)
		n.sends("en", "Łukašenka meets ambassador", "The meeting took place in Minsk.", nil)
		n.sends("ru", "Лукашенко встретился с послом", "Встреча состоялась в Минске. Переговоры были долгими.", nil)
		n.sends("en", "Harvest is in", "Farmers reported good crops.", nil)
		n.indexes()
		three := []string{"Лукашенко встретился с послом", "Łukašenka meets ambassador", "Лукашэнка сустрэўся з паслом"}
		for _, query := range []string{"Lukashenko", "lukashenka", "Лукашенко", "Лукашэнкам", "Łukašenka", "person:Loukachenko"} {
			n.wants(query, three...)
		}
		n.wants("Мінск", three...)
		n.wants("meeting", "Łukašenka meets ambassador")
		n.wants("meet", "Łukašenka meets ambassador")
		n.wants("сустрэчы", "Лукашэнка сустрэўся з паслом")
		n.wants("переговоров", "Лукашенко встретился с послом")
		n.wants("crop reports", "Harvest is in")
		n.wants("unheardof")
	})
}

func TestAQuerySaysWhatIsWanted(t *testing.T) {
	each(t, func(n *newsroom) {
		n.now = time.Date(2023, 3, 1, 9, 0, 0, 0, time.UTC)
		n.sends("en", "Prices rise", "Bread prices rise quickly in Hrodna, the ministry said.", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.now = time.Date(2024, 10, 24, 9, 0, 0, 0, time.UTC)
		n.sends("en", "Ministry answers", "The ministry of bread said prices fall.", func(c *story.Content) { c.Place, c.Date = "Hrodna", story.Date{Year: 2024, Month: 10, Day: 24} })
		n.sends("be", "Хлеб", "Цэны на хлеб растуць.", func(c *story.Content) { c.Sections = []string{"economy", "politics"} })
		n.now = time.Date(2024, 10, 25, 12, 0, 0, 0, time.UTC)
		n.indexes()
		rise, answers, be := "Prices rise", "Ministry answers", "Хлеб"
		for query, want := range map[string][]string{
			"prices ministry":                  {answers, rise},
			"prices AND rise":                  {rise},
			"rise OR fall":                     {answers, rise},
			"prices NOT fall":                  {rise},
			"prices -fall":                     {rise},
			"NOT fall prices":                  {rise},
			`"bread prices"`:                   {rise},
			`"prices bread"`:                   nil,
			"«ministry of bread»":              {answers},
			"minis*":                           {answers, rise},
			`"bread pri"*`:                     {rise},
			"bread NEAR ministry":              {answers, rise},
			"(rise OR fall) ministry":          {answers, rise},
			"prices section:economy":           {rise},
			"section:Палітыка":                 {be, answers},
			"language:be":                      {be},
			"мова:беларуская":                  {be},
			"place:Grodno":                     {answers},
			"person:Hrodna":                    {rise},
			"prices date:2023":                 {rise},
			"prices since:2024-10-24":          {answers},
			"prices before:2024":               {rise},
			"prices date:yesterday":            {answers},
			`prices date:"March 2023"`:         {rise},
			"date:March 2023 prices":           {rise},
			"prices since:24 October 2024":     {answers},
			"date:last year rise":              {rise},
			"дата:сакавік 2023 года prices":    {rise},
			"date:2023 NOT fall":               {rise},
			"date:2023 March:1 harvest":        nil,
			"date:2023 prices rise":            {rise},
			"date:2023-01..2023-12":            {rise},
			"хлеб дата:учора":                  {be},
			"хлеб АБО rise":                    {be, rise},
			"prices date:whenever":             nil,
			"section:nothing":                  nil,
			"NOT prices":                       nil,
			"(((":                              nil,
			"AND OR NOT":                       nil,
			"prices ) rise":                    {rise},
			"language:en -section:politics":    {rise},
			"prices NOT (rise OR fall)":        nil,
			"NOT (NOT rise) prices":            {rise},
			"since:2024-10-24 before:tomorrow": nil,
		} {
			n.wants(query, want...)
		}
		if r := n.asks(Ask{Query: "prices date:whenever"}, reveal.Viewer{}); len(r.Wrong) != 1 || r.Wrong[0] != "whenever" {
			t.Errorf("what was not understood: %q", r.Wrong)
		}
	})
}

func TestWhatIsFoundIsCountedAndOrdered(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "Bread", "Bread, bread and bread.", nil)
		n.sends("en", "Other news", "There is little bread in a long text about many other things of the day.", func(c *story.Content) { c.Sections = []string{"economy"} })
		n.sends("be", "Хлеб", "Bread.", nil)
		n.indexes()
		r := n.asks(Ask{Query: "bread", ByRelevance: true}, reveal.Viewer{})
		if r.Total != 3 || r.More || r.Pages != 1 || len(r.Hits) != 3 {
			t.Fatalf("%+v", r)
		}
		if r.Hits[0].Headline() != "Bread" || r.Hits[2].Headline() != "Other news" {
			t.Errorf("by relevance: %s, %s, %s", r.Hits[0].Headline(), r.Hits[1].Headline(), r.Hits[2].Headline())
		}
		if r.Sections[0] != (Count{"politics", 2}) || r.Languages[0] != (Count{"en", 2}) || r.Years[0] != (Count{"2024", 3}) {
			t.Errorf("counts %v %v %v", r.Sections, r.Languages, r.Years)
		}
	})
}

func TestASnippetShowsWhereTheWordStands(t *testing.T) {
	each(t, func(n *newsroom) {
		long := "Many words stand here before anything happens and they go on and on for quite a while so that nobody would read so far. "
		n.sends("be", "Навіны", long+long+long+"Тады ў Лукашэнкам было сказана слова.", nil)
		n.indexes()
		h := n.asks(Ask{Query: "lukashenko слова"}, reveal.Viewer{}).Hits[0]
		var shown, hits string
		for _, m := range h.Snippet {
			shown += m.Text
			if m.Found {
				hits += m.Text + "|"
			}
		}
		if hits != "Лукашэнкам|слова|" || !strings.HasSuffix(strings.TrimSpace(shown), "would read so far. Тады ў Лукашэнкам было сказана слова.") || !strings.HasPrefix(shown, "… ") || len(shown) > 400 {
			t.Errorf("%q, marked %q", shown, hits)
		}
	})
}

func TestASnippetIsOfTheTextOrOfWhatStandsBehindIt(t *testing.T) {
	each(t, func(n *newsroom) {
		n.sends("en", "News", "The harvest is in.", func(c *story.Content) { c.Byline, c.Keywords = "Jan Novik", []string{"bread", "fields"} })
		n.indexes()
		shown := func(query string) (text string) {
			for _, m := range n.asks(Ask{Query: query}, reveal.Viewer{}).Hits[0].Snippet {
				text += m.Text
			}
			return strings.TrimSpace(text)
		}
		if got := shown("harvest"); got != "The harvest is in." {
			t.Errorf("what stands in the text is shown as %q", got)
		}
		if got := shown("fields"); got != "… Jan Novik bread fields" {
			t.Errorf("a keyword is shown as %q", got)
		}
	})
}

func TestAnUpdateIsFoundByItsNewWordsAlone(t *testing.T) {
	each(t, func(n *newsroom) {
		st := n.sends("en", "News", "The old word.", nil)
		n.indexes()
		c := st.Content
		c.Body.Blocks = []story.Node{story.Para(story.Plain("The fresh word."))}
		n.updates(st, c)
		n.indexes()
		n.wants("old")
		n.wants("fresh", "News")
	})
}
