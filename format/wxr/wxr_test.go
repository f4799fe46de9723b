package wxr_test

import (
	"errors"
	"strings"
	"testing"

	"wireroom/format"
	"wireroom/format/print"
	"wireroom/format/wxr"
	"wireroom/story"
)

// post is an export with one post of that text.
func post(text, more string) string {
	return `<rss version="2.0" xmlns:content="c" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="w"><channel><item><title>T</title>` +
		`<content:encoded><![CDATA[` + text + `]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date_gmt>2024-05-01 10:00:00</wp:post_date_gmt>` + more + `</item></channel></rss>`
}

func read(t *testing.T, file string) format.Item {
	t.Helper()
	a := wxr.New()
	if err := a.Survey(strings.NewReader(file)); err != nil {
		t.Fatal(err)
	}
	for i, err := range a.Decode(strings.NewReader(file)) {
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	t.Fatal("there is nothing in it")
	return format.Item{}
}

func TestATextIsReadAsWordPressShowsIt(t *testing.T) {
	for text, want := range map[string]string{
		"One.\n\nTwo\nlines.": "One.\n\nTwo\nlines.",
		"<h2>Head</h2>\nText after.\n<ul>\n<li>a</li>\n\n<li>b</li>\n</ul>\nEnd.": "Head\n\nText after.\n\n– a\n– b\n\nEnd.",
		"<!-- wp:paragraph -->\n<p>Block\nof words.</p>\n<!-- /wp:paragraph -->":  "Block of words.",
		"He said [sic] and [the cranes] came [1].":                                "He said [sic] and [the cranes] came [1].",
		"[[gallery]] is a code":                     "[[gallery]] is a code",
		"[box color=\"red\"]Kept words[/box] after": "Kept words after",
		"<pre>a\n\nb</pre>":                         "a\n\nb",
		"[audio src=\"https://a.example/x.mp3\"]":   "https://a.example/x.mp3",
		"Words.<script>alert(1)</script>":           "Words.",
	} {
		if got := print.Text(read(t, post(text, "")).Content.Body.Blocks); got != want {
			t.Errorf("%q reads %q, not %q", text, got, want)
		}
	}
}

func TestAnEmbedIsOneWhetherByCodeBlockOrAddressAlone(t *testing.T) {
	for _, text := range []string{"[embed]https://youtu.be/abc-1[/embed]", "Text\n\nhttps://www.youtube.com/watch?v=abc-1\n\nText",
		`<!-- wp:embed --><figure class="wp-block-embed"><div>` + "\nhttps://youtu.be/abc-1\n" + `</div></figure><!-- /wp:embed -->`,
		`<iframe width="1" src="//www.youtube.com/embed/abc-1?rel=0"></iframe>`} {
		found := 0
		for _, b := range read(t, post(text, "")).Content.Body.Blocks {
			if b.Type == story.Embed && b.Attrs.Provider == "youtube" && b.Attrs.Ref == "abc-1" {
				found++
			}
		}
		if found != 1 {
			t.Errorf("%q has %d embeds", text, found)
		}
	}
}

func TestTheMarkStandsBehindThePictureAboveTheText(t *testing.T) {
	file := post("Lead.\n\n<!--more-->\n\nRest.", `<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>2</wp:meta_value></wp:postmeta>`)
	file = strings.Replace(file, "</channel>", `<item><title>p</title><wp:post_id>2</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://a.example/p.jpg</wp:attachment_url></item></channel>`, 1)
	i := read(t, file)
	if i.Origin.Mark != 2 || i.Origin.Opening != 1 || i.Content.Body.Blocks[0].Attrs.Picture != "https://a.example/p.jpg" {
		t.Errorf("%+v %+v", i.Origin, i.Content.Body.Blocks)
	}
}

func TestWhatOldExportsGetWrongIsMended(t *testing.T) {
	i := read(t, post("Tom & Jerry \x0b&amp; <b>all</b>", "<link>https://a.example/?p=1&x=2</link><wp:status>publish</wp:status>"))
	if got := print.Text(i.Content.Body.Blocks); got != "Tom & Jerry & all" || i.Page != "https://a.example/?p=1&x=2" {
		t.Errorf("%q %q", got, i.Page)
	}
}

func TestAFileThatIsNoneIsToldByItsLine(t *testing.T) {
	for file, says := range map[string]string{"": "line 1", "<html></html>": "line 1: this is no export of WordPress", "<rss><channel>\n<item>\n<title>x</item>": "line 3",
		"<rss><channel></channel></rss>": "nothing in it", post("a", "") + "x<": "line 1"} {
		a := wxr.New()
		var last error
		for _, err := range a.Decode(strings.NewReader(file)) {
			last = err
		}
		var bad *format.Error
		if !errors.As(last, &bad) || !strings.Contains(bad.Error(), says) {
			t.Errorf("%q: %v", file, last)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, text := range []string{"One.\n\n[caption id=\"1\"]<img src=\"/a.png\"> x[/caption][gallery ids=\"1\"]<!--more-->", "[[a]] [b c=1][/b] <ul><li>x\n\n<li>"} {
		f.Add(post(text, `<category domain="category" nicename="a%20b">A</category>`))
	}
	f.Add("<rss><channel><item/></channel></rss>")
	f.Fuzz(func(t *testing.T, file string) {
		a := wxr.New()
		_ = a.Survey(strings.NewReader(file))
		for i, err := range a.Decode(strings.NewReader(file)) {
			var bad *format.Error
			if err != nil && !errors.As(err, &bad) {
				t.Fatal(err)
			}
			if err == nil {
				sound(t, i)
			}
		}
	})
}

// sound holds an item to the grammar of a body, with ids in the place of the
// pictures' addresses.
func sound(t *testing.T, i format.Item) {
	t.Helper()
	o := i.Origin
	if blocks := len(i.Content.Body.Blocks); o.Mark > blocks || o.Opening > blocks {
		t.Fatalf("the mark is at %d of %d blocks", o.Mark, blocks)
	}
	for _, b := range i.Content.Body.Blocks {
		if b.Type == story.PictureNode {
			b.Attrs.Picture = "p"
		}
	}
	if err := i.Content.Body.Check(); err != nil {
		t.Fatal(err)
	}
}
