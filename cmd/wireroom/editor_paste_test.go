package main

import (
	"strings"
	"testing"
)

// clipboards are what other programs put on the clipboard, in little, and what
// a writer wants to see of it.
var clipboards = []struct{ from, html, want string }{
	{"Word", `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal{margin:0} --></style></head><body><!--StartFragment-->
<h1>The budget<o:p></o:p></h1><p class=MsoNormal><b style='mso-bidi-font-weight:normal'>Bold</b> and <i>slanted</i>.<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>One</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp;</span></span><![endif]>Inside</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Two</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>First</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p><table class=MsoTableGrid><tr><td><p class=MsoNormal>A</p><p class=MsoNormal>B</p></td><td><p>C</p></td></tr></table><!--EndFragment--></body></html>`,
		`<h2>The budget</h2><p><strong>Bold</strong> and <em>slanted</em>.</p><ul><li><p>One</p><ul><li><p>Inside</p></li></ul></li><li><p>Two</p></li></ul><ol><li><p>First</p></li></ol><table><tbody><tr><td>A<br>B</td><td>C</td></tr></tbody></table>`},
	{"Google Docs", `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"><span style="font-size:11pt;font-weight:700;font-style:normal">Bold</span><span style="font-weight:400;font-style:italic"> slanted</span><span style="font-weight:400"> plain</span></p><br /><h2 dir="ltr"><span style="font-weight:700">Heading</span></h2><ul><li dir="ltr"><p dir="ltr" role="presentation"><span style="font-weight:400">one</span></p></li><ul><li dir="ltr"><p><span>inside</span></p></li></ul><li><p><span>two</span></p></li></ul><p><a href="https://www.google.com/url?q=https://example.org/a%3Futm_source%3Dx%26b%3D1&sa=D"><span style="color:#1155cc">link</span></a></p></b><br class="Apple-interchange-newline">`,
		`<p><strong>Bold</strong><em> slanted</em> plain</p><h2>Heading</h2><ul><li><p>one</p><ul><li><p>inside</p></li></ul></li><li><p>two</p></li></ul><p><a href="https://example.org/a?b=1">link</a></p>`},
	{"Telegram", `<div class="text-content">Першы радок.<br>Другі радок<br><br>Новы абзац <strong data-entity-type="MessageEntityBold">тлусты</strong> <img class="emoji" src="./img.png" alt="😀"> <a href="https://t.me/pozirk/1" class="text-entity-link">спасылка</a></div>`,
		`<p>Першы радок.<br>Другі радок</p><p>Новы абзац <strong>тлусты</strong> 😀 <a href="https://t.me/pozirk/1">спасылка</a></p>`},
	{"a web page", `<div><nav>Menu</nav><h1>Title</h1><p style="color:red" onclick="alert(1)">Text&nbsp;with <a href="javascript:alert(1)">bad</a> and <a href="/rel">near</a> 10&nbsp;000</p><script>alert(1)</script><figure><img src=x onerror=alert(1)><figcaption>Caption</figcaption></figure><blockquote>Quoted<footer>By</footer></blockquote><pre>a
b</pre><iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe><div>one<div>two</div></div><span style="display:none">hidden</span></div>`,
		`<h2>Title</h2><p>Text with bad and near 10&nbsp;000</p><p>Caption</p><blockquote><p>Quoted</p><p>By</p></blockquote><p>a<br>b</p><p data-provider="youtube" data-ref="abcdefghijk">YouTube: https://www.youtube.com/watch?v=abcdefghijk</p><p>one</p><p>two</p>`},
}

// wires are texts as agencies send them; what the fields of the story then are,
// and its paragraphs. The day is one of a year that is sure to be past.
var wires = []struct{ text, headline, place, date, credit, want string }{
	{"Russian attempt to annex Belarus could lead to war – Łukašenka\n\nOctober 25, 2024, Pozirk. Some forces in Russia.\n“I am even afraid,” he said.",
		"Russian attempt to annex Belarus could lead to war – Łukašenka", "", "2024-10-25", "Pozirk", "Some forces in Russia.\n“I am even afraid,” he said."},
	{"MINSK, October 25, 2024 (Pozirk) – Some forces in Russia would like to annex Belarus, but\nthis is impossible, the ruler has told a paper of another country, which wrote\nit down.\n\nThe second paragraph.",
		"", "Minsk", "2024-10-25", "Pozirk", "Some forces in Russia would like to annex Belarus, but this is impossible, the ruler has told a paper of another country, which wrote it down.\nThe second paragraph."},
	{"Рада сабралася\n\nМінск, 25 кастрычніка 2024, Пазірк. Першы.\nДругі.", "Рада сабралася", "Мінск", "2024-10-25", "Пазірк", "Першы.\nДругі."},
	{"МІНСК, 25 кастрычніка 2024 (Пазірк) – Першы.\n\nДругі.", "", "Мінск", "2024-10-25", "Пазірк", "Першы.\nДругі."},
	{"Совет собрался\nМИНСК, 25 октября 2024 г. /ТАСС/. Первый.\n\nВторой.", "Совет собрался", "Минск", "2024-10-25", "ТАСС", "Первый.\nВторой."},
	{"МИНСК, 25 окт 2024 – РИА Новости. Первый абзац.\nВторой.", "", "Минск", "2024-10-25", "РИА Новости", "Первый абзац.\nВторой."},
	{"One line, October 25, Pozirk. and no more", "", "", "", "", "One line, October 25, Pozirk. and no more"},
	{"He met them in May.\n\nThey said, no.", "", "", "", "", "He met them in May.\nThey said, no."},
}

func TestWhatIsPastedComesInClean(t *testing.T) {
	w := writes(t, "reporter")
	for _, c := range clipboards {
		if got := w.pasted("as text", c.html); got != c.want {
			t.Errorf("from %s comes\n%s\nnot\n%s", c.from, got, c.want)
		}
	}
	for _, c := range wires {
		w.pasted(c.text, "")
		got := ask[[]string](w, `[...["headline", "place", "date", "credit"].map(name => document.querySelector("[name=" + name + "]").value),
			[...document.querySelectorAll("#f-body > p")].map(p => p.textContent).join("\n")]`)
		if c.date == "" {
			got[2] = "" // today, as the page begins
		}
		if want := []string{c.headline, c.place, c.date, c.credit, c.want}; strings.Join(got, "\x00") != strings.Join(want, "\x00") {
			t.Errorf("of %q come\n%q, not\n%q", c.text, got, want)
		}
	}

	address := "https://youtu.be/abcdefghijk"
	if got := w.pasted(address, ""); !strings.HasPrefix(got, `<p data-provider="youtube" data-ref="abcdefghijk">`) {
		t.Errorf("the address of a video becomes %s", got)
	}
	ask[bool](w, `(document.querySelector("[data-tool=undo]").click(), true)`)
	if got := w.text(); got != address {
		t.Errorf("undo gives back %q", got)
	}
}
