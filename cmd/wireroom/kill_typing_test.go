package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"wireroom/agency"
	"wireroom/story"
)

// hastened lets the page's own clock run ten times as fast, and notes what the
// desk has said that it keeps and when the oldest word was typed that it has
// not. Waits longer than any of the page's stay as they are.
const hastened = `{
	const pace = 10, real = setTimeout, ask = fetch
	window.setTimeout = (f, ms, ...rest) => real(f, ms > 20000 ? ms : ms / pace, ...rest)
	window.acked = ""
	window.fetch = async (url, o) => {
		const working = String(url).endsWith("/working")
		if (working) window.under = performance.now()
		const answer = await ask(url, o)
		if (working && answer.ok) {
			window.acked = o.body.get("doc")
			window.since = window.typed > window.under ? window.under : 0
		}
		return answer
	}
	document.addEventListener("input", () => { window.typed = performance.now(); window.since ||= window.typed }, true)
	window.unkept = () => window.since ? Math.round((performance.now() - window.since) * pace) : 0
}`

// typist writes in a browser at a desk that is killed again and again.
type typist struct {
	writer
	data, addr, path, who string
	id                    story.ID
	typed                 string
	asks                  chan struct{} // an autosave is on its way
	oldest                int           // milliseconds of the page's clock
}

func typesAway(t *testing.T) *typist {
	y := &typist{asks: make(chan struct{}, 1), data: filepath.Join(t.TempDir(), "agency"), addr: "127.0.0.1:0"}
	found(t, y.data)
	key := y.signsIn(t)
	y.onlooker = &onlooker{t: t}
	y.again()
	y.addr = strings.TrimPrefix(y.s.url, "http://")
	y.onlooker = browser(t, y.s, map[string]session{"editor": {agency.StaffCookie, key}})
	y.be("editor")
	w := y.writer
	err := chromedp.Listen(w.ctx, func(ev any) {
		if r, ok := ev.(*network.EventRequestWillBeSent); ok && strings.HasSuffix(r.Request.URL, "/working") {
			select {
			case y.asks <- struct{}{}:
			default:
			}
		}
	})
	if err == nil {
		_, err = chromedp.Call(w.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: hastened})
	}
	if err != nil {
		t.Fatal(err)
	}
	w.opens("/desk/new")
	y.writes("It began.")
	y.until(`location.pathname.endsWith("/edit")`)
	y.path = ask[string](w, `location.pathname`)
	y.id = story.ID(strings.Split(y.path, "/")[3])
	return y
}

// signsIn makes an editor, and a session for them.
func (y *typist) signsIn(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	a, err := openAgency(ctx, y.data)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	by, err := someone(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	y.who = by.ID
	token, err := a.Staff.Link(ctx, by.ID)
	if err != nil {
		t.Fatal(err)
	}
	key, err := a.Staff.SignIn(ctx, token)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (y *typist) writes(text string) {
	y.t.Helper()
	y.types(text)
	y.typed += text
}

// keeps waits until the desk has said that it keeps all that was typed.
func (y *typist) keeps() {
	y.t.Helper()
	y.until(fmt.Sprintf(`window.acked.includes(%q)`, y.typed))
}

func (y *typist) kill() {
	y.t.Helper()
	if err := y.s.cmd.Process.Kill(); err != nil {
		y.t.Fatal(err)
	}
	y.oldest = max(y.oldest, ask[int](y.writer, `window.unkept()`))
	if err := y.s.cmd.Wait(); err == nil {
		y.t.Fatal("the desk ended by itself")
	}
}

// again starts the desk where it was.
func (y *typist) again() {
	y.t.Helper()
	s, err := startAt(y.addr, "serve", "--data", y.data)
	if err != nil {
		y.t.Fatal(err)
	}
	y.s = s
	y.t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
}

// nothingIsLost looks at what the dead desk had on the disk and at what the
// browser has.
func (y *typist) nothingIsLost() {
	t := y.t
	t.Helper()
	ctx := context.Background()
	a, err := openAgency(ctx, y.data)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	at, err := a.Stories.WorkingOf(ctx, y.id, y.who)
	if err != nil {
		t.Fatal(err)
	}
	st, err := a.Stories.Get(ctx, y.id)
	if err != nil {
		t.Fatal(err)
	}
	desk := strings.TrimSpace(words(st.Content.Body))
	if !at.None() {
		desk = textOf(t, at.Typed["doc"][0])
	}
	if acked := textOf(t, ask[string](y.writer, `window.acked`)); !strings.HasPrefix(desk, acked) {
		t.Fatalf("the desk said that it keeps\n%s\nand has\n%s", acked, desk)
	}
	if !strings.HasPrefix(strings.TrimSpace(y.typed), desk) {
		t.Fatalf("the desk has\n%s\nof\n%s", desk, y.typed)
	}
	y.until(fmt.Sprintf(`Object.entries(localStorage).some(([k, v]) => k.endsWith(%q) && v.includes(%q))`, ":"+string(y.id), y.typed))
}

func textOf(t *testing.T, doc string) string {
	t.Helper()
	if doc == "" {
		return ""
	}
	var b story.Body
	if err := json.Unmarshal([]byte(doc), &b); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(words(b))
}

// The desk is killed before, while and after it takes what is typed. The page
// is not touched but for typing on.
func TestNoWordIsLostHoweverOftenTheDeskIsKilled(t *testing.T) {
	const rounds = 50
	y := typesAway(t)
	began := time.Now()
	for round := range rounds {
		select {
		case <-y.asks:
		default:
		}
		y.writes(fmt.Sprintf(" Round %d", round))
		switch round % 3 {
		case 0: // as it comes in
			<-y.asks
		case 1: // when it is said to be kept
			y.keeps()
			y.writes(", and more")
		}
		y.kill()
		y.writes(", nobody there.")
		y.nothingIsLost()
		y.again()
		y.keeps()
		if ask[bool](y.writer, `!!document.querySelector(".lock:not([hidden])") || !document.querySelector("#f-body").isContentEditable`) {
			t.Fatalf("after kill %d the page has lost its story: %s", round, ask[string](y.writer, `document.querySelector(".lock").textContent`))
		}
	}
	t.Logf("%d kills in %v; by the page's clock the oldest word that a dead desk had not was %d ms old", rounds, time.Since(began), y.oldest)
	y.opens(y.path)
	if got := y.text(); got != y.typed {
		t.Errorf("in the end stands\n%s\nof\n%s", got, y.typed)
	}
	ask[bool](y.writer, `(document.querySelector("button[value=save]").click(), true)`)
	y.says("Saved as revision 2")
}

// deafTo lets the desk take the next thing that is sent to an address and
// loses the answer.
func (w writer) deafTo(address string) {
	w.t.Helper()
	ask[bool](w, fmt.Sprintf(`(() => {
		const ask = fetch
		window.unheard = false
		window.fetch = async (url, ...rest) => {
			const answer = await ask(url, ...rest)
			if (!new URL(url, location).pathname.endsWith(%q)) return answer
			window.fetch = ask
			window.unheard = true
			throw new TypeError("the line is dead")
		}
		return true
	})()`, address))
}

func TestAnAnswerThatIsLostLeavesNothingTwiceAndNoConflictWithOneself(t *testing.T) {
	w := writes(t, "reporter")
	w.opens("/desk/new")
	before := ask[int](w, drafts)
	w.deafTo("/desk/stories")
	w.types("The council met.")
	w.until(`window.unheard`)
	w.types(" It did.")
	w.until(`location.pathname.endsWith("/edit")`)
	w.says("Kept at")
	if n := ask[int](w, drafts); n != before+1 {
		t.Errorf("%d drafts began", n-before)
	}
	path := ask[string](w, `location.pathname`)
	w.opens(path)
	if got := w.text(); got != "The council met. It did." {
		t.Errorf("there stands %q", got)
	}

	w.deafTo("/revisions")
	save := `(document.querySelector("button[value=save]").click(), true)`
	ask[bool](w, save)
	w.until(`window.unheard`)
	w.types(" And more.")
	ask[bool](w, save)
	w.says("Saved as revision 3")
	w.opens(path)
	if got := w.text(); got != "The council met. It did. And more." {
		t.Errorf("there stands %q", got)
	}
}

// drafts counts the drafts of the list.
const drafts = `fetch("/desk/?stage=draft").then(a => a.text()).then(t => new Set(t.match(/\/desk\/stories\/[0-9a-f-]{36}/g)).size)`
