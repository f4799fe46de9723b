package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"wireroom/story"
	"wireroom/story/markup"
)

// hostile are texts that try to run a script wherever they are shown.
var hostile = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `<svg onload=alert(1)>`, `<svg><script>alert(1)</script></svg>`,
	`"><img src=x onerror="alert(1)">`, `'-alert(1)-'`, `</textarea><script>alert(1)</script>`, `</title><svg onload=alert(1)>`,
	`<a href="javascript:alert(1)" id=click>x</a>`, `<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>`, `<math><mtext><table><mglyph><style><img src onerror=alert(1)>`,
	`<form><button formaction=javascript:alert(1)>x</button></form>`, `<p data-pm-slice="1 1 []"><img src=x onerror=alert(1)></p>`,
	`<figure data-picture="a" data-caption="<img src=x onerror=alert(1)>"></figure>`, `<p data-provider="youtube" data-ref="<svg onload=alert(1)>"></p>`,
	`<span data-insertion onmouseover=alert(1)>x</span>`, `<style>@import "javascript:alert(1)"</style>`, `<details open ontoggle=alert(1)>`, `<input autofocus onfocus=alert(1)>`,
	`{{constructor.constructor('alert(1)')()}}`, `[x](javascript:alert(1))`, `!embed youtube | "><script>alert(1)</script>`, "${alert(1)}", `\u003cscript\u003ealert(1)\u003c/script\u003e`,
}

// given are the payloads and naughty strings of the real data, if it is there.
func given(t *testing.T) []string {
	t.Helper()
	root := os.Getenv("WIREROOM_TESTDATA")
	if root == "" {
		t.Log("WIREROOM_TESTDATA is not set: only our own payloads are tried")
		return nil
	}
	var all []string
	var payloads []struct{ Payload string }
	for file, into := range map[string]any{"dompurify/expect.json": &payloads, "blns/blns.json": &all} {
		data, err := os.ReadFile(filepath.Join(root, file))
		if err == nil {
			err = json.Unmarshal(data, into)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, p := range payloads {
		all = append(all, p.Payload)
	}
	if len(payloads) < 200 || len(all) < 600 {
		t.Fatalf("only %d payloads are there", len(all))
	}
	return all
}

// printable is a text as the editor keeps it: without what cannot be printed,
// a paragraph a line.
func printable(s string) (lines []string) {
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return r
		}
		if r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// quiet fails if a script ran on the page that is open.
func (w writer) quiet(where string) {
	w.t.Helper()
	if ran := ask[int](w, `new Promise(done => setTimeout(() => done(window.ran), 0))`); ran != 0 {
		w.t.Errorf("%d scripts ran %s", ran, where)
	}
}

// visits opens any page.
func (w writer) visits(path string) {
	w.t.Helper()
	if err := chromedp.Do(w.ctx, chromedp.Navigate(w.s.url+path)); err != nil {
		w.t.Fatal(err)
	}
}

// sends posts a form as the page's own script does and gives the story's
// address; "" if it was refused.
func (w writer) sends(fields map[string]string) string {
	w.t.Helper()
	data, err := json.Marshal(fields)
	if err != nil {
		w.t.Fatal(err)
	}
	return ask[string](w, fmt.Sprintf(`fetch("/desk/stories", {method: "POST", headers: {Accept: "application/json"}, body: new URLSearchParams(%s)}).then(a => a.json()).then(a => a.url || "")`, data))
}

func TestNoForeignScriptRunsEvenWithoutThePolicy(t *testing.T) {
	t.Parallel()
	all := append(slices.Clone(hostile), given(t)...)
	w := writes(t, "chief")
	w.bypass()

	w.opens("/desk/new")
	ask[bool](w, `(window.alert(1), true)`)
	if ask[int](w, `window.ran`) != 1 {
		t.Fatal("a script that runs is not noticed")
	}

	w.opens("/desk/new")
	w.types("Begin")
	for _, p := range all {
		w.paste("as text", p)
		w.quiet("when it was pasted: " + p)
	}

	w.opens("/desk/new")
	w.types("Begin")
	var lines []string
	for _, p := range all {
		if len(printable(p)) == 0 {
			continue
		}
		ask[bool](w, `(() => { const s = getSelection(), e = document.querySelector("#f-body"); s.selectAllChildren(e.lastChild); s.collapseToEnd(); return true })()`)
		w.paste("\n"+p, "")
		lines = append(lines, printable(p)...)
	}
	w.quiet("when it was pasted as text")
	body := story.Body{}
	if err := json.Unmarshal([]byte(ask[string](w, `new FormData(document.querySelector("form.write")).get("doc")`)), &body); err != nil {
		t.Fatal(err)
	}
	kept := words(body)
	for _, line := range lines {
		if !strings.Contains(kept, strings.TrimSpace(line)) {
			t.Errorf("pasted as text, %q is not there", line)
		}
	}
	w.t.Logf("%d payloads, %d lines", len(all), len(lines))
	w.everywhere(lines)
}

// everywhere sends the payloads by the form, in both ways, and looks at each
// page that then shows them.
func (w writer) everywhere(lines []string) {
	t := w.t
	var blocks []story.Node
	for _, line := range lines {
		blocks = append(blocks, story.Para(story.Plain(line)))
	}
	doc, err := json.Marshal(story.Body{Blocks: blocks})
	if err != nil {
		t.Fatal(err)
	}
	first := strings.Join(hostile, " ")
	common := func(more map[string]string) map[string]string {
		for name, value := range map[string]string{"lang": "en", "headline": first[:400], "teaser": first, "slug": hostile[0], "place": hostile[1], "byline": hostile[4], "credit": hostile[2],
			"note": first, "keywords": hostile[0], "section": "politics"} {
			more[name] = value
		}
		return more
	}
	for way, fields := range map[string]map[string]string{"doc": {"doc": string(doc)}, "body": {"body": markup.Print(story.Body{Blocks: blocks})}} {
		at := w.sends(common(fields))
		if at == "" {
			t.Errorf("by %s it is refused", way)
			continue
		}
		for _, page := range []string{"/edit", "", "/revisions/1", "/release"} {
			w.visits(at + page)
			w.quiet("on " + way + " " + page)
		}
		w.opens(at + "/edit")
		var begun struct{ Doc story.Body }
		if err := json.Unmarshal([]byte(ask[string](w, `document.querySelector("form.write").dataset.editor`)), &begun); err != nil {
			t.Fatal(err)
		}
		kept := words(begun.Doc)
		for _, line := range lines {
			if !strings.Contains(kept, strings.TrimSpace(line)) {
				t.Errorf("by %s, %q is not kept", way, line)
			}
		}
		w.visits(at + "/release")
		if sent := ask[string](w, `(form => fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form))}).then(a => a.url))(document.querySelector("form[action$='/release']"))`); !strings.HasSuffix(sent, "done=release") {
			t.Fatalf("by %s it is not sent: %s", way, sent)
		}
		for _, page := range []string{"/en/", "/en/latest", ask[string](w, `fetch("/en/latest").then(a => a.text()).then(t => /\/en\/news\/\d+/.exec(t)[0])`)} {
			w.visits(page)
			w.quiet("on " + page)
		}
		if text := ask[string](w, `document.querySelector("main").textContent`); !strings.Contains(text, hostile[0]) {
			t.Errorf("by %s, readers do not see the text", way)
		}
	}
}

// words are all texts of a body.
func words(b story.Body) string {
	var all strings.Builder
	var walk func([]story.Node)
	walk = func(nodes []story.Node) {
		for _, n := range nodes {
			all.WriteString(n.Text)
			walk(n.Content)
		}
		all.WriteByte('\n')
	}
	walk(b.Blocks)
	return all.String()
}
