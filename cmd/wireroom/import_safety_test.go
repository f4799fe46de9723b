package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wireroom/story"
)

// item is one of a foreign wire, with the payload wherever a text may stand.
func item(n int, payload string, more map[string]any) map[string]any {
	i := map[string]any{
		"uri": fmt.Sprintf("tag:example.org,2025:%d", n), "version": "1", "type": "text", "language": "en", "versioncreated": "2025-01-02T03:04:05Z",
		"headline": payload, "slugline": payload, "byline": payload, "located": payload, "description_text": payload, "ednote": payload, "copyrightholder": payload,
		"subject": []any{map[string]any{"name": payload}},
	}
	for name, value := range more {
		i[name] = value
	}
	return i
}

// wired writes items as a packed file of lines.
func wired(t *testing.T, dir string, items []map[string]any) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	lines := json.NewEncoder(z)
	lines.SetEscapeHTML(false)
	for _, i := range items {
		if err := lines.Encode(i); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "wire.jsonl.gz")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// imports takes a file into the agency, whose program does not run, and gives
// the stories that came of it, the first first.
func imports(t *testing.T, data string, args ...string) (all []story.Story) {
	t.Helper()
	ctx := context.Background()
	before := soundAgency(t, data)
	// Its status tells of what is refused by name.
	out, _ := exec.Command("wireroom", append([]string{"import", args[0], "--data", data}, args[1:]...)...).CombinedOutput()
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, ": broken: ") && !strings.Contains(line, "can't be printed") {
			t.Error(line)
		}
	}
	a, err := openAgency(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	records, err := a.Wire.After(ctx, before, 1<<20)
	for _, r := range records {
		var st story.Story
		if err == nil {
			st, err = a.Stories.Get(ctx, story.ID(r.Story))
		}
		all = append(all, st)
	}
	if err != nil || len(all) == 0 {
		t.Fatalf("%d stories came in: %v: %s", len(all), err, out)
	}
	return all
}

// frames opens texts as pages of their own, one after another, and counts the
// scripts that ran there.
const frames = `const opened = async text => {
	const frame = document.createElement("iframe")
	await new Promise(done => { frame.onload = done; frame.srcdoc = text; document.body.append(frame) })
	await new Promise(done => setTimeout(done, 0))
	const ran = frame.contentWindow.ran
	frame.remove()
	return ran
}`

// framed opens the pages of a list of addresses so and says what is wrong.
func framed(list string) string {
	return `(async () => {
	` + frames + `
	const bad = []
	for (const at of ` + list + `) {
		const answer = await fetch(at), text = await answer.text()
		if (!answer.ok) bad.push(at + " answers " + answer.status)
		if (/<h1[^>]*>\s*Markup /.test(text) && !text.includes("Before ")) bad.push(at + " has lost its text")
		const ran = await opened(text)
		if (ran !== 0) bad.push(ran + " scripts ran on " + at)
	}
	return bad
})()`
}

// fed opens the HTML in each feed so, as a careless reader of feeds would.
const fed = `(async () => {
	` + frames + `
	const texts = (await (await fetch("/en/feed.json")).json()).items.map(i => i.content_html || "")
	for (const feed of ["/en/rss.xml", "/en/atom.xml"]) {
		const xml = new DOMParser().parseFromString(await (await fetch(feed)).text(), "text/xml")
		for (const e of xml.getElementsByTagName("*"))
			if (["description", "encoded"].includes(e.localName) || /html/.test(e.getAttribute("type")) && e.localName === "content") texts.push(e.textContent)
	}
	let ran = await opened("<script>alert(1)</script>") - 1
	for (const text of texts) ran += await opened(text + "<p>")
	return [texts.length, ran]
})()`

func TestNoForeignScriptComesInByAnImport(t *testing.T) {
	w := writes(t, "chief")
	data := w.s.cmd.Args[slices.Index(w.s.cmd.Args, "--dir")+1]
	_ = w.s.cmd.Process.Kill()
	_ = w.s.cmd.Wait()
	all := append(slices.Clone(hostile), given(t)...)
	var lines []string
	for _, p := range all {
		lines = append(lines, printable(p)...)
	}
	dir := t.TempDir()
	var items []map[string]any
	for n, p := range all {
		p = strings.Join(printable(p), "\n") // what cannot be printed is refused by name
		if strings.Contains(p, "<") {
			items = append(items, item(n, fmt.Sprintf("Markup %d %s", n, first(hostile[n%len(hostile)])), map[string]any{"body_xhtml": fmt.Sprintf("<p>Before %d.</p>%s", n, p)}))
		}
	}
	items = append(items, item(9000, hostile[0], map[string]any{"body_text": strings.Join(lines, "\n")}))
	came := imports(t, data, "ninjs", "--silent", wired(t, dir, items))
	file := filepath.Join(dir, "page.txt")
	page := hostile[0] + "\n\nMarch 3, Pozirk. " + strings.Join(lines, "\n\n") + "\n\n- Politics" + strings.Join(hostile, "\n- Politics") + "\n"
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	came = append(came, imports(t, data, "page", "--edition", "en", file)...)

	s, err := startAt(strings.TrimPrefix(w.s.url, "http://"), "serve", "--data", data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
	w.bypass()
	w.opens("/desk/new")
	var addresses []string
	for n, st := range came {
		addresses = append(addresses, fmt.Sprintf("/en/news/%d", st.Number))
		if n%10 == 0 {
			addresses = append(addresses, string("/desk/stories/"+st.ID))
		}
	}
	list, err := json.Marshal(addresses)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range ask[[]string](w, framed(string(list))) {
		t.Error(bad)
	}
	whole := 0
	for n, st := range came {
		large := len(st.Content.Body.Blocks) >= len(hostile)/2 // the others hold one payload each
		if !large && n%50 != 0 {
			continue
		}
		for _, at := range []string{fmt.Sprintf("/en/news/%d", st.Number), string("/desk/stories/" + st.ID), string("/desk/stories/" + st.ID + "/edit")} {
			w.visits(at)
			w.quiet("on " + at)
		}
		if large {
			whole++
			w.keeps(lines)
		}
	}
	if whole != 2 {
		t.Errorf("%d of two large stories came in", whole)
	}
	for _, page := range []string{"/en/", "/en/latest", "/en/latest?page=2", "/en/politics/", "/desk/"} {
		w.visits(page)
		w.quiet("on " + page)
	}
	if f := ask[[]int](w, fed); f[0] < 50 || f[1] != 0 {
		t.Errorf("of %d texts in the feeds %d scripts ran", f[0], f[1])
	}
	t.Logf("%d stories of %d payloads", len(came), len(all))
}

// first is as much of a payload as a headline holds.
func first(s string) string { return s[:min(len(s), 200)] }

// keeps looks for each line in the text of the editor that is open.
func (w writer) keeps(lines []string) {
	w.t.Helper()
	var begun struct{ Doc story.Body }
	if err := json.Unmarshal([]byte(ask[string](w, `document.querySelector("form.write").dataset.editor`)), &begun); err != nil {
		w.t.Fatal(err)
	}
	// What stands in brackets is an insertion, which has them as a mark.
	bare := strings.NewReplacer("[", "", "]", "", "\n", "")
	kept := bare.Replace(words(begun.Doc))
	for _, line := range lines {
		if !strings.Contains(kept, bare.Replace(strings.TrimSpace(line))) {
			w.t.Errorf("%q is not kept", line)
		}
	}
}
