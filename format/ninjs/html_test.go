package ninjs_test

import (
	"encoding/json"
	"strings"
	"testing"

	"wireroom/format/print"
	. "wireroom/story"
)

func bodyOf(t testing.TB, html string) Body {
	t.Helper()
	quoted, err := json.Marshal(html)
	if err != nil {
		t.Fatal(err)
	}
	return decodeOne(t, `{"uri":"u","body_html":`+string(quoted)+`}`).Content.Body
}

func TestMarkupBecomesTheTypedBody(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a</p>\n<p>b</p>":                           "<p>a</p>\n<p>b</p>",
		"just text":                                    "<p>just text</p>",
		"<div>a<div>b</div>c</div>":                    "<p>a</p>\n<p>b</p>\n<p>c</p>",
		"<p>a <b>b</b> <i>c</i>\n d</p>":               "<p>a <strong>b</strong> <em>c</em> d</p>",
		"<p>a<br/>b<br></p>":                           "<p>a<br>\nb</p>",
		"<p> <b> a </b> b </p>":                        "<p><strong>a</strong> b</p>",
		"<p>x<sup>2</sup></p>":                         "<p>x2</p>",
		"<h1>T</h1><h3>U</h3><h6>V</h6>":               "<h2>T</h2>\n<h3>U</h3>\n<h4>V</h4>",
		`<a href="https://e.org/?a=1&amp;b">x</a>`:     `<p><a href="https://e.org/?a=1&amp;b">x</a></p>`,
		`<a href="javascript:x">x</a>`:                 "<p>x</p>",
		"<ul><li>a</li><li>b<ol><li>c</ol></ul>":       "<ul>\n<li>a</li>\n<li>\n<p>b</p>\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>",
		"<ul><ul><li>a</ul></ul>":                      "<ul>\n<li>\n<p></p>\n<ul>\n<li>a</li>\n</ul>\n</li>\n</ul>",
		"<li>a<li>b":                                   "<ul>\n<li>a</li>\n<li>b</li>\n</ul>",
		"<blockquote><h2>a</h2><p>b</p></blockquote>c": "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n<p>c</p>",
		"<table><caption>T</caption><tr><th>a<td>b<tr><td><p>c</p><p>d</p></table>": "<p>T</p>\n<div class=\"table\" tabindex=\"0\">\n<table>\n<tbody>\n" +
			"<tr><th scope=\"row\">a</th><td>b</td></tr>\n<tr><td>c<br>\nd</td></tr>\n</tbody>\n</table>\n</div>",
		"<script>alert(1)</script><style>x</style>a&lt;b":                                                    "<p>a&lt;b</p>",
		"<html><head><title>t</title></head><body><p>a</p></body></html>":                                    "<p>a</p>",
		"<nitf><body><body.head><hl1>h</hl1></body.head><body.content><p>a</p></body.content></body></nitf>": "<p>a</p>",
		"<pre>a\n  b</pre>": "<p>a<br>\n  b</p>",
		"<p>a\u00a0 b</p>":  "<p>a\u00a0 b</p>",
		"</p></b></li>a":    "<p>a</p>",
	} {
		var got strings.Builder
		if err := print.HTML(&got, bodyOf(t, in).Blocks, print.Options{}); err != nil {
			t.Fatal(err)
		}
		if strings.TrimSpace(got.String()) != want {
			t.Errorf("%s\n got %s\nwant %s", in, got.String(), want)
		}
	}
}

func TestHostileMarkupIsReadInLinearTime(t *testing.T) {
	for _, piece := range []string{"<ul><li>", "<table><tr><td>", "<blockquote>", "a<b></b>", "<a href=/x>", "</a>", "<p>", "<script>", "<", "&", "<td>", "<br>a"} {
		value, _ := json.Marshal(strings.Repeat(piece, 1<<16))
		decode(t, `{"uri":"u","body_html":`+string(value)+`}`) // read or refused, but at once
	}
}

// FuzzMarkup: whatever the tags, the body is valid, or is refused for what it
// says and not for how it is built.
func FuzzMarkup(f *testing.F) {
	f.Add("<ul><li>a<blockquote>b<table><td>c</ul>d<h2>e<li>f")
	f.Add("<table><tr>x<td>a<tr>b<table><th>c</table>d")
	f.Add("<ol><li><p>a</p><ul><li><ol><li><ul><li><ol><li>deep")
	f.Fuzz(func(t *testing.T, s string) {
		if err := bodyOf(t, strings.ToValidUTF8(s, "?")).Check(); err != nil && !strings.Contains(err.Error(), "can't be printed") {
			t.Fatal(err)
		}
	})
}
