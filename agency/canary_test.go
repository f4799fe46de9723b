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

// canary is a word that stands nowhere else; each field of each story gets its
// own, so that a leak names both.
func canary(of, field string) string { return "Qx" + of + "0" + field + "canaryzq" }

var anyCanary = regexp.MustCompile(`Qx([a-z]+)0(\w+?)canaryzq`)

// sown has a canary in every field that a text can hold.
func sown(of string) story.Content {
	canary := func(field string) string { return canary(of, field) }
	para := func(field string) story.Node { return story.Para(story.Plain(canary(field))) }
	return story.Content{
		Slug: canary("slug"), Headline: canary("headline"), Teaser: canary("teaser"), Byline: canary("byline"),
		Credit: canary("credit"), Place: canary("place"), Keywords: []string{canary("keyword")}, Note: canary("note"), Points: []string{canary("point")},
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

// sownLocked is the one hidden story of which everybody may know.
const sownLocked = "locked"

// deskFields are never for readers, whatever they hold.
var deskFields = map[string]bool{"slug": true, "note": true, "comment": true, "desk": true, "hold": true}

// teaserFields are what a locked story shows to all.
var teaserFields = map[string]bool{"headline": true, "credit": true, "place": true, "lead": true, "point": true}

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
	with := func(of string, change func(*story.Content)) story.Content {
		c := sown(of)
		change(&c)
		return c
	}
	embargo := func(c *story.Content) { c.Embargo = time.Now().Add(time.Hour) }
	hidden := map[string]story.Story{
		"unsent": create(sown("unsent")), "embargoed": release(create(with("embargoed", embargo))),
		sownLocked: release(create(with(sownLocked, func(c *story.Content) { c.Plan = "pozirk-plus" }))),
	}
	held, killed, early := release(create(sown("held"))), release(create(sown("killed"))), release(create(with("early", embargo)))
	hidden["held"] = must(o.Stories.Hold(ctx, o.editor, held.ID, canary("held", "hold")))
	hidden["killed"] = must(o.Stories.Kill(ctx, o.editor, killed.ID, story.Texts{Readers: "It never happened.", Desk: canary("killed", "desk")}))
	hidden["killed before it was public"] = must(o.Stories.Kill(ctx, o.editor, early.ID,
		story.Texts{Readers: canary("early", "notice"), Short: canary("early", "short"), Desk: canary("early", "desk")}))
	spiked := create(sown("spiked"))
	hidden["spiked"] = must(o.Stories.Spike(ctx, o.editor, spiked.ID))
	draft := release(create(story.Content{Headline: "Plain", Sections: []string{"politics"}}))
	hidden["a draft over what is out"] = must(o.Stories.Revise(ctx, o.editor, draft.ID, draft.Revision, sown("draft")))
	for _, name := range []string{"unsent", "embargoed", sownLocked, "held", "a draft over what is out"} {
		said := story.Comment{Story: hidden[name].ID, Block: -1, Words: canary(sownLocked, "comment")}
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

// viewer is somebody who looks, and whether they may read what is locked.
type viewer struct {
	cookies []*http.Cookie
	reads   bool
}

// may says whether a viewer may meet a field of a story that is hidden.
func (v viewer) may(of, field string) bool {
	return of == sownLocked && (teaserFields[field] || v.reads && !deskFields[field])
}

// sweep asks for every address of the table in every way and tells each leak.
func sweep(h http.Handler, routes []web.Route, hidden map[string]story.Story, v viewer) (leaks []string, asked int, read bool) {
	seen := map[string]bool{}
	for name, st := range hidden {
		for _, route := range routes {
			for _, at := range addresses(route.Pattern, st) {
				if route.Method != http.MethodGet || seen[at] {
					continue
				}
				seen[at] = true
				for _, where := range ask(h, at, v.cookies) {
					asked++
					for _, m := range anyCanary.FindAllStringSubmatch(where, -1) {
						read = read || m[1] == sownLocked && m[2] == "rest"
						if !v.may(m[1], m[2]) {
							leaks = append(leaks, fmt.Sprintf("%s (for the %s story) tells the %s of the story %s", at, name, m[2], m[1]))
						}
					}
				}
			}
		}
	}
	return leaks, asked, read
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

func TestWhatAReaderMayNotHaveIsNowhere(t *testing.T) {
	eachEngine(t, func(t *testing.T, o *open) {
		hidden := o.hide()
		for who, v := range o.viewers() {
			leaks, asked, read := sweep(o.Handler(), o.Routes(), hidden, v)
			if asked < 300 {
				t.Errorf("only %d answers were looked at", asked)
			}
			if read != v.reads {
				t.Errorf("%s reads what is locked: %v", who, read)
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
	leaks, _, _ := sweep(web.Mux(routes, web.Options{}), routes, hidden, viewer{})
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
