package intake_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wireroom/db"
	"wireroom/db/dbtest"
	"wireroom/fault"
	"wireroom/format/print"
	"wireroom/intake"
	"wireroom/masthead"
	"wireroom/media"
	"wireroom/reveal"
	"wireroom/story"
)

// blog is an export of WordPress with posts of every state.
const blog = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Port</title><language>en-GB</language>
<wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_login>ann</wp:author_login><wp:author_display_name><![CDATA[Ann Novik]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>idle</wp:author_login><wp:author_display_name>Idle</wp:author_display_name></wp:author>
<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>sea</wp:category_nicename><wp:cat_name>Sea</wp:cat_name></wp:category>
<wp:tag><wp:term_id>2</wp:term_id><wp:tag_slug>fish</wp:tag_slug><wp:tag_name>Fish &amp; crabs</wp:tag_name></wp:tag>
%s</channel></rss>`

// posted is one post of it.
func posted(id int, state, title, text, more string) string {
	day := "2024-05-01 10:00:00"
	if state == "draft" {
		day = "0000-00-00 00:00:00"
	}
	return fmt.Sprintf(`<item><title>%[3]s</title><link>https://old.example/2024/05/post-%[1]d/</link><dc:creator>ann</dc:creator>
<guid isPermaLink="false">https://old.example/?p=%[1]d</guid><content:encoded><![CDATA[%[4]s]]></content:encoded><excerpt:encoded></excerpt:encoded>
<wp:post_id>%[1]d</wp:post_id><wp:post_date>2024-05-01 13:00:00</wp:post_date><wp:post_date_gmt>%[6]s</wp:post_date_gmt>
<wp:post_name>post-%[1]d</wp:post_name><wp:status>%[2]s</wp:status><wp:post_type>post</wp:post_type>%[5]s</item>
`, id, state, title, text, more, day)
}

func blogOf(posts ...string) string { return fmt.Sprintf(blog, strings.Join(posts, "")) }

func (a *agency) moves(kind string, o intake.Options, files ...string) intake.Report {
	a.t.Helper()
	r, err := a.in.Wire(context.Background(), kind, files, o)
	if err != nil {
		a.t.Fatal(err)
	}
	return r
}

func TestABlogBecomesStoriesDraftsAndNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := port(t, d)
		file := write(t, blogOf(
			posted(1, "publish", "Cranes return", "They are <b>back</b>.\nAll of them.\n\nThe mayor [of the port] counted.",
				`<category domain="category" nicename="sea">Sea</category><category domain="post_tag" nicename="fish">Fish &amp; crabs</category>`),
			posted(2, "publish", "Locked", "Free lead.<!--more-->\n\nPaid rest.", `<wp:post_password>x</wp:post_password>`),
			posted(3, "publish", "Locked whole", "Paid all.", `<wp:postmeta><wp:meta_key>_members_access_role</wp:meta_key><wp:meta_value>subscriber</wp:meta_value></wp:postmeta>`),
			posted(4, "draft", "Half done", "Not yet.", ""), posted(5, "future", "Later", "Soon.", ""), posted(6, "trash", "Gone", "Old.", ""),
			strings.Replace(posted(7, "publish", "About us", "We.", ""), "<wp:post_type>post<", "<wp:post_type>page<", 1),
			posted(8, "private", "Ours alone", "Secret.", "")))
		for run := range 2 {
			r := a.moves("wxr", intake.Options{}, file)
			if want := []int{6, 0}[run]; r.Taken != want || r.Already != 6-want || len(r.Broken)+len(r.Skipped) != 0 {
				t.Fatalf("run %d: %+v", run+1, r)
			}
			if run == 0 && r.Drafts != 3 || r.Left["kind page"] != 1 || r.Left["state trash"] != 1 || r.Names["authors"] != 2 || r.Names["terms"] != 2 || r.Stories != 7 {
				t.Errorf("run %d: %+v", run+1, r)
			}
		}
		if got := a.headlines(); got != "Locked whole | Locked | Cranes return" {
			t.Fatalf("readers see %s", got)
		}
		l := a.latest()
		if s := l[2]; s.Byline() != "Ann Novik" || s.Sections()[0].ID != "sea" || !slices.Equal(s.Keywords(), []string{"Fish & crabs"}) || s.Locked() ||
			print.Text(s.Blocks()) != "They are back.\nAll of them.\n\nThe mayor [of the port] counted." || !s.Sent().Equal(time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v %q", s, print.Text(s.Blocks()))
		}
		if !l[1].Locked() || print.Text(l[1].Blocks()) != "Free lead." || !l[0].Locked() || len(l[0].Blocks()) != 0 {
			t.Errorf("of locked posts all may read %q and %q", print.Text(l[1].Blocks()), print.Text(l[0].Blocks()))
		}
	})
}

func TestAMapIsWrittenMendedAndObeyed(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	file := write(t, blogOf(posted(1, "publish", "A", "Text.", `<category domain="category" nicename="port-life">Port life</category>`),
		posted(2, "draft", "B", "Text.", ""), posted(3, "publish", "C", "Text.", `<wp:post_password>x</wp:post_password>`)))
	var drawn bytes.Buffer
	if r := a.moves("wxr", intake.Options{DryRun: true, WriteTo: &drawn}, file); r.Taken != 3 || a.headlines() != "" {
		t.Fatalf("%+v", r)
	}
	for _, want := range []string{`"ann" = "Ann Novik"  # 3`, `"idle" = "Idle"  # 0`, `"category/port-life" = "keyword"  # 1 Port life`,
		`"password" = "port"  # 1`, `"draft" = "draft"  # 1`, `zone = "Europe/Vilnius"`} {
		if !strings.Contains(drawn.String(), want) {
			t.Errorf("the map lacks %s:\n%s", want, drawn.String())
		}
	}
	mended := strings.NewReplacer(`"ann" = "Ann Novik"`, `"ann" = "A. N."`, `"category/port-life" = "keyword"`, `"category/port-life" = "sea"`,
		`"draft" = "draft"`, `"draft" = "leave"`, `"password" = "port"`, `"password" = "open"`).Replace(drawn.String())
	chart, err := intake.ReadChart(write(t, mended), a.m)
	if err != nil {
		t.Fatal(err)
	}
	if r := a.moves("wxr", intake.Options{Chart: chart}, file); r.Taken != 2 || r.Left["state draft"] != 1 || len(r.Guessed) != 0 {
		t.Errorf("%+v", r)
	}
	if l := a.latest(); l[1].Byline() != "A. N." || l[1].Sections()[0].ID != "sea" || l[0].Locked() {
		t.Errorf("%+v", l)
	}
}

func TestAMapThatMeansNothingIsRefused(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	for text, says := range map[string]string{
		"[terms]\n\"a/b\" = \"ocean\"": `terms: "a/b" is given "ocean"`, "[plans]\n\"x\" = \"gold\"": `"gold"`, "zone = \"Moon\"": "Moon",
		"[term]\na = 1": "term means nothing here", "zone = \n": "line 1", "language = \"fr\"": `"fr"`, "[states]\ndraft = \"gone\"": "sent, draft, leave",
	} {
		if _, err := intake.ReadChart(write(t, text), a.m); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestALockThatNobodyDecidedIsNotOpened(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	chart, err := intake.ReadChart(write(t, "[plans]\npassword = \"\"\n"), a.m)
	if err != nil {
		t.Fatal(err)
	}
	r := a.moves("wxr", intake.Options{Chart: chart}, write(t, blogOf(posted(1, "publish", "A", "Text.", `<wp:post_password>x</wp:post_password>`))))
	if r.Taken != 0 || len(r.Broken) != 1 || r.Broken[0].Field != "plans" || r.Broken[0].Line < 8 {
		t.Errorf("%+v", r)
	}
}

func TestPicturesComeFromFoldersAndTheirLackIsTold(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	dir := t.TempDir()
	put(t, filepath.Join(dir, "uploads", "2024", "05", "crane.png"), dots(t))
	put(t, filepath.Join(dir, "outside.png"), dots(t))
	body := `[caption id="x" width="300"]<img src="https://old.example/wp-content/uploads/2024/05/crane-300x200.png" alt="A bird"> A <b>crane</b>[/caption]` +
		"\n\nWords.\n\n" + `[gallery ids="21,22"]` + "\n\n" + `<img src="/wp-content/uploads/../../outside.png">[form id="3"]`
	attached := func(id int, name string) string {
		return strings.Replace(posted(id, "inherit", name, "", "<wp:attachment_url>https://old.example/wp-content/uploads/2024/05/"+name+"</wp:attachment_url>"),
			"<wp:post_type>post<", "<wp:post_type>attachment<", 1)
	}
	file := write(t, blogOf(posted(1, "publish", "A", body, `<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>21</wp:meta_value></wp:postmeta>`),
		attached(21, "crane.png"), attached(22, "lost.png")))
	shelf := media.New(t.TempDir())
	r := a.moves("wxr", intake.Options{Pictures: intake.Pictures{Store: shelf, Folders: []string{filepath.Join(dir, "uploads")}}}, file)
	if r.Taken != 1 || r.Pictures != 3 || len(r.Missing) != 2 || r.Aside["shortcode form"] != 1 {
		t.Fatalf("%+v", r)
	}
	s := a.latest()[0]
	pictures := 0
	for _, b := range s.Blocks() {
		if b.Type == story.PictureNode {
			pictures++
		}
	}
	if c := s.Blocks()[1].Attrs; pictures != 3 || c == nil || c.Caption != "A crane" || c.Alt != "A bird" {
		t.Errorf("%d pictures: %+v", pictures, s.Blocks())
	}
}

// dots is a picture.
func dots(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	dot := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	dot.Set(1, 1, color.White)
	if err := png.Encode(&b, dot); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func put(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const magazine = `{"db":[{"meta":{"version":"5.0"},"data":{"posts":[
{"id":"p1","uuid":"u1","title":"Open","slug":"open","html":"<p>All of it. <a href=\"__GHOST_URL__/other/\">More</a></p><figure><iframe src=\"https://www.youtube.com/embed/abc_1\"></iframe></figure>",
 "type":"post","status":"published","visibility":"public","published_at":"2024-05-01T10:00:00.000Z"},
{"id":"p2","uuid":"u2","title":"Members","slug":"members","html":"<p>Lead.</p><!--members-only--><p>Rest.</p>","type":"post","status":"published","visibility":"paid","published_at":1714557600001},
{"id":"p3","uuid":"u3","title":"Whole behind","slug":"whole","html":"<p>Rest.</p>","status":"published","visibility":"members","custom_excerpt":"What it says","published_at":"2024-05-01T10:00:02.000Z"},
{"id":"p4","uuid":"u4","title":"Draft","slug":"draft","html":"<p>x</p>","status":"draft","visibility":"public","published_at":null},
{"id":"p5","uuid":"u5","title":"No html","slug":"lex","html":null,"lexical":"{}","status":"published","visibility":"public","published_at":"2024-05-01T10:00:03.000Z"}],
"posts_authors":[{"post_id":"p1","author_id":"a2","sort_order":1},{"post_id":"p1","author_id":"a1","sort_order":0}],
"posts_tags":[{"post_id":"p1","tag_id":"t1","sort_order":0},{"post_id":"p1","tag_id":"t2","sort_order":1}],
"tags":[{"id":"t1","name":"Sea","slug":"sea"},{"id":"t2","name":"#hidden","slug":"hash-hidden"}],
"users":[{"id":"a1","name":"Ann","slug":"ann"},{"id":"a2","name":"Ben","slug":"ben"}]}}]}`

func TestAMagazineKeepsItsLocks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := port(t, d)
		r := a.moves("ghost", intake.Options{}, write(t, magazine))
		if r.Taken != 4 || r.Drafts != 1 || len(r.Broken) != 1 || r.Broken[0].Field != "posts[4].html" || r.Broken[0].Line != 7 || r.Names["authors"] != 2 || r.Names["terms"] != 2 {
			t.Fatalf("%+v", r)
		}
		l := a.latest()
		if got := a.headlines(); got != "Whole behind | Members | Open" {
			t.Fatalf("readers see %s", got)
		}
		if s := l[2]; s.Byline() != "Ann, Ben" || s.Sections()[0].ID != "sea" || len(s.Keywords()) != 0 || s.Blocks()[1].Type != story.Embed {
			t.Errorf("%+v", s)
		}
		if print.Text(l[1].Blocks()) != "Lead." || len(l[0].Blocks()) != 0 || !slices.Equal(l[0].Points(), []string{"What it says"}) {
			t.Errorf("all may read %q and %q", print.Text(l[1].Blocks()), print.Text(l[0].Blocks()))
		}
	})
}

const savedPage = `<!doctype html><html lang="en"><head><title>Cranes return | Kurjer</title><link rel="canonical" href="https://old.example/news/cranes.html">
<meta property="article:published_time" content="2024-05-01T10:00:00+03:00"><meta property="article:section" content="Sea"><meta name="author" content="By Ann Novik">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"Cranes return","isAccessibleForFree":%s}]}</script></head>
<body><nav><a href="/">Home</a> <a href="/a">A</a> <a href="/b">B</a></nav><article><h1>Cranes return</h1>
<p>The cranes of Port Anna are back from the south, and the mayor, who counts them every spring, says that none of them is lacking this year.</p>
<figure><img src="../img/crane.png" alt="A crane"></figure><p>They came over the pier in the morning, in two long lines, and the fishermen who were out at that hour took off their caps, as is the custom of the place.</p>
<p>“All of them,” she said, and wrote the number into the book that her grandfather had begun. <a href="../older.html">Last year</a> two had stayed away.</p></article>
<aside><a href="/x">Most read</a></aside><footer>All rights reserved</footer></body></html>`

func TestSavedPagesBecomeStories(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	dir := t.TempDir()
	put(t, filepath.Join(dir, "news", "cranes.html"), fmt.Sprintf(savedPage, "true"))
	put(t, filepath.Join(dir, "news", "index.html"), `<html><body><a href="cranes.html">Cranes</a></body></html>`)
	put(t, filepath.Join(dir, "img", "crane.png"), dots(t))
	r := a.moves("html", intake.Options{Pictures: intake.Pictures{Store: media.New(t.TempDir())}}, dir)
	if r.Taken != 1 || len(r.Skipped)+len(r.Broken) != 1 || r.OtherKind != 1 || r.Pictures != 1 {
		t.Fatalf("%+v", r)
	}
	s := a.latest()[0]
	text := print.Text(s.Blocks())
	if s.Headline() != "Cranes return" || s.Byline() != "Ann Novik" || s.Sections()[0].ID != "sea" || !s.Sent().Equal(time.Date(2024, 5, 1, 7, 0, 0, 0, time.UTC)) ||
		!strings.HasPrefix(text, "The cranes of") || !strings.HasSuffix(text, "stayed away.") {
		t.Errorf("%+v %q", s, text)
	}
	if r := a.moves("html", intake.Options{}, dir); r.Taken != 0 || r.Already != 1 {
		t.Errorf("again: %+v", r)
	}
}

func TestASavedPageThatIsPaidForStaysLocked(t *testing.T) {
	a := port(t, dbtest.SQLite(t))
	file := filepath.Join(t.TempDir(), "cranes.html")
	put(t, file, fmt.Sprintf(savedPage, "false"))
	if r := a.moves("html", intake.Options{}, file); r.Taken != 1 || !a.latest()[0].Locked() || len(a.latest()[0].Blocks()) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestOldAddressesLeadToTheirStories(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := port(t, d)
		a.moves("wxr", intake.Options{}, write(t, blogOf(posted(1, "publish", "A", "Text.", ""), posted(2, "draft", "B", "Text.", ""))))
		for address, leads := range map[string]bool{"/2024/05/post-1/": true, "/2024/05/post-1": true, "/2024/05/POST-1/?utm_source=x": true, "/?p=1": true,
			"/?p=1&lang=be": true, "/?p=2": false, "/2024/05/post-2/": false, "/?p=3": false, "/": false, "/2024/05/": false} {
			if got := a.former(address); got != leads {
				t.Errorf("%s leads to a story: %v", address, got)
			}
		}
	})
}

// former reports whether an old address leads a reader to a story.
func (a *agency) former(address string) bool {
	a.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		a.t.Fatal(err)
	}
	door := reveal.New(a.db, func() masthead.Masthead { return a.m }, clock)
	_, _, err = door.Former(context.Background(), u, reveal.Viewer{})
	if err != nil && !fault.Is(err, fault.KindNotFound) {
		a.t.Fatal(err)
	}
	return err == nil
}

func TestAnArchiveThatWasCutShortGoesOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		a := port(t, d)
		var posts []string
		for n := range 1300 {
			posts = append(posts, posted(n+1, "publish", fmt.Sprintf("Story %d", n+1), "Text.", ""))
		}
		file := write(t, blogOf(posts...))
		ctx, stop := context.WithCancel(context.Background())
		r, err := a.in.Wire(ctx, "wxr", []string{file}, intake.Options{Progress: func(intake.Progress) { stop() }})
		if err == nil || r.Taken == 0 || r.Taken >= 1300 {
			t.Fatalf("%+v %v", r, err)
		}
		if rest := a.moves("wxr", intake.Options{}, file); rest.Already != r.Taken || rest.Taken != 1300-r.Taken {
			t.Errorf("%d taken, then %+v", r.Taken, rest)
		}
	})
}
