package agency_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"wireroom/agency"
	"wireroom/story"
	"wireroom/web"
)

// canary is a word that stands nowhere else; each field gets its own, so that
// a leak names its field.
func canary(field string) string { return "Qx" + field + "canaryzq" }

var anyCanary = regexp.MustCompile(`Qx(\w+?)canaryzq`)

// sown has a canary in every field that a text can hold.
func sown() story.Content {
	para := func(field string) story.Node { return story.Para(story.Plain(canary(field))) }
	return story.Content{
		Slug: canary("slug"), Headline: canary("headline"), Teaser: canary("teaser"), Byline: canary("byline"),
		Credit: canary("credit"), Place: canary("place"), Keywords: []string{canary("keyword")}, Note: canary("note"),
		Date: story.Date{Year: 2024, Month: 10, Day: 25}, Sections: []string{"politics"},
		Body: story.Body{Blocks: []story.Node{
			para("lead"), para("rest"),
			{Type: story.Heading, Attrs: &story.Attrs{Level: 2}, Content: []story.Node{story.Plain(canary("heading"))}},
			{Type: story.PictureNode, Attrs: &story.Attrs{Picture: "ab", Caption: canary("caption"), Credit: canary("by"), Alt: canary("alt")}},
			{Type: story.Embed, Attrs: &story.Attrs{Provider: "youtube", Ref: canary("embed")}},
			story.Para(story.Linked(canary("link"), "https://example.org/"+canary("href"))),
			story.Para(story.Marked(canary("insertion"), story.Insertion)),
		}},
	}
}

// teaserFields are what a locked story shows to all.
var teaserFields = map[string]bool{"headline": true, "credit": true, "place": true, "lead": true}

// hide brings a story out of readers' sight in each way there is.
func (o *open) hide() map[string]story.Story {
	o.t.Helper()
	ctx := context.Background()
	must := func(st story.Story, err error) story.Story {
		o.t.Helper()
		if err != nil {
			o.t.Fatal(err)
		}
		return st
	}
	create := func(c story.Content) story.Story { return must(o.Stories.Create(ctx, o.editor, "en", "", c)) }
	release := func(st story.Story) story.Story {
		return must(o.Stories.Release(ctx, o.editor, st.ID, st.Revision))
	}
	locked, embargoed := sown(), sown()
	locked.Plan = "pozirk-plus"
	embargoed.Embargo = time.Now().Add(time.Hour)
	hidden := map[string]story.Story{
		"unsent": create(sown()), "embargoed": release(create(embargoed)), "locked": release(create(locked)),
	}
	held, killed, early := release(create(sown())), release(create(sown())), release(create(embargoed))
	hidden["held"] = must(o.Stories.Hold(ctx, o.editor, held.ID, canary("hold")))
	hidden["killed"] = must(o.Stories.Kill(ctx, o.editor, killed.ID, story.Texts{Readers: "It never happened.", Desk: canary("desk")}))
	hidden["killed before it was public"] = must(o.Stories.Kill(ctx, o.editor, early.ID, story.Texts{Readers: canary("notice"), Short: canary("short"), Desk: canary("desk")}))
	spiked := create(sown())
	hidden["spiked"] = must(o.Stories.Spike(ctx, o.editor, spiked.ID))
	draft := release(create(story.Content{Headline: "Plain", Sections: []string{"politics"}}))
	over := sown()
	hidden["a draft over what is out"] = must(o.Stories.Revise(ctx, o.editor, draft.ID, draft.Revision, over))
	for _, name := range []string{"unsent", "embargoed", "locked", "held", "a draft over what is out"} {
		said := story.Comment{Story: hidden[name].ID, Block: -1, Words: canary("comment")}
		if _, err := o.Stories.Comment(ctx, o.editor, said, nil); err != nil {
			o.t.Fatal(err)
		}
	}
	return hidden
}

var pathValue = regexp.MustCompile(`\{(\w+)(\.\.\.)?\}`)

// addresses gives each address that a route stands for, for one story.
func addresses(pattern string, st story.Story) []string {
	values := map[string][]string{
		"number": {strconv.FormatInt(int64(st.Number), 10)}, "id": {string(st.ID)}, "section": {"politics", "economy"},
		"feed": {"rss.xml", "atom.xml", "feed.json"}, "picture": {"ab"}, "width": {"320"}, "token": {"x"}, "revision": {"1"},
	}
	all := []string{strings.TrimSuffix(pattern, "{$}")}
	for _, m := range pathValue.FindAllStringSubmatch(pattern, -1) {
		var next []string
		for _, at := range all {
			for _, value := range append(values[m[1]], map[bool][]string{true: {"x"}}[values[m[1]] == nil]...) {
				next = append(next, strings.Replace(at, m[0], value, 1))
			}
		}
		all = next
	}
	return all
}

// sweep asks for every address of the table in every way and tells each leak.
func sweep(h http.Handler, routes []web.Route, hidden map[string]story.Story, cookies []*http.Cookie) (leaks []string, asked int) {
	seen := map[string]bool{}
	for name, st := range hidden {
		for _, route := range routes {
			for _, at := range addresses(route.Pattern, st) {
				if route.Method != http.MethodGet || seen[at] {
					continue
				}
				seen[at] = true
				for _, where := range ask(h, at, cookies) {
					asked++
					for _, m := range anyCanary.FindAllStringSubmatch(where, -1) {
						if !teaserFields[m[1]] || !strings.Contains(where, fmt.Sprint("/news/", hidden["locked"].Number)) {
							leaks = append(leaks, fmt.Sprintf("%s (for the %s story) tells its %s", at, name, m[1]))
						}
					}
				}
			}
		}
	}
	return leaks, asked
}

// ask gives all that the answers say, head and body: plain, as HEAD, for a
// part, again with the tag of the first answer, and of another address.
func ask(h http.Handler, at string, cookies []*http.Cookie) (said []string) {
	tag := `"x"`
	for _, change := range []func(*http.Request){
		func(*http.Request) {},
		func(r *http.Request) { r.Method = http.MethodHead },
		func(r *http.Request) { r.Header.Set("Range", "bytes=0-50000") },
		func(r *http.Request) { r.Header.Set("If-None-Match", tag) },
		func(r *http.Request) { r.URL.RawQuery, r.RequestURI = "page=2", at+"?page=2" },
	} {
		r := httptest.NewRequest(http.MethodGet, at, nil)
		for _, c := range cookies {
			r.AddCookie(c)
		}
		change(r)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if t := w.Header().Get("ETag"); t != "" {
			tag = t
		}
		said = append(said, fmt.Sprint(w.Header(), w.Body.String()))
	}
	return said
}

// lapsed signs a reader in whose pass has ended.
func (o *open) lapsed() []*http.Cookie {
	o.t.Helper()
	link, err := o.ReaderLink(context.Background(), "Lapsed", agency.Pass{Until: time.Now().Add(-time.Hour)})
	if err != nil {
		o.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, strings.TrimPrefix(link.URL, o.url), nil)
	w := httptest.NewRecorder()
	o.Handler().ServeHTTP(w, r)
	if len(w.Result().Cookies()) == 0 {
		o.t.Fatalf("signing in answers %d", w.Code)
	}
	return w.Result().Cookies()
}

func TestWhatAReaderMayNotHaveIsNowhere(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		hidden := o.hide()
		for who, cookies := range map[string][]*http.Cookie{"anybody": nil, "a lapsed reader": o.lapsed()} {
			leaks, asked := sweep(o.Handler(), o.Routes(), hidden, cookies)
			if asked < 300 {
				t.Errorf("only %d answers were looked at", asked)
			}
			for _, leak := range leaks {
				t.Errorf("to %s %s", who, leak)
			}
		}
	})
}

// The promise above is only as good as its eyes: an output that reads a story
// past the door is seen, field by field.
func TestALeakIsSeen(t *testing.T) {
	o := serve(t, agency.Defaults(t.TempDir()))
	hidden := o.hide()
	leak := web.Route{Method: "GET", Pattern: "/leak/{id}", Who: web.Anyone, Handler: func(w http.ResponseWriter, r *http.Request) error {
		st, err := o.Stories.Get(r.Context(), story.ID(r.PathValue("id")))
		if err == nil {
			_, err = fmt.Fprint(w, st.Content.Teaser)
		}
		return err
	}}
	routes := append(o.Routes(), leak)
	leaks, _ := sweep(web.Mux(routes, web.Options{}), routes, hidden, nil)
	for name := range hidden {
		if !strings.Contains(strings.Join(leaks, "\n"), "for the "+name+" story") {
			t.Errorf("nobody sees that the %s story leaks", name)
		}
	}
}

func TestAHiddenStoryIsLikeOneThatDoesNotExist(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		hidden := o.hide()
		answer := func(number story.Number) (int, string) {
			w := httptest.NewRecorder()
			o.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, fmt.Sprint("/en/news/", number), nil))
			return w.Code, strings.ReplaceAll(fmt.Sprint(w.Header(), w.Body.String()), fmt.Sprint("/news/", number), "/news/N")
		}
		status, nothing := answer(99999)
		if status != http.StatusNotFound {
			t.Fatalf("a story that does not exist answers %d", status)
		}
		for _, name := range []string{"unsent", "embargoed", "held", "spiked", "killed before it was public"} {
			if status, said := answer(hidden[name].Number); status != http.StatusNotFound || said != nothing {
				t.Errorf("the %s story answers %d with other words:\n%s", name, status, said)
			}
		}
		if status, said := answer(hidden["killed"].Number); status != http.StatusGone || !strings.Contains(said, "It never happened.") {
			t.Errorf("the killed story answers %d:\n%s", status, said)
		}
	})
}
