package site_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"wireroom/archive/register"
	"wireroom/audience"
	"wireroom/site"
	"wireroom/story"
)

// themes opens the register with a topic that readers see and one that they do not.
func (n *newsroom) themes() (ferry, secret register.Entry) {
	n.Helper()
	n.knows()
	ferry = n.enters(register.Topic, register.Facts{Public: true, Names: map[story.Lang]string{"en": "Ferry over the lake", "be": "Паром праз возера"}, Aliases: []string{"boat"}})
	secret = n.enters(register.Topic, register.Facts{Names: map[story.Lang]string{"en": "Secret matter"}})
	return ferry, secret
}

// told is a paragraph of the past that names somebody.
func told(year int, who string) string {
	return fmt.Sprintf("In May %d, the old ferry was bought by %s, who paid for it in cash.", year, who)
}

func TestATopicHasAPageOfWhatItsViewerMayHave(t *testing.T) {
	each(t, func(n *newsroom) {
		ferry, secret := n.themes()
		of := []string{string(ferry.ID), string(secret.ID)}
		shut := locked("A locked story")
		shut.Topics, shut.Body = of, paragraphs("A first paragraph.", told(2011, hidden))
		n.sends("en", "", shut)
		n.sends("en", "", story.Content{Headline: "Later", Topics: of, Embargo: n.now.Add(time.Hour), Body: paragraphs("News.", told(2012, hidden))})
		held := n.sends("en", "", story.Content{Headline: "Held", Topics: of, Body: paragraphs("News.", told(2013, hidden))})
		_, err := n.stories.Hold(context.Background(), n.editor, held.ID, "We are not sure.")
		n.ok(err)
		open := n.sends("en", "", story.Content{Headline: "A ferry comes", Topics: of, Body: paragraphs("The ferry came.", told(2014, "Anna"))})
		n.sends("en", "", story.Content{Headline: "A bridge falls", Body: paragraphs("It fell.", told(2015, "Boris"))})
		n.sends("be", "", story.Content{Headline: "Паром прыйшоў", Topics: of[:1], Body: paragraphs("Паром прыйшоў.", "У траўні 2010 года стары паром купіла Ганна і заплаціла грашыма.")})
		a := n.archives()
		at := "/en/topics/ferry-over-the-lake"
		page := n.visitor().opens(at)
		n.has(page, `<h1 class="title">Ferry over the lake</h1>`, "A ferry comes", "A locked story", "2 stories", "May 2014", told(2014, "Anna"), `datetime="2014-05"`,
			`"@type":"CollectionPage"`, "Ferry over the lake: stories and a timeline by", "/en/account/follow?key="+string(ferry.ID)+"&amp;kind=topic")
		n.lacks(page, hidden, "2011", "Later", "Held", "A bridge falls", "Boris", "Паром прыйшоў", "boat", "Set-Cookie")
		n.has(n.subscriber("ann", n.now.Add(time.Hour)).opens(at), told(2011, hidden), told(2014, "Anna"))
		n.lacks(n.visitor().opens(at), hidden)
		n.has(n.visitor().opens("/be/topics/ferry-over-the-lake"), "Паром праз возера", "Паром прыйшоў", "У траўні 2010 года")
		n.lacks(n.visitor().opens("/be/topics/ferry-over-the-lake"), "Anna")
		n.has(n.visitor().opens("/ru/topics/ferry-over-the-lake"), "Паром праз возера")
		feed := n.visitor().opens(at + "/rss.xml")
		n.has(feed, "<title>A ferry comes</title>", "<title>A locked story</title>")
		n.lacks(feed, hidden, "Later", "Held")
		for _, nothing := range []string{"/en/topics/secret-matter", "/en/topics/secret-matter/rss.xml", "/en/topics/none", "/en/people/ferry-over-the-lake", at + "?page=2"} {
			if got := n.visitor().opens(nothing); got.StatusCode != http.StatusNotFound {
				t.Errorf("%s answers %d", nothing, got.StatusCode)
			}
		}
		n.has(n.visitor().opens("/en/sitemap.xml"), at)
		n.lacks(n.visitor().opens("/en/sitemap.xml"), "secret")
		_, err = n.stories.Kill(context.Background(), n.editor, open.ID, story.Texts{Readers: "We took it back.", Desk: "wrong"})
		n.ok(err)
		n.lacks(n.visitor().opens(at), "A ferry comes", "Anna")
		for ready := false; !ready; {
			ready, err = a.Ready(context.Background())
			n.ok(err)
		}
		n.lacks(n.visitor().opens(at), "A ferry comes", "Anna")
	})
}

func TestAStoryLeadsToItsTopicsAndTheyCanBeFollowed(t *testing.T) {
	each(t, func(n *newsroom) {
		ferry, secret := n.themes()
		n.host.Close()
		n.host = httptest.NewServer(site.New(n.options).Handler())
		c := locked("A locked story")
		c.Topics, c.Body = []string{string(ferry.ID), string(secret.ID)}, paragraphs("A first paragraph.", "The second.")
		n.sends("en", "", c)
		page := n.visitor().opens("/en/news/1")
		n.has(page, `<h2 id="topics">Topic</h2>`, `<a href="/en/topics/ferry-over-the-lake">Ferry over the lake</a>`)
		n.lacks(page, "Secret", "secret", string(secret.ID))
		v := n.writes("ann@example.org")
		n.has(v.opens("/en/account/follow?kind=topic&key="+string(ferry.ID)), "Ferry over the lake", "/en/topics/ferry-over-the-lake/rss.xml")
		if got := v.opens("/en/account/follow?kind=topic&key=" + string(secret.ID)); got.StatusCode != http.StatusNotFound {
			t.Errorf("what readers do not see can be followed: %d", got.StatusCode)
		}
		if got := v.posts("/en/account/follow", "kind", "topic", "key", string(ferry.ID), "rhythm", "now"); got.StatusCode != http.StatusSeeOther {
			t.Fatalf("following answers %d", got.StatusCode)
		}
		all, err := n.readers.Follows(context.Background(), n.of("ann@example.org"))
		n.ok(err)
		if len(all) != 1 || all[0].Kind != audience.AimTopic || all[0].Name != "Ferry over the lake" {
			t.Errorf("she follows %+v", all)
		}
		other := n.enters(register.Topic, register.Facts{Public: true, Slug: "boats", Names: map[story.Lang]string{"en": "Boats"}})
		_, err = n.options.Register.Merge(context.Background(), n.editor, ferry.ID, other.ID)
		n.ok(err)
		n.press.Refresh()
		n.has(n.visitor().opens("/en/news/1"), `<a href="/en/topics/boats">Boats</a>`)
		if got := n.visitor().opens("/en/topics/ferry-over-the-lake"); got.StatusCode != http.StatusMovedPermanently || !strings.HasSuffix(got.Header.Get("Location"), "/en/topics/boats") {
			t.Errorf("the address of before answers %d", got.StatusCode)
		}
	})
}
