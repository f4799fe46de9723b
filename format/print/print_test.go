package print_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"wireroom/format/print"
	. "wireroom/story"
)

func htmlOf(t testing.TB, o print.Options, blocks ...Node) string {
	t.Helper()
	var b strings.Builder
	if err := print.HTML(&b, blocks, o); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestEachBlockHasItsElement(t *testing.T) {
	item := func(blocks ...Node) Node { return Node{Type: ListItem, Content: blocks} }
	cell := func(head bool, s string) Node {
		return Node{Type: TableCell, Attrs: &Attrs{Header: head}, Content: []Node{Plain(s)}}
	}
	for want, n := range map[string]Node{
		"<p>A<br>\nB</p>":         Para(Plain("A"), Node{Type: HardBreak}, Plain("B")),
		"<h2>Head</h2>":           {Type: Heading, Attrs: &Attrs{Level: 1}, Content: []Node{Plain("Head")}},
		"<h3>Head</h3>":           {Type: Heading, Attrs: &Attrs{Level: 3}, Content: []Node{Plain("Head")}},
		"<ul>\n<li>a</li>\n</ul>": {Type: BulletList, Content: []Node{item(Para(Plain("a")))}},
		"<blockquote>\n<p>“q”</p>\n</blockquote>":     {Type: BlockQuote, Content: []Node{Para(Plain("“q”"))}},
		"<p>war [would lead to] it</p>":               Para(Plain("war "), Marked("would lead to", Insertion), Plain(" it")),
		"<p>[a <strong>b</strong>]</p>":               Para(Marked("a ", Insertion), Marked("b", Insertion, Strong), Marked("", Insertion)),
		"<p><strong>a <em>b</em></strong></p>":        Para(Marked("a ", Strong), Marked("b", Emphasis, Strong)),
		"<p><a href=\"/en/?a=1&amp;b=2\">map</a></p>": Para(Linked("map", "/en/?a=1&b=2")),
		"<p>&lt;script&gt;&amp;&#34;&#39;&#13;</p>":   Para(Plain("<script>&\"'\r")),
		"<p class=\"embed\"><a href=\"https://t.me/r/1\" rel=\"noopener noreferrer\">Telegram r/1</a></p>": {Type: Embed, Attrs: &Attrs{Provider: "telegram", Ref: "r/1"}},
		"<p class=\"embed\">other 7</p>": {Type: Embed, Attrs: &Attrs{Provider: "other", Ref: "7"}},
		"<div class=\"table\" tabindex=\"0\">\n<table>\n<thead>\n<tr><th scope=\"col\">Year</th></tr>\n</thead>\n<tbody>\n<tr><td>2024</td></tr>\n</tbody>\n</table>\n</div>": {Type: Table, Content: []Node{
			{Type: TableRow, Content: []Node{cell(true, "Year")}},
			{Type: TableRow, Content: []Node{cell(false, "2024")}},
		}},
	} {
		if got := htmlOf(t, print.Options{}, n); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

func TestHeaderBesideDataNamesItsRow(t *testing.T) {
	row := Node{Type: TableRow, Content: []Node{
		{Type: TableCell, Attrs: &Attrs{Header: true}, Content: []Node{Plain("Minsk")}},
		{Type: TableCell, Content: []Node{Plain("2")}},
		{Type: TableCell, Attrs: &Attrs{Header: true}},
	}}
	got := htmlOf(t, print.Options{}, Node{Type: Table, Content: []Node{row}})
	if !strings.Contains(got, `<tr><th scope="row">Minsk</th><td>2</td><td></td></tr>`) {
		t.Error(got)
	}
}

func TestPictureKeepsItsPlaceItsCaptionAndItsCredit(t *testing.T) {
	o := print.Options{Sizes: "100vw", Picture: func(id string) print.Image {
		return print.Image{Src: "/m/" + id + "-640", Set: "/m/" + id + "-320 320w", W: 640, H: 480}
	}}
	n := Node{Type: PictureNode, Attrs: &Attrs{Picture: "p", Caption: "A <port>", Credit: "Pozirk", Alt: `"Cranes"`}}
	want := `<figure><img src="/m/p-640" srcset="/m/p-320 320w" sizes="100vw" width="640" height="480" alt="&#34;Cranes&#34;"` +
		` loading="lazy" decoding="async"><figcaption>A &lt;port&gt; <span class="credit">Pozirk</span></figcaption></figure>`
	if got := htmlOf(t, o, n); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	o.Picture = func(id string) print.Image {
		return print.Image{Src: "/m/" + id, Set: "/m/320 320w", Light: "/m/320.webp 320w", W: 640, H: 480}
	}
	want = `<picture><source type="image/webp" srcset="/m/320.webp 320w" sizes="100vw"><img src="/m/p" srcset="/m/320 320w" sizes="100vw"`
	if got := htmlOf(t, o, n); !strings.HasPrefix(got, "<figure>"+want) || !strings.Contains(got, `"async"></picture><figcaption>`) {
		t.Errorf("with WebP: %s", got)
	}
	if got := htmlOf(t, print.Options{}, n); strings.Contains(got, "<img") || !strings.Contains(got, "A &lt;port&gt;") {
		t.Errorf("without the file: %s", got)
	}
}

func TestDatelineOpensTheFirstParagraphOnce(t *testing.T) {
	o := print.Options{Dateline: "October 25, Pozirk."}
	want := "<p><span class=\"dateline\">October 25, Pozirk.</span> One.</p>\n<p>Two.</p>"
	if got := htmlOf(t, o, Para(Plain("One.")), Para(Plain("Two."))); got != want {
		t.Error(got)
	}
	head := Node{Type: Heading, Attrs: &Attrs{Level: 2}, Content: []Node{Plain("H")}}
	want = "<p><span class=\"dateline\">October 25, Pozirk.</span></p>\n<h2>H</h2>"
	if got := htmlOf(t, o, head); got != want {
		t.Error(got)
	}
}

func TestLinkLeadsOnlyWhereItMay(t *testing.T) {
	for _, href := range []string{"javascript:alert(1)", "JavaScript:x", "java\nscript:x", "data:text/html,x", "//evil.example", `/\evil.example`, "vbscript:x", "", "https:"} {
		if got := htmlOf(t, print.Options{}, Para(Linked("x", href))); got != "<p>x</p>" {
			t.Errorf("%q: %s", href, got)
		}
	}
}

func TestPlainTextKeepsEveryWord(t *testing.T) {
	item := func(s string) Node { return Node{Type: ListItem, Content: []Node{Para(Plain(s))}} }
	got := print.Text([]Node{
		Para(Plain("One "), Marked("two", Insertion, Strong)),
		{Type: OrderedList, Content: []Node{item("a"), item("b")}},
		{Type: BulletList, Content: []Node{item("c")}},
		{Type: PictureNode, Attrs: &Attrs{Picture: "p", Caption: "Port", Credit: "Pozirk"}},
		{Type: Embed, Attrs: &Attrs{Provider: "youtube", Ref: "x&1"}},
		{Type: Table, Content: []Node{{Type: TableRow, Content: []Node{
			{Type: TableCell, Content: []Node{Plain("a")}}, {Type: TableCell, Content: []Node{Plain("b")}}}}}},
	})
	want := "One [two]\n\n1. a\n2. b\n\n– c\n\nPort Pozirk\n\nYouTube https://www.youtube.com/watch?v=x%261\n\na\tb"
	if got != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

type deaf struct{}

func (deaf) Write([]byte) (int, error) { return 0, errors.New("gone") }

func TestWritersErrorIsTold(t *testing.T) {
	if print.HTML(deaf{}, []Node{Para(Plain("x"))}, print.Options{}) == nil {
		t.Error("swallowed")
	}
}

// FuzzHTML lets a browser's parser judge: the text must arrive whole and no
// element may appear that was not meant.
func FuzzHTML(f *testing.F) {
	f.Add("<script>alert(1)</script>", "javascript:x", "]]>")
	f.Add("a & b\r\n", "https://example.org/\"onclick=", "</p><img src=x onerror=y>")
	f.Fuzz(func(t *testing.T, text, href, caption string) {
		clean := func(s string) string { return strings.ReplaceAll(strings.ToValidUTF8(s, "?"), "\x00", "?") }
		text, caption = clean(text), clean(caption)
		out := htmlOf(t, print.Options{}, Para(Linked(text, clean(href))),
			Node{Type: PictureNode, Attrs: &Attrs{Picture: "p", Caption: caption, Credit: "C"}})
		var got strings.Builder
		for z := html.NewTokenizer(strings.NewReader(out)); ; {
			kind := z.Next()
			if kind == html.ErrorToken {
				break
			}
			tok := z.Token()
			if kind == html.TextToken {
				got.WriteString(tok.Data)
			} else if !strings.Contains(" p a figure figcaption span ", " "+tok.Data+" ") {
				t.Fatalf("element %q in %s", tok.Data, out)
			}
		}
		want := text + "\n" + caption
		if caption != "" {
			want += " "
		}
		if want += "C"; got.String() != want {
			t.Fatalf("got %q, want %q", got.String(), want)
		}
	})
}
