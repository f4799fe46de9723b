package site_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"wireroom/archive/register"
	"wireroom/story"
)

func (n *newsroom) confirms(st story.Story, words, speaker string, known register.ID) {
	n.Helper()
	n.ok(n.options.Record.Confirm(context.Background(), n.editor, st.ID, words, speaker, known))
}

// says sends a story in which somebody is quoted, and has it confirmed.
func (n *newsroom) says(lang story.Lang, day story.Date, speaker, words string) story.Story {
	n.Helper()
	st := n.sends(lang, "", story.Content{Headline: "Talks of " + day.String(), Date: day, Body: paragraphs("“" + words + ",” " + speaker + " said.")})
	n.confirms(st, words, speaker, "")
	return st
}

func TestWhatSomebodyHasSaidIsFoundByReaders(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		who := n.enters(register.Person, register.Facts{Public: true, Aliases: []string{"Baćka"}, Names: map[story.Lang]string{"en": "Alaksandar Łukašenka"}})
		n.says("en", story.Date{Year: 2001, Month: 5, Day: 2}, "Alaksandar Łukašenka", "A union is a dream")
		st := n.says("en", story.Date{Year: 2005, Month: 5, Day: 2}, "Alaksandar Łukašenka", "The union <i>is</i> ours")
		n.confirms(st, "The union <i>is</i> ours", "the president", who.ID)
		n.says("en", story.Date{Year: 2006, Month: 5, Day: 2}, "Alaksandar Łukašenka", "Bread is dear")
		n.says("en", story.Date{Year: 2007, Month: 5, Day: 2}, "Anna Kot", "The union is not ours")
		n.says("be", story.Date{Year: 2008, Month: 5, Day: 2}, "Аляксандр Лукашэнка", "Our union, саюз, stands")
		n.says("en", story.Date{Year: 2009, Month: 5, Day: 2}, "Alaksandar Łukašenka", "Our union, саюз, stands") // again
		unsure := n.sends("en", "", story.Content{Headline: "Unconfirmed", Body: paragraphs("“The union falls,” Łukašenka said.")})
		n.ok(n.options.Record.Refuse(context.Background(), n.editor, unsure.ID, "The union falls"))
		n.archives()

		page := n.visitor().opens(search(`said:"Łukašenka" union since 2002`))
		n.has(page, "Quotations</h2>", "Our <mark>union</mark>, саюз, stands", "Talks of 2009-05-02", `<time datetime="2009-05-02"`, "<b>Alaksandar Łukašenka.</b>")
		n.lacks(page, "A union is a dream", "Bread is dear", "not ours", "Talks of 2008-05-02\"", "The union falls", "<i>is")
		page = n.visitor().opens(search(`said:"Alaksandar Łukašenka" union since 2002`))
		n.has(page, "The <mark>union</mark> &lt;i&gt;is&lt;/i&gt; ours", `<a href="/en/people/alaksandar-lukasenka">the president</a>`)
		n.has(n.visitor().opens(search(`said:"Baćka" union since 2002`)), "&lt;i&gt;is&lt;/i&gt; ours")
		page = n.visitor().opens(search(`said:Kot bread`))
		n.has(page, "No quotation on record answers this.")
		n.lacks(n.visitor().opens(search("union")), "Quotations</h2>")
		n.has(n.visitor().opens("/ru/search?q=сказал:Лукашенко"), "Цитаты", `lang="en"`)

		feed := n.visitor().opens("/en/search/rss.xml?q=said:Lukashenko+union+since:2002")
		n.has(feed, "<title>Alaksandar Łukašenka: “Our union, саюз, stands”</title>")
		n.lacks(feed, "Bread is dear", "The union falls", "<title>Talks")
	})
}

func TestAQuotationStandsOnceInTheLanguageOfThePage(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		group := n.sends("be", "", story.Content{Headline: "Размова", Body: paragraphs("«Хлеб дарагі», – сказала Ганна Кот.", "«Пабачым», – дадала Кот.")})
		en := n.sends("en", group.Group, story.Content{Headline: "Talks", Body: paragraphs("“Bread is dear,” Anna Kot said.")})
		n.confirms(group, "Хлеб дарагі", "Ганна Кот", "")
		n.confirms(group, "Пабачым", "Ганна Кот", "")
		n.confirms(en, "Bread is dear", "Anna Kot", "")
		n.archives()
		page := n.visitor().opens("/en/search?q=said:Kot")
		n.has(page, "Bread is dear</p>")
		n.lacks(page, "Хлеб дарагі</p>")
		page = n.visitor().opens("/be/search?q=said:Kot")
		n.has(page, "Хлеб дарагі</p>", "Пабачым</p>")
		n.lacks(page, "Bread is dear</p>")
		n.has(n.visitor().opens("/en/search?q=said:Kot+пабачыць+OR+пабачым"), ">Пабачым<")
	})
}

func TestManyQuotationsAreLeafedThrough(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		c := story.Content{Headline: "A long speech"}
		for i := range 12 {
			c.Body.Blocks = append(c.Body.Blocks, story.Para(story.Plain(fmt.Sprintf("“Word number %c,” Anna Kot said.", 'A'+i))))
		}
		st := n.sends("en", "", c)
		for i := range 12 {
			n.confirms(st, fmt.Sprintf("Word number %c", 'A'+i), "Anna Kot", "")
		}
		n.archives()
		first := n.visitor().opens("/en/search?q=said:Kot")
		n.has(first, `rel="next" href="/en/search?q=said%3AKot&amp;quotes=2#quotes"`)
		second := n.visitor().opens("/en/search?q=said:Kot&quotes=2")
		n.has(second, `rel="prev" href="/en/search?q=said%3AKot#quotes"`)
		if a, b := strings.Count(first.Text, "<figure"), strings.Count(second.Text, "<figure"); a != 10 || b != 2 {
			t.Errorf("%d and %d quotations", a, b)
		}
		for _, none := range []string{"/en/search?q=said:Kot&quotes=3", "/en/search?q=said:Kot&quotes=x"} {
			if got := n.visitor().opens(none); got.StatusCode != http.StatusNotFound {
				t.Errorf("%s answers %d", none, got.StatusCode)
			}
		}
	})
}

func TestAQuotationIsGoneWithWhatItsReaderMayHave(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		shut := locked("A locked story")
		shut.Body = paragraphs("“First words,” Anna Kot said.", "“Secret words,” Anna Kot said.")
		closed := n.sends("en", "", shut)
		n.confirms(closed, "First words", "Anna Kot", "")
		n.confirms(closed, "Secret words", "Anna Kot", "")
		open := n.says("en", story.Date{}, "Anna Kot", "Open words")
		n.archives()
		page := n.visitor().opens("/en/search?q=said:Kot")
		n.has(page, "First words", "Open words")
		n.lacks(page, "Secret words")
		n.lacks(n.visitor().opens("/en/search/rss.xml?q=said:Kot"), "Secret words")
		n.has(n.subscriber("ann", n.now.Add(time.Hour)).opens("/en/search?q=said:Kot"), "Secret words")
		_, err := n.stories.Hold(context.Background(), n.editor, open.ID, "We are not sure.")
		n.ok(err)
		n.lacks(n.visitor().opens("/en/search?q=said:Kot"), "Open words")
	})
}

func TestWhoSaidItIsToldWhereTheViewerHasIt(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		who := n.enters(register.Person, register.Facts{Public: true, Names: map[story.Lang]string{"en": "Viera Kupala"}})
		says := func(lead, rest string) {
			c := locked("Ministry speaks")
			c.Body = paragraphs(lead, rest)
			n.confirms(n.sends("en", "", c), "We close the plant", "Viera Kupala", who.ID)
		}
		says("“We close the plant,” an official said.", "The official was Viera Kupala.")
		n.archives()
		reader := n.subscriber("ann", n.now.Add(time.Hour))
		for _, at := range []string{search("said:Kupala"), "/en/people/viera-kupala"} {
			n.lacks(n.visitor().opens(at), "We close the plant")
			n.has(reader.opens(at), "We close the plant")
		}
		says("“We close the plant,” said Ms Kupala.", "She gave no reason.")
		for _, at := range []string{search("said:Kupala"), "/en/people/viera-kupala"} {
			n.has(n.visitor().opens(at), "We close the plant")
		}
	})
}
