package site_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wireroom/archive/record"
	"wireroom/archive/register"
	"wireroom/site"
	"wireroom/story"
)

// knows opens the register and the record for the site.
func (n *newsroom) knows() {
	n.options.Register = register.New(n.db, n.options.Now)
	n.options.Record = record.New(n.db, n.options.Now, n.stories)
}

func (n *newsroom) enters(kind register.Kind, f register.Facts) register.Entry {
	n.Helper()
	e, err := n.options.Register.Add(context.Background(), n.editor, kind, f)
	n.ok(err)
	n.press.Refresh()
	return e
}

func vera() register.Facts {
	return register.Facts{Public: true, Since: "1971-04", Aliases: []string{"Viasielka"},
		Names: map[story.Lang]string{"en": "Viera Kupala", "be": "Вера Купала", "ru": "Вера Купала"},
		Roles: []register.Role{
			{Texts: map[story.Lang]string{"en": "Teacher"}, From: "1995", To: "2020"},
			{Texts: map[story.Lang]string{"en": "Mayor"}, From: "2020-02"},
			{Texts: map[story.Lang]string{"en": "President in secret"}, From: "2030"},
		}}
}

func TestAPersonHasAPageOfWhatItsViewerMayHave(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		e := n.enters(register.Person, vera())
		n.enters(register.Person, register.Facts{Names: map[story.Lang]string{"en": "Anna Hidden"}})
		open := n.sends("en", "", story.Content{Headline: "A mayor speaks", Body: paragraphs("“Bread is dear,” Viera Kupala said in the council.", "Viera Kupala was elected on February 3, 2020. It rained.")})
		shut := locked("A locked story")
		shut.Body = paragraphs("A first paragraph.", "“My secret,” Viera Kupala said.")
		closed := n.sends("en", "", shut)
		n.sends("be", "", story.Content{Headline: "Пра хлеб", Body: paragraphs("Гаварылі з Верай Купалай.")})
		n.sends("en", "", story.Content{Headline: "Embargoed", Embargo: n.now.Add(time.Hour), Body: paragraphs("Viera Kupala waits.")})
		for _, q := range []struct {
			st    story.Story
			words string
		}{{open, "Bread is dear,"}, {closed, "My secret,"}} {
			n.ok(n.options.Record.Confirm(context.Background(), n.editor, q.st.ID, q.words, "Viera Kupala", e.ID))
		}
		a := n.archives()
		page := n.visitor().opens("/en/people/viera-kupala")
		n.has(page, "<h1 class=\"title\">Viera Kupala</h1>", "Mayor", "Born April 1971", "Viasielka", "Вера Купала", "1 story", "A mayor speaks", "Bread is dear", `/en/search?q=said%3A%22Viera+Kupala%22"`,
			"Viera Kupala was elected on February 3, 2020.", "1995 – 2020", `"@type":"Person"`)
		n.lacks(page, "My secret", "A locked story", "Embargoed", "President in secret", "It rained", "Пра хлеб", "Set-Cookie")
		n.has(n.subscriber("ann", n.now.Add(time.Hour)).opens("/en/people/viera-kupala"), "2 stories", "A locked story", "My secret")
		n.has(n.visitor().opens("/be/people/viera-kupala"), "Пра хлеб")
		n.has(n.visitor().opens("/en/people/viera-kupala/rss.xml"), "<title>A mayor speaks</title>")
		n.lacks(n.visitor().opens("/en/people/viera-kupala/rss.xml"), "locked", "Embargoed")
		for _, hidden := range []string{"/en/people/anna-hidden", "/en/people/nobody", "/en/places/viera-kupala", "/en/people/anna-hidden/rss.xml", "/en/people/viera-kupala?page=2"} {
			if got := n.visitor().opens(hidden); got.StatusCode != http.StatusNotFound {
				t.Errorf("%s answers %d", hidden, got.StatusCode)
			}
		}
		n.has(n.visitor().opens("/en/sitemap.xml"), "/en/people/viera-kupala")
		n.lacks(n.visitor().opens("/en/sitemap.xml"), "hidden")

		_, err := n.stories.Kill(context.Background(), n.editor, open.ID, story.Texts{Readers: "We took it back.", Desk: "wrong"})
		n.ok(err)
		page = n.visitor().opens("/en/people/viera-kupala")
		n.lacks(page, "A mayor speaks", "Bread is dear", "elected on")
		for ready := false; !ready; {
			ready, err = a.Ready(context.Background())
			n.ok(err)
		}
		n.lacks(n.visitor().opens("/en/people/viera-kupala"), "A mayor speaks", "Bread is dear", "elected on")
	})
}

func TestAStoryLeadsToWhomItNames(t *testing.T) {
	each(t, func(n *newsroom) {
		n.knows()
		n.enters(register.Person, vera())
		n.enters(register.Place, register.Facts{Public: true, Names: map[story.Lang]string{"be": "Бярозаўка"}})
		n.host.Close()
		n.host = httptest.NewServer(site.New(n.options).Handler())
		n.sends("en", "", story.Content{Headline: "A mayor speaks", Body: paragraphs("Viera Kupala spoke in Biarozaŭka.")})
		shut := locked("A locked story")
		shut.Body = paragraphs("In Biarozaŭka it rained.", "Viera Kupala spoke.")
		n.sends("en", "", shut)
		n.has(n.visitor().opens("/en/news/1"), "In this story", `<a href="/en/people/viera-kupala">Viera Kupala</a>`, `<a href="/en/places/biarozauka">Biarozaŭka</a>`)
		page := n.visitor().opens("/en/news/2")
		n.has(page, "/en/places/biarozauka")
		n.lacks(page, "kupala")
		n.has(n.subscriber("ann", n.now.Add(time.Hour)).opens("/en/news/2"), "/en/people/viera-kupala")
	})
}

func (n *newsroom) has(a answer, want ...string) {
	n.Helper()
	for _, w := range want {
		if !strings.Contains(a.Text, w) {
			n.Errorf("%s has no %q:\n%s", a.Request.URL.Path, w, a.Text)
		}
	}
}

func (n *newsroom) lacks(a answer, unwanted ...string) {
	n.Helper()
	for _, w := range unwanted {
		if strings.Contains(a.Text, w) {
			n.Errorf("%s has %q", a.Request.URL.Path, w)
		}
	}
}
